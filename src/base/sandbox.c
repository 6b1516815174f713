/* The program that serves has threads, so between fork and exec the child only makes system calls: all that it needs is made ready
 * before. It takes its rights away in an order in which each step is still allowed to make the next: limits, namespaces, no new
 * privileges, files, system calls.
 *
 * System calls are a list of those that reading, computing and writing to what is open take; all others answer EPERM, so a library
 * that tries one of them goes on without. execve is on the list, since our own comes after it; what can be run is Landlock's. */

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

enum {
	WALLS_FAILED = 126, /* exit codes of the child; the programs that we run have lower ones */
	EXEC_FAILED = 127,
	WALLS_ASKED = 125,
	MAX_OPEN_FILES = 64,
	PIECE_BYTES = 64 << 10,
	MAX_PATHS = 16,
	MAX_FILTER = 256,
	NAMESPACES = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWUTS,
};

/* What may be read: libraries, fonts, and what their libraries look up. Those that are not there are left out. */
static const char *const sandbox_paths[] = {
	"/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/poppler",
	"/usr/local/share/fonts", "/usr/share/zoneinfo", "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig",
};

static const int calls[] = {
	SYS_read, SYS_pread64, SYS_readv, SYS_write, SYS_writev, SYS_close, SYS_lseek, SYS_openat, SYS_fstat, SYS_newfstatat,
	SYS_statx, SYS_faccessat, SYS_faccessat2, SYS_readlinkat, SYS_getdents64, SYS_statfs, SYS_fstatfs, SYS_getcwd, SYS_fcntl,
	SYS_dup, SYS_ioctl, SYS_fadvise64, SYS_flock, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk,
	SYS_futex, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_set_tid_address,
	SYS_set_robust_list, SYS_rseq, SYS_getrandom, SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep,
	SYS_gettimeofday, SYS_times, SYS_getrusage, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getpgid, SYS_getuid, SYS_geteuid,
	SYS_getgid, SYS_getegid, SYS_uname, SYS_sysinfo, SYS_umask, SYS_sched_getaffinity, SYS_sched_yield, SYS_ppoll,
	SYS_restart_syscall, SYS_execve, SYS_exit, SYS_exit_group,
#ifdef __x86_64__
	SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_poll, SYS_arch_prctl, SYS_getpgrp, SYS_time, SYS_dup2,
#endif
};

#ifdef __x86_64__
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#define OUR_ARCH 0 /* no program has it: nothing runs */
#endif

/* Landlock of newer kernels than the headers of Debian 12 know. */
struct landlock_rules {
	uint64_t files, network, scoped;
};
enum {
	ABI_NETWORK = 4,
	ABI_SCOPED = 6,
	READ_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE,
	FILE_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE,
};

/* Everything that the child needs, made before it. */
struct cage {
	const struct sandbox_job *job;
	int in, out, err;
	struct sock_filter filter[MAX_FILTER];
	struct sock_fprog program;
	bool only_asks; /* which walls there are: the answer is the exit code */
};

/* System calls ------------------------------------------------------------------------------------------------------ */

static void make_filter(struct cage *g)
{
	const size_t n = sizeof(calls) / sizeof(calls[0]);
	struct sock_filter *f = g->filter;
	*f++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	*f++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
	*f++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	*f++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < n; i++)
		*f++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], (uint8_t)(n - i + 4), 0);
	/* its own limits may be read, and be set lower: those of other processes are theirs */
	*f++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 2);
	*f++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]));
	*f++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0);
	*f++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	*f++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	*f++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	g->program = (struct sock_fprog){.len = (unsigned short)(f - g->filter), .filter = g->filter};
}

static bool wall_calls(struct cage *g)
{
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &g->program) == 0;
}

/* Files ------------------------------------------------------------------------------------------------------------- */

static uint64_t all_file_rights(long abi)
{
	uint64_t n = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13; /* rights came with versions */
	return (UINT64_C(1) << n) - 1;
}

static void may_read(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC)};
	if (rule.parent_fd < 0)
		return;
	/* what is no directory takes no right to list it */
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
		rule.allowed_access &= FILE_RIGHTS;
		syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

static bool wall_files(const char *program)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	const struct landlock_rules all = {
		.files = all_file_rights(abi),
		.network = abi >= ABI_NETWORK ? 3 : 0, /* TCP: bind, connect */
		.scoped = abi >= ABI_SCOPED ? 3 : 0,   /* abstract sockets, signals */
	};
	size_t size = abi >= ABI_SCOPED ? sizeof(all) : abi >= ABI_NETWORK ? offsetof(struct landlock_rules, scoped) : sizeof(all.files);
	if (abi < 1)
		return false;
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
	if (rules < 0)
		return false;
	for (size_t i = 0; i < sizeof(sandbox_paths) / sizeof(sandbox_paths[0]); i++)
		may_read(rules, sandbox_paths[i], READ_RIGHTS);
	may_read(rules, program, FILE_RIGHTS);
	bool is_up = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return is_up;
}

/* The child --------------------------------------------------------------------------------------------------------- */

static bool limit(int what, int64_t most)
{
	const struct rlimit l = {.rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most};
	return setrlimit((__rlimit_resource_t)what, &l) == 0;
}

static bool set_limits(const struct sandbox_job *job)
{
	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CPU, job->cpu_s) && limit(RLIMIT_NOFILE, MAX_OPEN_FILES) &&
	       limit(RLIMIT_AS, job->memory_bytes);
}

static void take_streams(const struct cage *g)
{
	sigset_t none;
	sigemptyset(&none);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(g->in, 0) < 0 || dup2(g->out, 1) < 0 || dup2(g->err, 2) < 0 || chdir("/") != 0 ||
	    syscall(SYS_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC) != 0)
		_exit(WALLS_FAILED);
}

_Noreturn static void run_child(struct cage *g)
{
	char *const no_environment[] = {NULL};
	union {
		const char *const *given;
		char *const *argv; /* execve does not write there */
	} as = {g->job->argv};
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	take_streams(g);
	bool has_namespaces = unshare(NAMESPACES) == 0 || unshare(CLONE_NEWNET | CLONE_NEWIPC) == 0;
	bool is_tame = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	bool has_landlock = is_tame && wall_files(g->job->argv[0]);
	if (g->only_asks)
		_exit(has_namespaces | has_landlock << 1 | (is_tame && wall_calls(g)) << 2);
	if (!has_landlock || !set_limits(g->job) || !wall_calls(g))
		_exit(WALLS_FAILED);
	execve(g->job->argv[0], as.argv, no_environment);
	_exit(EXEC_FAILED);
}

/* The parent -------------------------------------------------------------------------------------------------------- */

static void end_child(pid_t pid, int *status)
{
	kill(-pid, SIGKILL); /* its group, if it is there already */
	kill(pid, SIGKILL);
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

enum ending { ENDED, TOO_LONG, TOO_MUCH };

/* Everything that the child says, until it says no more. */
static enum ending listen_to(int fd, int64_t wall_ms, struct buf *said)
{
	const int64_t end = clock_monotonic_ms() + wall_ms;
	char *piece = arena_alloc(said->a, PIECE_BYTES);
	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = end - clock_monotonic_ms();
		if (left <= 0)
			return TOO_LONG;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		ssize_t n = read(fd, piece, PIECE_BYTES);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ENDED;
		buf_add(said, (struct str){piece, (size_t)n});
		if (buf_is_full(said))
			return TOO_MUCH;
	}
}

static enum err verdict(struct ctx *c, const struct sandbox_job *job, enum ending how, int status)
{
	const char *program = job->argv[0];
	if (how == TOO_LONG)
		return fail(c, ERR_BAD_INPUT, "%s took longer than %lld ms", program, (long long)job->wall_ms);
	if (how == TOO_MUCH)
		return fail(c, ERR_BAD_INPUT, "%s said more than %zu bytes", program, job->max_output_bytes);
	if (WIFSIGNALED(status))
		return fail(c, ERR_BAD_INPUT, "%s was ended by signal %d", program, WTERMSIG(status));
	if (WEXITSTATUS(status) == EXEC_FAILED)
		return fail(c, ERR_OUTSIDE, "%s cannot be run", program);
	if (WEXITSTATUS(status) == WALLS_FAILED)
		return fail(c, ERR_OUTSIDE, "%s is not run: this kernel gives no Landlock or no seccomp", program);
	if (WEXITSTATUS(status) != 0)
		return fail(c, ERR_BAD_INPUT, "%s ended with %d", program, WEXITSTATUS(status));
	return OK;
}

static enum err start(struct ctx *c, struct cage *g, int *out_fd, pid_t *pid_out)
{
	int pipes[2];
	make_filter(g);
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return fail(c, ERR_INTERNAL, "pipe: %s", strerror(errno));
	arena_defer_fd(c->a, pipes[0]);
	g->out = pipes[1];
	g->err = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t pid = fork();
	if (pid == 0)
		run_child(g);
	close(pipes[1]);
	close(g->err);
	if (pid < 0)
		return fail(c, ERR_BUSY, "fork: %s", strerror(errno));
	setpgid(pid, pid);
	*out_fd = pipes[0];
	*pid_out = pid;
	return OK;
}

enum err sandbox_run(struct ctx *c, const struct sandbox_job *job, struct str *out)
{
	struct cage *g = NEW(c->a, struct cage);
	struct buf said;
	int fd, status = 0;
	pid_t pid;
	g->job = job;
	g->in = job->input_fd;
	buf_init(&said, c->a, job->max_output_bytes);
	TRY(start(c, g, &fd, &pid));
	enum ending how = listen_to(fd, job->wall_ms, &said);
	if (how == ENDED)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	else
		end_child(pid, &status);
	TRY(verdict(c, job, how, status));
	*out = buf_str(&said);
	return OK;
}

enum err sandbox_walls(struct ctx *c, struct sandbox_walls *out)
{
	static const char *const argv[] = {"/usr/bin/true", NULL};
	const struct sandbox_job job = {.argv = argv};
	struct cage *g = NEW(c->a, struct cage);
	int fd, status = 0;
	pid_t pid;
	g->job = &job;
	g->only_asks = true;
	g->in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	arena_defer_fd(c->a, g->in);
	TRY(start(c, g, &fd, &pid));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	int walls = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	*out = (struct sandbox_walls){.has_namespaces = walls & 1, .has_landlock = walls & 2, .has_seccomp = walls & 4};
	return OK;
}
