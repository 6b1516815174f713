#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/shape.h"
#include "base/str.h"

/* Writes JSON (RFC 8259) straight into a buf; commas are the writer's business. Reading is text/json_read.h, the flat
 * maps of the props column are text/json_props.h.
 *
 *	struct json j;
 *	json_init(&j, &b);
 *	json_object_begin(&j);
 *	json_add_string(&j, "name", name);
 *	json_key(&j, "rows");
 *	json_array_begin(&j);
 *	for (...)
 *		json_row(&j, &row_shape, &rows[i]);
 *	json_array_end(&j);
 *	json_object_end(&j);
 *
 * Strings are valid UTF-8 without NUL by contract (base/utf8.h). What goes out can be put into HTML and into a script
 * as it is: '<', U+2028 and U+2029 are escaped. A buf that ran full is seen by buf_is_full(), as everywhere.
 *
 * (The names keep clear of Jansson's json_object(), json_array(), json_string() and json_null().) */

struct json {
	struct buf *b;
	bool needs_comma; /* a value stands before the place of writing */
};

void json_init(struct json *j, struct buf *b);

void json_object_begin(struct json *j);
void json_object_end(struct json *j);
void json_array_begin(struct json *j);
void json_array_end(struct json *j);

/* The name of the next member. json_key: our own name, without anything to escape. json_key_str: any name. */
void json_key(struct json *j, const char *name);
void json_key_str(struct json *j, struct str name);

/* One value. The null string, id 0 and time 0 are null. json_raw: JSON already, taken as it is; the null string is
 * null. */
void json_str(struct json *j, struct str s);
void json_int(struct json *j, int64_t value);
void json_id(struct json *j, int64_t id);
void json_time(struct json *j, int64_t at_ms);
void json_bool(struct json *j, bool value);
void json_nil(struct json *j);
void json_raw(struct json *j, struct str json);

/* Name and value. Null strings, ids, times and raw JSON are left out, with their name; _or_null writes null. */
void json_add_string(struct json *j, const char *name, struct str s);
void json_add_string_or_null(struct json *j, const char *name, struct str s);
void json_add_int(struct json *j, const char *name, int64_t value);
void json_add_id(struct json *j, const char *name, int64_t id);
void json_add_id_or_null(struct json *j, const char *name, int64_t id);
void json_add_time(struct json *j, const char *name, int64_t at_ms);
void json_add_time_or_null(struct json *j, const char *name, int64_t at_ms);
void json_add_bool(struct json *j, const char *name, bool value);
void json_add_raw(struct json *j, const char *name, struct str json);
void json_add_strings(struct json *j, const char *name, const struct str *list, size_t n);

/* The members of *row as its shape says: names in camelCase, F_NULL members that are absent left out, F_SECRET and
 * F_BLOB never. json_members writes them into the object that is open, json_row makes an object of them. */
void json_members(struct json *j, const struct shape *shape, const void *row);
void json_row(struct json *j, const struct shape *shape, const void *row);

/* s in quotes, escaped: for writers that put their JSON together themselves. */
void json_quote(struct buf *b, struct str s);
