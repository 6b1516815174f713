#include "text/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "text/json_read.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

struct sample {
	int64_t id;
	int64_t parent_id;
	int64_t reply_count;
	bool is_open;
	int64_t created_at;
	int64_t closed_at;
	struct str subject_line;
	struct str note;
	struct str labels;
	struct str password_hash;
	struct str raw_bytes;
	struct str owner;
};

static const struct field sample_fields[] = {
	FIELD(struct sample, id, F_ID),
	FIELD(struct sample, parent_id, F_ID, .flags = F_NULL),
	FIELD(struct sample, reply_count, F_INT),
	FIELD(struct sample, is_open, F_BOOL),
	FIELD(struct sample, created_at, F_TIME),
	FIELD(struct sample, closed_at, F_TIME, .flags = F_NULL),
	FIELD(struct sample, subject_line, F_STR),
	FIELD(struct sample, note, F_STR, .flags = F_NULL),
	FIELD(struct sample, labels, F_JSON),
	FIELD(struct sample, password_hash, F_STR, .flags = F_SECRET),
	FIELD(struct sample, raw_bytes, F_BLOB),
	FIELD(struct sample, owner, F_STR, .json = "hubspot_owner_id"),
};
static const struct shape sample_shape = SHAPE("Sample", struct sample, sample_fields);

static void assert_text(struct str got, const char *want)
{
	assert_non_null(got.p);
	if (!str_eq(got, str_c(want)))
		fail_msg("got  " STR_FMT "\nwant %s", STR_ARG(got), want);
}

static void test_commas_stand_between_values_only(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	struct json j;
	buf_init(&b, a, 1000);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_int(&j, "a", -1);
	json_key(&j, "b");
	json_array_begin(&j);
	json_int(&j, 1);
	json_array_begin(&j);
	json_array_end(&j);
	json_object_begin(&j);
	json_object_end(&j);
	json_nil(&j);
	json_array_end(&j);
	json_add_bool(&j, "c", true);
	json_key_str(&j, STR("d\"e"));
	json_raw(&j, STR("[7]"));
	json_object_end(&j);
	assert_text(buf_str(&b), "{\"a\":-1,\"b\":[1,[],{},null],\"c\":true,\"d\\\"e\":[7]}");
	arena_close(a);
}

static void test_absent_values_are_left_out_or_null_as_asked(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	struct json j;
	buf_init(&b, a, 1000);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "a", STR_NULL);
	json_add_id(&j, "b", 0);
	json_add_time(&j, "c", 0);
	json_add_raw(&j, "d", STR_NULL);
	json_add_string(&j, "e", STR(""));
	json_add_string_or_null(&j, "f", STR_NULL);
	json_add_id_or_null(&j, "g", 0);
	json_add_time_or_null(&j, "h", 0);
	json_add_id(&j, "i", 9007199254740991);
	json_add_time(&j, "k", 1795253400000);
	json_object_end(&j);
	assert_text(buf_str(&b), "{\"e\":\"\",\"f\":null,\"g\":null,\"h\":null,\"i\":\"9007199254740991\","
				 "\"k\":\"2026-11-21T09:30:00.000Z\"}");
	arena_close(a);
}

static void test_strings_come_back_from_any_reader_and_hold_nothing_that_ends_a_script(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	char text[160];
	size_t n = 0;
	for (int byte = 1; byte < 128; byte++)
		text[n++] = (char)byte;
	memcpy(text + n, "\xe2\x80\xa8\xe2\x80\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 13);
	n += 13;
	char *exact = malloc(n);
	memcpy(exact, text, n);
	struct buf b;
	buf_init(&b, a, 2000);
	json_quote(&b, (struct str){exact, n});
	assert_int_equal(str_find(buf_str(&b), STR("<")), -1);
	assert_int_equal(str_find(buf_str(&b), STR("\xe2\x80")), -1);
	for (size_t i = 0; i < b.n; i++)
		assert_true((unsigned char)b.p[i] >= ' ');
	struct ctx c = {.a = a};
	json_t *back;
	assert_int_equal(json_parse(&c, buf_str(&b), &back), OK);
	assert_true(str_eq(json_text(back), (struct str){exact, n}));
	free(exact);
	arena_close(a);
}

static void test_a_cut_separator_at_the_end_is_not_read_past(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	char *exact = malloc(2);
	memcpy(exact, "\xe2\x80", 2);
	struct buf b;
	buf_init(&b, a, 100);
	json_quote(&b, (struct str){exact, 2});
	assert_int_equal(b.n, 4);
	free(exact);
	arena_close(a);
}

static void test_a_row_goes_out_by_its_shape(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	struct json j;
	buf_init(&b, a, 2000);
	json_init(&j, &b);
	struct sample row = {.id = 7, .reply_count = 3, .is_open = true, .created_at = 1795253400000,
		.subject_line = STR("Hi \"you\""), .labels = STR("[\"x\"]"), .password_hash = STR("secret"),
		.raw_bytes = STR("\xff"), .owner = STR("12")};
	json_row(&j, &sample_shape, &row);
	assert_text(buf_str(&b),
		    "{\"id\":\"7\",\"replyCount\":3,\"isOpen\":true,\"createdAt\":\"2026-11-21T09:30:00.000Z\","
		    "\"subjectLine\":\"Hi \\\"you\\\"\",\"labels\":[\"x\"],\"hubspot_owner_id\":\"12\"}");

	buf_init(&b, a, 2000);
	json_init(&j, &b);
	row = (struct sample){.parent_id = 8, .closed_at = 1795253400000, .note = STR("")};
	json_row(&j, &sample_shape, &row);
	assert_text(buf_str(&b),
		    "{\"id\":\"0\",\"parentId\":\"8\",\"replyCount\":0,\"isOpen\":false,\"createdAt\":null,"
		    "\"closedAt\":\"2026-11-21T09:30:00.000Z\",\"subjectLine\":\"\",\"note\":\"\",\"labels\":null,"
		    "\"hubspot_owner_id\":\"\"}");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commas_stand_between_values_only),
		cmocka_unit_test(test_absent_values_are_left_out_or_null_as_asked),
		cmocka_unit_test(test_strings_come_back_from_any_reader_and_hold_nothing_that_ends_a_script),
		cmocka_unit_test(test_a_cut_separator_at_the_end_is_not_read_past),
		cmocka_unit_test(test_a_row_goes_out_by_its_shape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
