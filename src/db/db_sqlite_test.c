/* What only SQLite can be asked: one commit for many writes, and what happens when the disk is full, an fsync fails or the
 * process dies at the n-th write, for every n. The faults come from a layer between SQLite and the file system. */

#include "base/test.h"
#include "db/db_test_int.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

/* The methods of files, with ours in front. There is one for each kind of file. */
struct wrapped {
	sqlite3_io_methods methods;
	const sqlite3_io_methods *real;
};

enum { MAX_WRAPPED = 8, NEVER = 1 << 30 };

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct wrapped wrapped[MAX_WRAPPED];
	_Atomic int writes_to_full;  /* after so many writes they fail with write_error */
	_Atomic int write_error;
	_Atomic int writes_to_death; /* the process ends at this write */
	_Atomic int syncs_to_fail;
} faults = {.write_error = SQLITE_FULL, .writes_to_full = NEVER, .writes_to_death = NEVER, .syncs_to_fail = NEVER};

static const sqlite3_io_methods *real_of(sqlite3_file *file)
{
	return ((const struct wrapped *)file->pMethods)->real;
}

static int fault_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	if (--faults.writes_to_death <= 0)
		_exit(0);
	if (faults.writes_to_full <= 0)
		return faults.write_error;
	if (faults.writes_to_full < NEVER)
		faults.writes_to_full--;
	return real_of(file)->xWrite(file, bytes, n, at);
}

static int fault_sync(sqlite3_file *file, int flags)
{
	if (--faults.syncs_to_fail <= 0)
		return SQLITE_IOERR_FSYNC;
	return real_of(file)->xSync(file, flags);
}

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	(void)vfs;
	int rc = faults.real->xOpen(faults.real, name, file, flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	int i = 0;
	while (i < MAX_WRAPPED && faults.wrapped[i].real != NULL && faults.wrapped[i].real != file->pMethods)
		i++;
	check(i < MAX_WRAPPED);
	if (faults.wrapped[i].real == NULL) {
		faults.wrapped[i].methods = *file->pMethods;
		faults.wrapped[i].methods.xWrite = fault_write;
		faults.wrapped[i].methods.xSync = fault_sync;
		faults.wrapped[i].real = file->pMethods;
	}
	file->pMethods = &faults.wrapped[i].methods;
	return SQLITE_OK;
}

struct pages {
	int64_t max_page_count;
};
static const struct field pages_fields[] = {FIELD(struct pages, max_page_count, F_INT)};
static const struct shape pages_shape = SHAPE("Pages", struct pages, pages_fields);

static const struct sql test_sql[] = {
	{"INSERT INTO person @insert @back", &person_shape},
	{"SELECT count(*) AS n FROM person", &number_shape},
	{"PRAGMA max_page_count = 60", &pages_shape},
	{"INSERT INTO late (person_id) VALUES (999)", NULL},
};

static int set_up(void **state)
{
	*state = &env_of_group;
	env_prepare(&env_of_group);
	enum err e = env_migrate(&env_of_group, test_migrations, 2);
	env_show(&env_of_group, e);
	return e == OK && env_open(&env_of_group) == OK ? 0 : 1;
}

static int tear_down(void **state)
{
	faults.writes_to_full = faults.writes_to_death = faults.syncs_to_fail = NEVER;
	faults.write_error = SQLITE_FULL;
	env_clean(*state);
	return 0;
}

static enum err put(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[0], arg, arg);
}

static enum err count(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_one(c, &test_sql[1], NO_ARGS, &n));
	*(int64_t *)arg = n.n;
	return OK;
}

static int64_t count_of(struct env *env)
{
	int64_t n = -1;
	assert_int_equal(db_read(env->db, &env->c, count, &n), OK);
	return n;
}

/* A write that holds the writer until it is let go, so that others pile up behind it. */
struct gate {
	struct db_task task;
	struct ctx c;
	sem_t is_in, may_go;
};

static enum err stand(struct ctx *c, void *arg)
{
	struct gate *g = arg;
	(void)c;
	sem_post(&g->is_in);
	sem_wait(&g->may_go);
	return OK;
}

static void ignore_result(struct db_task *task, enum err result)
{
	(void)task, (void)result;
}

static void gate_close(struct gate *g, struct env *env)
{
	sem_init(&g->is_in, 0, 0);
	sem_init(&g->may_go, 0, 0);
	g->c = (struct ctx){.a = env->a};
	g->task = (struct db_task){.c = &g->c, .fn = stand, .arg = g, .is_write = true, .done = ignore_result};
	db_submit(env->db, &g->task);
	sem_wait(&g->is_in);
}

struct write {
	struct db_task task;
	struct ctx c;
	struct person p;
	enum err result;
	sem_t *done;
};

static void note_result(struct db_task *task, enum err result)
{
	struct write *w = (struct write *)task;
	w->result = result;
	sem_post(w->done);
}

static enum err put_late(struct ctx *c, void *arg)
{
	TRY(put(c, arg));
	return db_exec(c, &test_sql[3], NO_ARGS, NULL);
}

/* The seventh is refused by a check, the eighth by a foreign key that is looked at when all is done. */
enum { WRITE_N = 50, SPILL_BYTES = 600000 };

static struct write *submit_writes(struct env *env, sem_t *done, size_t photo_bytes)
{
	struct write *all = NEW_ARRAY(env->a, WRITE_N, struct write);
	for (int i = 0; i < WRITE_N; i++) {
		struct write *w = &all[i];
		w->c = (struct ctx){.a = arena_open(TEST_BUDGET_BYTES)};
		w->p.email = str_fmt(env->a, "%d", i);
		w->p.age = i == 7 ? -1 : i;
		w->p.photo = (struct str){arena_alloc(env->a, photo_bytes), photo_bytes};
		w->done = done;
		w->task = (struct db_task){.c = &w->c, .fn = i == 8 ? put_late : put, .arg = &w->p, .is_write = true,
		                           .done = note_result};
		db_submit(env->db, &w->task);
	}
	return all;
}

static void wait_for_writes(struct write *all, sem_t *done)
{
	for (int i = 0; i < WRITE_N; i++)
		sem_wait(done);
	for (int i = 0; i < WRITE_N; i++)
		arena_close(all[i].c.a);
}

static int ok_n(const struct write *all)
{
	int n = 0;
	for (int i = 0; i < WRITE_N; i++)
		n += all[i].result == OK;
	return n;
}

static void one_commit(void **state)
{
	struct env *env = *state;
	struct gate gate;
	sem_t done;
	sem_init(&done, 0, 0);
	gate_close(&gate, env);
	struct write *all = submit_writes(env, &done, 10);
	assert_int_equal(db_queue_depth(env->db), WRITE_N + 1);
	sem_post(&gate.may_go);
	wait_for_writes(all, &done);
	assert_int_equal(env->commit_n, 1); /* the gate wrote nothing */
	assert_int_equal(all[7].result, ERR_INTERNAL);
	assert_int_equal(all[8].result, ERR_CONFLICT);
	assert_int_equal(ok_n(all), WRITE_N - 2);
	assert_int_equal(count_of(env), WRITE_N - 2);
}

static void full_at_commit(void **state)
{
	struct env *env = *state;
	struct gate gate;
	sem_t done;
	sem_init(&done, 0, 0);
	gate_close(&gate, env);
	struct write *all = submit_writes(env, &done, 10);
	faults.writes_to_full = 2;
	sem_post(&gate.may_go);
	wait_for_writes(all, &done);
	for (int i = 0; i < WRITE_N; i++)
		assert_int_equal(all[i].result, i == 7 ? ERR_INTERNAL : i == 8 ? ERR_CONFLICT : ERR_DISK_FULL);
	assert_int_equal(env->commit_n, 0);
	assert_int_equal(count_of(env), 0); /* reading still works */
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), ERR_DISK_FULL);
	faults.writes_to_full = NEVER;
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(count_of(env), 1);
}

static enum err limit_pages(struct ctx *c, void *arg)
{
	struct pages pages;
	(void)arg;
	return db_one(c, &test_sql[2], NO_ARGS, &pages);
}

static void full_in_a_statement(void **state)
{
	struct env *env = *state;
	struct gate gate;
	sem_t done;
	sem_init(&done, 0, 0);
	assert_int_equal(db_write(env->db, &env->c, limit_pages, NULL), OK);
	gate_close(&gate, env);
	struct write *all = submit_writes(env, &done, 9000);
	sem_post(&gate.may_go);
	wait_for_writes(all, &done);
	int written_n = ok_n(all);
	assert_int_equal(count_of(env), written_n);
	int full_n = 0;
	for (int i = 0; i < WRITE_N; i++)
		full_n += all[i].result == ERR_DISK_FULL;
	assert_true(full_n > 0);
	assert_true(full_n + written_n + 2 >= WRITE_N);
}

/* The cache is too small for them, so pages go into the log before the commit, and an error there ends the transaction. */
static void lost_transaction(void **state)
{
	struct env *env = *state;
	struct gate gate;
	sem_t done;
	sem_init(&done, 0, 0);
	gate_close(&gate, env);
	struct write *all = submit_writes(env, &done, SPILL_BYTES);
	faults.writes_to_full = 10;
	faults.write_error = SQLITE_IOERR_WRITE;
	sem_post(&gate.may_go);
	wait_for_writes(all, &done);
	assert_int_equal(ok_n(all), 0);
	assert_int_equal(all[0].result, ERR_INTERNAL);
	assert_int_equal(env->commit_n, 0);
	assert_int_equal(count_of(env), 0);
	faults.writes_to_full = NEVER;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(count_of(env), 1);
}

/* Runs in a child; returns how it ended and what it said on standard error. */
static int in_child(struct env *env, void (*run)(struct env *env), char *said, size_t room)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], 2);
		close(ends[0]);
		signal(SIGABRT, SIG_DFL);
		run(env);
		_exit(1);
	}
	close(ends[1]);
	size_t n = 0;
	for (ssize_t more; n < room - 1 && (more = read(ends[0], said + n, room - 1 - n)) > 0;)
		n += (size_t)more;
	said[n] = '\0';
	close(ends[0]);
	int status;
	waitpid(child, &status, 0);
	return status;
}

static void write_with_failing_sync(struct env *env)
{
	struct person p = {.email = STR("lost")};
	if (env_open(env) != OK)
		return;
	db_write(env->db, &env->c, put, &p);
	faults.syncs_to_fail = 1;
	p.email = STR("never");
	db_write(env->db, &env->c, put, &p);
}

/* The header of a new log is synced as soon as there is something in the log. */
static void spill_with_failing_sync(struct env *env)
{
	enum { MUCH_BYTES = 40 << 20 };
	struct person p = {.email = STR("never"), .photo = {arena_alloc(env->a, MUCH_BYTES), MUCH_BYTES}};
	if (env_open(env) != OK)
		return;
	faults.syncs_to_fail = 1;
	db_write(env->db, &env->c, put, &p);
}

static void failed_fsync(void **state)
{
	struct env *env = *state;
	char said[1000];
	struct str line = STR("A failed fsync ends the process; it is never retried: ");
	db_close(env->db); /* a database must not be carried over a fork */
	env->db = NULL;
	int status = in_child(env, spill_with_failing_sync, said, sizeof(said));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_true(str_starts(str_c(said), line));
	assert_true(str_starts(str_skip(str_c(said), line.n), STR("INSERT")));
	status = in_child(env, write_with_failing_sync, said, sizeof(said));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_true(str_starts(str_c(said), line));
	assert_true(str_starts(str_skip(str_c(said), line.n), STR("COMMIT")));
	assert_int_equal(env_open(env), OK);
	assert_true(count_of(env) >= 1); /* what was not answered may be there or not */
}

enum { DEATH_AT_MOST = 2000 };
static int death_at;

static void migrate_and_die(struct env *env)
{
	faults.writes_to_death = death_at;
	if (env_migrate(env, test_migrations, 2) == OK)
		_exit(7);
}

/* The newest migration and whether what it makes is there, in a database that is opened as it is. */
static int64_t state_of(const char *path, bool *is_whole)
{
	static const char *const texts[] = {"SELECT max(number) FROM schema_migration", "SELECT count(*) FROM counter",
	                                    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"};
	int64_t n[3] = {-1, -1, -1};
	sqlite3 *s;
	sqlite3_open_v2(path, &s, SQLITE_OPEN_READWRITE, NULL);
	for (int i = 0; i < 3; i++) {
		sqlite3_stmt *h = NULL;
		if (sqlite3_prepare_v2(s, texts[i], -1, &h, NULL) == SQLITE_OK && sqlite3_step(h) == SQLITE_ROW)
			n[i] = sqlite3_column_int64(h, 0);
		sqlite3_finalize(h);
	}
	sqlite3_close(s);
	*is_whole = n[2] == 1 && (n[0] == 2) == (n[1] == 2) && (n[0] == 1) == (n[1] == -1);
	return n[0];
}

static void death_while_migrating(void **state)
{
	struct env *env = *state;
	char said[1000], path[100], copy[100];
	int seen[3] = {0};
	db_close(env->db);
	env->db = NULL;
	snprintf(path, sizeof(path), "%s/bellhop.db", env->dir);
	snprintf(copy, sizeof(copy), "%s/before-0002.db", env->dir);
	for (death_at = 1;; death_at++) {
		assert_true(death_at < DEATH_AT_MOST);
		unlink(path);
		unlink(copy);
		assert_int_equal(env_migrate(env, test_migrations, 1), OK);
		int status = in_child(env, migrate_and_die, said, sizeof(said));
		assert_true(WIFEXITED(status));
		bool is_whole;
		int64_t number = state_of(path, &is_whole);
		assert_true(is_whole && (number == 1 || number == 2));
		seen[number]++;
		if (number == 2 || access(copy, F_OK) == 0)
			assert_true(state_of(copy, &is_whole) == 1 && is_whole);
		if (WEXITSTATUS(status) == 7)
			break;
		assert_int_equal(WEXITSTATUS(status), 0);
		assert_int_equal(env_migrate(env, test_migrations, 2), OK); /* and it can go on */
	}
	assert_true(seen[1] >= 5 && seen[2] >= 1);
}

struct chain {
	struct write first;
	struct write second;
	struct env *env;
};

static void submit_second(struct db_task *task, enum err result)
{
	struct chain *chain = (struct chain *)task;
	chain->first.result = result;
	usleep(50000); /* db_close waits already */
	db_submit(chain->env->db, &chain->second.task);
}

static void last_words(void **state)
{
	struct env *env = *state;
	sem_t done;
	sem_init(&done, 0, 0);
	struct chain *chain = NEW(env->a, struct chain);
	int64_t n = -1;
	chain->env = env;
	chain->first.c = chain->second.c = (struct ctx){.a = env->a};
	chain->first.p.email = STR("a");
	chain->first.task = (struct db_task){.c = &chain->first.c, .fn = put, .arg = &chain->first.p, .is_write = true,
	                                     .done = submit_second};
	chain->second.done = &done;
	chain->second.task = (struct db_task){.c = &chain->second.c, .fn = count, .arg = &n, .done = note_result};
	db_submit(env->db, &chain->first.task);
	db_close(env->db);
	env->db = NULL;
	assert_int_equal(chain->first.result, OK);
	assert_int_equal(chain->second.result, OK);
	assert_int_equal(n, 1);
}

static void other_program(void **state)
{
	struct env *env = *state;
	struct env other = {.config = env->config};
	other.a = arena_open(TEST_BUDGET_BYTES);
	other.c = (struct ctx){.a = other.a};
	assert_int_equal(env_open(&other), OK);
	struct person p = {.email = STR("a")}, q = {.email = STR("b")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(other.db, &other.c, put, &q), OK);
	assert_int_equal(count_of(env), 2);
	db_close(other.db);
	arena_close(other.a);
	assert_int_equal(count_of(env), 2);
}

#define PROMISE(sentence, f) {sentence, f, set_up, tear_down, NULL}

static const struct CMUnitTest promises[] = {
	PROMISE("writes that wait together are committed once", one_commit),
	PROMISE("a disk that is full at the commit fails all of the group, loses nothing, and the next may succeed",
                full_at_commit),
	PROMISE("a disk that is full in a statement: what was answered well is there, the rest is not",
                full_in_a_statement),
	PROMISE("when SQLite gives up the transaction of a group, all of the group have failed", lost_transaction),
	PROMISE("a failed fsync ends the process, and what was answered before is there", failed_fsync),
	PROMISE("a migration that dies at any write is there whole or not at all, and so is the copy",
                death_while_migrating),
	PROMISE("what the end of a task submits while the database closes is run", last_words),
	PROMISE("two programs can use one database", other_program),
};

int main(void)
{
	faults.real = sqlite3_vfs_find(NULL);
	faults.vfs = *faults.real;
	faults.vfs.zName = "faults";
	faults.vfs.xOpen = fault_open;
	sqlite3_vfs_register(&faults.vfs, 1);
	return cmocka_run_group_tests_name("db_sqlite", promises, NULL, NULL);
}
