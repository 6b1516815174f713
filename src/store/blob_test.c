#include "store/test.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/crypt.h"
#include "store/blob.h"

static struct test_db *t = &test_db_of_group;

static int set_up(void **state)
{
	(void)state;
	crypt_start();
	*t = (struct test_db){.c = {.a = arena_open(TEST_ARENA_BYTES), .now = TEST_NOW}};
	snprintf(t->dir, sizeof(t->dir), "/tmp/bellhop-blob.XXXXXX");
	check(mkdtemp(t->dir) != NULL);
	assert_ok(blob_open(&t->c, str_c(t->dir)));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return test_db_close(t);
}

static void bytes_come_back_as_they_were_put(void **state)
{
	(void)state;
	static const struct str cases[] = {STR(""), STR("a"), STR("a\0b\r\n"), STR("\xff\xfe")};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str name, again, bytes;
		assert_ok(blob_put(&t->c, str_c(t->dir), cases[i], &name));
		assert_ok(blob_put(&t->c, str_c(t->dir), cases[i], &again));
		assert_true(str_eq(name, again));
		assert_ok(blob_get(&t->c, str_c(t->dir), name, &bytes));
		assert_true(str_eq(bytes, cases[i]));
		assert_true(blob_is_there(&t->c, str_c(t->dir), name, (int64_t)cases[i].n));
		assert_false(blob_is_there(&t->c, str_c(t->dir), name, (int64_t)cases[i].n + 1));
	}
}

/* As after a power cut in the middle of it: the name is there, the bytes are not. */
static void a_file_that_was_cut_short_is_written_anew(void **state)
{
	(void)state;
	struct str name, bytes;
	assert_ok(blob_put(&t->c, str_c(t->dir), STR("all of it"), &name));
	const char *path = str_fmt(t->c.a, "%s/blobs/%.2s/" STR_FMT, t->dir, name.p, STR_ARG(name)).p;
	assert_int_equal(truncate(path, 3), 0);
	assert_ok(blob_put(&t->c, str_c(t->dir), STR("all of it"), &name));
	assert_ok(blob_get(&t->c, str_c(t->dir), name, &bytes));
	assert_text(bytes, "all of it");
}

static void nobody_else_may_read_a_blob(void **state)
{
	(void)state;
	struct str name;
	struct stat st;
	assert_ok(blob_put(&t->c, str_c(t->dir), STR("secret"), &name));
	assert_int_equal(stat(str_fmt(t->c.a, "%s/blobs/%.2s/" STR_FMT, t->dir, name.p, STR_ARG(name)).p, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

static void a_blob_that_is_not_there_is_not_found(void **state)
{
	(void)state;
	struct str bytes, name = crypt_hash_hex(t->c.a, STR("never put"));
	assert_int_equal(blob_get(&t->c, str_c(t->dir), name, &bytes), ERR_NOT_FOUND);
	assert_false(blob_is_there(&t->c, str_c(t->dir), name, 9));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_come_back_as_they_were_put),
		TEST(a_file_that_was_cut_short_is_written_anew),
		TEST(nobody_else_may_read_a_blob),
		TEST(a_blob_that_is_not_there_is_not_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
