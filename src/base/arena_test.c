#include "base/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

/* A child runs fn with its error output closed; true when a signal or the sanitizer ended it. */
static bool ends_the_process(void (*fn)(void))
{
	int status = 0;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		fn();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct arena *a = arena_open(4 << 20);
	unsigned char *before = NULL;
	for (size_t n = 0; n < 3000; n += 7) {
		unsigned char *p = arena_alloc(a, n);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
		assert_ptr_not_equal(p, before);
		before = p;
	}
	arena_close(a);
}

static void cleared_memory_is_zeroed_again(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	memset(arena_alloc(a, 5000), 0xff, 5000);
	memset(arena_alloc(a, 100000), 0xff, 100000);
	assert_true(arena_used(a) >= 105000);
	arena_clear(a);
	assert_int_equal(arena_used(a), 0);
	const unsigned char *p = arena_alloc(a, 6000);
	for (size_t i = 0; i < 6000; i++)
		assert_int_equal(p[i], 0);
	arena_close(a);
}

static void pass_the_budget(void)
{
	struct arena *a = arena_open(10000);
	arena_alloc(a, 5000);
	arena_alloc(a, 5001);
}

static void pass_the_budget_at_once(void)
{
	volatile size_t most = SIZE_MAX;
	arena_alloc(arena_open(10000), most);
}

static void overflow_an_array(void)
{
	arena_array(arena_open(10000), SIZE_MAX / 2, 3);
}

static void passing_the_budget_ends_the_process(void **state)
{
	(void)state;
	assert_true(ends_the_process(pass_the_budget));
	assert_true(ends_the_process(pass_the_budget_at_once));
	assert_true(ends_the_process(overflow_an_array));
}

static char order[8];

static void note(void *arg)
{
	order[strlen(order)] = (char)('0' + (intptr_t)arg);
}

static void what_was_deferred_runs_newest_first_and_once(void **state)
{
	(void)state;
	memset(order, 0, sizeof(order));
	struct arena *a = arena_open(1 << 20);
	arena_defer(a, note, (void *)(intptr_t)1);
	arena_defer(a, note, (void *)(intptr_t)2);
	arena_clear(a);
	assert_string_equal(order, "21");
	arena_defer(a, note, (void *)(intptr_t)3);
	arena_close(a);
	assert_string_equal(order, "213");
	arena_close(NULL);
}

static void a_deferred_descriptor_is_closed(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	arena_defer_fd(a, fd);
	assert_true(fcntl(fd, F_GETFD) >= 0);
	arena_close(a);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void a_pointer_that_is_kept_too_long_is_poisoned(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	struct arena *a = arena_open(1 << 20);
	char *p = arena_alloc(a, 100);
	assert_false(__asan_address_is_poisoned(p));
	assert_true(__asan_address_is_poisoned(p + 112));
	arena_clear(a);
	assert_true(__asan_address_is_poisoned(p));
	arena_close(a);
#else
	skip();
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(cleared_memory_is_zeroed_again),
		cmocka_unit_test(passing_the_budget_ends_the_process),
		cmocka_unit_test(what_was_deferred_runs_newest_first_and_once),
		cmocka_unit_test(a_deferred_descriptor_is_closed),
		cmocka_unit_test(a_pointer_that_is_kept_too_long_is_poisoned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
