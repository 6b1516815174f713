/* Jansson recurses once per bracket and takes up to 300 bytes of memory for a value of two bytes, so one scan counts
 * both before it runs. The scan need not understand JSON: it knows where strings are, and what it miscounts Jansson
 * refuses. */

#include "text/json_read.h"

#include <inttypes.h>
#include <string.h>

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/num.h"
#include "base/utf8.h"

struct place {
	int line;
	int column;
};

static struct place place_of(struct str text, size_t at)
{
	struct place place = {1, 1};
	for (size_t i = 0; i < at; i++) {
		place.column++;
		if (text.p[i] == '\n')
			place = (struct place){place.line + 1, 1};
	}
	return place;
}

static enum err check_limits(struct ctx *c, struct str text)
{
	if (text.n > MAX_JSON_BYTES)
		return fail(c, ERR_TOO_BIG, "JSON of more than %d bytes", MAX_JSON_BYTES);
	/* Jansson takes a NUL behind a number for the end of the text. */
	ptrdiff_t nul = str_find_byte(text, '\0');
	if (nul >= 0) {
		struct place at = place_of(text, (size_t)nul);
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line %d, column %d: a NUL byte", at.line,
			    at.column);
	}
	int depth = 0, value_n = 1;
	bool is_string = false;
	for (size_t i = 0; i < text.n; i++) {
		char byte = text.p[i];
		if (is_string) {
			i += byte == '\\';
			is_string = byte != '"';
			continue;
		}
		is_string = byte == '"';
		value_n += byte == ',' || byte == '[' || byte == '{';
		depth += (byte == '[' || byte == '{') - (byte == ']' || byte == '}');
		if (depth > MAX_JSON_DEPTH) {
			struct place at = place_of(text, i);
			return fail(c, ERR_BAD_INPUT,
				    "Invalid input JSON on line %d, column %d: nested more than %d deep", at.line,
				    at.column, MAX_JSON_DEPTH);
		}
		if (value_n > MAX_JSON_VALUES)
			return fail(c, ERR_TOO_BIG, "JSON of more than %d values", MAX_JSON_VALUES);
	}
	return OK;
}

static void undo_json(void *value)
{
	json_decref(value);
}

enum err json_parse(struct ctx *c, struct str text, json_t **out)
{
	TRY(check_limits(c, text));
	json_error_t why;
	json_t *value = json_loadb(text.n ? text.p : "", text.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
	if (value == NULL) {
		/* Jansson cites what it read, which may be no UTF-8. */
		struct str what = utf8_clean(c->a, str_c(why.text));
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line %d, column %d: " STR_FMT,
			    why.line < 1 ? 1 : why.line, why.column < 1 ? 1 : why.column, STR_ARG(what));
	}
	arena_defer(c->a, undo_json, value);
	*out = value;
	return OK;
}

enum err json_is_not(struct ctx *c, const char *what, const char *name)
{
	return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: %s is not %s", name, what);
}

enum err json_take_array(struct ctx *c, const json_t *object, const char *key, const json_t **out, size_t *n_out)
{
	const json_t *value = json_object_get(object, key);
	*out = value;
	*n_out = 0;
	if (value == NULL || json_is_null(value))
		return OK;
	if (!json_is_array(value))
		return json_is_not(c, "an array", key);
	*n_out = json_array_size(value);
	return OK;
}

enum err json_take_text(struct ctx *c, const json_t *object, const char *key, struct str *out)
{
	const json_t *value = json_object_get(object, key);
	*out = json_scalar_text(c, value);
	if (json_is_object(value) || json_is_array(value))
		return json_is_not(c, "a text", key);
	return OK;
}

struct str json_text(const json_t *value)
{
	if (!json_is_string(value))
		return STR_NULL;
	return (struct str){json_string_value(value), json_string_length(value)};
}

static int add_to_buf(const char *bytes, size_t n, void *arg)
{
	struct buf *b = arg;
	buf_add(b, (struct str){bytes, n});
	return buf_is_full(b) ? -1 : 0;
}

struct str json_compact(struct ctx *c, const json_t *value, size_t max_bytes)
{
	struct buf b;
	buf_init(&b, c->a, max_bytes);
	if (json_dump_callback(value, add_to_buf, &b, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		return STR_NULL;
	return buf_str(&b);
}

/* The fewest digits that mean the same number: 0.1 is 0.1, and not the 0.10000000000000001 that it is in binary. */
static struct str real_text(struct ctx *c, const json_t *value)
{
	struct str text = STR_NULL;
	for (int digits = 15; digits <= 17; digits++) {
		char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
		if (dumped == NULL)
			return STR_NULL;
		text = str_dup(c->a, str_c(dumped));
		free(dumped);
		if (strtod(text.p, NULL) == json_real_value(value))
			break;
	}
	return text;
}

struct str json_scalar_text(struct ctx *c, const json_t *value)
{
	if (json_is_string(value))
		return json_text(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? STR("true") : STR("false");
	if (json_is_real(value))
		return real_text(c, value);
	if (json_is_integer(value))
		return json_compact(c, value, 64);
	return STR_NULL;
}

struct str json_get_str(const json_t *object, const char *key)
{
	return json_text(json_object_get(object, key));
}

static bool as_int(const json_t *value, int64_t *out)
{
	if (json_is_string(value))
		return num_parse_int(json_text(value), out);
	if (!json_is_integer(value))
		return false;
	*out = json_integer_value(value);
	return true;
}

static bool as_id(const json_t *value, int64_t *out)
{
	if (json_is_string(value))
		return num_parse_id(json_text(value), out);
	int64_t id = json_is_integer(value) ? json_integer_value(value) : 0;
	if (id < 1 || id >= INT64_C(1) << 53)
		return false;
	*out = id;
	return true;
}

static bool as_bool(const json_t *value, bool *out)
{
	struct str text = json_text(value);
	bool is_true = json_is_true(value) || str_eq(text, STR("true"));
	if (!is_true && !json_is_false(value) && !str_eq(text, STR("false")))
		return false;
	*out = is_true;
	return true;
}

static bool as_time(const json_t *value, int64_t *out)
{
	if (json_is_string(value))
		return time_parse(json_text(value), out);
	return as_int(value, out);
}

int64_t json_get_id(const json_t *object, const char *key)
{
	int64_t id = 0;
	return as_id(json_object_get(object, key), &id) ? id : 0;
}

int64_t json_get_int(const json_t *object, const char *key, int64_t otherwise)
{
	int64_t value;
	return as_int(json_object_get(object, key), &value) ? value : otherwise;
}

bool json_get_bool(const json_t *object, const char *key, bool otherwise)
{
	bool value;
	return as_bool(json_object_get(object, key), &value) ? value : otherwise;
}

int64_t json_get_time(const json_t *object, const char *key)
{
	int64_t at_ms;
	return as_time(json_object_get(object, key), &at_ms) ? at_ms : 0;
}

json_t *json_get_object(const json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	return json_is_object(value) ? value : NULL;
}

json_t *json_get_array(const json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	return json_is_array(value) ? value : NULL;
}

bool field_is_named(const struct field *f, struct str wire_name)
{
	if (f->json != NULL)
		return str_eq(str_c(f->json), wire_name);
	const char *p = f->name;
	size_t i = 0;
	for (; *p != '\0' && i < wire_name.n; p++, i++) {
		char want = *p;
		if (want == '_' && p[1] != '\0') {
			want = *++p;
			want = want >= 'a' && want <= 'z' ? (char)(want - 32) : want;
		}
		if (wire_name.p[i] != want)
			return false;
	}
	return *p == '\0' && i == wire_name.n;
}

struct str field_wire_name(struct ctx *c, const struct field *f)
{
	if (f->json != NULL)
		return str_c(f->json);
	char *name = arena_alloc(c->a, strlen(f->name) + 1);
	size_t n = 0;
	for (const char *p = f->name; *p != '\0'; p++) {
		bool is_up = *p == '_' && p[1] != '\0';
		p += is_up;
		name[n++] = is_up && *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
	}
	return (struct str){name, n};
}

static const struct field *find_field(const struct shape *shape, struct str wire_name)
{
	for (size_t i = 0; i < shape->field_n; i++)
		if (shape->fields[i].type != F_BLOB && field_is_named(&shape->fields[i], wire_name))
			return &shape->fields[i];
	return NULL;
}

static enum err bad(struct ctx *c, struct str name, struct str code, const char *what)
{
	return fail_field(c, name, code, STR_FMT " %s", STR_ARG(name), what);
}

static enum err check_one_of(struct ctx *c, const struct field *f, struct str name, struct str s)
{
	if (f->one_of == NULL)
		return OK;
	struct buf list;
	buf_init(&list, c->a, 4096);
	for (size_t i = 0; f->one_of[i] != NULL; i++) {
		if (str_eq(str_c(f->one_of[i]), s))
			return OK;
		buf_add(&list, i ? STR(", ") : STR(""));
		buf_add(&list, str_c(f->one_of[i]));
	}
	struct str shown = utf8_head(s, 200);
	return fail_field(c, name, STR("INVALID_OPTION"), STR_FMT " was not one of the allowed options: [" STR_FMT "]",
		STR_ARG(shown), STR_ARG(buf_str(&list)));
}

static enum err read_str(struct ctx *c, const struct field *f, struct str name, const json_t *value, struct str *out)
{
	size_t max = f->max ? f->max : MAX_STRING_IN_BYTES;
	struct str s = f->type == F_JSON ? json_compact(c, value, max) : json_text(value);
	if (f->type == F_STR && str_is_null(s))
		return bad(c, name, STR("INVALID_STRING"), "has to be a string");
	if (str_is_null(s) || s.n > max)
		return fail_field(c, name, STR("INVALID_LENGTH"), STR_FMT " is longer than %zu bytes", STR_ARG(name),
				  max);
	TRY(check_one_of(c, f, name, s));
	*out = s;
	return OK;
}

static void set_absent(const struct field *f, void *row)
{
	if (f->type == F_BOOL)
		*field_bool(f, row) = false;
	else if (f->type == F_STR || f->type == F_JSON)
		*field_str(f, row) = STR_NULL;
	else
		*field_int(f, row) = 0;
}

static enum err read_member(struct ctx *c, const struct field *f, struct str name, const json_t *value, void *row)
{
	if (json_is_null(value)) {
		set_absent(f, row);
		return OK;
	}
	switch ((enum field_type)f->type) {
	case F_ID:
		return as_id(value, field_int(f, row)) ? OK : bad(c, name, STR("INVALID_LONG"), "has to be an id");
	case F_INT:
		return as_int(value, field_int(f, row)) ? OK
							: bad(c, name, STR("INVALID_INTEGER"), "has to be an integer");
	case F_BOOL:
		return as_bool(value, field_bool(f, row)) ? OK
			: bad(c, name, STR("INVALID_BOOLEAN"), "has to be true or false");
	case F_TIME:
		return as_time(value, field_int(f, row)) ? OK
			: bad(c, name, STR("INVALID_DATE"), "has to be a time in ISO 8601 or epoch milliseconds");
	case F_STR:
	case F_JSON:
		return read_str(c, f, name, value, field_str(f, row));
	case F_BLOB:
		return OK;
	}
	return OK;
}

static bool is_given(const struct field *f, void *row)
{
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_TIME:
		return *field_int(f, row) != 0;
	case F_STR:
	case F_JSON:
		return field_str(f, row)->n > 0;
	case F_INT:
	case F_BOOL:
	case F_BLOB:
		return true; /* 0 and false are values */
	}
	return true;
}

/* F_INT and F_BOOL have no absent value, so for them the object itself is asked. */
static bool is_missing(struct ctx *c, const struct field *f, const json_t *object, void *row)
{
	if (!(f->flags & F_REQUIRED))
		return false;
	if (f->type != F_INT && f->type != F_BOOL)
		return !is_given(f, row);
	const json_t *value = json_object_get(object, field_wire_name(c, f).p);
	return value == NULL || json_is_null(value);
}

static enum err check_required(struct ctx *c, const json_t *object, const struct shape *shape, void *row)
{
	struct buf names;
	buf_init(&names, c->a, 4096);
	for (size_t i = 0; i < shape->field_n; i++) {
		const struct field *f = &shape->fields[i];
		if (!is_missing(c, f, object, row))
			continue;
		struct str name = field_wire_name(c, f);
		buf_add(&names, names.n ? STR(", ") : STR(""));
		buf_add(&names, name);
		(void)bad(c, name, STR("REQUIRED_FIELD"), "has to be set");
	}
	if (names.n == 0)
		return OK;
	return fail(c, ERR_BAD_INPUT, "Some required fields were not set: [" STR_FMT "]", STR_ARG(buf_str(&names)));
}

enum err json_read(struct ctx *c, const json_t *object, const struct shape *shape, void *out)
{
	if (!json_is_object(object))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: an object is expected");
	void *row = arena_alloc(c->a, shape->size_bytes);
	memcpy(row, out, shape->size_bytes);

	int fault_n = 0;
	for (void *at = json_object_iter((json_t *)(uintptr_t)object); at != NULL && fault_n < MAX_JSON_FAULTS;
	     at = json_object_iter_next((json_t *)(uintptr_t)object, at)) {
		struct str name = str_c(json_object_iter_key(at));
		const struct field *f = find_field(shape, name);
		enum err e = f ? read_member(c, f, name, json_object_iter_value(at), row)
			: bad(c, utf8_head(name, 200), STR("UNKNOWN_FIELD"), "is not a field of this request");
		fault_n += e != OK;
	}
	/* A faulty member is not a missing one. */
	if (fault_n > 0)
		return c->why.code;
	TRY(check_required(c, object, shape, row));
	memcpy(out, row, shape->size_bytes);
	return OK;
}
