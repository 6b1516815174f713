#include "base/zone_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

#define ZONE_FOLDER "/usr/share/zoneinfo/"

enum { MAX_ZONE_FILE_BYTES = 64 << 10, MAX_ZONE_TABLE_BYTES = 256 << 10, HEADER_BYTES = 44, TYPE_BYTES = 6 };

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

/* The line between two newlines behind the data; a file may end without one. */
static bool read_footer(struct str rest, struct zone_rule *out)
{
	*out = (struct zone_rule){.is_there = false};
	if (rest.n < 2 || rest.p[0] != '\n')
		return rest.n == 0;
	rest = str_skip(rest, 1);
	ptrdiff_t end = str_find_byte(rest, '\n');
	if (end <= 0)
		return end == 0;
	return zone_rule_parse(str_head(rest, (size_t)end), out);
}

bool zone_parse(struct str file, struct zone *out)
{
	struct header old, h;
	struct zone z;
	/* the first block has times of four bytes, and is there for programs of the last century */
	if (!read_header(file, 4, &old) || file.p[4] < '2')
		return false;
	file = str_skip(file, HEADER_BYTES + (size_t)old.data_bytes);
	if (!read_header(file, 8, &h) || h.leap_n > 0)
		return false;
	z.times = file.p + HEADER_BYTES;
	z.kinds = z.times + 8 * h.time_n;
	z.types = z.kinds + h.time_n;
	z.time_n = h.time_n;
	z.type_n = h.type_n;
	for (int64_t i = 0; i < h.time_n; i++)
		if ((unsigned char)z.kinds[i] >= h.type_n || (i > 0 && big_endian(z.times + 8 * i, 8) <= big_endian(z.times + 8 * i - 8, 8)))
			return false;
	if (!read_footer(str_skip(file, HEADER_BYTES + (size_t)h.data_bytes), &z.rule))
		return false;
	*out = z;
	return true;
}

/* Asking ------------------------------------------------------------------------------------------------------------------- */

/* Times beyond these have no calendar; a file may have one of the beginning of the world. */
static int64_t within_calendar(int64_t at)
{
	const int64_t most = (int64_t)1 << 46;
	return at > most ? most : at < -most ? -most : at;
}

static int64_t time_of(const struct zone *z, int64_t i)
{
	return within_calendar(big_endian(z->times + 8 * i, 8));
}

/* How many transitions are at or before it. */
static int64_t count_before(const struct zone *z, int64_t at)
{
	int64_t low = 0, high = z->time_n;
	while (low < high) {
		int64_t middle = (low + high) / 2;
		if (time_of(z, middle) <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t offset_at(const struct zone *z, int64_t at)
{
	int64_t n = count_before(z, at);
	if (n == z->time_n && z->rule.is_there)
		return rule_offset(&z->rule, at);
	return big_endian(z->types + (n > 0 ? (unsigned char)z->kinds[n - 1] : 0) * TYPE_BYTES, 4);
}

static int64_t next_change(const struct zone *z, int64_t at)
{
	int64_t n = count_before(z, at);
	if (n < z->time_n)
		return time_of(z, n);
	return z->rule.is_there ? rule_next_change(&z->rule, at) : INT64_MAX;
}

static int64_t to_seconds(int64_t ms)
{
	return within_calendar(floor_div(ms, 1000));
}

int64_t zone_offset_at(const struct zone *z, int64_t at_ms)
{
	return offset_at(z, to_seconds(at_ms)) * 1000;
}

int64_t zone_next_change(const struct zone *z, int64_t at_ms)
{
	int64_t at = next_change(z, to_seconds(at_ms));
	return at == INT64_MAX ? at : at * 1000;
}

int64_t zone_wall(const struct zone *z, int64_t at_ms)
{
	return at_ms + zone_offset_at(z, at_ms);
}

/* The first time at which clocks show that or more, from stretch to stretch of one offset. No clock is further from UTC than the
 * largest offset of a file, and none of those is beyond MAX_OFFSET_SECONDS. */
int64_t zone_of_wall(const struct zone *z, int64_t wall_ms)
{
	enum { MAX_OFFSET_SECONDS = 26 * 3600 };
	int64_t wall = to_seconds(wall_ms), begin = wall - MAX_OFFSET_SECONDS;
	for (;;) {
		int64_t at = wall - offset_at(z, begin), end = next_change(z, begin);
		if (at < begin)
			return begin * 1000; /* the gap ends here */
		if (at < end)
			return at * 1000 + (wall_ms - floor_div(wall_ms, 1000) * 1000);
		begin = end;
	}
}

/* Files -------------------------------------------------------------------------------------------------------------------- */

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

static struct str read_file(struct arena *a, struct str name, size_t max)
{
	int fd = open(str_fmt(a, ZONE_FOLDER STR_FMT, STR_ARG(name)).p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return STR_NULL;
	char *bytes = arena_alloc(a, max);
	ssize_t n = read(fd, bytes, max);
	close(fd);
	return n > 0 ? (struct str){bytes, (size_t)n} : STR_NULL;
}

bool zone_load(struct arena *a, struct str name, struct zone *out)
{
	static const char utc_type[TYPE_BYTES];
	if (str_eq(name, STR("UTC"))) { /* also where there is no tzdata */
		*out = (struct zone){.types = utc_type, .type_n = 1};
		return true;
	}
	if (!is_name(name))
		return false;
	return zone_parse(read_file(a, name, MAX_ZONE_FILE_BYTES), out);
}

bool zone_offset(struct arena *a, struct str name, int64_t at_ms, int64_t *offset_ms_out)
{
	struct zone z;
	*offset_ms_out = 0;
	if (!zone_load(a, name, &z))
		return false;
	*offset_ms_out = zone_offset_at(&z, at_ms);
	return true;
}

static int by_name(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* Lines of country, place, name and comment, with tabs between. */
void zone_names(struct arena *a, struct str **out, size_t *n_out)
{
	struct str rest = read_file(a, STR("zone.tab"), MAX_ZONE_TABLE_BYTES);
	struct str *names = NEW_ARRAY(a, MAX_ZONE_NAMES, struct str);
	size_t n = 0;
	names[n++] = STR("UTC");
	while (!str_is_null(rest) && n < MAX_ZONE_NAMES) {
		struct str line = str_cut(&rest, STR("\n"));
		if (line.n == 0 || line.p[0] == '#')
			continue;
		str_cut(&line, STR("\t"));
		str_cut(&line, STR("\t"));
		struct str name = str_cut(&line, STR("\t"));
		if (is_name(name))
			names[n++] = name;
	}
	qsort(names, n, sizeof(names[0]), by_name);
	*out = names;
	*n_out = n;
}
