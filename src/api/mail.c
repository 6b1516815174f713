/* The administrator's side of mail: outbox, relay, mailboxes, quarantine. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "desk/conversation.h"
#include "desk/mail.h"

enum { DEFAULT_ROWS = 100, MAX_ROWS_OUT = 500 };

enum err api_outbox_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct outbox *rows;
	struct relay relay;
	struct mail_health health;
	struct str state = req_query(c, q, "state");
	int64_t limit, before;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_outbox_list(c, state.n ? state : STR_NULL, before, limit, &rows, &n));
	TRY(desk_relay(c, &relay));
	TRY(desk_mail_health(c, &health));
	json_object_begin(&r->j);
	json_key(&r->j, "relay");
	json_object_begin(&r->j);
	json_add_string(&r->j, "url", relay.url.n ? relay.url : STR_NULL);
	json_add_bool(&r->j, "isConfigured", relay.is_configured);
	json_object_end(&r->j);
	json_add_int(&r->j, "waiting", health.outbox_waiting);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++)
		json_row(&r->j, &outbox_shape, &rows[i]);
	json_array_end(&r->j);
	json_object_end(&r->j);
	return OK;
}

enum err api_outbox_retry(struct ctx *c, const struct req *q, struct res *r)
{
	struct outbox row;
	int64_t id;
	TRY(req_id(c, q, "outboxId", &id));
	TRY(desk_outbox_retry(c, id, &row));
	return res_give(r, &outbox_shape, &row);
}

static enum err view_of(struct ctx *c, const struct mailbox *m, struct mailbox_view *out)
{
	struct channel_account account;
	TRY(desk_channel_account(c, m->channel_account_id, &account));
	*out = (struct mailbox_view){
		.id = m->id,
		.inbox_id = account.inbox_id,
		.address = account.address,
		.host = m->host,
		.port = m->port,
		.security = m->security,
		.username = m->username,
		.folder = m->folder,
		.ca_file = m->ca_file,
		.is_active = m->is_active,
		.state = m->state,
		.last_error = m->last_error,
		.last_sync_at = m->last_sync_at,
	};
	return OK;
}

enum err api_mailboxes_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct mailbox *mailboxes;
	size_t n;
	(void)q;
	TRY(desk_mailbox_list(c, &mailboxes, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		struct mailbox_view view;
		TRY(view_of(c, &mailboxes[i], &view));
		json_row(&r->j, &mailbox_view_shape, &view);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static enum err give_mailbox(struct ctx *c, struct res *r, const struct mailbox *m)
{
	struct mailbox_view view;
	TRY(view_of(c, m, &view));
	return res_give(r, &mailbox_view_shape, &view);
}

static bool has_member(const struct req *q, const char *name)
{
	return json_object_get(q->json, name) != NULL;
}

enum err api_mailboxes_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct mailbox_body *b = IN(q, struct mailbox_body);
	struct mailbox m;
	const struct mailbox_in in = {
		.inbox_id = b->inbox_id,
		.host = b->host,
		.port = b->port ? b->port : 993,
		.security = b->security.n ? b->security : STR("tls"),
		.username = b->username,
		.password = b->password,
		.folder = b->folder.n ? b->folder : STR("INBOX"),
		.ca_file = b->ca_file,
		.is_active = !has_member(q, "isActive") || b->is_active,
	};
	TRY(desk_mailbox_create(c, &in, &m));
	return give_mailbox(c, r, &m);
}

enum err api_mailboxes_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct mailbox_body *b = IN(q, struct mailbox_body);
	struct mailbox m;
	int64_t id;
	TRY(req_id(c, q, "mailboxId", &id));
	TRY(desk_mailbox_load(c, id, &m));
	const struct mailbox_in in = {
		.host = b->host.n ? b->host : m.host,
		.port = b->port ? b->port : m.port,
		.security = b->security.n ? b->security : m.security,
		.username = b->username.n ? b->username : m.username,
		.password = b->password.n ? b->password : STR_NULL,
		.folder = b->folder.n ? b->folder : m.folder,
		.ca_file = has_member(q, "caFile") ? b->ca_file : m.ca_file,
		.is_active = has_member(q, "isActive") ? b->is_active : m.is_active,
	};
	TRY(desk_mailbox_update(c, id, &in, &m));
	return give_mailbox(c, r, &m);
}

enum err api_mailboxes_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "mailboxId", &id));
	TRY(desk_mailbox_remove(c, id));
	return res_nothing(r);
}

enum err api_relay_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct relay relay;
	(void)q;
	TRY(desk_relay(c, &relay));
	const struct relay_view view = {relay.url.n ? relay.url : STR_NULL,
	                                relay.username.n ? relay.username : STR_NULL, relay.is_configured,
	                                relay.from_command_line};
	return res_give(r, &relay_view_shape, &view);
}

enum err api_relay_set(struct ctx *c, const struct req *q, struct res *r)
{
	const struct relay_body *b = IN(q, struct relay_body);
	TRY(desk_relay_set(
		c, &(struct relay_in){.url = str_trim(b->url), .username = b->username, .password = b->password}));
	return api_relay_read(c, q, r);
}

static enum err give_source(struct res *r, const struct mail_source *s)
{
	const struct quarantine_view view = {
		.id = s->id,
		.received_at = s->received_at,
		.channel = s->channel,
		.address = s->address,
		.size_bytes = s->size_bytes,
		.state = s->state,
		.reason = s->decision,
		.subject = s->subject,
		.sender = s->sender,
	};
	return res_give(r, &quarantine_view_shape, &view);
}

enum err api_quarantine_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct mail_source *rows;
	int64_t limit, before;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_quarantine_list(c, before, limit, &rows, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(give_source(r, &rows[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_quarantine_retry(struct ctx *c, const struct req *q, struct res *r)
{
	struct mail_source s;
	int64_t id;
	TRY(req_id(c, q, "sourceId", &id));
	TRY(desk_quarantine_retry(c, id, &s));
	return give_source(r, &s);
}

enum err api_quarantine_source(struct ctx *c, const struct req *q, struct res *r)
{
	struct mail_source s;
	int64_t id;
	TRY(req_id(c, q, "sourceId", &id));
	TRY(desk_source_load(c, id, &s));
	TRY(desk_source_bytes(c, &s, &r->raw));
	r->content_type = STR("message/rfc822");
	res_header(r, STR("Content-Disposition"),
	           str_fmt(c->a, "attachment; filename=\"mail-%lld.eml\"", (long long)id));
	res_header(r, STR("X-Content-Type-Options"), STR("nosniff"));
	return OK;
}
