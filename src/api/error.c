/* The error envelope of the wire API. Failures of the caller carry their own sentence; those of our side carry the default one,
 * and the log has the details under the same correlation id. */

#include "api/call.h"

static bool is_callers(enum err e)
{
	return err_http(e) < 500;
}

/* Faults of properties are told twice on the wire: as JSON inside of the message, and as errors. */
static void property_faults_message(struct ctx *c, struct buf *b)
{
	struct buf inner;
	struct json j;
	buf_init(&inner, c->a, MAX_ANSWER_BYTES);
	json_init(&j, &inner);
	json_array_begin(&j);
	for (const struct field_fault *f = c->why.fields; f != NULL; f = f->next) {
		json_object_begin(&j);
		json_add_bool(&j, "isValid", false);
		json_add_string(&j, "message", f->message);
		json_add_string(&j, "error", f->code);
		json_add_string(&j, "name", f->field);
		json_add_string(&j, "localizedErrorMessage", f->message);
		json_add_int(&j, "portalId", 1);
		json_object_end(&j);
	}
	json_array_end(&j);
	buf_lit(b, "Property values were not valid: ");
	buf_add(b, buf_str(&inner));
}

static struct str message_of(struct ctx *c, enum err e)
{
	struct buf b;
	if (c->why.are_properties && c->why.fields != NULL) {
		buf_init(&b, c->a, MAX_ANSWER_BYTES);
		property_faults_message(c, &b);
		return buf_str(&b);
	}
	if (is_callers(e) && c->why.detail.n > 0)
		return c->why.detail;
	return err_sentence(e);
}

static void write_context(struct ctx *c, struct json *j)
{
	json_key(j, "context");
	json_object_begin(j);
	for (const struct fail_context *first = c->why.context; first != NULL; first = first->next) {
		bool is_done = false;
		for (const struct fail_context *k = c->why.context; k != first; k = k->next)
			is_done = is_done || str_eq(k->key, first->key);
		if (is_done)
			continue;
		json_key_str(j, first->key);
		json_array_begin(j);
		for (const struct fail_context *k = first; k != NULL; k = k->next)
			if (str_eq(k->key, first->key))
				json_str(j, k->value);
		json_array_end(j);
	}
	json_object_end(j);
}

/* The scopes that a token lacks stand in errors, on the wire. */
static void write_missing_scopes(struct ctx *c, struct json *j, enum err e)
{
	json_key(j, "errors");
	json_array_begin(j);
	json_object_begin(j);
	json_add_string(j, "message", message_of(c, e));
	write_context(c, j);
	json_object_end(j);
	json_array_end(j);
}

static void write_faults(struct ctx *c, struct json *j)
{
	json_key(j, "errors");
	json_array_begin(j);
	for (const struct field_fault *f = c->why.fields; f != NULL; f = f->next) {
		json_object_begin(j);
		json_add_string(j, "message", f->message);
		json_add_string(j, "code", f->code);
		json_add_string(j, "in", c->why.are_properties ? STR_NULL : f->field);
		if (c->why.are_properties) {
			json_key(j, "context");
			json_object_begin(j);
			json_key(j, "propertyName");
			json_array_begin(j);
			json_str(j, f->field);
			json_array_end(j);
			json_object_end(j);
		}
		json_object_end(j);
	}
	json_array_end(j);
}

void res_error_entry(struct ctx *c, struct json *j, enum err e)
{
	json_object_begin(j);
	json_add_string(j, "status", STR("error"));
	json_add_string(j, "category", c->why.category.n ? c->why.category : err_category(e));
	json_add_string(j, "subCategory", c->why.sub_category);
	json_add_string(j, "message", message_of(c, e));
	write_context(c, j);
	write_faults(c, j);
	json_key(j, "links");
	json_object_begin(j);
	json_object_end(j);
	json_object_end(j);
}

static struct str retry_after(struct ctx *c, enum err e)
{
	if (c->why.retry_after_s > 0)
		return str_fmt(c->a, "%lld", (long long)c->why.retry_after_s);
	return e == ERR_BUSY ? STR("5") : STR("60");
}

void res_error(struct ctx *c, struct res *r, enum err e)
{
	struct json *j = &r->j;
	struct str category = c->why.category.n ? c->why.category : err_category(e);
	/* a numeric id that nothing has comes without a category on the wire */
	if (e == ERR_NOT_FOUND && c->why.context == NULL)
		category = STR_NULL;
	buf_init(&r->body, c->a, MAX_ANSWER_BYTES);
	json_init(j, &r->body);
	r->status = err_http(e);
	r->content_type = STR("application/json;charset=utf-8");
	r->raw = STR_NULL;
	r->header_n = 0;
	json_object_begin(j);
	json_add_string(j, "status", STR("error"));
	json_add_string(j, "message", message_of(c, e));
	json_add_string(j, "correlationId", c->request_id);
	json_add_string(j, "category", category);
	json_add_string(j, "subCategory", c->why.sub_category);
	if (c->why.policy.n > 0) {
		json_add_string(j, "errorType", STR("RATE_LIMIT"));
		json_add_string(j, "policyName", c->why.policy);
	}
	if (e == ERR_MISSING_SCOPE && c->why.context != NULL)
		write_missing_scopes(c, j, e);
	else if (is_callers(e) && c->why.context != NULL)
		write_context(c, j);
	if (is_callers(e) && c->why.fields != NULL)
		write_faults(c, j);
	json_object_end(j);
	if (e == ERR_TOO_MANY || e == ERR_BUSY)
		res_header(r, STR("Retry-After"), retry_after(c, e));
	if (e == ERR_NOT_SIGNED_IN || e == ERR_EXPIRED)
		res_header(r, STR("WWW-Authenticate"), STR("Bearer"));
}
