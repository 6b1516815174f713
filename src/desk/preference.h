#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* What a user likes and takes along to every device: named values, each of a kind that the table in preference_table.c says. A
 * name that he never set has the default of the table. How one device looks (widths, theme) stays in the browser instead.
 *
 * To have a new one, add a row to the table; nothing else stores things for users. */

enum { MAX_PREFERENCE_BYTES = 16 << 10 };

enum preference_kind {
	PREFERENCE_BOOL,
	PREFERENCE_INT,    /* from min to max */
	PREFERENCE_CHOICE, /* one of choices; null stands for "not said" */
	PREFERENCE_TEXTS,  /* a list of at most max texts */
	PREFERENCE_OBJECT, /* any JSON object; who reads it checks it */
};

struct preference_def {
	const char *name; /* as on the wire: undoSeconds */
	enum preference_kind kind;
	const char *otherwise; /* JSON: the default */
	int64_t min, max;
	const char *choices;   /* PREFERENCE_CHOICE: "a b c" */
};
extern const struct preference_def preference_table[];
extern const size_t preference_n;

struct preference_value {
	const struct preference_def *def;
	struct str value; /* JSON */
};

/* All of the asking user, in the table's order, defaults included. ERR_NOT_ALLOWED for who is no user. */
enum err desk_preferences(struct ctx *c, struct preference_value **out, size_t *n_out);
/* Sets those that the object names; null brings the default back. All or none. ERR_BAD_INPUT names the field. */
enum err desk_preferences_set(struct ctx *c, const json_t *values);

/* One of any user, for the desk's own use, without asking who may know: *out is the JSON value, NULL only for JSON null. The name
 * must be in the table. */
enum err desk_preference_of(struct ctx *c, int64_t user_id, const char *name, json_t **out);
/* The language that he chose for the workspace; null: he leaves it to his browser. */
enum err desk_preference_language(struct ctx *c, int64_t user_id, struct str *out);
enum err desk_preference_int(struct ctx *c, int64_t user_id, const char *name, int64_t *out);
