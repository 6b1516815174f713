/* Types that users define, as the wire has them: schemas. A type's names, and which of its properties are shown, required and
 * searched; with its properties and types of links. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/property_json.h"
#include "base/arena.h"
#include "base/buf.h"
#include "desk/define_type.h"
#include "desk/schema.h"
#include "text/json_read.h"

enum { MAX_LIST_BYTES = 64 << 10 };

/* Writing --------------------------------------------------------------------------------------------------------------- */

static void write_names(struct json *j, const char *name, struct str names)
{
	json_key(j, name);
	json_array_begin(j);
	for (struct str rest = names; rest.n > 0;) {
		struct str one = str_cut(&rest, STR(" "));
		if (one.n > 0)
			json_str(j, one);
	}
	json_array_end(j);
}

/* Built-in types have no label of many: it is made from their name. */
static struct str plural_label(struct ctx *c, const struct object_type *t)
{
	if (t->plural_label.n > 0)
		return t->plural_label;
	char *label = arena_alloc(c->a, t->plural.n + 1);
	for (size_t i = 0; i < t->plural.n; i++) {
		char b = t->plural.p[i];
		label[i] = b == '_' ? ' ' : i == 0 && b >= 'a' && b <= 'z' ? (char)(b - 32) : b;
	}
	return (struct str){label, t->plural.n};
}

/* The number behind the hyphen; on the wire it is the id of the definition. */
static struct str number_of(const struct object_type *t)
{
	struct str rest = t->type_id;
	str_cut(&rest, STR("-"));
	return rest;
}

static void write_definition(struct ctx *c, struct json *j, const struct object_type *t)
{
	json_add_string(j, "id", number_of(t));
	json_add_string(j, "objectTypeId", t->type_id);
	json_add_string(j, "name", t->singular);
	json_add_string(j, "fullyQualifiedName", t->is_custom ? t->plural : str_lower(c->a, t->singular));
	json_add_string(j, "metaType", t->is_custom ? STR("PORTAL_SPECIFIC") : STR("HUBSPOT"));
	json_key(j, "labels");
	json_object_begin(j);
	json_add_string(j, "singular", t->label);
	json_add_string(j, "plural", plural_label(c, t));
	json_object_end(j);
	json_add_string(j, "description", t->description.n ? t->description : STR_NULL);
	json_add_string(j, "primaryDisplayProperty", t->label_property.n ? t->label_property : STR_NULL);
	write_names(j, "secondaryDisplayProperties", t->secondary_properties);
	write_names(j, "requiredProperties", t->is_custom ? t->required_properties : STR(""));
	write_names(j, "searchableProperties", t->searchable_properties);
	json_add_bool(j, "archived", t->archived_at > 0);
	json_add_time(j, "createdAt", t->created_at);
	json_add_time(j, "updatedAt", t->updated_at);
}

static struct str type_id_of(struct ctx *c, int64_t id)
{
	return schema_type_by_id(c, id)->row.type_id;
}

/* The type may be newer than what the unit of work has looked up. */
static void write_link(struct ctx *c, struct json *j, const struct object_type *t, const struct association_type *link)
{
	json_object_begin(j);
	json_add_id(j, "id", link->type_id);
	json_add_string(j, "name", link->name);
	json_add_string(j, "fromObjectTypeId", link->from_type == t->id ? t->type_id : type_id_of(c, link->from_type));
	json_add_string(j, "toObjectTypeId", link->to_type == t->id ? t->type_id : type_id_of(c, link->to_type));
	json_add_time(j, "createdAt", t->created_at);
	json_add_time(j, "updatedAt", t->created_at);
	json_object_end(j);
}

static void write_schema(struct ctx *c, struct json *j, const struct type_view *v)
{
	json_object_begin(j);
	write_definition(c, j, &v->row);
	if (v->row.created_by != 0)
		json_add_int(j, "createdByUserId", v->row.created_by);
	if (v->row.updated_by != 0)
		json_add_int(j, "updatedByUserId", v->row.updated_by);
	json_key(j, "properties");
	json_array_begin(j);
	for (size_t i = 0; i < v->property_n; i++)
		property_json(j, &v->properties[i]);
	json_array_end(j);
	json_key(j, "associations");
	json_array_begin(j);
	for (size_t i = 0; i < v->link_n; i++)
		if (str_is_null(v->links[i].label))
			write_link(c, j, &v->row, &v->links[i]);
	json_array_end(j);
	json_object_end(j);
}

/* Reading bodies -------------------------------------------------------------------------------------------------------- */

static enum err wrong_list(struct ctx *c, const char *key)
{
	return fail_field(c, str_c(key), STR("INVALID_TYPE"), "%s is a list of names.", key);
}

/* A list of names as one text; null when the body does not have it. */
static enum err read_names(struct ctx *c, const json_t *body, const char *key, struct str *out)
{
	struct buf b;
	const json_t *list = json_object_get(body, key);
	if (list == NULL || json_is_null(list))
		return OK;
	if (!json_is_array(list))
		return wrong_list(c, key);
	buf_init(&b, c->a, MAX_LIST_BYTES);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str name = json_text(json_array_get(list, i));
		if (name.n == 0 || str_find_byte(name, ' ') >= 0)
			return wrong_list(c, key);
		if (i > 0)
			buf_add(&b, STR(" "));
		buf_add(&b, name);
	}
	if (buf_is_full(&b))
		return fail(c, ERR_TOO_BIG, "%s is longer than %d bytes.", key, MAX_LIST_BYTES);
	*out = str_dup(c->a, buf_str(&b));
	return OK;
}

static enum err read_properties(struct ctx *c, const json_t *body, struct type_in *in)
{
	const json_t *list = json_get_array(body, "properties");
	size_t n = list ? json_array_size(list) : 0;
	if (n > MAX_TYPE_PROPERTIES_IN)
		return fail(c, ERR_TOO_BIG, "A type is made with at most %d properties.", MAX_TYPE_PROPERTIES_IN);
	struct property_in *props = NEW_ARRAY(c->a, n, struct property_in);
	for (size_t i = 0; i < n; i++)
		TRY(property_in_read(c, json_array_get(list, i), &props[i]));
	in->properties = props;
	in->property_n = n;
	return OK;
}

static enum err read_linked(struct ctx *c, const json_t *body, struct type_in *in)
{
	const json_t *list = json_get_array(body, "associatedObjects");
	size_t n = list ? json_array_size(list) : 0;
	if (n > MAX_TYPE_LINKS_IN)
		return fail(c, ERR_TOO_BIG, "A type is made with at most %d associations.", MAX_TYPE_LINKS_IN);
	struct str *names = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		names[i] = json_text(json_array_get(list, i));
		if (names[i].n == 0)
			return wrong_list(c, "associatedObjects");
	}
	in->linked = names;
	in->linked_n = n;
	return OK;
}

static enum err read_type(struct ctx *c, const json_t *body, struct type_in *in)
{
	TRY(body_need_object(c, body));
	const json_t *labels = json_get_object(body, "labels");
	*in = (struct type_in){
		.name = json_get_str(body, "name"),
		.label = json_get_str(labels, "singular"),
		.plural_label = json_get_str(labels, "plural"),
		.description = json_get_str(body, "description"),
		.label_property = json_get_str(body, "primaryDisplayProperty"),
		.clear_description = json_get_bool(body, "clearDescription", false),
	};
	TRY(read_names(c, body, "secondaryDisplayProperties", &in->secondary_properties));
	TRY(read_names(c, body, "requiredProperties", &in->required_properties));
	return read_names(c, body, "searchableProperties", &in->searchable_properties);
}

static enum err check_complete(struct ctx *c, const json_t *body)
{
	static const char *const wanted[] = {"labels", "requiredProperties", "properties", "associatedObjects", "name"};
	struct str missing = STR("");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const json_t *value = json_object_get(body, wanted[i]);
		if (value == NULL || json_is_null(value))
			missing = str_fmt(c->a, STR_FMT "%s%s", STR_ARG(missing), missing.n ? ", " : "", wanted[i]);
	}
	if (missing.n == 0)
		return OK;
	return body_lacks(c, str_z(c->a, missing));
}

/* Handlers -------------------------------------------------------------------------------------------------------------- */

enum err api_schemas_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct type_view *views;
	size_t n;
	bool is_archived;
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_type_list(c, is_archived, &views, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_schema(c, &r->j, &views[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_schemas_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct type_in in;
	struct type_view made;
	TRY(read_type(c, q->json, &in));
	TRY(check_complete(c, q->json));
	TRY(read_properties(c, q->json, &in));
	TRY(read_linked(c, q->json, &in));
	TRY(desk_type_create(c, &in, &made));
	write_schema(c, &r->j, &made);
	return OK;
}

enum err api_schemas_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct type_view v;
	bool is_archived;
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_type_load(c, req_param(q, "objectType"), is_archived, &v));
	write_schema(c, &r->j, &v);
	return OK;
}

enum err api_schemas_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct type_in in;
	struct type_view v;
	TRY(read_type(c, q->json, &in));
	TRY(desk_type_update(c, req_param(q, "objectType"), &in, &v));
	json_object_begin(&r->j);
	write_definition(c, &r->j, &v.row);
	json_add_int(&r->j, "portalId", 1);
	json_object_end(&r->j);
	return OK;
}

/* archived=true: what is archived goes for good, and its name is free again. */
enum err api_schemas_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct str name = req_param(q, "objectType");
	bool is_archived;
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(is_archived ? desk_type_purge(c, name) : desk_type_archive(c, name));
	return res_nothing(r);
}

enum err api_schemas_link(struct ctx *c, const struct req *q, struct res *r)
{
	struct association_type made;
	struct type_view v;
	struct str name = req_param(q, "objectType");
	struct str from = json_get_str(q->json, "fromObjectTypeId"), to = json_get_str(q->json, "toObjectTypeId");
	if (from.n == 0 || to.n == 0)
		return body_lacks(c, from.n == 0 ? "fromObjectTypeId" : "toObjectTypeId");
	TRY(desk_type_link(c, name, from, to, json_get_str(q->json, "name"), &made));
	TRY(desk_type_load(c, name, false, &v));
	write_link(c, &r->j, &v.row, &made);
	return OK;
}

enum err api_schemas_unlink(struct ctx *c, const struct req *q, struct res *r)
{
	TRY(desk_type_unlink(c, req_param(q, "objectType"), req_param(q, "associationIdentifier")));
	return res_nothing(r);
}
