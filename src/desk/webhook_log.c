/* The administrator's side of webhooks: what was sent, what came of it, and sending it again. */

#include "base/arena.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/webhook_read.h"
#include "desk/webhook_send.h"
#include "store/webhook.h"

enum err desk_webhook_deliveries(struct ctx *c, const struct webhook_find *find, struct webhook_delivery **out, size_t *n_out)
{
	static const struct str states[] = {STR("WAITING"), STR("SENT"), STR("PUT_ASIDE")};
	bool is_state = str_is_null(find->state);
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		is_state = is_state || str_eq(find->state, states[i]);
	if (!is_state)
		return fail_field(c, STR("state"), STR("INVALID_OPTION"), "The state is one of: WAITING, SENT, PUT_ASIDE.");
	return webhook_delivery_list(c, find, out, n_out);
}

enum err desk_webhook_delivery(struct ctx *c, int64_t id, struct webhook_delivery *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return webhook_delivery_load(c, id, out);
}

enum err desk_webhook_attempts(struct ctx *c, const struct webhook_delivery *deliveries, size_t n, struct webhook_attempt **out,
                               size_t *n_out)
{
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	for (size_t i = 0; i < n; i++)
		ids[i] = deliveries[i].batch_id;
	return webhook_attempt_list(c, ids, n, out, n_out);
}

enum err desk_webhook_replay(struct ctx *c, int64_t id, struct webhook_delivery *out)
{
	struct connected_app app;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(webhook_queue_lock(c));
	TRY(webhook_delivery_load(c, id, out));
	if (str_eq(out->state, STR("WAITING")))
		return fail(c, ERR_CONFLICT, "It waits to be sent already.");
	enum err e = connected_app_load(c, out->app_id, &app);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_CONFLICT, "The app is not connected any more.");
	}
	TRY(e);
	TRY(webhook_delivery_replay(c, id));
	return webhook_delivery_load(c, id, out);
}

static const struct field health_fields[] = {
	FIELD(struct webhook_health, app_id, F_ID),
	FIELD(struct webhook_health, app_name, F_STR),
	FIELD(struct webhook_health, target_url, F_STR),
	FIELD(struct webhook_health, is_failing, F_BOOL),
	FIELD(struct webhook_health, failing_since, F_TIME, .flags = F_NULL),
	FIELD(struct webhook_health, last_error, F_STR, .flags = F_NULL),
	FIELD(struct webhook_health, last_good_at, F_TIME, .flags = F_NULL),
	FIELD(struct webhook_health, waiting_n, F_INT, .json = "waiting"),
};
const struct shape webhook_health_shape = SHAPE("WebhookTarget", struct webhook_health, health_fields);

static struct str name_of(const struct connected_app *apps, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (apps[i].id == id)
			return apps[i].name;
	return STR("");
}

enum err desk_webhook_health(struct ctx *c, struct webhook_health **out, size_t *n_out)
{
	struct connected_app *apps;
	struct webhook_target *targets;
	size_t app_n, n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(connected_app_list(c, MAX_APPS, &apps, &app_n));
	TRY(webhook_target_list(c, MAX_APPS, &targets, &n));
	struct webhook_health *list = NEW_ARRAY(c->a, n, struct webhook_health);
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct webhook_health){
			.app_id = targets[i].app_id,
			.app_name = name_of(apps, app_n, targets[i].app_id),
			.target_url = targets[i].target_url,
			.is_failing = targets[i].failing_since > 0,
			.failing_since = targets[i].failing_since,
			.last_error = targets[i].last_error,
			.last_good_at = targets[i].last_good_at,
		};
		TRY(webhook_delivery_count(c, targets[i].app_id, MAX_WAITING_DELIVERIES, &list[i].waiting_n));
	}
	*out = list;
	*n_out = n;
	return OK;
}

enum err desk_webhook_failing(struct ctx *c, int64_t *n_out)
{
	struct webhook_target *targets;
	size_t n;
	TRY(webhook_target_list(c, MAX_APPS, &targets, &n));
	*n_out = 0;
	for (size_t i = 0; i < n; i++)
		*n_out += targets[i].failing_since > 0;
	return OK;
}
