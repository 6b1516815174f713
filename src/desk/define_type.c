#include "desk/define_type.h"

#include "base/arena.h"
#include "desk/can.h"
#include "desk/defaults.h"
#include "desk/define_int.h"
#include "desk/definitions.h"
#include "desk/restore.h"
#include "desk/search_index.h"
#include "store/object.h"

/* Above all built-in types; the number of the change that made the type is added, so that no id comes twice. */
enum { FIRST_CUSTOM_TYPE = 1000000, MAX_TYPE_DESCRIPTION_BYTES = 5000 };

/* What every type has, whoever defined it. */
static const struct default_property base_properties[] = {
	{"hs_object_id", "Record ID", "number", "number", "id", READ_ONLY, ""},
	{"hs_createdate", "Object create date", "datetime", "date", "created_at", READ_ONLY, ""},
	{"hs_lastmodifieddate", "Last modified date", "datetime", "date", "updated_at", READ_ONLY, ""},
	{"hubspot_owner_id", "Owner", "enumeration", "select", "owner_id", 0, ""},
	{"hubspot_owner_assigneddate", "Owner assigned date", "datetime", "date", "", READ_ONLY, ""},
	{"hs_pipeline", "Pipeline", "enumeration", "select", "pipeline_id", 0, ""},
	{"hs_pipeline_stage", "Pipeline stage", "enumeration", "select", "stage_id", 0, ""},
	{"hs_object_source", "Record creation source", "string", "text", "", READ_ONLY, ""},
	{"hs_object_source_label", "Record source", "string", "text", "", READ_ONLY, ""},
	{"hs_created_by_user_id", "Created by user ID", "number", "number", "", READ_ONLY, ""},
	{"hs_updated_by_user_id", "Updated by user ID", "number", "number", "", READ_ONLY, ""},
	{"hs_unique_creation_key", "Unique creation key", "string", "text", "", 0, ""},
};
static const int64_t always_linked[] = {TYPE_TASK, TYPE_NOTE, TYPE_MEETING, TYPE_CALL, TYPE_EMAIL, TYPE_COMMUNICATION};

/* Reading ------------------------------------------------------------------------------------------------------------ */

static enum err view(struct ctx *c, const struct object_type *t, struct type_view *out)
{
	out->row = *t;
	TRY(property_list_of(c, t->id, false, &out->properties, &out->property_n));
	return association_type_list_of(c, t->id, &out->links, &out->link_n);
}

enum err define_find_type(struct ctx *c, struct str name, bool is_archived, struct object_type *out)
{
	struct object_type *rows;
	size_t n;
	TRY(object_type_list(c, &rows, &n));
	for (size_t i = 0; name.n > 0 && i < n; i++) {
		if ((rows[i].archived_at > 0) != is_archived || !schema_is_called(&rows[i], name))
			continue;
		*out = rows[i];
		return OK;
	}
	fail_context(c, STR("objectType"), str_head(name, 200));
	return fail(c, ERR_NOT_FOUND, "Object type \"" STR_FMT "\" does not exist", STR_ARG(str_head(name, 200)));
}

enum err desk_type_list(struct ctx *c, bool is_archived, struct type_view **out, size_t *n_out)
{
	struct object_type *rows;
	size_t n, found = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(object_type_list(c, &rows, &n));
	struct type_view *views = NEW_ARRAY(c->a, n, struct type_view);
	for (size_t i = 0; i < n; i++)
		if (rows[i].is_custom && (rows[i].archived_at > 0) == is_archived)
			TRY(view(c, &rows[i], &views[found++]));
	*out = views;
	*n_out = found;
	return OK;
}

enum err desk_type_load(struct ctx *c, struct str name, bool is_archived, struct type_view *out)
{
	struct object_type t;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(define_find_type(c, name, is_archived, &t));
	return view(c, &t, out);
}

/* What a caller says -------------------------------------------------------------------------------------------------- */

/* A name as the wire has it: letters of both cases; compared without case. */
static enum err check_type_name(struct ctx *c, struct str name)
{
	return define_check_name(c, str_lower(c->a, name));
}

static bool has_same(struct str a, struct str b)
{
	return a.n > 0 && str_eq_nocase(a, b);
}

/* Neither name nor labels are those of another type: a path has to mean one. */
static enum err check_free(struct ctx *c, const struct object_type *t)
{
	struct object_type *rows;
	size_t n, custom_n = 0;
	TRY(object_type_list(c, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct object_type *other = &rows[i];
		if (other->id == t->id)
			continue;
		custom_n += other->is_custom;
		if (other->archived_at == 0 && (has_same(t->label, other->label) || has_same(t->plural_label, other->plural_label) ||
		                                schema_is_called(other, t->plural_label)))
			return fail(c, ERR_CONFLICT, "The label \"" STR_FMT "\" or \"" STR_FMT "\" is that of another type.",
			            STR_ARG(t->label), STR_ARG(t->plural_label));
		if (schema_is_called(other, t->singular) || schema_is_called(t, other->singular) ||
		    schema_is_called(t, other->plural))
			return fail(c, ERR_CONFLICT, "The name \"" STR_FMT "\" is that of another type%s.", STR_ARG(t->singular),
			            other->archived_at > 0 ? ", which is archived: purge it first" : "");
	}
	if (custom_n >= MAX_CUSTOM_TYPES)
		return fail(c, ERR_BAD_INPUT, "There are %d custom types already, which is the most.", MAX_CUSTOM_TYPES);
	return OK;
}

static const struct property *property_of(const struct type_view *v, struct str name)
{
	for (size_t i = 0; i < v->property_n; i++)
		if (str_eq(v->properties[i].name, name))
			return &v->properties[i];
	return NULL;
}

/* The names of a list, each once. */
static enum err check_list(struct ctx *c, const struct type_view *v, struct str field, struct str names, struct str *out)
{
	struct str kept = STR("");
	size_t n = 0;
	for (struct str rest = str_trim(names); rest.n > 0;) {
		struct str name = str_cut(&rest, STR(" "));
		if (property_of(v, name) == NULL)
			return fail_field(c, field, STR("PROPERTY_DOESNT_EXIST"), "Property \"" STR_FMT "\" does not exist",
			                  STR_ARG(str_head(name, 200)));
		if (++n > MAX_LISTED_PROPERTIES)
			return fail_field(c, field, STR("INVALID_LENGTH"), STR_FMT " has at most %d properties.", STR_ARG(field),
			                  MAX_LISTED_PROPERTIES);
		kept = str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(kept), kept.n ? " " : "", STR_ARG(name));
	}
	*out = kept;
	return OK;
}

static enum err check_settable(struct ctx *c, const struct type_view *v, struct str names)
{
	for (struct str rest = names; rest.n > 0;) {
		const struct property *p = property_of(v, str_cut(&rest, STR(" ")));
		if (p->is_read_only)
			return fail_field(c, STR("requiredProperties"), STR("READ_ONLY_VALUE"),
			                  "\"" STR_FMT "\" is set by the desk itself.", STR_ARG(p->name));
	}
	return OK;
}

static enum err take_lists(struct ctx *c, const struct type_in *in, const struct type_view *v, struct object_type *t)
{
	if (!str_is_null(in->label_property)) {
		if (property_of(v, in->label_property) == NULL)
			return fail_field(c, STR("primaryDisplayProperty"), STR("PROPERTY_DOESNT_EXIST"),
			                  "Property \"" STR_FMT "\" does not exist", STR_ARG(str_head(in->label_property, 200)));
		t->label_property = in->label_property;
	}
	if (!str_is_null(in->required_properties))
		TRY(check_list(c, v, STR("requiredProperties"), in->required_properties, &t->required_properties));
	if (!str_is_null(in->secondary_properties))
		TRY(check_list(c, v, STR("secondaryDisplayProperties"), in->secondary_properties, &t->secondary_properties));
	if (!str_is_null(in->searchable_properties))
		TRY(check_list(c, v, STR("searchableProperties"), in->searchable_properties, &t->searchable_properties));
	t->default_properties = str_fmt(c->a, "hs_createdate hs_lastmodifieddate hs_object_id " STR_FMT " " STR_FMT,
	                                STR_ARG(t->label_property), STR_ARG(t->required_properties));
	return check_settable(c, v, t->required_properties);
}

static enum err take_texts(struct ctx *c, const struct type_in *in, struct object_type *t)
{
	if (!str_is_null(in->label))
		t->label = str_trim(in->label);
	if (!str_is_null(in->plural_label))
		t->plural_label = str_trim(in->plural_label);
	if (!str_is_null(in->description))
		t->description = in->description;
	if (in->clear_description)
		t->description = STR("");
	TRY(define_check_text(c, STR("labels"), t->label, 1, MAX_LABEL_BYTES));
	TRY(define_check_text(c, STR("labels"), t->plural_label, 1, MAX_LABEL_BYTES));
	TRY(define_check_text(c, STR("description"), t->description, 0, MAX_TYPE_DESCRIPTION_BYTES));
	return check_free(c, t);
}

/* A new type ----------------------------------------------------------------------------------------------------------- */

static enum err put_base_properties(struct ctx *c, int64_t object_type, struct str group)
{
	for (size_t i = 0; i < sizeof(base_properties) / sizeof(base_properties[0]); i++) {
		const struct default_property *d = &base_properties[i];
		struct property p = {
			.object_type = object_type,
			.name = str_c(d->name),
			.label = str_c(d->label),
			.type = str_c(d->type),
			.field_type = str_c(d->field_type),
			.group_name = group,
			.options = STR("[]"),
			.kept_in = str_c(d->kept_in),
			.display_order = (int64_t)i,
			.is_read_only = (d->flags & READ_ONLY) != 0,
		};
		TRY(property_put_built_in(c, &p));
	}
	return OK;
}

/* A group that a property names is made with it: there is no other way to have one before the type is there. */
static enum err put_properties(struct ctx *c, int64_t object_type, const struct type_in *in, struct str group)
{
	for (size_t i = 0; i < in->property_n; i++) {
		struct property made;
		struct property_in p = in->properties[i];
		if (str_is_null(p.group_name))
			p.group_name = group;
		TRY(define_check_name(c, p.group_name));
		TRY(property_group_put(c, object_type, p.group_name, p.group_name, (int64_t)i + 1));
		TRY(define_property(c, object_type, &p, &made));
	}
	return OK;
}

static enum err put_links(struct ctx *c, const struct object_type *t, const struct type_in *in)
{
	struct association_type link;
	struct object_type other;
	for (size_t i = 0; i < sizeof(always_linked) / sizeof(always_linked[0]); i++) {
		TRY(object_type_load(c, always_linked[i], &other));
		TRY(define_link(c, t, &other, STR_NULL, &link));
	}
	for (size_t i = 0; i < in->linked_n; i++) {
		TRY(define_find_type(c, in->linked[i], false, &other));
		enum err e = association_type_default(c, t->id, other.id, &link);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			e = define_link(c, t, &other, STR_NULL, &link);
		}
		TRY(e);
	}
	return OK;
}

static enum err check_type_in(struct ctx *c, const struct type_in *in)
{
	if (str_is_null(in->name))
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1. Some required fields were not set: [name]");
	if (in->property_n > MAX_TYPE_PROPERTIES_IN || in->linked_n > MAX_TYPE_LINKS_IN)
		return fail(c, ERR_TOO_BIG, "A type is made with at most %d properties and %d associations.",
		            MAX_TYPE_PROPERTIES_IN, MAX_TYPE_LINKS_IN);
	return check_type_name(c, in->name);
}

static struct object_type new_type(struct ctx *c, int64_t number, struct str name)
{
	int64_t id = FIRST_CUSTOM_TYPE + number;
	return (struct object_type){
		.id = id,
		.type_id = str_fmt(c->a, "2-%lld", (long long)id),
		.singular = name,
		.plural = str_fmt(c->a, "p1_" STR_FMT, STR_ARG(name)),
		.label = name,
		.plural_label = name,
		.label_property = STR(""),
		.unique_property = STR(""),
		.created_property = STR("hs_createdate"),
		.modified_property = STR("hs_lastmodifieddate"),
		.default_properties = STR(""),
		.required_properties = STR(""),
		.default_pipeline = STR(""),
		.description = STR(""),
		.is_custom = true,
		.created_by = c->who.user_id,
		.updated_by = c->who.user_id,
		.created_at = c->now,
		.updated_at = c->now,
	};
}

enum err desk_type_create(struct ctx *c, const struct type_in *in, struct type_view *out)
{
	int64_t number;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_type_in(c, in));
	TRY(definition_next(c, &number)); /* which is the lock of the definitions too */
	struct object_type t = new_type(c, number, in->name);
	struct str group = str_fmt(c->a, STR_FMT "_information", STR_ARG(str_lower(c->a, in->name)));
	TRY(take_texts(c, in, &t));
	TRY(object_type_save(c, &t));
	TRY(property_group_put(c, t.id, group, str_cat(c->a, t.label, STR(" information")), 0));
	TRY(put_base_properties(c, t.id, group));
	TRY(put_properties(c, t.id, in, group));
	TRY(put_links(c, &t, in));
	TRY(view(c, &t, out));
	TRY(take_lists(c, in, out, &t));
	TRY(object_type_save(c, &t));
	out->row = t;
	return definitions_changed(c);
}

/* Changing and removing ------------------------------------------------------------------------------------------------ */

static enum err begin_change(struct ctx *c, struct str name, bool is_archived, struct object_type *out)
{
	struct object_type found;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(define_find_type(c, name, is_archived, &found));
	if (!found.is_custom)
		return fail(c, ERR_BAD_INPUT, "The type " STR_FMT " is built in and cannot be changed.", STR_ARG(found.plural));
	return object_type_lock(c, found.id, out);
}

enum err desk_type_update(struct ctx *c, struct str name, const struct type_in *in, struct type_view *out)
{
	struct object_type t;
	TRY(begin_change(c, name, false, &t));
	TRY(take_texts(c, in, &t));
	TRY(view(c, &t, out));
	TRY(take_lists(c, in, out, &t));
	t.updated_by = c->who.user_id;
	t.updated_at = c->now;
	TRY(object_type_save(c, &t));
	if (!str_eq(out->row.searchable_properties, t.searchable_properties) ||
	    !str_eq(out->row.label_property, t.label_property))
		TRY(desk_reindex(c));
	out->row = t;
	return definitions_changed(c);
}

static enum err check_empty(struct ctx *c, const struct object_type *t)
{
	struct object *rows;
	size_t n;
	TRY(object_list(c, t->id, false, 0, 1, &rows, &n));
	if (n == 0)
		return OK;
	fail_context(c, STR("objectIds"), str_fmt(c->a, "%lld", (long long)rows[0].id));
	return fail(c, ERR_BAD_INPUT, "The type " STR_FMT " still has objects, as %lld.", STR_ARG(t->plural),
	            (long long)rows[0].id);
}

enum err desk_type_archive(struct ctx *c, struct str name)
{
	struct object_type t;
	enum err e = begin_change(c, name, false, &t);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return define_find_type(c, name, true, &t);
	}
	TRY(e);
	TRY(check_empty(c, &t));
	t.archived_at = t.updated_at = c->now;
	t.updated_by = c->who.user_id;
	TRY(object_type_save(c, &t));
	return definitions_changed(c);
}

enum err desk_type_purge(struct ctx *c, struct str name)
{
	struct object_type t;
	bool has_more;
	TRY(begin_change(c, name, true, &t));
	TRY(desk_purge_type(c, t.id, MAX_PURGED_WITH_TYPE, &has_more));
	if (has_more)
		return fail(c, ERR_BAD_INPUT, "The type " STR_FMT " has more than %d objects in the recycle bin.",
		            STR_ARG(t.plural), MAX_PURGED_WITH_TYPE);
	TRY(object_type_remove(c, t.id));
	return definitions_changed(c);
}
