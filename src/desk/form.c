/* The form is kept as one setting: [{"name": …, "isRequired": …}, …]. */

#include "desk/form.h"

#include "base/arena.h"
#include "base/buf.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/schema.h"
#include "desk/setting.h"
#include "store/setting.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_FORM_BYTES = 32 << 10 };

static const struct str fixed_names[] = {STR("subject"), STR("hs_pipeline"), STR("hs_pipeline_stage")};
enum { FIXED = sizeof(fixed_names) / sizeof(fixed_names[0]) };

static bool is_fixed(struct str name)
{
	for (size_t i = 0; i < FIXED; i++)
		if (str_eq(name, fixed_names[i]))
			return true;
	return false;
}

static bool has(const struct form_field *fields, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(fields[i].name, name))
			return true;
	return false;
}

/* NULL: tickets have none of this name that people fill in. */
static const struct property_def *fillable(struct ctx *c, struct str name)
{
	const struct property_def *def = schema_property(schema_type_by_id(c, TYPE_TICKET), name);
	return def == NULL || def->row.is_read_only || def->row.is_calculated || def->row.is_hidden ? NULL : def;
}

static void add(struct form *form, struct str name, bool is_required)
{
	form->fields[form->n++] = (struct form_field){name, is_required || is_fixed(name), is_fixed(name)};
}

static enum err read_form(struct ctx *c, struct str kept, struct form *out)
{
	json_t *list;
	TRY(json_parse(c, kept, &list));
	for (size_t i = 0; i < json_array_size(list) && out->n < MAX_FORM_FIELDS; i++) {
		const json_t *entry = json_array_get(list, i);
		struct str name = json_get_str(entry, "name");
		if (fillable(c, name) != NULL)
			add(out, name, json_get_bool(entry, "isRequired", false));
	}
	return OK;
}

enum err desk_create_form(struct ctx *c, struct form *out)
{
	struct str kept;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(setting_load(c, SETTING_CREATE_FORM, &kept));
	struct form form = {
		.fields = NEW_ARRAY(c->a, MAX_FORM_FIELDS + FIXED, struct form_field),
		.may_edit = desk_may(c, CAN_ADMINISTER, NULL),
	};
	if (!str_is_null(kept))
		TRY(read_form(c, kept, &form));
	for (size_t i = 0; i < FIXED; i++)
		if (!has(form.fields, form.n, fixed_names[i]))
			add(&form, fixed_names[i], true);
	*out = form;
	return OK;
}

static enum err check_fields(struct ctx *c, const struct form_field *fields, size_t n)
{
	if (n > MAX_FORM_FIELDS)
		return fail_field(c, STR("fields"), STR("TOO_MANY"), "The form has at most %d fields.", MAX_FORM_FIELDS);
	for (size_t i = 0; i < n; i++) {
		struct str name = fields[i].name;
		if (fillable(c, name) == NULL)
			return fail_field(c, name, STR("PROPERTY_DOESNT_EXIST"), "Tickets have no property \"" STR_FMT "\" to fill in.", STR_ARG(name));
		if (has(fields, i, name))
			return fail_field(c, name, STR("DUPLICATE"), "\"" STR_FMT "\" is on the form twice.", STR_ARG(name));
		if (is_fixed(name) && !fields[i].is_required)
			return fail_field(c, name, STR("REQUIRED_FIELD"), "\"" STR_FMT "\" is always required.", STR_ARG(name));
	}
	for (size_t i = 0; i < FIXED; i++)
		if (!has(fields, n, fixed_names[i]))
			return fail_field(c, fixed_names[i], STR("REQUIRED_FIELD"), "\"" STR_FMT "\" cannot leave the form.", STR_ARG(fixed_names[i]));
	return OK;
}

static struct str form_json(struct ctx *c, const struct form_field *fields, size_t n)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_FORM_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&j);
		json_add_string(&j, "name", fields[i].name);
		json_add_bool(&j, "isRequired", fields[i].is_required);
		json_object_end(&j);
	}
	json_array_end(&j);
	return buf_str(&b);
}

enum err desk_create_form_set(struct ctx *c, const struct form_field *fields, size_t n, struct form *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_fields(c, fields, n));
	TRY(setting_put(c, SETTING_CREATE_FORM, form_json(c, fields, n)));
	TRY(bus_emit(c, EV_ACCOUNT_CHANGED, &(struct event_about){0}));
	return desk_create_form(c, out);
}
