#include "store/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void a_draft_becomes_a_blob_and_goes_with_its_arena(void **state)
{
	(void)state;
	struct str name, whole, head, bytes;
	struct blob_draft *draft;
	int64_t size;
	struct str *left;
	size_t left_n;
	struct ctx upload = {.a = arena_open(TEST_ARENA_BYTES), .now = TEST_NOW};
	assert_ok(blob_put(&t->c, str_c(t->dir), STR("in two pieces"), &whole));
	assert_ok(blob_begin(&upload, str_c(t->dir), &draft));
	assert_ok(blob_add(&upload, draft, STR("in two ")));
	assert_ok(blob_add(&upload, draft, STR("pieces")));
	assert_ok(blob_head(&upload, draft, 4, &head));
	assert_text(head, "in t");
	assert_ok(blob_keep(&upload, draft, &name, &size));
	assert_true(str_eq(name, whole));
	assert_int_equal(size, 13);
	/* whoever sweeps leaves it alone while it is written */
	assert_ok(blob_sweep(&t->c, str_c(t->dir), &left, &left_n));
	assert_int_equal(left_n, 0);
	arena_close(upload.a);
	assert_ok(blob_sweep(&t->c, str_c(t->dir), &left, &left_n));
	assert_int_equal(left_n, 0);
	assert_ok(blob_get(&t->c, str_c(t->dir), whole, &bytes));
	assert_text(bytes, "in two pieces");
}

/* As by a process that was killed: the draft is there, its lock is not. */
static void the_sweep_removes_what_nobody_writes_and_names_its_blob(void **state)
{
	(void)state;
	struct str hash = crypt_hash_hex(t->c.a, STR("left behind")), *left;
	const char *const names[] = {"token", str_fmt(t->c.a, "other." STR_FMT, STR_ARG(hash)).p};
	size_t left_n;
	for (size_t i = 0; i < 2; i++) {
		int fd = open(str_fmt(t->c.a, "%s/drafts/%s", t->dir, names[i]).p, O_WRONLY | O_CREAT, 0600);
		assert_true(fd >= 0);
		close(fd);
	}
	assert_ok(blob_sweep(&t->c, str_c(t->dir), &left, &left_n));
	assert_int_equal(left_n, 1);
	assert_true(str_eq(left[0], hash));
	for (size_t i = 0; i < 2; i++)
		assert_int_not_equal(access(str_fmt(t->c.a, "%s/drafts/%s", t->dir, names[i]).p, F_OK), 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_come_back_as_they_were_put),
		TEST(a_file_that_was_cut_short_is_written_anew),
		TEST(nobody_else_may_read_a_blob),
		TEST(a_blob_that_is_not_there_is_not_found),
		TEST(a_draft_becomes_a_blob_and_goes_with_its_arena),
		TEST(the_sweep_removes_what_nobody_writes_and_names_its_blob),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
