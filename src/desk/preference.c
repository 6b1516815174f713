#include "desk/preference.h"

#include "base/arena.h"
#include "base/check.h"
#include "store/preference.h"
#include "text/json_read.h"
#include "text/phrase.h"

static const struct preference_def *find(struct str name)
{
	for (size_t i = 0; i < preference_n; i++)
		if (str_eq(name, str_c(preference_table[i].name)))
			return &preference_table[i];
	return NULL;
}

static enum err only_users(struct ctx *c)
{
	return c->who.user_id != 0 ? OK : fail(c, ERR_NOT_ALLOWED, "Only users have preferences.");
}

static struct str value_of(const struct preference_def *d, const struct preference *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].name, str_c(d->name)))
			return rows[i].value;
	return str_c(d->otherwise);
}

enum err desk_preferences(struct ctx *c, struct preference_value **out, size_t *n_out)
{
	struct preference *rows;
	size_t n;
	TRY(only_users(c));
	TRY(preference_list(c, c->who.user_id, &rows, &n));
	*out = NEW_ARRAY(c->a, preference_n, struct preference_value);
	for (size_t i = 0; i < preference_n; i++)
		(*out)[i] = (struct preference_value){&preference_table[i], value_of(&preference_table[i], rows, n)};
	*n_out = preference_n;
	return OK;
}

/* Checking ---------------------------------------------------------------------------------------------------------- */

static bool is_choice(struct str value, struct str choices)
{
	while (!str_is_null(choices))
		if (str_eq(str_cut(&choices, STR(" ")), value) && value.n > 0)
			return true;
	return false;
}

static bool is_texts(const json_t *value, int64_t max)
{
	if (!json_is_array(value) || json_array_size(value) > (size_t)max)
		return false;
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!json_is_string(json_array_get(value, i)))
			return false;
	return true;
}

static enum err check_value(struct ctx *c, const struct preference_def *d, const json_t *value)
{
	struct str field = str_c(d->name);
	switch (d->kind) {
	case PREFERENCE_BOOL:
		if (json_is_boolean(value))
			return OK;
		return fail_field(c, field, STR("INVALID_BOOLEAN"), "%s is true or false.", d->name);
	case PREFERENCE_INT:
		if (json_is_integer(value) && json_integer_value(value) >= d->min && json_integer_value(value) <= d->max)
			return OK;
		return fail_field(c, field, STR("INVALID_INTEGER"), "%s is a whole number from %lld to %lld.", d->name,
		                  (long long)d->min, (long long)d->max);
	case PREFERENCE_CHOICE:
		if (is_choice(json_text(value), str_c(d->choices)))
			return OK;
		return fail_field(c, field, STR("INVALID_OPTION"), "%s is one of: %s.", d->name, d->choices);
	case PREFERENCE_TEXTS:
		if (is_texts(value, d->max))
			return OK;
		return fail_field(c, field, STR("INVALID_TYPE"), "%s is a list of at most %lld texts.", d->name, (long long)d->max);
	case PREFERENCE_OBJECT:
		if (json_is_object(value))
			return OK;
		return fail_field(c, field, STR("INVALID_TYPE"), "%s is an object.", d->name);
	}
	return OK;
}

static enum err set_one(struct ctx *c, struct str name, const json_t *value)
{
	const struct preference_def *d = find(name);
	if (d == NULL)
		return fail_field(c, name, STR("UNKNOWN_FIELD"), "There is no preference \"" STR_FMT "\".", STR_ARG(name));
	if (json_is_null(value))
		return preference_remove(c, c->who.user_id, name);
	TRY(check_value(c, d, value));
	struct str text = json_compact(c, value, MAX_PREFERENCE_BYTES);
	if (str_is_null(text))
		return fail_field(c, name, STR("INVALID_LENGTH"), "%s takes at most %d bytes.", d->name, MAX_PREFERENCE_BYTES);
	return preference_put(c, c->who.user_id, name, text);
}

enum err desk_preferences_set(struct ctx *c, const json_t *values)
{
	const char *name;
	json_t *value;
	TRY(only_users(c));
	json_object_foreach((json_t *)(uintptr_t)values, name, value)
		TRY(set_one(c, str_c(name), value));
	return OK;
}

/* For the desk itself ------------------------------------------------------------------------------------------------ */

enum err desk_preference_of(struct ctx *c, int64_t user_id, const char *name, json_t **out)
{
	struct str value;
	const struct preference_def *d = find(str_c(name));
	check(d != NULL);
	TRY(preference_load(c, user_id, str_c(name), &value));
	TRY(json_parse(c, str_is_null(value) ? str_c(d->otherwise) : value, out));
	if (json_is_null(*out))
		*out = NULL;
	return OK;
}

enum err desk_preference_language(struct ctx *c, int64_t user_id, struct str *out)
{
	json_t *value;
	TRY(desk_preference_of(c, user_id, "language", &value));
	*out = phrase_speaks(json_text(value)) ? json_text(value) : STR_NULL;
	return OK;
}

enum err desk_preference_int(struct ctx *c, int64_t user_id, const char *name, int64_t *out)
{
	json_t *value;
	TRY(desk_preference_of(c, user_id, name, &value));
	*out = json_integer_value(value);
	return OK;
}
