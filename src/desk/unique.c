#include "desk/unique.h"

#include <stdlib.h>

#include "base/arena.h"
#include "desk/object_int.h"
#include "store/unique.h"

enum { BACKFILL_AT_ONCE = 1000 };

bool unique_is_alone(const struct property_def *def)
{
	return def->row.is_unique && def->column == NULL;
}

bool unique_is_key(const struct property_def *def)
{
	return unique_is_alone(def) || (def->row.object_type == TYPE_COMPANY && str_eq(def->row.name, STR("domain")));
}

/* The form in which values are compared. */
static struct str form(struct ctx *c, struct str value)
{
	return value.n ? str_lower(c->a, str_trim(value)) : STR("");
}

struct str desk_object_key(struct ctx *c, const struct type_def *t, struct str property, struct str value)
{
	if (value.n == 0)
		return STR_NULL;
	if (str_eq(property, t->row.unique_property))
		return str_lower(c->a, value);
	const struct property_def *def = schema_property(t, property);
	if (def == NULL || !unique_is_alone(def))
		return STR_NULL;
	return str_fmt(c->a, "%lld/" STR_FMT "=" STR_FMT, (long long)t->row.id, STR_ARG(property), STR_ARG(form(c, value)));
}

/* The value that this write gives it; the null string when it does not. */
static struct str written(const struct write *w, struct str name)
{
	for (size_t i = w->change_n; i > 0; i--)
		if (str_eq(w->changes[i - 1].name, name))
			return w->changes[i - 1].value.p ? w->changes[i - 1].value : STR("");
	return STR_NULL;
}

/* Does the write give it a value that it did not have? */
static bool is_new(struct ctx *c, const struct write *w, const struct property_def *def, struct str *value_out)
{
	struct str value = written(w, def->row.name);
	if (str_is_null(value))
		return false;
	*value_out = form(c, value);
	return w->is_create || !str_eq(*value_out, form(c, property_value(c, &w->before, def)));
}

enum err unique_lock(struct ctx *c, const struct write *w)
{
	struct str *keys = NEW_ARRAY(c->a, w->type->key_n + 1, struct str), value;
	size_t n = 0;
	if (w->o.unique_key.n > 0 && !str_eq(w->o.unique_key, w->before.unique_key))
		keys[n++] = w->o.unique_key;
	for (size_t i = 0; i < w->type->key_n; i++) {
		const struct property_def *def = w->type->keys[i];
		if (unique_is_alone(def) && is_new(c, w, def, &value) && value.n > 0)
			keys[n++] = desk_object_key(c, w->type, def->row.name, value);
	}
	return n > 0 ? desk_object_lock_all(c, NULL, 0, keys, n) : OK;
}

static enum err taken(struct ctx *c, const struct property_def *def, struct str value, int64_t other_id)
{
	c->why.are_properties = true;
	fail_context(c, STR("existingObjectId"), str_fmt(c->a, "%lld", (long long)other_id));
	return fail_field(c, def->row.name, STR("CONFLICTING_UNIQUE_VALUE"),
	                  "Cannot set " STR_FMT " to " STR_FMT ". %lld already has that value.", STR_ARG(def->row.name),
	                  STR_ARG(str_head(value, 100)), (long long)other_id);
}

static enum err too_long(struct ctx *c, const struct property_def *def)
{
	c->why.are_properties = true;
	return fail_field(c, def->row.name, STR("INVALID_LENGTH"), "A unique value is longer than %d bytes.", MAX_UNIQUE_BYTES);
}

/* That nobody but own_id has it. */
static enum err check_one(struct ctx *c, const struct property_def *def, struct str value, int64_t own_id)
{
	int64_t other_id;
	if (!unique_is_alone(def) || value.n == 0)
		return OK;
	if (value.n > MAX_UNIQUE_BYTES)
		return too_long(c, def);
	enum err e = unique_find(c, def->row.object_type, def->row.name, value, &other_id);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	return other_id == own_id ? OK : taken(c, def, value, other_id);
}

enum err unique_check(struct ctx *c, const struct write *w)
{
	struct str value;
	for (size_t i = 0; i < w->type->key_n; i++)
		if (is_new(c, w, w->type->keys[i], &value))
			TRY(check_one(c, w->type->keys[i], value, w->before.id));
	return OK;
}

/* A company's domain that is too long to be one is not found by it. */
static enum err put(struct ctx *c, const struct property_def *def, struct str value, int64_t object_id)
{
	if (value.n == 0 || value.n > MAX_UNIQUE_BYTES)
		return OK;
	return unique_put(c, &(struct unique_value){
		.object_type = def->row.object_type,
		.property = def->row.name,
		.value = value,
		.slot = unique_is_alone(def) ? 0 : object_id,
		.object_id = object_id,
	});
}

enum err unique_keep(struct ctx *c, const struct write *w)
{
	struct str value;
	for (size_t i = 0; i < w->type->key_n; i++) {
		const struct property_def *def = w->type->keys[i];
		if (!is_new(c, w, def, &value))
			continue;
		if (!w->is_create)
			TRY(unique_remove(c, w->o.id, def->row.name));
		TRY(put(c, def, value, w->o.id));
	}
	return OK;
}

enum err unique_take(struct ctx *c, const struct type_def *t, const struct object *o)
{
	const struct object_in nothing = {0};
	struct write w = {.type = t, .in = &nothing, .o = *o, .is_create = true, .before = {.id = o->id}};
	w.change_room = t->key_n;
	w.changes = NEW_ARRAY(c->a, t->key_n, struct prop);
	for (size_t i = 0; i < t->key_n; i++)
		w.changes[w.change_n++] = (struct prop){t->keys[i]->row.name, property_value(c, o, t->keys[i])};
	TRY(unique_lock(c, &w));
	TRY(unique_check(c, &w));
	return unique_keep(c, &w);
}

enum err unique_object(struct ctx *c, const struct property_def *def, struct str value, int64_t *object_id_out)
{
	return unique_find(c, def->row.object_type, def->row.name, form(c, value), object_id_out);
}

static enum err backfill_one(struct ctx *c, const struct property_def *def, const struct object *o)
{
	struct str value = form(c, property_value(c, o, def));
	enum err e = check_one(c, def, value, o->id);
	if (e == ERR_BAD_INPUT) {
		fail_clear(c);
		return fail(c, ERR_CONFLICT,
		            "Property \"" STR_FMT "\" has values from before that are not unique, as that of object %lld.",
		            STR_ARG(def->row.name), (long long)o->id);
	}
	TRY(e);
	return put(c, def, value, o->id);
}

static enum err backfill(struct ctx *c, const struct property *p, int64_t most)
{
	const struct property_def def = {.row = *p};
	int64_t after = 0, done = 0;
	for (;;) {
		struct object *rows;
		size_t n;
		TRY(object_list(c, p->object_type, false, after, BACKFILL_AT_ONCE, &rows, &n));
		if (n == 0)
			return OK;
		done += (int64_t)n;
		if (done > most)
			return fail(c, ERR_TOO_BIG, "More than %lld objects may have values of \"" STR_FMT "\" from before.",
			            (long long)most, STR_ARG(p->name));
		for (size_t i = 0; i < n; i++)
			TRY(backfill_one(c, &def, &rows[i]));
		after = rows[n - 1].id;
	}
}

enum err unique_backfill(struct ctx *c, const struct property *p)
{
	TRY(unique_remove_property(c, p->object_type, p->name));
	return backfill(c, p, MAX_UNIQUE_BACKFILL);
}

enum err unique_seed(struct ctx *c)
{
	struct property domain;
	bool has_some;
	TRY(unique_has(c, TYPE_COMPANY, STR("domain"), &has_some));
	if (has_some)
		return OK;
	TRY(property_load(c, TYPE_COMPANY, STR("domain"), &domain));
	return backfill(c, &domain, INT64_MAX);
}
