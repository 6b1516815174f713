#include "desk/define.h"

#include "base/utf8.h"
#include "desk/can.h"
#include "desk/define_int.h"
#include "desk/definitions.h"
#include "desk/unique.h"
#include "store/unique.h"

enum { MAX_DESCRIPTION_BYTES = 5000 };

/* Which field types show which type. */
static const struct {
	struct str type;
	struct str field_types;
} kinds[] = {
	{STR("string"), STR("text textarea html phonenumber file")},
	{STR("number"), STR("number")},
	{STR("date"), STR("date")},
	{STR("datetime"), STR("date")},
	{STR("enumeration"), STR("select radio checkbox booleancheckbox")},
	{STR("bool"), STR("booleancheckbox")},
	{STR("phone_number"), STR("phonenumber")},
};

enum err define_check_name(struct ctx *c, struct str name)
{
	bool is_name = name.n > 0 && name.n <= MAX_PROPERTY_NAME_BYTES && name.p[0] >= 'a' && name.p[0] <= 'z';
	for (size_t i = 0; is_name && i < name.n; i++) {
		char b = name.p[i];
		is_name = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '_';
	}
	if (is_name)
		return OK;
	return fail_field(
		c, STR("name"), STR("INVALID_NAME"),
		"A name has lower case letters, digits and underscores, begins with a letter, and is not longer than %d.",
		MAX_PROPERTY_NAME_BYTES);
}

enum err define_check_text(struct ctx *c, struct str field, struct str value, size_t min, size_t max)
{
	if (str_trim(value).n >= min && value.n <= max && utf8_is_valid(value) && str_find_byte(value, '\0') < 0)
		return OK;
	return fail_field(c, field, STR("INVALID_LENGTH"), STR_FMT " has %zu to %zu bytes of text.", STR_ARG(field),
	                  min, max);
}

static bool has_word(struct str list, struct str word)
{
	for (struct str rest = list; !str_is_null(rest);)
		if (str_eq(str_cut(&rest, STR(" ")), word))
			return true;
	return false;
}

static enum err check_kind(struct ctx *c, struct str type, struct str field_type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_eq(kinds[i].type, type))
			continue;
		if (has_word(kinds[i].field_types, field_type))
			return OK;
		return fail_field(c, STR("fieldType"), STR("INVALID_OPTION"),
		                  STR_FMT " is not a field type of " STR_FMT "; these are: " STR_FMT,
		                  STR_ARG(str_head(field_type, 100)), STR_ARG(type), STR_ARG(kinds[i].field_types));
	}
	return fail_field(c, STR("type"), STR("INVALID_OPTION"), STR_FMT " is not a type of properties.",
	                  STR_ARG(str_head(type, 100)));
}

static enum err check_group(struct ctx *c, int64_t object_type, struct str name)
{
	struct property_group g;
	enum err e = property_group_load(c, object_type, name, &g);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else if (e != OK)
		return e;
	if (e == OK && g.archived_at == 0)
		return OK;
	return fail_field(c, STR("groupName"), STR("GROUP_DOESNT_EXIST"),
	                  "Property group \"" STR_FMT "\" does not exist.", STR_ARG(str_head(name, 200)));
}

/* Property definitions ---------------------------------------------------------------------------------------------- */

enum err desk_property_list(struct ctx *c, int64_t object_type, bool is_archived, struct property **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return property_list_of(c, object_type, is_archived, out, n_out);
}

static enum err not_there(struct ctx *c, const char *what, struct str name)
{
	fail_clear(c);
	fail_context(c, STR("name"), str_head(name, 200));
	return fail(c, ERR_NOT_FOUND, "%s \"" STR_FMT "\" does not exist", what, STR_ARG(str_head(name, 200)));
}

static enum err load_any(struct ctx *c, int64_t object_type, struct str name, struct property *out)
{
	enum err e = property_load(c, object_type, name, out);
	return e == ERR_NOT_FOUND ? not_there(c, "Property", name) : e;
}

enum err desk_property_load(struct ctx *c, int64_t object_type, struct str name, bool is_archived, struct property *out)
{
	struct property p;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(load_any(c, object_type, name, &p));
	if ((p.archived_at > 0) != is_archived)
		return not_there(c, "Property", name);
	*out = p;
	return OK;
}

/* Puts what the caller says over what the property is. */
static enum err take(struct ctx *c, const struct property_in *in, struct property *p)
{
	if (!str_is_null(in->label))
		p->label = in->label;
	if (!str_is_null(in->description))
		p->description = in->description;
	if (!str_is_null(in->field_type))
		p->field_type = in->field_type;
	if (!str_is_null(in->group_name))
		p->group_name = in->group_name;
	if (in->display_order != NULL)
		p->display_order = *in->display_order;
	if (in->is_hidden != NULL)
		p->is_hidden = *in->is_hidden;
	if (in->is_form_field != NULL)
		p->is_form_field = *in->is_form_field;
	if (in->is_calculated)
		return fail_field(c, STR("calculationFormula"), STR("NOT_SUPPORTED"),
		                  "Calculated properties cannot be made yet.");
	TRY(define_check_text(c, STR("label"), p->label, 1, MAX_LABEL_BYTES));
	TRY(define_check_text(c, STR("description"), p->description, 0, MAX_DESCRIPTION_BYTES));
	if (!str_is_null(in->group_name))
		TRY(check_group(c, p->object_type, p->group_name));
	p->updated_at = c->now;
	return OK;
}

static enum err check_required(struct ctx *c, const struct property_in *in)
{
	const struct {
		const char *name;
		struct str value;
	} wanted[] = {{"groupName", in->group_name}, {"name", in->name}, {"label", in->label}, {"type", in->type},
	              {"fieldType", in->field_type}};
	struct str missing = STR("");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (str_is_null(wanted[i].value))
			missing =
				str_fmt(c->a, STR_FMT "%s%s", STR_ARG(missing), missing.n ? ", " : "", wanted[i].name);
	if (missing.n == 0)
		return OK;
	return fail(c, ERR_BAD_INPUT,
	            "Invalid input JSON on line 1, column 1. Some required fields were not set: [" STR_FMT "]",
	            STR_ARG(missing));
}

/* Values that are one object's alone are short and have one form each. */
static enum err check_unique(struct ctx *c, const struct property_in *in, size_t unique_n)
{
	bool is_text = str_eq(in->type, STR("string")) && str_eq(in->field_type, STR("text"));
	if (!in->is_unique)
		return OK;
	if (!is_text && !str_eq(in->type, STR("number")))
		return fail_field(c, STR("hasUniqueValue"), STR("INVALID_TYPE"),
		                  "Values of a string property with the field type text, or of a number property, can be unique.");
	if (unique_n >= MAX_UNIQUE_PROPERTIES)
		return fail_field(c, STR("hasUniqueValue"), STR("LIMIT_EXCEEDED"),
		                  "A type has at most %d properties with unique values.", MAX_UNIQUE_PROPERTIES);
	return OK;
}

/* Nothing of that name, or one that is archived and may have left values (is_known). */
static enum err check_free(struct ctx *c, const struct property_in *in, int64_t object_type, bool *is_known_out)
{
	struct property before, *rows;
	size_t n, custom_n = 0, unique_n = 0;
	enum err e = property_load(c, object_type, in->name, &before);
	if (e == OK && before.archived_at == 0)
		return fail(c, ERR_CONFLICT, "A property named '" STR_FMT "' already exists.", STR_ARG(in->name));
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	*is_known_out = e == OK;
	TRY(property_list_of(c, object_type, false, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		custom_n += !rows[i].is_built_in;
		unique_n += !rows[i].is_built_in && rows[i].is_unique;
	}
	if (custom_n >= MAX_CUSTOM_PROPERTIES)
		return fail(c, ERR_BAD_INPUT, "There are %d properties of your own already, which is the most.",
		            MAX_CUSTOM_PROPERTIES);
	return check_unique(c, in, unique_n);
}

enum err define_property(struct ctx *c, int64_t object_type, const struct property_in *in, struct property *out)
{
	struct property p = {.object_type = object_type, .name = in->name, .description = STR(""), .display_order = -1,
	                     .kept_in = STR(""), .created_at = c->now};
	bool is_known = false;
	TRY(check_required(c, in));
	TRY(define_check_name(c, in->name));
	if (str_starts(in->name, STR("hs_")))
		return fail_field(c, STR("name"), STR("RESERVED_NAME"),
		                  "Names that begin with hs_ are those of built-in properties.");
	TRY(check_kind(c, in->type, in->field_type));
	p.type = in->type;
	p.is_unique = in->is_unique;
	TRY(take(c, in, &p));
	TRY(define_options(c, &p, in->options, &p.options));
	TRY(check_free(c, in, object_type, &is_known));
	TRY(property_save(c, &p));
	*out = p;
	return is_known && p.is_unique ? unique_backfill(c, &p) : OK;
}

enum err desk_property_create(struct ctx *c, int64_t object_type, const struct property_in *in, struct property *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(define_property(c, object_type, in, out));
	return definitions_changed(c);
}

enum err desk_property_update(struct ctx *c, int64_t object_type, struct str name, const struct property_in *in,
                              struct property *out)
{
	struct property p;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(desk_property_load(c, object_type, name, false, &p));
	bool is_other_type = !str_is_null(in->type) && !str_eq(in->type, p.type);
	bool is_other_field = !str_is_null(in->field_type) && !str_eq(in->field_type, p.field_type);
	if (is_other_type)
		return fail_field(c, STR("type"), STR("READ_ONLY_DEFINITION"),
		                  "The type of a property cannot be changed.");
	if (in->is_unique && !p.is_unique)
		return fail_field(c, STR("hasUniqueValue"), STR("READ_ONLY_DEFINITION"),
		                  "Only a new property can be made one with unique values.");
	if (is_other_field && p.is_built_in)
		return fail_field(c, STR("fieldType"), STR("READ_ONLY_DEFINITION"),
		                  "The field type of a built-in property cannot be changed.");
	if (is_other_field)
		TRY(check_kind(c, p.type, in->field_type));
	TRY(take(c, in, &p));
	if (!str_is_null(in->options) && define_options_are_fixed(&p))
		return fail_field(c, STR("options"), STR("READ_ONLY_OPTIONS"),
		                  "The options of this property cannot be changed.");
	if (!str_is_null(in->options))
		TRY(define_options(c, &p, in->options, &p.options));
	TRY(property_save(c, &p));
	*out = p;
	return definitions_changed(c);
}

/* A type of users says which of its properties are required, shown and searched: those stay. */
static enum err check_unlisted(struct ctx *c, const struct property *p)
{
	struct object_type t;
	TRY(object_type_load(c, p->object_type, &t));
	if (!t.is_custom || (!str_eq(t.label_property, p->name) && !has_word(t.required_properties, p->name) &&
	                     !has_word(t.secondary_properties, p->name) && !has_word(t.searchable_properties, p->name)))
		return OK;
	return fail(c, ERR_BAD_INPUT,
	            "Property \"" STR_FMT "\" is one that the type requires, shows or searches, and cannot be archived.",
	            STR_ARG(p->name));
}

enum err desk_property_archive(struct ctx *c, int64_t object_type, struct str name)
{
	struct property p;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(load_any(c, object_type, name, &p));
	if (p.is_built_in)
		return fail(c, ERR_BAD_INPUT, "Property \"" STR_FMT "\" is built in and cannot be archived.",
		            STR_ARG(name));
	if (p.archived_at > 0)
		return OK;
	TRY(check_unlisted(c, &p));
	if (p.is_unique)
		TRY(unique_remove_property(c, object_type, name));
	p.archived_at = p.updated_at = c->now;
	TRY(property_save(c, &p));
	return definitions_changed(c);
}

/* Groups ------------------------------------------------------------------------------------------------------------ */

enum err desk_group_list(struct ctx *c, int64_t object_type, struct property_group **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return property_group_list(c, object_type, out, n_out);
}

enum err desk_group_load(struct ctx *c, int64_t object_type, struct str name, struct property_group *out)
{
	struct property_group g;
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = property_group_load(c, object_type, name, &g);
	if (e == ERR_NOT_FOUND || (e == OK && g.archived_at > 0))
		return not_there(c, "Property group", name);
	TRY(e);
	*out = g;
	return OK;
}

enum err desk_group_create(struct ctx *c, int64_t object_type, struct str name, struct str label,
                           const int64_t *display_order, struct property_group *out)
{
	struct property_group g = {.object_type = object_type, .name = name, .label = label,
	                           .display_order = display_order ? *display_order : -1}, before;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(define_check_name(c, name));
	TRY(define_check_text(c, STR("label"), label, 1, MAX_LABEL_BYTES));
	TRY(definitions_lock(c));
	enum err e = property_group_load(c, object_type, name, &before);
	if (e == OK && before.archived_at == 0)
		return fail(c, ERR_CONFLICT, "A property group named '" STR_FMT "' already exists.", STR_ARG(name));
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(property_group_save(c, &g));
	*out = g;
	return definitions_changed(c);
}

enum err desk_group_update(struct ctx *c, int64_t object_type, struct str name, struct str label,
                           const int64_t *display_order, struct property_group *out)
{
	struct property_group g;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(desk_group_load(c, object_type, name, &g));
	if (!str_is_null(label))
		g.label = label;
	if (display_order != NULL)
		g.display_order = *display_order;
	TRY(define_check_text(c, STR("label"), g.label, 1, MAX_LABEL_BYTES));
	TRY(property_group_save(c, &g));
	*out = g;
	return definitions_changed(c);
}

enum err desk_group_archive(struct ctx *c, int64_t object_type, struct str name)
{
	struct property_group g;
	struct property *rows;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(desk_group_load(c, object_type, name, &g));
	TRY(property_list_of(c, object_type, false, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].group_name, name))
			return fail(c, ERR_BAD_INPUT,
			            "Property group \"" STR_FMT "\" still has properties, as " STR_FMT ".",
			            STR_ARG(name), STR_ARG(rows[i].name));
	g.archived_at = c->now;
	TRY(property_group_save(c, &g));
	return definitions_changed(c);
}
