/* Webhooks as the wire knows them: an app's target is its settings. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "desk/webhook.h"
#include "text/json_read.h"

enum { MAX_BATCH = 100 };

static enum err missing(struct ctx *c, const char *name)
{
	return fail_field(c, str_c(name), STR("REQUIRED_FIELD"),
	                  "Invalid input JSON on line 1, column 1. Some required fields were not set: [%s]", name);
}

/* Settings ---------------------------------------------------------------------------------------------------------- */

static void write_target(struct json *j, const struct webhook_target *t)
{
	json_object_begin(j);
	json_add_string(j, "targetUrl", t->target_url);
	json_key(j, "throttling");
	json_object_begin(j);
	json_add_int(j, "maxConcurrentRequests", t->max_concurrent);
	json_object_end(j);
	json_add_time(j, "createdAt", t->created_at);
	json_add_time(j, "updatedAt", t->updated_at);
	json_object_end(j);
}

enum err api_webhook_settings_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_target t;
	int64_t app_id;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(desk_webhook_target(c, app_id, &t));
	write_target(&r->j, &t);
	return OK;
}

static enum err read_target(struct ctx *c, const json_t *body, struct webhook_target_in *out)
{
	TRY(body_need_object(c, body));
	const json_t *most = json_object_get(json_get_object(body, "throttling"), "maxConcurrentRequests");
	*out = (struct webhook_target_in){.target_url = json_get_str(body, "targetUrl"), .max_concurrent = DEFAULT_CONCURRENT};
	if (out->target_url.n == 0)
		return missing(c, "targetUrl");
	if (most != NULL)
		out->max_concurrent = json_is_integer(most) ? json_integer_value(most) : 0;
	return OK;
}

enum err api_webhook_settings_set(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_target_in in;
	struct webhook_target t;
	int64_t app_id;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(read_target(c, q->json, &in));
	TRY(desk_webhook_target_set(c, app_id, &in, &t));
	write_target(&r->j, &t);
	return OK;
}

enum err api_webhook_settings_clear(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t app_id;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(desk_webhook_target_clear(c, app_id));
	return res_nothing(r);
}

/* Subscriptions ----------------------------------------------------------------------------------------------------- */

static void write_subscription(struct json *j, const struct webhook_subscription *s)
{
	json_object_begin(j);
	json_add_id(j, "id", s->id);
	json_add_string(j, "eventType", s->event_type);
	json_add_string(j, "objectTypeId", s->object_type_id);
	json_add_string(j, "propertyName", s->property_name);
	json_add_bool(j, "active", s->is_active);
	json_add_time(j, "createdAt", s->created_at);
	json_add_time(j, "updatedAt", s->updated_at);
	json_object_end(j);
}

static enum err ids(struct ctx *c, const struct req *q, int64_t *app_id, int64_t *id)
{
	TRY(req_id(c, q, "appId", app_id));
	return req_id(c, q, "subscriptionId", id);
}

enum err api_webhook_subscriptions_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_subscription *list;
	int64_t app_id;
	size_t n;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(desk_webhook_subscriptions(c, app_id, &list, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_subscription(&r->j, &list[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static enum err read_active(struct ctx *c, const json_t *body, bool is_needed, bool *out)
{
	const json_t *active = json_object_get(body, "active");
	if (json_is_boolean(active))
		*out = json_is_true(active);
	else if (active != NULL && !json_is_null(active))
		return fail_field(c, STR("active"), STR("INVALID_BOOLEAN"), "active is true or false.");
	else if (is_needed)
		return missing(c, "active");
	return OK;
}

enum err api_webhook_subscriptions_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_subscription s;
	int64_t app_id;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(body_need_object(c, q->json));
	struct webhook_subscription_in in = {
		.event_type = json_get_str(q->json, "eventType"),
		.object_type_id = json_get_str(q->json, "objectTypeId"),
		.property_name = json_get_str(q->json, "propertyName"),
	};
	if (in.event_type.n == 0)
		return missing(c, "eventType");
	TRY(read_active(c, q->json, false, &in.is_active));
	TRY(desk_webhook_subscribe(c, app_id, &in, &s));
	write_subscription(&r->j, &s);
	return OK;
}

enum err api_webhook_subscriptions_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_subscription s;
	int64_t app_id, id;
	TRY(ids(c, q, &app_id, &id));
	TRY(desk_webhook_subscription(c, app_id, id, &s));
	write_subscription(&r->j, &s);
	return OK;
}

enum err api_webhook_subscriptions_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_subscription s;
	int64_t app_id, id;
	TRY(ids(c, q, &app_id, &id));
	TRY(body_need_object(c, q->json));
	TRY(desk_webhook_subscription(c, app_id, id, &s));
	bool is_active = s.is_active;
	TRY(read_active(c, q->json, false, &is_active));
	TRY(desk_webhook_switch(c, app_id, id, is_active, &s));
	write_subscription(&r->j, &s);
	return OK;
}

enum err api_webhook_subscriptions_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t app_id, id;
	TRY(ids(c, q, &app_id, &id));
	TRY(desk_webhook_unsubscribe(c, app_id, id));
	return res_nothing(r);
}

/* What becomes of the inputs of a batch: results at once, failures at the end. */
struct switched {
	struct failure failed[MAX_BATCH];
	size_t failed_n;
};

static enum err switch_one(struct ctx *c, int64_t app_id, const json_t *input, struct json *j)
{
	struct webhook_subscription s;
	int64_t id = json_get_id(input, "id");
	bool is_active = false;
	if (id == 0)
		return missing(c, "id");
	TRY(read_active(c, input, true, &is_active));
	enum err e = desk_webhook_switch(c, app_id, id, is_active, &s);
	if (e == ERR_NOT_FOUND)
		fail_context(c, STR("ids"), str_fmt(c->a, "%lld", (long long)id));
	TRY(e);
	write_subscription(j, &s);
	return OK;
}

static enum err switch_all(struct ctx *c, int64_t app_id, const json_t *inputs, struct switched *s, struct json *j)
{
	for (size_t i = 0; i < json_array_size(inputs); i++) {
		enum err e = switch_one(c, app_id, json_array_get(inputs, i), j);
		if (e != OK && err_http(e) >= 500)
			return e;
		if (e != OK)
			s->failed[s->failed_n++] = batch_failure(c, e);
	}
	return OK;
}

enum err api_webhook_subscriptions_batch(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_subscription *list;
	struct switched s = {0};
	int64_t app_id;
	size_t n;
	const json_t *inputs;
	TRY(req_id(c, q, "appId", &app_id));
	TRY(desk_webhook_subscriptions(c, app_id, &list, &n)); /* is it there, and may he? */
	TRY(batch_inputs(c, q, MAX_BATCH, &inputs, &n));
	res_list_begin(r);
	TRY(switch_all(c, app_id, inputs, &s, &r->j));
	res_batch_end(c, r, s.failed, s.failed_n, 207);
	return OK;
}
