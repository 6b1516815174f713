/* Schema changes on SQLite. A lock on the data directory keeps two programs from migrating at once. Foreign keys are not enforced
 * while a migration runs (dropping a table would empty those that refer to it); they are checked before its commit. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/db_sqlite_int.h"
#include "db/migrate_int.h"

enum { FILE_MODE = 0600 };

struct migrate_state {
	struct str data_dir;
	sqlite3 *s;
	int dir_fd;
};

static enum err failed_at(struct ctx *c, const char *doing, const char *path)
{
	int e = errno;
	enum err code = e == ENOSPC || e == EDQUOT ? ERR_DISK_FULL : ERR_BUSY;
	return fail(c, code, "cannot %s %s: %s", doing, path, strerror(e));
}

/* Only a file that is not there is made: closing one that this process has open would drop its locks. */
static enum err create_file(struct ctx *c, struct str data_dir)
{
	const char *file = db_path(c->a, data_dir, "bellhop.db");
	int fd = open(file, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return errno == EEXIST ? OK : failed_at(c, "create", file);
	close(fd);
	return OK;
}

static void close_own(void *own)
{
	struct migrate_state *m = own;
	sqlite3_close(m->s);
	if (m->dir_fd >= 0)
		close(m->dir_fd);
}

static enum err open_own(struct ctx *c, const struct db_config *config, void **own_out)
{
	struct migrate_state *m = NEW(c->a, struct migrate_state);
	m->data_dir = config->data_dir;
	const char *dir = str_z(c->a, config->data_dir);
	m->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->dir_fd < 0)
		return failed_at(c, "open", dir);
	enum err e = OK;
	if (flock(m->dir_fd, LOCK_EX) != 0)
		e = failed_at(c, "lock", dir);
	if (e == OK)
		e = create_file(c, config->data_dir);
	if (e == OK)
		e = sqlite_open(c, config->data_dir, SQLITE_OPEN_READWRITE, SQLITE_WRITER_CACHE_KB, &m->s);
	if (e == OK) {
		const char *start = "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF";
		int rc = sqlite3_exec(m->s, start, NULL, NULL, NULL);
		if (rc != SQLITE_OK)
			e = sqlite_failed(c, m->s, rc, start);
	}
	if (e != OK) {
		close_own(m);
		return e;
	}
	*own_out = m;
	return OK;
}

/* Runs a statement of one number. */
static enum err query_int(struct ctx *c, sqlite3 *s, const char *text, int *out)
{
	sqlite3_stmt *h;
	int rc = sqlite3_prepare_v2(s, text, -1, &h, NULL);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, s, rc, text);
	rc = sqlite3_step(h);
	*out = rc == SQLITE_ROW ? sqlite3_column_int(h, 0) : 0;
	int end = sqlite3_finalize(h);
	return end == SQLITE_OK ? OK : sqlite_failed(c, s, end, text);
}

static enum err newest(struct ctx *c, void *own, int *number_out)
{
	struct migrate_state *m = own;
	int is_there;
	TRY(query_int(c, m->s, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'",
	              &is_there));
	*number_out = 0;
	return is_there ? query_int(c, m->s, SQL_NEWEST_MIGRATION, number_out) : OK;
}

static enum err copy_pages(struct ctx *c, sqlite3 *from, const char *path)
{
	sqlite3 *to;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL);
	sqlite3_backup *backup = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
	if (backup != NULL) {
		sqlite3_backup_step(backup, -1);
		rc = sqlite3_backup_finish(backup);
	} else if (rc == SQLITE_OK) {
		rc = sqlite3_extended_errcode(to);
	}
	enum err e = rc == SQLITE_OK ? OK : sqlite_failed(c, to, rc, path);
	sqlite3_close(to);
	return e;
}

static enum err sync_file(struct ctx *c, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed_at(c, "open", path);
	enum err e = fsync(fd) == 0 ? OK : failed_at(c, "fsync", path);
	close(fd);
	return e;
}

/* Whole or not there: under another name until it is on disk. */
static enum err copy(struct ctx *c, void *own, int number, struct str *copy_out)
{
	struct migrate_state *m = own;
	struct str path = str_fmt(c->a, STR_FMT "/before-%04d.db", STR_ARG(m->data_dir), number);
	const char *part = str_fmt(c->a, STR_FMT ".part", STR_ARG(path)).p;
	unlink(part);
	int fd = open(part, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return failed_at(c, "create", part);
	close(fd);
	enum err e = copy_pages(c, m->s, part);
	if (e == OK)
		e = sync_file(c, part);
	if (e != OK) {
		unlink(part);
		return e;
	}
	if (rename(part, path.p) != 0)
		return failed_at(c, "rename", part);
	if (fsync(m->dir_fd) != 0)
		return failed_at(c, "fsync", str_z(c->a, m->data_dir));
	*copy_out = path;
	return OK;
}

static enum err exec(struct ctx *c, sqlite3 *s, const char *text, const char *doing)
{
	int rc = sqlite3_exec(s, text, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : sqlite_failed(c, s, rc, doing);
}

static enum err note(struct ctx *c, sqlite3 *s, const struct migration *m)
{
	sqlite3_stmt *h;
	int rc = sqlite3_prepare_v2(s, SQL_NOTE_MIGRATION, -1, &h, NULL);
	if (rc == SQLITE_OK) { /* $1 $2 $3 are met in this order */
		sqlite3_bind_int(h, 1, m->number);
		sqlite3_bind_text(h, 2, m->name, -1, SQLITE_STATIC);
		sqlite3_bind_int64(h, 3, c->now);
		sqlite3_step(h);
		rc = sqlite3_finalize(h);
	}
	return rc == SQLITE_OK ? OK : sqlite_failed(c, s, rc, SQL_NOTE_MIGRATION);
}

static enum err apply_in_tx(struct ctx *c, sqlite3 *s, const struct migration *m, struct str text)
{
	TRY(exec(c, s, SQL_MIGRATION_TABLE, "schema_migration"));
	TRY(exec(c, s, text.p, "its text"));
	int bad_n;
	TRY(query_int(c, s, "SELECT count(*) FROM pragma_foreign_key_check", &bad_n));
	if (bad_n > 0)
		return fail(c, ERR_CONFLICT, "%d rows would refer to what is not there", bad_n);
	TRY(note(c, s, m));
	return exec(c, s, "COMMIT", "COMMIT");
}

static enum err apply(struct ctx *c, void *own, const struct migration *m, struct str text)
{
	sqlite3 *s = ((struct migrate_state *)own)->s;
	TRY(exec(c, s, "BEGIN IMMEDIATE", "BEGIN IMMEDIATE"));
	enum err e = apply_in_tx(c, s, m, text);
	if (!sqlite3_get_autocommit(s))
		sqlite3_exec(s, "ROLLBACK", NULL, NULL, NULL);
	return e;
}

const struct migrate_engine migrate_sqlite = {
	.section = SECTION_SQLITE,
	.id_token = "INTEGER PRIMARY KEY AUTOINCREMENT",
	.blob_token = "BLOB",
	.open = open_own,
	.newest = newest,
	.copy = copy,
	.apply = apply,
	.close = close_own,
};
