#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The description of a struct, written once as a table beside it: from it come the columns of SQL, the row that is read into
 * the struct, the JSON that goes out, the checked JSON that comes in, and OpenAPI. A field whose C type does not fit its
 * FIELD row does not compile ("size of unnamed array is negative").
 *
 * Names are snake_case in SQL and C and become camelCase in JSON (created_at -> createdAt). Ids and F_ID members are decimal
 * strings in JSON, times ISO 8601 in UTC. */

enum field_type {
	F_ID,   /* int64_t; JSON string of digits; 0 is null in JSON and NULL in SQL when F_NULL is set */
	F_INT,  /* int64_t */
	F_BOOL, /* bool; SMALLINT 0/1 in SQL */
	F_TIME, /* int64_t unix ms; JSON "2026-11-21T09:30:00.000Z"; 0 is null */
	F_STR,  /* struct str, UTF-8 without NUL */
	F_JSON, /* struct str that holds JSON; goes out as it is */
	F_BLOB, /* struct str of any bytes; never in JSON */
};

enum field_flags {
	F_NULL = 1,     /* may be absent: 0 or the null string is NULL in SQL and left out of JSON */
	F_SECRET = 2,   /* never leaves the program */
	F_REQUIRED = 4, /* JSON in: has to be there and not empty */
};

struct field {
	const char *name;
	const char *json; /* filled where the wire name is not the camelCase of name */
	const char *help;
	uint32_t offset;
	uint8_t type;
	uint8_t flags;
	uint32_t max; /* bytes of a string that comes in; 0: MAX_STRING_IN_BYTES */
	const char *const *one_of; /* F_STR in: the values allowed, NULL at the end */
};

struct shape {
	const char *name; /* also the OpenAPI schema name, as Ticket */
	size_t size_bytes;
	const struct field *fields;
	size_t field_n;
};

enum { MAX_STRING_IN_BYTES = 65536 };

#define FIELD_FITS_F_ID(m)   _Generic((m), int64_t: 1, default: -1)
#define FIELD_FITS_F_INT(m)  _Generic((m), int64_t: 1, default: -1)
#define FIELD_FITS_F_BOOL(m) _Generic((m), bool: 1, default: -1)
#define FIELD_FITS_F_TIME(m) _Generic((m), int64_t: 1, default: -1)
#define FIELD_FITS_F_STR(m)  _Generic((m), struct str: 1, default: -1)
#define FIELD_FITS_F_JSON(m) _Generic((m), struct str: 1, default: -1)
#define FIELD_FITS_F_BLOB(m) _Generic((m), struct str: 1, default: -1)

#define FIELD(struct_type, member, field_type, ...)                                                     \
	{.name = #member,                                                                               \
	 .offset = (uint32_t)(offsetof(struct_type, member) +                                           \
	                      0 * sizeof(char[FIELD_FITS_##field_type(((struct_type *)NULL)->member)])), \
	 .type = field_type, __VA_ARGS__}

#define SHAPE(shape_name, struct_type, field_table)                                      \
	{.name = shape_name, .size_bytes = sizeof(struct_type), .fields = field_table,   \
	 .field_n = sizeof(field_table) / sizeof(field_table[0])}

/* The member of *row that a field describes. */
static inline int64_t *field_int(const struct field *f, void *row)
{
	return (int64_t *)((char *)row + f->offset);
}

static inline bool *field_bool(const struct field *f, void *row)
{
	return (bool *)((char *)row + f->offset);
}

static inline struct str *field_str(const struct field *f, void *row)
{
	return (struct str *)((char *)row + f->offset);
}

/* The field with this C name, or NULL. */
const struct field *shape_field(const struct shape *s, struct str name);
