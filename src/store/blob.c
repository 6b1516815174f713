#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/log.h"
#include "base/rand.h"
#include "store/all_sql.h"

enum {
	MAX_SWEPT_DRAFTS = 10000,
	HASH_HEX_BYTES = 64,
	RESERVE_CHECK_BYTES = 64 << 10, /* how much is written between two looks at the room that is left */
};

static struct str blob_dir(struct ctx *c, struct str data_dir, struct str name)
{
	return str_fmt(c->a, STR_FMT "/blobs/" STR_FMT, STR_ARG(data_dir), STR_ARG(str_head(name, 2)));
}

static struct str blob_path(struct ctx *c, struct str data_dir, struct str name)
{
	return str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(blob_dir(c, data_dir, name)), STR_ARG(name));
}

static struct str draft_dir(struct ctx *c, struct str data_dir)
{
	return str_fmt(c->a, STR_FMT "/drafts", STR_ARG(data_dir));
}

static enum err io_error(struct ctx *c, const char *doing, struct str path)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return fail(c, ERR_DISK_FULL, "%s " STR_FMT ": no space left", doing, STR_ARG(path));
	if (errno == ENOENT)
		return fail(c, ERR_NOT_FOUND, "%s " STR_FMT ": not there", doing, STR_ARG(path));
	return fail(c, ERR_INTERNAL, "%s " STR_FMT ": errno %d", doing, STR_ARG(path), errno);
}

/* After a failed fsync the kernel may have dropped the pages and call the next one a success: only a fresh start, from
 * what is really there, is safe. */
static void sync_or_end(int fd, struct str path)
{
	if (fsync(fd) == 0)
		return;
	log_warn("fsync of " STR_FMT " failed (errno %d): stopping, so that nothing is acknowledged that is not on disk",
	         STR_ARG(path), errno);
	abort();
}

static enum err write_all(struct ctx *c, int fd, struct str bytes, struct str path)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return io_error(c, "write", path);
		bytes = str_skip(bytes, (size_t)n);
	}
	return OK;
}

static enum err sync_directory(struct ctx *c, struct str dir)
{
	int fd = open(dir.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return io_error(c, "open", dir);
	sync_or_end(fd, dir);
	close(fd);
	return OK;
}

static enum err write_file(struct ctx *c, struct str tmp, struct str bytes)
{
	int fd = open(tmp.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return io_error(c, "create", tmp);
	enum err e = write_all(c, fd, bytes, tmp);
	if (e == OK)
		sync_or_end(fd, tmp);
	close(fd);
	if (e != OK)
		unlink(tmp.p);
	return e;
}

enum err blob_put(struct ctx *c, struct str data_dir, struct str bytes, struct str *name_out)
{
	struct str name = crypt_hash_hex(c->a, bytes);
	struct str dir = blob_dir(c, data_dir, name);
	struct str path = str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(name));
	struct str tmp = str_fmt(c->a, STR_FMT ".%s", STR_ARG(path), rand_token(c->a, 9).p);
	struct stat there;

	/* The same content may have been written a moment ago by a process that died before its directory was synced. */
	if (stat(path.p, &there) == 0 && (size_t)there.st_size == bytes.n) {
		*name_out = name;
		return sync_directory(c, dir);
	}
	TRY(write_file(c, tmp, bytes));
	if (rename(tmp.p, path.p) != 0) {
		enum err e = io_error(c, "rename", path);
		unlink(tmp.p);
		return e;
	}
	TRY(sync_directory(c, dir));
	*name_out = name;
	return OK;
}

enum err blob_open_fd(struct ctx *c, struct str data_dir, struct str name, int *fd_out)
{
	struct str path = blob_path(c, data_dir, name);
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_error(c, "open", path);
	arena_defer_fd(c->a, fd);
	*fd_out = fd;
	return OK;
}

enum err blob_get(struct ctx *c, struct str data_dir, struct str name, struct str *out)
{
	struct str path = blob_path(c, data_dir, name);
	struct stat st;
	int fd;
	TRY(blob_open_fd(c, data_dir, name, &fd));
	if (fstat(fd, &st) != 0)
		return io_error(c, "stat", path);
	char *bytes = arena_alloc(c->a, (size_t)st.st_size + 1);
	size_t n = 0;
	while (n < (size_t)st.st_size) {
		ssize_t got = read(fd, bytes + n, (size_t)st.st_size - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return io_error(c, "read", path);
		n += (size_t)got;
	}
	*out = (struct str){bytes, n};
	return OK;
}

bool blob_is_there(struct ctx *c, struct str data_dir, struct str name, int64_t size_bytes)
{
	struct stat st;
	struct str path = blob_path(c, data_dir, name);
	return stat(path.p, &st) == 0 && st.st_size == size_bytes;
}

/* Drafts ------------------------------------------------------------------------------------------------------------ */

struct blob_draft {
	int fd;
	struct str data_dir;
	struct str path; /* drafts/<token>, and drafts/<token>.<hash> once it is kept */
	int64_t size_bytes;
	int64_t unchecked_bytes; /* since the room on the disk was looked at */
	struct crypt_hash *hash;
	struct str name; /* of the blob, once it is kept */
};

static void draft_close(void *arg)
{
	struct blob_draft *d = arg;
	unlink(d->path.p);
	close(d->fd);
}

/* Making a draft and locking it is one step for whoever sweeps: both lock the directory. */
static enum err draft_create(struct ctx *c, struct blob_draft *d)
{
	struct str dir = draft_dir(c, d->data_dir);
	int dir_fd = open(dir.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir_fd < 0)
		return io_error(c, "open", dir);
	flock(dir_fd, LOCK_SH);
	d->fd = open(d->path.p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum err e = d->fd < 0 ? io_error(c, "create", d->path) : OK;
	if (e == OK)
		flock(d->fd, LOCK_EX | LOCK_NB);
	close(dir_fd);
	return e;
}

enum err blob_begin(struct ctx *c, struct str data_dir, struct blob_draft **out)
{
	struct blob_draft *d = NEW(c->a, struct blob_draft);
	d->data_dir = data_dir;
	d->path = str_fmt(c->a, STR_FMT "/%s", STR_ARG(draft_dir(c, data_dir)), rand_token(c->a, 15).p);
	d->hash = crypt_hash_begin(c->a);
	d->unchecked_bytes = RESERVE_CHECK_BYTES;
	TRY(draft_create(c, d));
	arena_defer(c->a, draft_close, d);
	*out = d;
	return OK;
}

/* An upload may not take the last room: mail that comes in needs it more. */
static enum err check_reserve(struct ctx *c, struct blob_draft *d, size_t n)
{
	struct statvfs disk;
	d->unchecked_bytes += (int64_t)n;
	if (d->unchecked_bytes < RESERVE_CHECK_BYTES)
		return OK;
	d->unchecked_bytes = 0;
	if (fstatvfs(d->fd, &disk) != 0)
		return io_error(c, "statvfs", d->path);
	if (disk.f_bavail < (BLOB_RESERVE_BYTES + RESERVE_CHECK_BYTES) / disk.f_frsize)
		return fail(c, ERR_DISK_FULL, "write " STR_FMT ": less than %d bytes would be left", STR_ARG(d->path),
		            BLOB_RESERVE_BYTES);
	return OK;
}

enum err blob_add(struct ctx *c, struct blob_draft *d, struct str bytes)
{
	TRY(check_reserve(c, d, bytes.n));
	TRY(write_all(c, d->fd, bytes, d->path));
	crypt_hash_add(d->hash, bytes);
	d->size_bytes += (int64_t)bytes.n;
	return OK;
}

int64_t blob_size(const struct blob_draft *d)
{
	return d->size_bytes;
}

enum err blob_head(struct ctx *c, const struct blob_draft *d, size_t n, struct str *out)
{
	char *bytes = arena_alloc(c->a, n);
	ssize_t got = pread(d->fd, bytes, n, 0);
	if (got < 0)
		return io_error(c, "read", d->path);
	*out = (struct str){bytes, (size_t)got};
	return OK;
}

/* They may be many: the arena only knows how to give them back. */
enum err blob_draft_bytes(struct ctx *c, const struct blob_draft *d, struct str *out)
{
	size_t size = (size_t)d->size_bytes;
	char *bytes = malloc(size + 1);
	if (bytes == NULL)
		return fail(c, ERR_BUSY, "no memory for %zu bytes", size);
	arena_defer(c->a, free, bytes);
	for (size_t n = 0; n < size;) {
		ssize_t got = pread(d->fd, bytes + n, size - n, (off_t)n);
		if (got <= 0)
			return io_error(c, "read", d->path);
		n += (size_t)got;
	}
	*out = (struct str){bytes, size};
	return OK;
}

static enum err draft_note_name(struct ctx *c, struct blob_draft *d)
{
	struct str name = crypt_hash_end(c->a, d->hash);
	struct str path = str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(d->path), STR_ARG(name));
	if (rename(d->path.p, path.p) != 0)
		return io_error(c, "rename", path);
	d->path = path;
	d->name = name;
	sync_or_end(d->fd, d->path);
	return OK;
}

enum err blob_keep(struct ctx *c, struct blob_draft *d, struct str *name_out, int64_t *size_bytes_out)
{
	if (str_is_null(d->name))
		TRY(draft_note_name(c, d));
	struct str name = d->name, path = blob_path(c, d->data_dir, name);
	/* what is there already has the same bytes, unless it was cut short by a crash of the machine */
	if (!blob_is_there(c, d->data_dir, name, d->size_bytes)) {
		unlink(path.p);
		if (link(d->path.p, path.p) != 0 && errno != EEXIST)
			return io_error(c, "link", path);
	}
	TRY(sync_directory(c, blob_dir(c, d->data_dir, name)));
	*name_out = name;
	*size_bytes_out = d->size_bytes;
	return OK;
}

/* Nobody writes it: its lock is free. */
static bool is_left_behind(struct str path)
{
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	bool is_free = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
	if (fd >= 0)
		close(fd);
	return is_free;
}

static void sweep_draft(struct ctx *c, struct str dir, const char *entry, struct str *names, size_t *n)
{
	struct str file = str_dup(c->a, str_c(entry)), rest = file;
	struct str path = str_fmt(c->a, STR_FMT "/%s", STR_ARG(dir), entry);
	if (entry[0] == '.' || !is_left_behind(path))
		return;
	str_cut(&rest, STR("."));
	if (rest.n == HASH_HEX_BYTES)
		names[(*n)++] = rest;
	unlink(path.p);
}

enum err blob_sweep(struct ctx *c, struct str data_dir, struct str **names_out, size_t *n_out)
{
	struct str dir = draft_dir(c, data_dir);
	struct str *names = NEW_ARRAY(c->a, MAX_SWEPT_DRAFTS, struct str);
	size_t n = 0;
	DIR *entries = opendir(dir.p);
	if (entries == NULL)
		return io_error(c, "open", dir);
	flock(dirfd(entries), LOCK_EX);
	for (struct dirent *e; n < MAX_SWEPT_DRAFTS && (e = readdir(entries)) != NULL;)
		sweep_draft(c, dir, e->d_name, names, &n);
	closedir(entries);
	*names_out = names;
	*n_out = n;
	return OK;
}

/* Rows that point at them ------------------------------------------------------------------------------------------- */

struct blob_row {
	struct str blob;
};
static const struct field blob_row_fields[] = {FIELD(struct blob_row, blob, F_STR)};
static const struct shape blob_row_shape = SHAPE("BlobRow", struct blob_row, blob_row_fields);

static const struct sql blob_rows[] = {
	{"SELECT @cols FROM (SELECT blob FROM file WHERE blob = $1 UNION ALL SELECT blob FROM attachment WHERE blob = $1"
	 " UNION ALL SELECT blob FROM mail_source WHERE blob = $1"
	 " UNION ALL SELECT pdf_blob AS blob FROM quote_version WHERE pdf_blob = $1"
	 " UNION ALL SELECT blob FROM document_picture WHERE blob = $1) users LIMIT 1", &blob_row_shape},
};
const struct sql_table blob_sql = SQL_TABLE("blob", blob_rows);

/* Who adds a row that points at it and who removes it because nothing does wait for each other. */
static enum err blob_lock(struct ctx *c, struct str name)
{
	return db_lock(c, (int64_t)(str_hash(name) >> 1));
}

enum err blob_hold(struct ctx *c, struct str data_dir, struct str name, int64_t size_bytes)
{
	TRY(blob_lock(c, name));
	if (blob_is_there(c, data_dir, name, size_bytes))
		return OK;
	return fail(c, ERR_BUSY, "blob " STR_FMT " went away meanwhile", STR_ARG(name));
}

enum err blob_drop(struct ctx *c, struct str data_dir, struct str name, bool *is_gone_out)
{
	struct blob_row used;
	struct str path = blob_path(c, data_dir, name);
	TRY(blob_lock(c, name));
	enum err e = db_one(c, &blob_rows[0], ARGS(S(name)), &used);
	*is_gone_out = e == ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	if (unlink(path.p) != 0 && errno != ENOENT)
		return io_error(c, "remove", path);
	return OK;
}

enum err blob_open(struct ctx *c, struct str data_dir)
{
	struct str blobs = str_fmt(c->a, STR_FMT "/blobs", STR_ARG(data_dir));
	if (mkdir(blobs.p, 0700) != 0 && errno != EEXIST)
		return io_error(c, "mkdir", blobs);
	for (int i = 0; i < 256; i++) {
		struct str dir = str_fmt(c->a, STR_FMT "/%02x", STR_ARG(blobs), (unsigned)i);
		if (mkdir(dir.p, 0700) != 0 && errno != EEXIST)
			return io_error(c, "mkdir", dir);
	}
	struct str drafts = draft_dir(c, data_dir);
	if (mkdir(drafts.p, 0700) != 0 && errno != EEXIST)
		return io_error(c, "mkdir", drafts);
	return sync_directory(c, blobs);
}
