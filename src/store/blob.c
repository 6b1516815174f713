#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/log.h"
#include "base/rand.h"

static struct str blob_dir(struct ctx *c, struct str data_dir, struct str name)
{
	return str_fmt(c->a, STR_FMT "/blobs/" STR_FMT, STR_ARG(data_dir), STR_ARG(str_head(name, 2)));
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

enum err blob_get(struct ctx *c, struct str data_dir, struct str name, struct str *out)
{
	struct str path = str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(blob_dir(c, data_dir, name)), STR_ARG(name));
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_error(c, "open", path);
	arena_defer_fd(c->a, fd);
	struct stat st;
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
	struct str path = str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(blob_dir(c, data_dir, name)), STR_ARG(name));
	return stat(path.p, &st) == 0 && st.st_size == size_bytes;
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
	return sync_directory(c, blobs);
}
