#include "desk/held_reply.h"

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "desk/reply_int.h"
#include "text/json.h"
#include "text/json_props.h"
#include "text/json_read.h"

enum { MAX_PROPERTIES_BYTES = 1 << 20, MAX_PROBLEM_BYTES = 500 };

static enum err announce(struct ctx *c, const struct held_reply *h)
{
	return bus_emit(c, EV_HELD_CHANGED, &(struct event_about){.about_id = h->id, .ticket_id = h->ticket_id});
}

/* Holding ----------------------------------------------------------------------------------------------------------- */

static struct str props_json(struct ctx *c, const struct reply_in *in)
{
	struct buf b;
	struct json j;
	if (in->prop_n == 0)
		return STR_NULL;
	buf_init(&b, c->a, MAX_PROPERTIES_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (size_t i = 0; i < in->prop_n; i++) {
		json_key_str(&j, in->props[i].name);
		json_str(&j, in->props[i].value.n ? in->props[i].value : STR(""));
	}
	json_object_end(&j);
	return buf_str(&b);
}

static enum err check_send_at(struct ctx *c, int64_t send_at)
{
	if (send_at <= c->now || send_at > c->now + DAYS(MAX_SCHEDULE_DAYS))
		return fail_field(c, STR("sendAt"), STR("INVALID_DATE"), "A reply can be scheduled from now on, for at most %d days.",
		                  MAX_SCHEDULE_DAYS);
	return OK;
}

static enum err time_of(struct ctx *c, const struct hold_in *in, int64_t *out)
{
	*out = in->send_at;
	if (in->send_at != 0)
		return check_send_at(c, in->send_at);
	if (in->undo_seconds < 1 || in->undo_seconds > MAX_UNDO_SECONDS)
		return fail_field(c, STR("undoSeconds"), STR("INVALID_INTEGER"), "undoSeconds is from 1 to %d, or sendAt is given.",
		                  MAX_UNDO_SECONDS);
	*out = c->now + SECONDS(in->undo_seconds);
	return OK;
}

static enum err check_room(struct ctx *c, int64_t ticket_id)
{
	struct held_reply *all;
	size_t n;
	TRY(held_reply_list(c, ticket_id, &all, &n));
	if (n >= MAX_HELD_OF_TICKET)
		return fail(c, ERR_BAD_INPUT, "At most %d replies of a ticket wait.", MAX_HELD_OF_TICKET);
	return OK;
}

enum err desk_reply_hold(struct ctx *c, const struct hold_in *in, struct held_reply *out)
{
	const struct reply_in *reply = &in->reply;
	struct reply_checked checked;
	struct held_reply h = {
		.ticket_id = reply->ticket_id,
		.user_id = c->who.user_id,
		.state = in->send_at ? STR("SCHEDULED") : STR("HELD"),
		.subject = str_trim(reply->subject).n ? reply->subject : STR_NULL,
		.channel_account_id = reply->channel_account_id,
		.thread_id = reply->thread_id,
		.in_reply_to_id = reply->in_reply_to_id,
		.is_forward = reply->is_forward,
		.stage_id = reply->stage_id.n ? reply->stage_id : STR_NULL,
		.properties = props_json(c, reply),
		.attachments = in->attachments,
		.draft = in->draft,
		.created_at = c->now,
		.updated_at = c->now,
	};
	TRY(reply_check(c, reply, &checked));
	TRY(time_of(c, in, &h.send_at));
	TRY(check_room(c, h.ticket_id));
	h.text = checked.text;
	h.html = checked.html;
	h.recipients = checked.recipients;
	TRY(held_reply_save(c, &h));
	TRY(job_add(c, &job_held_reply, h.id, STR_NULL, h.send_at));
	TRY(reply_draft_sent(c, h.ticket_id, STR("reply")));
	*out = h;
	return announce(c, &h);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

enum err desk_held_list(struct ctx *c, int64_t ticket_id, struct held_reply **out, size_t *n_out)
{
	struct object ticket;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	return held_reply_list(c, ticket.id, out, n_out);
}

bool held_may_change(const struct ctx *c, const struct held_reply *h)
{
	return c->who.user_id == h->user_id || !str_eq(h->state, STR("HELD"));
}

/* Locked, so that of those who send it and those who take it back only the first finds it. */
static enum err load_to_change(struct ctx *c, int64_t id, struct held_reply *out)
{
	struct object ticket;
	TRY(held_reply_load(c, id, out));
	TRY(object_lock(c, out->ticket_id));
	TRY(held_reply_load(c, id, out));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), out->ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_REPLY, &ticket));
	if (!held_may_change(c, out))
		return fail(c, ERR_NOT_ALLOWED, "Only who wrote it can undo a reply that is being sent.");
	return OK;
}

/* Sending ----------------------------------------------------------------------------------------------------------- */

/* As the one who wrote it: his name is on the mail, and what he may do counts. */
static enum err actor_of_writer(struct ctx *c, int64_t user_id, struct actor *out)
{
	enum err e = desk_actor_of_user(c, user_id, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail(c, ERR_NOT_ALLOWED, "Who wrote this reply is not active any more.");
}

static enum err read_file_ids(struct ctx *c, struct str json, struct reply_in *in)
{
	json_t *list;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &list));
	int64_t *ids = NEW_ARRAY(c->a, json_array_size(list), int64_t);
	struct str *content_ids = NEW_ARRAY(c->a, json_array_size(list), struct str);
	for (size_t i = 0; i < json_array_size(list); i++) {
		content_ids[in->file_n] = json_get_str(json_array_get(list, i), "contentId");
		ids[in->file_n++] = json_get_id(json_array_get(list, i), "fileId");
	}
	in->file_ids = ids;
	in->content_ids = content_ids;
	return OK;
}

static void read_props(struct ctx *c, struct str json, struct reply_in *in)
{
	struct str name, value;
	size_t room = 0;
	if (str_is_null(json))
		return;
	for (struct props_walk walk = props_walk(json); props_next(&walk, c->a, &name, &value);)
		room++;
	struct prop *props = NEW_ARRAY(c->a, room, struct prop);
	for (struct props_walk walk = props_walk(json); props_next(&walk, c->a, &name, &value);)
		props[in->prop_n++] = (struct prop){name, value};
	in->props = props;
}

static enum err read_recipients(struct ctx *c, struct str json, struct reply_in *in)
{
	struct address *to, *cc, *bcc;
	if (str_is_null(json))
		return OK;
	TRY(recipients_read(c, json, STR("TO"), &to, &in->to_n));
	TRY(recipients_read(c, json, STR("CC"), &cc, &in->cc_n));
	TRY(recipients_read(c, json, STR("BCC"), &bcc, &in->bcc_n));
	in->to = to;
	in->cc = cc;
	in->bcc = bcc;
	in->has_recipients = true;
	return OK;
}

static enum err send(struct ctx *c, const struct held_reply *h, struct message *out)
{
	struct reply_in in = {
		.ticket_id = h->ticket_id,
		.thread_id = h->thread_id,
		.in_reply_to_id = h->in_reply_to_id,
		.is_forward = h->is_forward,
		.subject = h->subject,
		.text = h->text,
		.html = h->html,
		.channel_account_id = h->channel_account_id,
		.stage_id = h->stage_id,
		.client_type = STR("HUBSPOT"),
	};
	const struct actor asking = c->who;
	TRY(read_recipients(c, h->recipients, &in));
	TRY(read_file_ids(c, h->attachments, &in));
	read_props(c, h->properties, &in);
	TRY(held_reply_remove(c, h->id));
	TRY(actor_of_writer(c, h->user_id, &c->who));
	enum err e = desk_reply(c, &in, out);
	if (e == OK)
		e = announce(c, h);
	c->who = asking;
	return e;
}

enum err desk_held_send(struct ctx *c, int64_t id, struct message *out)
{
	struct held_reply h;
	TRY(load_to_change(c, id, &h));
	return send(c, &h, out);
}

enum err desk_held_move(struct ctx *c, int64_t id, int64_t send_at, struct held_reply *out)
{
	struct held_reply h;
	TRY(load_to_change(c, id, &h));
	TRY(check_send_at(c, send_at));
	h.state = STR("SCHEDULED");
	h.send_at = send_at;
	h.problem = STR_NULL;
	h.updated_at = c->now;
	TRY(held_reply_save(c, &h));
	TRY(job_add(c, &job_held_reply, h.id, STR_NULL, h.send_at));
	*out = h;
	return announce(c, &h);
}

/* Taking back ------------------------------------------------------------------------------------------------------- */

static void add_addresses(struct json *j, const char *name, const struct address *list, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, list[i].address);
	json_array_end(j);
}

static struct str draft_recipients(struct ctx *c, const struct reply_in *in)
{
	struct buf b;
	struct json j;
	if (!in->has_recipients)
		return STR_NULL;
	buf_init(&b, c->a, MAX_PROPERTIES_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	add_addresses(&j, "to", in->to, in->to_n);
	add_addresses(&j, "cc", in->cc, in->cc_n);
	add_addresses(&j, "bcc", in->bcc, in->bcc_n);
	json_object_end(&j);
	return buf_str(&b);
}

static enum err draft_of_reply(struct ctx *c, const struct held_reply *h, struct draft *out)
{
	struct reply_in in = {0};
	TRY(read_recipients(c, h->recipients, &in));
	*out = (struct draft){
		.html = h->html.n ? h->html : STR(""),
		.text = h->text,
		.subject = h->subject,
		.recipients = draft_recipients(c, &in),
		.channel_account_id = h->channel_account_id,
		.in_reply_to_id = h->in_reply_to_id,
		.is_forward = h->is_forward,
		.attachments = h->attachments,
	};
	return OK;
}

static struct str part_of(struct ctx *c, const json_t *draft, const char *name)
{
	const json_t *part = json_object_get(draft, name);
	return part == NULL || json_is_null(part) ? STR_NULL : json_compact(c, part, MAX_PROPERTIES_BYTES);
}

/* As it was written: what was sent has a signature and the answered text below it. */
static enum err draft_as_written(struct ctx *c, const struct held_reply *h, struct draft *out)
{
	json_t *draft;
	TRY(json_parse(c, h->draft, &draft));
	struct str html = json_get_str(draft, "html"), text = json_get_str(draft, "text");
	*out = (struct draft){
		.html = html.n ? html : STR(""),
		.text = text.n ? text : STR(""),
		.subject = json_get_str(draft, "subject"),
		.recipients = part_of(c, draft, "recipients"),
		.channel_account_id = json_get_id(draft, "channelAccountId"),
		.in_reply_to_id = json_get_id(draft, "inReplyToId"),
		.is_forward = json_get_bool(draft, "isForward", false),
		.attachments = part_of(c, draft, "attachments"),
	};
	return OK;
}

enum err desk_held_take_back(struct ctx *c, int64_t id, struct draft *out)
{
	struct held_reply h;
	struct draft d;
	TRY(load_to_change(c, id, &h));
	TRY(str_is_null(h.draft) ? draft_of_reply(c, &h, &d) : draft_as_written(c, &h, &d));
	d.ticket_id = h.ticket_id;
	d.kind = STR("reply");
	TRY(held_reply_remove(c, h.id));
	TRY(reply_draft_back(c, h.user_id, &d, out));
	return announce(c, &h);
}

/* The time has come ------------------------------------------------------------------------------------------------- */

static bool is_waiting(const struct held_reply *h)
{
	return str_eq(h->state, STR("HELD")) || str_eq(h->state, STR("SCHEDULED"));
}

static enum err load_due(struct ctx *c, int64_t id, struct held_reply *out, bool *is_there_out)
{
	enum err e = held_reply_load(c, id, out);
	if (e == OK) {
		TRY(object_lock(c, out->ticket_id));
		e = held_reply_load(c, id, out);
	}
	*is_there_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err release(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct held_reply h;
	struct message m;
	bool is_there;
	TRY(load_due(c, job->about_id, &h, &is_there));
	if (!is_there || !is_waiting(&h))
		return job_finish(c, job);
	if (h.send_at > c->now)
		return job_again_at(c, job, h.send_at, STR_NULL);
	TRY(send(c, &h, &m));
	return job_finish(c, job);
}

struct refused {
	struct job *job;
	struct str why;
};

static enum err note_refused(struct ctx *c, void *arg)
{
	struct refused *w = arg;
	struct held_reply h;
	bool is_there;
	TRY(load_due(c, w->job->about_id, &h, &is_there));
	if (is_there && is_waiting(&h)) {
		h.state = STR("FAILED");
		h.problem = str_head(w->why, MAX_PROBLEM_BYTES);
		h.updated_at = c->now;
		TRY(held_reply_save(c, &h));
		TRY(announce(c, &h));
	}
	return job_finish(c, w->job);
}

/* What the desk itself could not do (a lost database) is tried again; what it refuses is for its writer to see. */
static enum err run_release(struct ctx *c, struct job *job)
{
	enum err e = c->run->write(c->run->self, c, release, job);
	if (e == OK || err_http(e) >= 500 || e == ERR_STALE)
		return e;
	struct refused w = {job, c->why.detail.n ? c->why.detail : err_sentence(e)};
	fail_clear(c);
	job->is_settled = false;
	return c->run->write(c->run->self, c, note_refused, &w);
}

const struct job_kind job_held_reply = {
	.kind = "reply.send",
	.run = run_release,
	.lane = LANE_REPLY,
	.tries = 1000,
	.back_off_ms = SECONDS(5),
};
