/* The walls are tried by a shell that means harm: each of its commands works without them, and fails behind them. */

#include "base/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/test.h"

enum { BUDGET_BYTES = 64 << 20, MAX_SAID_BYTES = 1 << 20, BASH_BYTES = 128 << 20 };

static int make_input(struct arena *a, struct str text)
{
	char path[] = "/tmp/sandbox_testXXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.p, text.n), (ssize_t)text.n);
	close(fd);
	int in = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	arena_defer_fd(a, in);
	return in;
}

static enum err run_with(struct ctx *c, const char *script, struct sandbox_job job, struct str *out)
{
	const char *const argv[] = {"/bin/bash", "-c", script, NULL};
	job.argv = argv;
	job.input_fd = make_input(c->a, STR("what goes in\n"));
	return sandbox_run(c, &job, out);
}

static enum err run(struct ctx *c, const char *script, struct str *out)
{
	const struct sandbox_job job = {
		.max_output_bytes = MAX_SAID_BYTES, .wall_ms = 20000, .cpu_s = 10, .memory_bytes = BASH_BYTES};
	return run_with(c, script, job, out);
}

/* The same shell in the open. */
static bool works_outside(const char *script)
{
	int status;
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execl("/bin/bash", "/bin/bash", "-c", script, (char *)NULL);
		_exit(1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_input_goes_in_and_output_comes_out(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	struct str said;
	(void)state;
	assert_int_equal(run(&c, "read line; echo \"got $line\"", &said), OK);
	assert_true(str_eq(said, STR("got what goes in\n")));
	arena_close(c.a);
}

static void test_walls_are_in_force(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	struct sandbox_walls walls;
	(void)state;
	assert_int_equal(sandbox_walls(&c, &walls), OK);
	printf("Landlock %d, seccomp %d, namespaces %d\n", walls.has_landlock, walls.has_seccomp, walls.has_namespaces);
	assert_true(walls.has_landlock && walls.has_seccomp);
	arena_close(c.a);
}

/* A port that somebody listens on. */
static int listen_somewhere(struct arena *a)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	arena_defer_fd(a, fd);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(fd, 5), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	return ntohs(at.sin_port);
}

static void test_what_means_harm_fails(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	char secret[] = "/tmp/sandbox_secretXXXXXX";
	int fd = mkstemp(secret), port = listen_somewhere(c.a);
	assert_int_equal(write(fd, "secret\n", 7), 7);
	const char *const scripts[] = {
		str_fmt(c.a, "read line < %s", secret).p,
		"read line < /etc/passwd",
		"read line < /proc/self/status",
		str_fmt(c.a, "echo over > %s", secret).p,
		str_fmt(c.a, "echo new > %s.new", secret).p,
		str_fmt(c.a, "exec 3<>/dev/tcp/127.0.0.1/%d", port).p,
		"exec 3<>/dev/udp/127.0.0.1/9",
		"/usr/bin/true || exit 1",
		"(exit 0)",
		str_fmt(c.a, "kill -0 %d", getpid()).p,
	};
	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		struct str said;
		assert_true(works_outside(scripts[i]));
		enum err e = run(&c, scripts[i], &said);
		if (e != ERR_BAD_INPUT)
			printf("%s\n", scripts[i]);
		assert_int_equal(e, ERR_BAD_INPUT);
		fail_clear(&c);
	}
	unlink(secret);
	unlink(str_fmt(c.a, "%s.new", secret).p);
	close(fd);
	arena_close(c.a);
}

static void test_it_knows_nothing_of_our_environment(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	struct str said;
	(void)state;
	setenv("BELLHOP_TEST_SECRET", "hidden", 1);
	assert_int_equal(run(&c, "echo \"[$BELLHOP_TEST_SECRET]\"; : <&3 || echo closed", &said), OK);
	assert_true(str_eq(said, STR("[]\nclosed\n")));
	unsetenv("BELLHOP_TEST_SECRET");
	arena_close(c.a);
}

static void test_limits_end_it(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	const struct sandbox_job job = {.max_output_bytes = 10000, .wall_ms = 20000, .cpu_s = 1, .memory_bytes = BASH_BYTES};
	struct sandbox_job hurry = job;
	struct str said;
	(void)state;
	hurry.wall_ms = 300;
	hurry.cpu_s = 10;
	int64_t begin = clock_monotonic_ms();
	assert_int_equal(run_with(&c, "while :; do :; done", job, &said), ERR_BAD_INPUT);
	assert_int_equal(run_with(&c, "while :; do :; done", hurry, &said), ERR_BAD_INPUT);
	assert_int_equal(run_with(&c, "exec >&-; while :; do :; done", job, &said), ERR_BAD_INPUT);
	assert_int_equal(run_with(&c, "while :; do echo more and more; done", job, &said), ERR_BAD_INPUT);
	assert_int_equal(run_with(&c, "x=0123456789abcdef; while :; do x=$x$x; done", job, &said), ERR_BAD_INPUT);
	assert_true(clock_monotonic_ms() - begin < 60000);
	arena_close(c.a);
}

static void test_a_program_that_is_not_there(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	const char *const argv[] = {"/usr/bin/no-such-program", NULL};
	const struct sandbox_job job = {
		.argv = argv, .input_fd = make_input(c.a, STR("")), .max_output_bytes = 10, .wall_ms = 1000, .cpu_s = 1, .memory_bytes = BASH_BYTES};
	struct str said;
	(void)state;
	assert_int_equal(sandbox_run(&c, &job, &said), ERR_OUTSIDE);
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_input_goes_in_and_output_comes_out),
		cmocka_unit_test(test_walls_are_in_force),
		cmocka_unit_test(test_what_means_harm_fails),
		cmocka_unit_test(test_it_knows_nothing_of_our_environment),
		cmocka_unit_test(test_limits_end_it),
		cmocka_unit_test(test_a_program_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
