#include "desk/ticket_draft.h"

#include "base/utf8.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/object.h"
#include "desk/reply_int.h"
#include "store/held_reply.h"
#include "text/json.h"

/* Who asks writes himself, here: not a program with his token. */
static enum err need_writer(struct ctx *c, int64_t ticket_id, struct str kind)
{
	struct object ticket;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (c->who.session_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Drafts are seen by the person who writes them, signed in to the workspace.");
	if (!str_eq(kind, STR("reply")) && !str_eq(kind, STR("comment")))
		return fail(c, ERR_NOT_FOUND, "A draft is that of a reply or of a comment.");
	return desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket);
}

/* version 0: there is none. */
static enum err find(struct ctx *c, int64_t user_id, int64_t ticket_id, struct str kind, struct draft *out)
{
	enum err e = draft_load(c, user_id, ticket_id, kind, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	*out = (struct draft){.user_id = user_id, .ticket_id = ticket_id, .kind = kind, .html = STR(""), .text = STR("")};
	return OK;
}

static enum err announce(struct ctx *c, int64_t ticket_id)
{
	return bus_emit(c, EV_DRAFT_CHANGED, &(struct event_about){.ticket_id = ticket_id});
}

enum err desk_ticket_draft(struct ctx *c, int64_t ticket_id, struct str kind, struct draft *out)
{
	TRY(need_writer(c, ticket_id, kind));
	return find(c, c->who.user_id, ticket_id, kind, out);
}

static enum err check_text(struct ctx *c, const char *field, struct str s, size_t max)
{
	if (s.n > max)
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "%s has at most %zu bytes in a draft.", field, max);
	if (!utf8_is_valid(s) || str_find_byte(s, '\0') >= 0)
		return fail_field(c, str_c(field), STR("INVALID_STRING"), "%s has bytes that are not text.", field);
	return OK;
}

static enum err check(struct ctx *c, const struct draft *d)
{
	int64_t n;
	TRY(check_text(c, "html", d->html, MAX_DRAFT_BYTES));
	TRY(check_text(c, "text", d->text, MAX_DRAFT_BYTES));
	TRY(check_text(c, "subject", d->subject, MAX_SUBJECT_BYTES));
	TRY(check_text(c, "device", d->device, 100));
	if (d->html.n == 0 && str_trim(d->text).n == 0 && d->attachments.n == 0 && d->recipients.n <= 2)
		return fail_field(c, STR("text"), STR("REQUIRED_FIELD"), "An empty draft is none.");
	TRY(draft_count(c, c->who.user_id, MAX_DRAFTS + 1, &n));
	if (n > MAX_DRAFTS)
		return fail(c, ERR_BAD_INPUT, "You have %d drafts: send or discard some.", MAX_DRAFTS);
	return OK;
}

/* The text that is overwritten, for its writer to get back; null when it may go. */
static struct str kept_of(struct ctx *c, const struct draft *before)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, 4 * MAX_DRAFT_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "html", before->html);
	json_add_string(&j, "text", before->text);
	json_add_time(&j, "at", before->updated_at);
	json_object_end(&j);
	return buf_is_full(&b) ? STR_NULL : buf_str(&b);
}

/* Was the text written from another one than the one that is there? A window that did not hear that it was saved is no other. */
static bool is_conflict(const struct draft *before, const struct draft *now)
{
	bool is_other_window = !(now->device.n > 0 && str_eq(now->device, before->device));
	return before->version != 0 && before->version != now->version && is_other_window && !str_eq(before->html, now->html) &&
	       str_trim(before->text).n > 0;
}

static enum err put(struct ctx *c, const struct draft_in *in, int64_t user_id, struct draft *out)
{
	struct draft before, d = in->draft;
	TRY(find(c, user_id, d.ticket_id, d.kind, &before));
	d.id = before.id;
	d.user_id = user_id;
	d.kept = is_conflict(&before, &d) ? kept_of(c, &before) : in->drops_kept ? STR_NULL : before.kept;
	d.version = (before.version > in->draft.version ? before.version : in->draft.version) + 1;
	d.created_at = before.created_at ? before.created_at : c->now;
	d.updated_at = c->now;
	TRY(draft_save(c, &d));
	*out = d;
	return OK;
}

enum err desk_ticket_draft_save(struct ctx *c, const struct draft_in *in, struct draft *out)
{
	TRY(object_lock(c, in->draft.ticket_id));
	TRY(need_writer(c, in->draft.ticket_id, in->draft.kind));
	TRY(check(c, &in->draft));
	TRY(put(c, in, c->who.user_id, out));
	return announce(c, in->draft.ticket_id);
}

enum err reply_draft_back(struct ctx *c, int64_t user_id, const struct draft *d, struct draft *out)
{
	const struct draft_in in = {.draft = *d};
	const int64_t asking_id = c->who.user_id;
	TRY(put(c, &in, user_id, out));
	c->who.user_id = user_id; /* his to hear of */
	enum err e = announce(c, d->ticket_id);
	c->who.user_id = asking_id;
	return e;
}

static enum err remove_one(struct ctx *c, int64_t ticket_id, struct str kind)
{
	bool was_there;
	TRY(draft_remove(c, c->who.user_id, ticket_id, kind, &was_there));
	return was_there ? announce(c, ticket_id) : OK;
}

enum err desk_ticket_draft_remove(struct ctx *c, int64_t ticket_id, struct str kind)
{
	TRY(object_lock(c, ticket_id));
	TRY(need_writer(c, ticket_id, kind));
	return remove_one(c, ticket_id, kind);
}

enum err reply_draft_sent(struct ctx *c, int64_t ticket_id, struct str kind)
{
	/* what a program sends with his token is not what he writes */
	return c->who.session_id == 0 ? OK : remove_one(c, ticket_id, kind);
}

/* Leaves out those on tickets that he may not see any more. */
static enum err only_seen(struct ctx *c, struct draft *drafts, size_t *n)
{
	size_t seen_n = 0;
	for (size_t i = 0; i < *n; i++) {
		enum err e = desk_see_ticket(c, drafts[i].ticket_id);
		if (e == OK)
			drafts[seen_n++] = drafts[i];
		else if (e == ERR_NOT_FOUND)
			fail_clear(c);
		else
			return e;
	}
	*n = seen_n;
	return OK;
}

enum err desk_ticket_draft_list(struct ctx *c, struct draft **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (c->who.session_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Drafts are seen by the person who writes them, signed in to the workspace.");
	TRY(draft_list(c, c->who.user_id, MAX_DRAFTS, out, n_out));
	return only_seen(c, *out, n_out);
}

enum err desk_reply_is_begun(struct ctx *c, int64_t ticket_id, bool *out)
{
	struct message sent;
	struct held_reply *held;
	struct draft draft;
	size_t held_n;
	TRY(held_reply_list(c, ticket_id, &held, &held_n));
	TRY(find(c, c->who.user_id, ticket_id, STR("reply"), &draft));
	enum err e = message_newest(c, ticket_id, STR("OUTGOING"), &sent);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	*out = e == OK || held_n > 0 || draft.version > 0;
	return OK;
}
