/* One bit of state is enough: whether a value stands before the place of writing, so that the next one needs a comma.
 * A name and an opening bracket clear it, a value and a closing bracket set it. */

#include "text/json.h"

#include <string.h>

#include "base/clock.h"

/* Bytes that do not stand in a string as they are. 0xe2 begins U+2028 and U+2029, and many others. */
static const unsigned char needs_look[256] = {
	[0] = 1,   [1] = 1,   [2] = 1,   [3] = 1,   [4] = 1,   [5] = 1,   [6] = 1,    [7] = 1,    [8] = 1,
	[9] = 1,   [10] = 1,  [11] = 1,  [12] = 1,  [13] = 1,  [14] = 1,  [15] = 1,   [16] = 1,   [17] = 1,
	[18] = 1,  [19] = 1,  [20] = 1,  [21] = 1,  [22] = 1,  [23] = 1,  [24] = 1,   [25] = 1,   [26] = 1,
	[27] = 1,  [28] = 1,  [29] = 1,  [30] = 1,  [31] = 1,  ['"'] = 1, ['\\'] = 1, ['<'] = 1,  [0x7f] = 1,
	[0xe2] = 1,
};

void json_init(struct json *j, struct buf *b)
{
	*j = (struct json){.b = b};
}

static void before_value(struct json *j)
{
	if (j->needs_comma)
		buf_byte(j->b, ',');
	j->needs_comma = true;
}

static void open_bracket(struct json *j, char bracket)
{
	before_value(j);
	buf_byte(j->b, bracket);
	j->needs_comma = false;
}

static void close_bracket(struct json *j, char bracket)
{
	buf_byte(j->b, bracket);
	j->needs_comma = true;
}

void json_object_begin(struct json *j)
{
	open_bracket(j, '{');
}

void json_object_end(struct json *j)
{
	close_bracket(j, '}');
}

void json_array_begin(struct json *j)
{
	open_bracket(j, '[');
}

void json_array_end(struct json *j)
{
	close_bracket(j, ']');
}

static void escape_byte(struct buf *b, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	switch (byte) {
	case '"':
		buf_lit(b, "\\\"");
		return;
	case '\\':
		buf_lit(b, "\\\\");
		return;
	case '\n':
		buf_lit(b, "\\n");
		return;
	case '\r':
		buf_lit(b, "\\r");
		return;
	case '\t':
		buf_lit(b, "\\t");
		return;
	default:
		buf_lit(b, "\\u00");
		buf_byte(b, hex[byte >> 4]);
		buf_byte(b, hex[byte & 15]);
	}
}

/* How many bytes at p are a line or paragraph separator (e2 80 a8, e2 80 a9): 3 or 0. */
static size_t separator_n(const char *p, size_t left)
{
	return left >= 3 && p[1] == '\x80' && (p[2] == '\xa8' || p[2] == '\xa9') ? 3 : 0;
}

void json_quote(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	size_t from = 0; /* what is not written yet begins here */
	for (size_t i = 0; i < s.n;) {
		while (i < s.n && !needs_look[(unsigned char)s.p[i]])
			i++;
		if (i == s.n)
			break;
		unsigned char byte = (unsigned char)s.p[i];
		size_t n = byte == 0xe2 ? separator_n(s.p + i, s.n - i) : 1;
		if (n == 0) {
			i++;
			continue;
		}
		buf_add(b, (struct str){s.p + from, i - from});
		if (n == 1)
			escape_byte(b, byte);
		else
			buf_add(b, s.p[i + 2] == '\xa8' ? STR("\\u2028") : STR("\\u2029"));
		i += n;
		from = i;
	}
	buf_add(b, (struct str){s.p + from, s.n - from});
	buf_byte(b, '"');
}

void json_key(struct json *j, const char *name)
{
	if (j->needs_comma)
		buf_byte(j->b, ',');
	buf_byte(j->b, '"');
	buf_add(j->b, str_c(name));
	buf_lit(j->b, "\":");
	j->needs_comma = false;
}

void json_key_str(struct json *j, struct str name)
{
	if (j->needs_comma)
		buf_byte(j->b, ',');
	json_quote(j->b, name);
	buf_byte(j->b, ':');
	j->needs_comma = false;
}

void json_str(struct json *j, struct str s)
{
	if (str_is_null(s)) {
		json_nil(j);
		return;
	}
	before_value(j);
	json_quote(j->b, s);
}

void json_int(struct json *j, int64_t value)
{
	before_value(j);
	buf_int(j->b, value);
}

static void quoted_int(struct json *j, int64_t value)
{
	before_value(j);
	buf_byte(j->b, '"');
	buf_int(j->b, value);
	buf_byte(j->b, '"');
}

void json_id(struct json *j, int64_t id)
{
	if (id == 0)
		json_nil(j);
	else
		quoted_int(j, id);
}

void json_time(struct json *j, int64_t at_ms)
{
	if (at_ms == 0) {
		json_nil(j);
		return;
	}
	char room[25];
	before_value(j);
	buf_byte(j->b, '"');
	buf_add(j->b, time_iso_into(room, at_ms));
	buf_byte(j->b, '"');
}

void json_bool(struct json *j, bool value)
{
	before_value(j);
	buf_add(j->b, value ? STR("true") : STR("false"));
}

void json_nil(struct json *j)
{
	before_value(j);
	buf_lit(j->b, "null");
}

void json_raw(struct json *j, struct str json)
{
	before_value(j);
	buf_add(j->b, str_is_null(json) ? STR("null") : json);
}

void json_add_string(struct json *j, const char *name, struct str s)
{
	if (!str_is_null(s))
		json_add_string_or_null(j, name, s);
}

void json_add_string_or_null(struct json *j, const char *name, struct str s)
{
	json_key(j, name);
	json_str(j, s);
}

void json_add_int(struct json *j, const char *name, int64_t value)
{
	json_key(j, name);
	json_int(j, value);
}

void json_add_id(struct json *j, const char *name, int64_t id)
{
	if (id != 0)
		json_add_id_or_null(j, name, id);
}

void json_add_id_or_null(struct json *j, const char *name, int64_t id)
{
	json_key(j, name);
	json_id(j, id);
}

void json_add_time(struct json *j, const char *name, int64_t at_ms)
{
	if (at_ms != 0)
		json_add_time_or_null(j, name, at_ms);
}

void json_add_time_or_null(struct json *j, const char *name, int64_t at_ms)
{
	json_key(j, name);
	json_time(j, at_ms);
}

void json_add_bool(struct json *j, const char *name, bool value)
{
	json_key(j, name);
	json_bool(j, value);
}

void json_add_raw(struct json *j, const char *name, struct str json)
{
	if (str_is_null(json))
		return;
	json_key(j, name);
	json_raw(j, json);
}

void json_add_strings(struct json *j, const char *name, const struct str *list, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, list[i]);
	json_array_end(j);
}

/* created_at goes out as createdAt. */
static void field_key(struct json *j, const struct field *f)
{
	if (f->json != NULL) {
		json_key(j, f->json);
		return;
	}
	if (j->needs_comma)
		buf_byte(j->b, ',');
	buf_byte(j->b, '"');
	for (const char *p = f->name; *p != '\0';) {
		size_t n = strcspn(p, "_");
		buf_add(j->b, (struct str){p, n});
		p += n;
		if (p[0] != '_' || p[1] == '\0')
			continue;
		buf_byte(j->b, p[1] >= 'a' && p[1] <= 'z' ? (char)(p[1] - 32) : p[1]);
		p += 2;
	}
	buf_lit(j->b, "\":");
	j->needs_comma = false;
}

static bool is_absent(const struct field *f, const void *row)
{
	const char *member = (const char *)row + f->offset;
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_INT:
	case F_TIME:
		return *(const int64_t *)(const void *)member == 0;
	case F_STR:
	case F_JSON:
	case F_BLOB:
		return str_is_null(*(const struct str *)(const void *)member);
	case F_BOOL:
		return false;
	}
	return false;
}

static void member_value(struct json *j, const struct field *f, const void *row)
{
	const void *member = (const char *)row + f->offset;
	switch ((enum field_type)f->type) {
	case F_ID:
		quoted_int(j, *(const int64_t *)member);
		return;
	case F_INT:
		json_int(j, *(const int64_t *)member);
		return;
	case F_BOOL:
		json_bool(j, *(const bool *)member);
		return;
	case F_TIME:
		json_time(j, *(const int64_t *)member);
		return;
	case F_STR:
		before_value(j);
		json_quote(j->b, *(const struct str *)member);
		return;
	case F_JSON:
		json_raw(j, *(const struct str *)member);
		return;
	case F_BLOB:
		json_nil(j);
		return;
	}
}

void json_members(struct json *j, const struct shape *shape, const void *row)
{
	for (size_t i = 0; i < shape->field_n; i++) {
		const struct field *f = &shape->fields[i];
		if ((f->flags & F_SECRET) || f->type == F_BLOB || ((f->flags & F_NULL) && is_absent(f, row)))
			continue;
		field_key(j, f);
		member_value(j, f, row);
	}
}

void json_row(struct json *j, const struct shape *shape, const void *row)
{
	json_object_begin(j);
	json_members(j, shape, row);
	json_object_end(j);
}
