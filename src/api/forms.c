/* The form with which people create tickets. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "desk/form.h"
#include "text/json_read.h"

static enum err give(struct res *r, const struct form *form)
{
	json_object_begin(&r->j);
	json_key(&r->j, "fields");
	json_array_begin(&r->j);
	for (size_t i = 0; i < form->n; i++) {
		json_object_begin(&r->j);
		json_add_string(&r->j, "name", form->fields[i].name);
		json_add_bool(&r->j, "isRequired", form->fields[i].is_required);
		json_add_bool(&r->j, "isFixed", form->fields[i].is_fixed);
		json_object_end(&r->j);
	}
	json_array_end(&r->j);
	json_add_bool(&r->j, "mayEdit", form->may_edit);
	json_object_end(&r->j);
	return OK;
}

enum err api_create_form_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct form form;
	(void)q;
	TRY(desk_create_form(c, &form));
	return give(r, &form);
}

static enum err read_fields(struct ctx *c, const json_t *body, struct form_field **out, size_t *n_out)
{
	const json_t *list = json_object_get(body, "fields");
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > MAX_FORM_FIELDS)
		return fail_field(c, STR("fields"), STR("INVALID_TYPE"), "fields is a list of at most %d fields.", MAX_FORM_FIELDS);
	struct form_field *fields = NEW_ARRAY(c->a, n, struct form_field);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		const json_t *required = json_object_get(entry, "isRequired");
		fields[i] = (struct form_field){.name = json_get_str(entry, "name"), .is_required = json_is_true(required)};
		if (str_is_null(fields[i].name) || (required != NULL && !json_is_boolean(required)))
			return fail_field(c, STR("fields"), STR("INVALID_TYPE"), "A field has a name, and isRequired is true or false.");
	}
	*out = fields;
	*n_out = n;
	return OK;
}

enum err api_create_form_replace(struct ctx *c, const struct req *q, struct res *r)
{
	struct form_field *fields = NULL;
	struct form form;
	size_t n = 0;
	TRY(body_need_object(c, q->json));
	TRY(read_fields(c, q->json, &fields, &n));
	TRY(desk_create_form_set(c, fields, n, &form));
	return give(r, &form);
}
