#include "api/object_in.h"

#include "api/body.h"
#include "base/arena.h"
#include "text/json_read.h"

enum { MAX_LINKS_IN = 500 };

/* The properties member as names and texts. Values may be strings, numbers or booleans; null clears, as "" does. */
static enum err read_props(struct ctx *c, const json_t *json, struct object_in *in)
{
	json_t *map = json_object_get(json, "properties");
	const char *key;
	json_t *value;
	if (map == NULL || json_is_null(map))
		return OK;
	if (!json_is_object(map))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: properties is not an object");
	struct prop *props = NEW_ARRAY(c->a, json_object_size(map), struct prop);
	json_object_foreach(map, key, value) {
		if (json_is_object(value) || json_is_array(value)) {
			c->why.are_properties = true;
			return fail_field(c, str_c(key), STR("INVALID_TYPE"), "The value of " STR_FMT " is not text.",
			                  STR_ARG(str_head(str_c(key), 200)));
		}
		struct str text = json_scalar_text(c, value);
		props[in->prop_n++] = (struct prop){str_c(key), str_is_null(text) ? STR("") : text};
	}
	in->props = props;
	return OK;
}

/* One entry of associations: { to: { id }, types: [ { associationTypeId } ] }, a link for each type. */
static enum err read_link(struct ctx *c, const json_t *entry, struct link_in *links, size_t *n)
{
	json_t *types = json_get_array(entry, "types");
	int64_t to_id = json_get_id(json_get_object(entry, "to"), "id");
	size_t type_n = types ? json_array_size(types) : 0;
	if (to_id == 0)
		return body_lacks(c, "to");
	if (*n + type_n + 1 > MAX_LINKS_IN)
		return fail(c, ERR_TOO_BIG, "More than %d associations in one write.", MAX_LINKS_IN);
	if (type_n == 0)
		links[(*n)++] = (struct link_in){.to_id = to_id};
	for (size_t i = 0; i < type_n; i++)
		links[(*n)++] = (struct link_in){.to_id = to_id,
		                                 .type_id = json_get_id(json_array_get(types, i), "associationTypeId")};
	return OK;
}

static enum err read_links(struct ctx *c, const json_t *json, struct object_in *in)
{
	json_t *list = json_get_array(json, "associations");
	size_t n = list ? json_array_size(list) : 0;
	if (n == 0)
		return OK;
	struct link_in *links = NEW_ARRAY(c->a, MAX_LINKS_IN, struct link_in);
	for (size_t i = 0; i < n; i++)
		TRY(read_link(c, json_array_get(list, i), links, &in->link_n));
	in->links = links;
	return OK;
}

enum err object_in_read(struct ctx *c, const json_t *json, struct object_in *in)
{
	*in = (struct object_in){.source_type = c->who.session_id ? STR("CRM_UI") : STR("INTEGRATION")};
	if (!json_is_object(json))
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1: an object with properties is expected");
	TRY(read_props(c, json, in));
	return read_links(c, json, in);
}
