#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Zip archives of strangers (PKWARE APPNOTE.TXT 6.3), as far as office documents need them: the directory, and single entries by their
 * exact name, stored or deflated. Safe against bombs: an entry is unpacked into no more bytes than the caller names, and has to have the
 * length and the CRC that the directory says.
 *
 * Refused (ERR_BAD_INPUT), because two readers could see two different archives in it: two entries of one name, a directory that is
 * cut short or lies outside of the bytes, several disks. Not known: zip64, other ways to pack than deflate. */

enum {
	MAX_ZIP_ENTRIES = 20000,
	MAX_ZIP_DIRECTORY_BYTES = 4 << 20,
};

struct zip_entry {
	struct str name;
	int64_t at; /* of its header */
	int64_t packed_bytes, size_bytes;
	uint32_t crc;
	int method; /* 0: stored, 8: deflated */
	bool is_encrypted;
};

struct zip {
	struct str bytes;
	struct zip_entry *entries; /* by name */
	size_t n;
	int64_t directory_at;
};

/* Do the bytes begin as an archive does? */
bool zip_is_one(struct str head);
/* The bytes have to last as long as the archive is read. */
enum err zip_open(struct ctx *c, struct str bytes, struct zip *out);
/* NULL: there is none of that name. */
const struct zip_entry *zip_find(const struct zip *z, struct str name);
/* ERR_BAD_INPUT also for one with more than max_bytes. */
enum err zip_read(struct ctx *c, const struct zip *z, const struct zip_entry *e, size_t max_bytes, struct str *out);
