#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Bytes too large for rows (raw mails, attachments) as files named by the hash of their content: <data_dir>/blobs/ab/abcdef….
 * blob_put returns only when the file and its directory are on disk, so that a row committed afterwards never points at
 * nothing. The same bytes are one file. A failed fsync ends the process; it is never tried again. */

/* Writes bytes; name_out is the name for rows (64 hex digits). ERR_DISK_FULL when there is no room. */
enum err blob_put(struct ctx *c, struct str data_dir, struct str bytes, struct str *name_out);
/* Reads all of it into the arena. ERR_NOT_FOUND when it is not there. */
enum err blob_get(struct ctx *c, struct str data_dir, struct str name, struct str *out);
/* Is the file there, with that many bytes? */
bool blob_is_there(struct ctx *c, struct str data_dir, struct str name, int64_t size_bytes);
/* Opens it for reading, closed with the arena. ERR_NOT_FOUND when it is not there. */
enum err blob_open_fd(struct ctx *c, struct str data_dir, struct str name, int *fd_out);

/* Bytes that come in pieces, as an upload: a file in <data_dir>/drafts, locked while somebody writes it. It goes away with the
 * arena; that of a process that died is found by blob_sweep. */
struct blob_draft;
enum err blob_begin(struct ctx *c, struct str data_dir, struct blob_draft **out);
/* ERR_DISK_FULL also when the disk would be left with less than BLOB_RESERVE_BYTES. */
enum { BLOB_RESERVE_BYTES = 64 << 20 };
enum err blob_add(struct ctx *c, struct blob_draft *d, struct str bytes);
/* How many bytes were written so far. */
int64_t blob_size(const struct blob_draft *d);
/* The first bytes that were written, at most n. */
enum err blob_head(struct ctx *c, const struct blob_draft *d, size_t n, struct str *out);
/* All of its bytes, at once in memory, as long as the arena lives. */
enum err blob_draft_bytes(struct ctx *c, const struct blob_draft *d, struct str *out);
/* Makes it a blob, on disk; also again, after blob_hold did not find it. The draft keeps the name until the arena closes: if the
 * process dies before a row points at it, blob_sweep still knows what to remove. */
enum err blob_keep(struct ctx *c, struct blob_draft *d, struct str *name_out, int64_t *size_bytes_out);
/* Removes drafts that nobody writes any more; of those that were kept, the names of their blobs. */
enum err blob_sweep(struct ctx *c, struct str data_dir, struct str **names_out, size_t *n_out);

/* Inside of the transaction that makes a row point at a blob: it is there, and stays until the transaction has ended (blob_drop
 * waits). ERR_BUSY when it went away meanwhile: try again with the bytes. */
enum err blob_hold(struct ctx *c, struct str data_dir, struct str name, int64_t size_bytes);
/* Inside of a transaction that changes nothing else: removes the bytes, unless a row (of a file, an attachment, a mail source or a
 * picture of a document) points at them. */
enum err blob_drop(struct ctx *c, struct str data_dir, struct str name, bool *is_gone_out);

/* Makes the directories; at the start of the program. */
enum err blob_open(struct ctx *c, struct str data_dir);
