#include "desk/search_json.h"

#include "base/arena.h"
#include "text/json_read.h"

static enum err read_texts(struct ctx *c, const json_t *object, const char *key, struct str **out, size_t *n_out)
{
	const json_t *list;
	TRY(json_take_array(c, object, key, &list, n_out));
	*out = NEW_ARRAY(c->a, *n_out, struct str);
	for (size_t i = 0; i < *n_out; i++) {
		(*out)[i] = json_scalar_text(c, json_array_get(list, i));
		if (str_is_null((*out)[i]))
			return json_is_not(c, "an array of texts", key);
	}
	return OK;
}

static enum err read_filter(struct ctx *c, const json_t *entry, struct filter_in *f)
{
	if (!json_is_object(entry))
		return json_is_not(c, "an array of objects", "filters");
	TRY(json_take_text(c, entry, "propertyName", &f->property));
	TRY(json_take_text(c, entry, "objectType", &f->object_type));
	TRY(json_take_text(c, entry, "operator", &f->op));
	TRY(json_take_text(c, entry, "value", &f->value));
	TRY(json_take_text(c, entry, "highValue", &f->high_value));
	TRY(read_texts(c, entry, "values", &f->values, &f->value_n));
	if (f->property.n == 0 || f->op.n == 0)
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1. Some required fields were not set: [%s]",
		            f->property.n == 0 ? "propertyName" : "operator");
	return OK;
}

static enum err read_filters(struct ctx *c, const json_t *object, struct filter_group_in *g)
{
	const json_t *list;
	TRY(json_take_array(c, object, "filters", &list, &g->n));
	g->filters = NEW_ARRAY(c->a, g->n, struct filter_in);
	for (size_t i = 0; i < g->n; i++)
		TRY(read_filter(c, json_array_get(list, i), &g->filters[i]));
	return OK;
}

enum err search_groups_read(struct ctx *c, const json_t *body, struct search_in *in)
{
	const json_t *list;
	size_t n;
	TRY(json_take_array(c, body, "filterGroups", &list, &n));
	in->groups = NEW_ARRAY(c->a, n + 1, struct filter_group_in);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		if (!json_is_object(entry))
			return json_is_not(c, "an array of objects", "filterGroups");
		TRY(read_filters(c, entry, &in->groups[in->group_n++]));
	}
	TRY(read_filters(c, body, &in->groups[in->group_n]));
	in->group_n += in->groups[in->group_n].n > 0;
	return OK;
}
