#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/shape.h"
#include "base/str.h"

/* Reads JSON from outside, by Jansson (RFC 8259), under limits that are checked before Jansson sees a byte. Stricter
 * than the RFC in two points: a name that comes twice in one object is refused, and so is U+0000 in a string. */

struct ctx;

enum {
	MAX_JSON_BYTES = 32 << 20,
	MAX_JSON_DEPTH = 64,      /* brackets inside brackets */
	MAX_JSON_VALUES = 500000, /* a value of two bytes can cost 300 in memory */
	MAX_JSON_FAULTS = 20,     /* field faults collected by one json_read */
};

/* The value that text is, all of it. It lives as long as c->a. ERR_TOO_BIG above a limit of size; ERR_BAD_INPUT:
 * "Invalid input JSON on line 1, column 2: ..." */
enum err json_parse(struct ctx *c, struct str text, json_t **out);

/* Fills the members of *out that the object names, by the shape; the others stay as they are, so start from zeroes or
 * from the row that is to be changed. null makes a member 0 or the null string. Strings point into the object.
 * Integers and booleans may come as strings ("10", "true"), ids as integers, times as ISO 8601 or epoch milliseconds,
 * F_JSON as any value. F_SECRET members are read; F_BLOB ones are not known. *out is written only on success.
 * ERR_BAD_INPUT with a field fault each (up to MAX_JSON_FAULTS): UNKNOWN_FIELD, INVALID_STRING, INVALID_INTEGER,
 * INVALID_LONG, INVALID_BOOLEAN, INVALID_DATE, INVALID_LENGTH, INVALID_OPTION, REQUIRED_FIELD. */
enum err json_read(struct ctx *c, const json_t *object, const struct shape *shape, void *out);

/* One member of an object. Absent, or of another type: the null string, 0 or what the caller says. object may be NULL.
 * An id may be a string of digits or an integer, a time ISO 8601 or epoch milliseconds. */
struct str json_get_str(const json_t *object, const char *key);
int64_t json_get_id(const json_t *object, const char *key);
int64_t json_get_int(const json_t *object, const char *key, int64_t otherwise);
bool json_get_bool(const json_t *object, const char *key, bool otherwise);
int64_t json_get_time(const json_t *object, const char *key);
/* NULL when absent or of another type. */
json_t *json_get_object(const json_t *object, const char *key);
json_t *json_get_array(const json_t *object, const char *key);

/* The same for who refuses another type. ERR_BAD_INPUT: "Invalid input JSON on line 1, column 1: filters is not an array". */
enum err json_is_not(struct ctx *c, const char *what, const char *name);
/* The array called key, as its items; none when it is not there or null. */
enum err json_take_array(struct ctx *c, const json_t *object, const char *key, const json_t **out, size_t *n_out);
/* A scalar, or the null string. */
enum err json_take_text(struct ctx *c, const json_t *object, const char *key, struct str *out);

/* The string that value is; the null string when it is none. */
struct str json_text(const json_t *value);
/* Any scalar as the text that properties are stored as: "x" is x, 12.50 is 12.5, true is true. null, arrays and objects
 * give the null string. */
struct str json_scalar_text(struct ctx *c, const json_t *value);
/* Any value as compact JSON; the null string when it would take more than max_bytes. */
struct str json_compact(struct ctx *c, const json_t *value, size_t max_bytes);

/* The name of a field on the wire. */
bool field_is_named(const struct field *f, struct str wire_name);
struct str field_wire_name(struct ctx *c, const struct field *f);
