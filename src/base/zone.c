#include "base/zone.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

#define ZONE_FOLDER "/usr/share/zoneinfo/"

enum { MAX_ZONE_FILE_BYTES = 64 << 10, MAX_ZONE_NAME_BYTES = 64, HEADER_BYTES = 44, TYPE_BYTES = 6 };

static int64_t big_endian(const char *p, size_t n)
{
	uint64_t value = (signed char)p[0] < 0 ? UINT64_MAX : 0;
	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)p[i];
	return (int64_t)value;
}

/* The six counts of a header, and how long its data is with times of that many bytes. */
struct header {
	int64_t utc_n, standard_n, leap_n, time_n, type_n, char_n;
	int64_t data_bytes;
};

static bool read_header(struct str file, size_t time_bytes, struct header *out)
{
	if (file.n < HEADER_BYTES || memcmp(file.p, "TZif", 4) != 0)
		return false;
	int64_t counts[6];
	for (size_t i = 0; i < 6; i++) {
		counts[i] = big_endian(file.p + 20 + 4 * i, 4);
		if (counts[i] < 0 || counts[i] > MAX_ZONE_FILE_BYTES)
			return false;
	}
	struct header h = {counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], 0};
	int64_t t = (int64_t)time_bytes;
	h.data_bytes = h.time_n * (t + 1) + h.type_n * TYPE_BYTES + h.char_n + h.leap_n * (t + 4) + h.standard_n + h.utc_n;
	if (h.type_n == 0 || (uint64_t)h.data_bytes > file.n - HEADER_BYTES)
		return false;
	*out = h;
	return true;
}

bool zone_read(struct str file, int64_t at_ms, int64_t *offset_ms_out)
{
	struct header old, h;
	/* the first block has times of four bytes, and is there for programs of the last century */
	if (!read_header(file, 4, &old) || file.p[4] < '2')
		return false;
	file = str_skip(file, HEADER_BYTES + (size_t)old.data_bytes);
	if (!read_header(file, 8, &h))
		return false;
	const char *times = file.p + HEADER_BYTES, *kinds = times + 8 * h.time_n, *types = kinds + h.time_n;
	int64_t type = 0, at = at_ms / 1000 - (at_ms % 1000 < 0);
	for (int64_t i = 0; i < h.time_n && big_endian(times + 8 * i, 8) <= at; i++)
		type = (unsigned char)kinds[i];
	if (type >= h.type_n)
		return false;
	*offset_ms_out = big_endian(types + type * TYPE_BYTES, 4) * 1000;
	return true;
}

/* Names are words of letters, digits, "_", "+" and "-" between slashes: nothing that leads out of the folder. */
static bool is_name(struct str name)
{
	for (struct str rest = name; !str_is_null(rest);) {
		struct str word = str_cut(&rest, STR("/"));
		if (word.n == 0)
			return false;
		for (size_t i = 0; i < word.n; i++) {
			char byte = word.p[i], low = byte | 0x20;
			bool is_letter = low >= 'a' && low <= 'z', is_digit = byte >= '0' && byte <= '9';
			if (!is_letter && !is_digit && byte != '_' && byte != '+' && byte != '-')
				return false;
		}
	}
	return name.n > 0 && name.n <= MAX_ZONE_NAME_BYTES;
}

bool zone_offset(struct arena *a, struct str name, int64_t at_ms, int64_t *offset_ms_out)
{
	*offset_ms_out = 0;
	if (str_eq(name, STR("UTC")))
		return true;
	if (!is_name(name))
		return false;
	int fd = open(str_fmt(a, ZONE_FOLDER STR_FMT, STR_ARG(name)).p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	char *bytes = arena_alloc(a, MAX_ZONE_FILE_BYTES);
	ssize_t n = read(fd, bytes, MAX_ZONE_FILE_BYTES);
	close(fd);
	return n > 0 && zone_read((struct str){bytes, (size_t)n}, at_ms, offset_ms_out);
}
