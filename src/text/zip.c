/* The directory is read from the end: record "PK\5\6", which points at records "PK\1\2", each of which points at a header "PK\3\4"
 * with the bytes behind it. What the header says is not believed but for its own length. */

#include "text/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"

enum {
	END_BYTES = 22,
	ENTRY_BYTES = 46,
	HEADER_BYTES = 30,
	MAX_COMMENT_BYTES = 0xffff,
	STORED = 0,
	DEFLATED = 8,
	ENCRYPTED_FLAG = 1,
	SAYS_ZIP64 = 0xffff,
};

static uint32_t u16(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	return b[0] | (uint32_t)b[1] << 8;
}

static uint32_t u32(const char *p)
{
	return u16(p) | u16(p + 2) << 16;
}

bool zip_is_one(struct str head)
{
	return str_starts(head, STR("PK\3\4"));
}

static enum err read_at(struct ctx *c, struct str bytes, int64_t from, int64_t n, struct str *out)
{
	int64_t size = (int64_t)bytes.n;
	if (from < 0 || n < 0 || from > size || n > size - from)
		return fail(c, ERR_BAD_INPUT, "The archive is cut short.");
	*out = (struct str){bytes.p + from, (size_t)n};
	return OK;
}

/* The last record that ends exactly where the bytes end; its comment may hold anything. */
static enum err find_end(struct ctx *c, struct str bytes, struct str *end_out, int64_t *at_out)
{
	size_t from = bytes.n > END_BYTES + MAX_COMMENT_BYTES ? bytes.n - END_BYTES - MAX_COMMENT_BYTES : 0;
	struct str tail = str_skip(bytes, from);
	for (size_t i = tail.n; i >= END_BYTES; i--) {
		struct str end = str_skip(tail, i - END_BYTES);
		if (!str_starts(end, STR("PK\5\6")) || END_BYTES + u16(end.p + 20) != end.n)
			continue;
		*end_out = end;
		*at_out = (int64_t)(from + i - END_BYTES);
		return OK;
	}
	return fail(c, ERR_BAD_INPUT, "The archive has no directory.");
}

static int by_name(const void *x, const void *y)
{
	return str_cmp(((const struct zip_entry *)x)->name, ((const struct zip_entry *)y)->name);
}

static enum err read_entry(struct ctx *c, struct str *rest, struct zip_entry *e)
{
	if (rest->n < ENTRY_BYTES || !str_starts(*rest, STR("PK\1\2")))
		return fail(c, ERR_BAD_INPUT, "The directory of the archive is broken.");
	const char *p = rest->p;
	size_t name_n = u16(p + 28), behind_n = u16(p + 30) + u16(p + 32);
	if (rest->n - ENTRY_BYTES < name_n + behind_n)
		return fail(c, ERR_BAD_INPUT, "The directory of the archive is cut short.");
	*e = (struct zip_entry){
		.name = {p + ENTRY_BYTES, name_n},
		.at = u32(p + 42),
		.packed_bytes = u32(p + 20),
		.size_bytes = u32(p + 24),
		.crc = u32(p + 16),
		.method = (int)u16(p + 10),
		.is_encrypted = u16(p + 8) & ENCRYPTED_FLAG,
	};
	*rest = str_skip(*rest, ENTRY_BYTES + name_n + behind_n);
	return OK;
}

static enum err read_entries(struct ctx *c, struct str directory, size_t n, struct zip *z)
{
	z->entries = NEW_ARRAY(c->a, n, struct zip_entry);
	for (z->n = 0; z->n < n; z->n++)
		TRY(read_entry(c, &directory, &z->entries[z->n]));
	if (directory.n > 0)
		return fail(c, ERR_BAD_INPUT, "The directory of the archive has more than it says.");
	qsort(z->entries, n, sizeof(z->entries[0]), by_name);
	for (size_t i = 1; i < n; i++)
		if (by_name(&z->entries[i - 1], &z->entries[i]) == 0)
			return fail(c, ERR_BAD_INPUT, "The archive has two entries of one name.");
	return OK;
}

enum err zip_open(struct ctx *c, struct str bytes, struct zip *out)
{
	struct zip z = {.bytes = bytes};
	struct str end, directory;
	int64_t end_at;
	TRY(find_end(c, bytes, &end, &end_at));
	size_t n = u16(end.p + 10);
	int64_t directory_n = u32(end.p + 12);
	z.directory_at = u32(end.p + 16);
	if (u16(end.p + 4) != 0 || u16(end.p + 6) != 0 || u16(end.p + 8) != n || n == SAYS_ZIP64)
		return fail(c, ERR_BAD_INPUT, "The archive is of several disks, or larger than can be read.");
	if (n == 0 || n > MAX_ZIP_ENTRIES || directory_n > MAX_ZIP_DIRECTORY_BYTES)
		return fail(c, ERR_BAD_INPUT, "The archive has no entries, or more than %d.", MAX_ZIP_ENTRIES);
	if (z.directory_at + directory_n != end_at)
		return fail(c, ERR_BAD_INPUT, "The directory of the archive is not where it should be.");
	TRY(read_at(c, bytes, z.directory_at, directory_n, &directory));
	TRY(read_entries(c, directory, n, &z));
	*out = z;
	return OK;
}

const struct zip_entry *zip_find(const struct zip *z, struct str name)
{
	const struct zip_entry wanted = {.name = name};
	return z->n ? bsearch(&wanted, z->entries, z->n, sizeof(z->entries[0]), by_name) : NULL;
}

/* Exactly size bytes, and the packed bytes end where they end. */
static bool inflate_all(struct str packed, char *room, size_t size)
{
	union {
		const char *p;
		Bytef *in;
	} as = {packed.p}; /* zlib does not write there */
	z_stream z = {.next_in = as.in, .avail_in = (uInt)packed.n, .next_out = (Bytef *)room, .avail_out = (uInt)size};
	Bytef beyond;
	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		return false;
	if (size == 0) {
		z.next_out = &beyond;
		z.avail_out = 1;
	}
	int result = inflate(&z, Z_FINISH);
	bool is_whole = result == Z_STREAM_END && z.total_out == size && z.avail_in == 0;
	inflateEnd(&z);
	return is_whole;
}

static enum err find_bytes(struct ctx *c, const struct zip *z, const struct zip_entry *e, struct str *out)
{
	struct str header;
	TRY(read_at(c, z->bytes, e->at, HEADER_BYTES, &header));
	if (!str_starts(header, STR("PK\3\4")))
		return fail(c, ERR_BAD_INPUT, "An entry of the archive is not where it should be.");
	int64_t at = e->at + HEADER_BYTES + u16(header.p + 26) + u16(header.p + 28);
	if (at + e->packed_bytes > z->directory_at)
		return fail(c, ERR_BAD_INPUT, "An entry of the archive reaches over its end.");
	return read_at(c, z->bytes, at, e->packed_bytes, out);
}

enum err zip_read(struct ctx *c, const struct zip *z, const struct zip_entry *e, size_t max_bytes, struct str *out)
{
	struct str packed, bytes;
	if (e->is_encrypted || (e->method != STORED && e->method != DEFLATED))
		return fail(c, ERR_BAD_INPUT, "An entry of the archive is encrypted, or packed in a way that is not known.");
	if ((uint64_t)e->size_bytes > max_bytes || (uint64_t)e->packed_bytes > max_bytes + END_BYTES)
		return fail(c, ERR_BAD_INPUT, "An entry of the archive has more than %zu bytes.", max_bytes);
	TRY(find_bytes(c, z, e, &packed));
	bytes = packed;
	if (e->method == DEFLATED) {
		char *room = arena_alloc(c->a, (size_t)e->size_bytes);
		if (!inflate_all(packed, room, (size_t)e->size_bytes))
			return fail(c, ERR_BAD_INPUT, "An entry of the archive does not unpack to what it says.");
		bytes = (struct str){room, (size_t)e->size_bytes};
	}
	if ((int64_t)bytes.n != e->size_bytes || crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n) != e->crc)
		return fail(c, ERR_BAD_INPUT, "An entry of the archive does not have the bytes that it says.");
	*out = bytes;
	return OK;
}
