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
/* Makes the directories; at the start of the program. */
enum err blob_open(struct ctx *c, struct str data_dir);
