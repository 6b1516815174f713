/* What webhooks sent and what came of it, for administrators. */

#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/webhook_send.h"
#include "text/json.h"

enum { DEFAULT_ROWS = 50, MAX_ROWS_OUT = MAX_ATTEMPT_BATCHES };

static void write_attempt(struct json *j, const struct webhook_attempt *a)
{
	json_object_begin(j);
	json_add_time(j, "at", a->at);
	json_add_int(j, "attemptNumber", a->number);
	json_add_int(j, "durationMs", a->duration_ms);
	if (a->status != 0)
		json_add_int(j, "status", a->status);
	json_add_string(j, "error", a->error);
	json_add_string(j, "answer", a->answer);
	json_object_end(j);
}

static void write_delivery(struct json *j, const struct webhook_delivery *d, const struct webhook_attempt *attempts, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "id", d->id);
	json_add_id(j, "appId", d->app_id);
	json_add_id(j, "subscriptionId", d->subscription_id);
	json_add_id(j, "eventId", d->event_id);
	json_add_string(j, "eventType", d->event_type);
	json_add_id(j, "objectId", d->object_id);
	json_add_string(j, "state", d->state);
	json_add_string(j, "why", d->why);
	json_add_time(j, "createdAt", d->created_at);
	json_add_time(j, "settledAt", d->settled_at);
	json_add_raw(j, "event", d->body);
	json_key(j, "attempts");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		if (d->batch_id != 0 && attempts[i].batch_id == d->batch_id)
			write_attempt(j, &attempts[i]);
	json_array_end(j);
	json_object_end(j);
}

/* An id of the query; 0: it is not there. */
static enum err query_id(struct ctx *c, const struct req *q, const char *name, int64_t *out)
{
	struct str value = req_query(c, q, name);
	*out = 0;
	if (value.n > 0 && !num_parse_id(value, out))
		return fail_field(c, str_c(name), STR("INVALID_INTEGER"), "%s is an id.", name);
	return OK;
}

enum err api_webhook_deliveries_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_delivery *list;
	struct webhook_attempt *attempts;
	struct webhook_find find = {.state = req_query(c, q, "state")};
	size_t n, attempt_n;
	TRY(query_id(c, q, "appId", &find.app_id));
	TRY(query_id(c, q, "subscriptionId", &find.subscription_id));
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &find.limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &find.before));
	if (find.state.n == 0)
		find.state = STR_NULL;
	TRY(desk_webhook_deliveries(c, &find, &list, &n));
	TRY(desk_webhook_attempts(c, list, n, &attempts, &attempt_n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_delivery(&r->j, &list[i], attempts, attempt_n);
	bool has_more = (int64_t)n == find.limit;
	res_list_end(r, "before", has_more ? str_fmt(c->a, "%lld", (long long)list[n - 1].id) : STR_NULL);
	return OK;
}

static enum err give(struct ctx *c, struct res *r, const struct webhook_delivery *d)
{
	struct webhook_attempt *attempts;
	size_t n;
	TRY(desk_webhook_attempts(c, d, 1, &attempts, &n));
	write_delivery(&r->j, d, attempts, n);
	return OK;
}

enum err api_webhook_deliveries_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_delivery d;
	int64_t id;
	TRY(req_id(c, q, "deliveryId", &id));
	TRY(desk_webhook_delivery(c, id, &d));
	return give(c, r, &d);
}

enum err api_webhook_deliveries_replay(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_delivery d;
	int64_t id;
	TRY(req_id(c, q, "deliveryId", &id));
	TRY(desk_webhook_replay(c, id, &d));
	return give(c, r, &d);
}

enum err api_webhook_targets_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct webhook_health *list;
	size_t n;
	(void)q;
	TRY(desk_webhook_health(c, &list, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		json_row(&r->j, &webhook_health_shape, &list[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}
