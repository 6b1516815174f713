#include "base/test.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "base/log.h"
#include "base/shape.h"

static struct ctx c;

static int set_up(void **state)
{
	(void)state;
	c = (struct ctx){.a = arena_open(1 << 20)};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(c.a);
	return 0;
}

static void a_failure_carries_its_code_and_sentence(void **state)
{
	(void)state;
	assert_int_equal(fail(&c, ERR_TOO_BIG, "subject over %d", 998), ERR_TOO_BIG);
	assert_int_equal(c.why.code, ERR_TOO_BIG);
	assert_true(str_eq(c.why.detail, STR("subject over 998")));
	fail_clear(&c);
	assert_int_equal(c.why.code, OK);
	assert_int_equal(c.why.detail.n, 0);
}

static void faulty_fields_are_kept_in_the_order_they_were_found(void **state)
{
	(void)state;
	char name[] = "first";
	assert_int_equal(fail_field(&c, str_c(name), STR("A"), "first is %d", 1), ERR_BAD_INPUT);
	memset(name, 'x', 5);
	assert_int_equal(fail_field(&c, STR("second"), STR("B"), "second"), ERR_BAD_INPUT);
	assert_int_equal(fail_field(&c, STR("third"), STR_NULL, "third"), ERR_BAD_INPUT);
	const struct field_fault *f = c.why.fields;
	assert_true(str_eq(f->field, STR("first")));
	assert_true(str_eq(f->message, STR("first is 1")));
	assert_true(str_eq(f->next->field, STR("second")));
	assert_true(str_eq(f->next->code, STR("B")));
	assert_true(str_eq(f->next->next->field, STR("third")));
	assert_null(f->next->next->next);
	assert_true(str_eq(c.why.detail, STR("first is 1")));
}

static void context_entries_are_kept_in_order_and_copied(void **state)
{
	(void)state;
	char value[] = "7";
	fail_context(&c, STR("ids"), str_c(value));
	value[0] = 'x';
	fail_context(&c, STR("ids"), STR("8"));
	fail(&c, ERR_NOT_FOUND, "gone");
	assert_true(str_eq(c.why.context->value, STR("7")));
	assert_true(str_eq(c.why.context->next->value, STR("8")));
	assert_null(c.why.context->next->next);
}

static enum err hand_up(struct ctx *ctx, int *reached)
{
	TRY(fail(ctx, ERR_BUSY, "the cause"));
	*reached = 1;
	return OK;
}

static void try_hands_an_error_up_unchanged(void **state)
{
	(void)state;
	int reached = 0;
	assert_int_equal(hand_up(&c, &reached), ERR_BUSY);
	assert_int_equal(reached, 0);
	assert_true(str_eq(c.why.detail, STR("the cause")));
}

/* What callers are told, and whether they try again, are two views of one thing. */
static void every_error_of_the_table_is_told_alike_by_http_and_lmtp(void **state)
{
	(void)state;
	assert_int_equal(err_http(OK), 200);
	assert_int_equal(err_lmtp(OK), 250);
	for (int i = OK + 1; i < ERR_N; i++) {
		enum err e = (enum err)i;
		assert_true(err_http(e) >= 400 && err_http(e) < 600);
		assert_true(err_lmtp(e) >= 400 && err_lmtp(e) < 600);
		assert_true(strncmp(err_name(e), "ERR_", 4) == 0);
		assert_true(err_category(e).n > 0);
		assert_true(err_sentence(e).n > 0);
		if (err_is_worth_retrying(e))
			assert_true(err_lmtp(e) < 500 && (err_http(e) >= 500 || err_http(e) == 429));
		for (int k = OK; k < i; k++)
			assert_true(strcmp(err_name(e), err_name((enum err)k)) != 0);
	}
	assert_string_equal(err_name(ERR_DISK_FULL), "ERR_DISK_FULL");
	assert_int_equal(err_http(ERR_DISK_FULL), 507);
	assert_int_equal(err_lmtp(ERR_DISK_FULL), 452);
}

struct sample {
	int64_t id;
	int64_t n;
	bool is_on;
	struct str name;
};
static const struct field sample_fields[] = {
	FIELD(struct sample, id, F_ID),
	FIELD(struct sample, n, F_INT),
	FIELD(struct sample, is_on, F_BOOL),
	FIELD(struct sample, name, F_STR, .max = 20, .flags = F_NULL),
};
static const struct shape sample_shape = SHAPE("Sample", struct sample, sample_fields);

static void a_shape_reaches_the_members_it_names(void **state)
{
	(void)state;
	struct sample s = {7, 8, true, STR("nine")};
	assert_int_equal(sample_shape.field_n, 4);
	assert_int_equal(sample_shape.size_bytes, sizeof(s));
	assert_int_equal(*field_int(shape_field(&sample_shape, STR("id")), &s), 7);
	assert_int_equal(*field_int(shape_field(&sample_shape, STR("n")), &s), 8);
	assert_true(*field_bool(shape_field(&sample_shape, STR("is_on")), &s));
	assert_true(str_eq(*field_str(shape_field(&sample_shape, STR("name")), &s), STR("nine")));
	assert_int_equal(shape_field(&sample_shape, STR("name"))->max, 20);
	assert_null(shape_field(&sample_shape, STR("nam")));
	assert_null(shape_field(&sample_shape, STR("")));
}

/* -1 is the size of the array that does not compile. */
static void a_field_of_another_type_does_not_compile(void **state)
{
	(void)state;
	assert_int_equal(FIELD_FITS_F_ID((int64_t)0), 1);
	assert_int_equal(FIELD_FITS_F_ID(0), -1);
	assert_int_equal(FIELD_FITS_F_ID((uint64_t)0), -1);
	assert_int_equal(FIELD_FITS_F_TIME(0.5), -1);
	assert_int_equal(FIELD_FITS_F_BOOL((_Bool)0), 1);
	assert_int_equal(FIELD_FITS_F_BOOL(0), -1);
	assert_int_equal(FIELD_FITS_F_STR(STR_NULL), 1);
	assert_int_equal(FIELD_FITS_F_STR((char *)NULL), -1);
	assert_int_equal(FIELD_FITS_F_BLOB((int64_t)0), -1);
}

static void a_log_line_is_one_line_whatever_it_holds(void **state)
{
	(void)state;
	int ends[2], saved = dup(STDERR_FILENO);
	char text[4000];
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	c.request_id = STR("r-1");
	fail(&c, ERR_INTERNAL, "bad\r\n2026 error forged \x1b[31m \xc3\xa9");
	log_failure(&c, ERR_INTERNAL, STR("GET /x"));
	log_set_level(LOG_ERROR);
	log_warn("not shown");
	log_set_level(LOG_INFO);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[1]);
	ssize_t n = read(ends[0], text, sizeof(text) - 1);
	close(ends[0]);
	assert_true(n > 0);
	text[n] = '\0';
	assert_ptr_equal(strchr(text, '\n'), text + n - 1);
	assert_non_null(
		strstr(text, "Z error r-1 GET /x: ERR_INTERNAL: bad\\x0d\\x0a2026 error forged \\x1b[31m \xc3\xa9\n"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_failure_carries_its_code_and_sentence),
		TEST(faulty_fields_are_kept_in_the_order_they_were_found),
		TEST(context_entries_are_kept_in_order_and_copied),
		TEST(try_hands_an_error_up_unchanged),
		TEST(every_error_of_the_table_is_told_alike_by_http_and_lmtp),
		TEST(a_shape_reaches_the_members_it_names),
		TEST(a_field_of_another_type_does_not_compile),
		TEST(a_log_line_is_one_line_whatever_it_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
