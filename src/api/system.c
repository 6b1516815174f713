/* Health, the description of the API, and the live stream's row in the table. */

#include "api/call.h"
#include "api/handlers.h"
#include "base/check.h"
#include "desk/env.h"
#include "desk/mail.h"
#include "desk/webhook_send.h"

enum err api_health(struct ctx *c, const struct req *q, struct res *r)
{
	struct mail_health h;
	int64_t failing;
	struct json *j = &r->j;
	TRY(desk_mail_health(c, &h));
	TRY(desk_webhook_failing(c, &failing));
	json_object_begin(j);
	json_add_string(j, "status", STR("ok"));
	json_add_string(j, "version", c->env->version);
	json_add_string(j, "database", q->config->database);
	json_add_int(j, "queueDepth", h.jobs_waiting);
	json_add_int(j, "jobsPutAside", h.jobs_put_aside);
	json_add_int(j, "writesWaiting", q->config->queue_depth(q->config->self));
	json_add_int(j, "quarantined", h.quarantined);
	json_add_int(j, "webhooksFailing", failing);
	json_key(j, "outbox");
	json_object_begin(j);
	json_add_int(j, "waiting", h.outbox_waiting);
	json_add_int(j, "queued", h.outbox_queued);
	json_add_int(j, "failed", h.outbox_failed);
	json_object_end(j);
	json_key(j, "mailboxes");
	json_array_begin(j);
	for (size_t i = 0; i < h.mailbox_n; i++) {
		json_object_begin(j);
		json_add_string(j, "address", h.accounts[i].address);
		json_add_string(j, "state", h.mailboxes[i].state);
		json_add_time(j, "lastSyncAt", h.mailboxes[i].last_sync_at);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
	return OK;
}

enum err api_openapi(struct ctx *c, const struct req *q, struct res *r)
{
	(void)q;
	return api_print_openapi(c, &r->raw);
}

enum err api_stream(struct ctx *c, const struct req *q, struct res *r)
{
	/* the dispatcher turns the call into a stream and never comes here */
	(void)c;
	(void)q;
	(void)r;
	check(!"streams are not run");
	return OK;
}
