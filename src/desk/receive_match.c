/* Which ticket a mail joins. The order of the rules is in receive.c; each says why in words that are kept with the
 * mail. */

#include "desk/conversation_int.h"

#include "base/arena.h"
#include "desk/reply_token.h"
#include "desk/split.h"
#include "store/merge.h"

static enum err thread_of_ticket(struct ctx *c, int64_t ticket_id, int64_t account_id, struct ticket_match *t)
{
	struct thread *threads;
	struct object ticket;
	size_t n;
	int64_t into_id;
	TRY(object_merge_of_id(c, TYPE_TICKET, ticket_id, &into_id));
	if (into_id != 0)
		ticket_id = into_id;
	enum err e = object_load(c, TYPE_TICKET, ticket_id, &ticket);
	if (e == ERR_NOT_FOUND || (e == OK && ticket.archived_at > 0)) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	TRY(thread_list_of_ticket(c, ticket_id, &threads, &n));
	for (size_t i = 0; i < n; i++)
		if (!t->is_found || threads[i].channel_account_id == account_id) {
			t->thread = threads[i];
			t->is_found = true;
		}
	return OK;
}

static enum err try_token(struct ctx *c, const struct receive_in *in, struct str address, struct ticket_match *t)
{
	int64_t ticket_id;
	if (t->is_found || !reply_token_read(c, address, &ticket_id))
		return OK;
	TRY(thread_of_ticket(c, ticket_id, in->account.id, t));
	if (t->is_found)
		t->decision = str_fmt(c->a, "Joined #%lld: it was sent to the reply address of that ticket.",
		                      (long long)ticket_id);
	return OK;
}

/* Within the ticket of a token, and what was split off from it, a mail belongs where the message is that it answers. */
static enum err try_nearer(struct ctx *c, struct str mail_id, struct ticket_match *t, bool *is_done)
{
	struct mail_ref *refs;
	size_t n;
	if (*is_done)
		return OK;
	TRY(mail_ref_find(c, mail_id, &refs, &n));
	for (size_t i = 0; i < n && !*is_done; i++) {
		struct object ticket;
		bool is_split = false;
		if (refs[i].message_id == 0)
			continue;
		if (refs[i].ticket_id != t->thread.ticket_id)
			TRY(split_comes_from(c, refs[i].ticket_id, t->thread.ticket_id, &is_split));
		if (refs[i].ticket_id != t->thread.ticket_id && !is_split)
			continue;
		TRY(object_load(c, TYPE_TICKET, refs[i].ticket_id, &ticket));
		if (ticket.archived_at > 0)
			continue;
		TRY(thread_load(c, refs[i].thread_id, &t->thread));
		*is_done = true;
		if (is_split)
			t->decision = str_fmt(c->a, "Joined #%lld: it answers a message that was split off to that ticket.",
			                      (long long)ticket.id);
	}
	return OK;
}

static enum err find_nearer(struct ctx *c, const struct receive_in *in, struct ticket_match *t)
{
	bool is_done = false;
	for (size_t i = 0; i < in->in_reply_to_n; i++)
		TRY(try_nearer(c, in->in_reply_to[i], t, &is_done));
	for (size_t i = in->references_n; i > 0; i--)
		TRY(try_nearer(c, in->references[i - 1], t, &is_done));
	return OK;
}

static enum err find_by_token(struct ctx *c, const struct receive_in *in, struct ticket_match *t)
{
	TRY(try_token(c, in, in->envelope_address, t));
	for (size_t i = 0; i < in->to_n; i++)
		TRY(try_token(c, in, in->to[i].address, t));
	for (size_t i = 0; i < in->cc_n; i++)
		TRY(try_token(c, in, in->cc[i].address, t));
	return OK;
}

static enum err try_reference(struct ctx *c, const struct receive_in *in, struct str mail_id, struct ticket_match *t)
{
	struct mail_ref *refs;
	struct object ticket;
	size_t n;
	if (t->is_found)
		return OK;
	TRY(mail_ref_find(c, mail_id, &refs, &n));
	for (size_t i = 0; i < n && !t->is_found; i++) {
		bool takes_part;
		TRY(participant_is(c, refs[i].thread_id, str_lower(c->a, in->from.address), &takes_part));
		if (!takes_part) {
			if (refs[i].message_id != 0)
				t->related_ticket_id = refs[i].ticket_id;
			continue;
		}
		TRY(object_load(c, TYPE_TICKET, refs[i].ticket_id, &ticket));
		if (ticket.archived_at > 0)
			continue;
		TRY(thread_load(c, refs[i].thread_id, &t->thread));
		t->is_found = true;
		t->decision = str_fmt(
			c->a, "Joined #%lld: it answers <" STR_FMT ">, and its sender takes part in that conversation.",
			(long long)t->thread.ticket_id, STR_ARG(mail_id));
	}
	return OK;
}

static enum err find_by_references(struct ctx *c, const struct receive_in *in, struct ticket_match *t)
{
	for (size_t i = 0; i < in->in_reply_to_n; i++)
		TRY(try_reference(c, in, in->in_reply_to[i], t));
	for (size_t i = in->references_n; i > 0; i--)
		TRY(try_reference(c, in, in->references[i - 1], t));
	return OK;
}

enum err ticket_match_find(struct ctx *c, const struct receive_in *in, struct ticket_match *out)
{
	struct ticket_match t = {0};
	TRY(find_by_token(c, in, &t));
	if (t.is_found)
		TRY(find_nearer(c, in, &t));
	TRY(find_by_references(c, in, &t));
	*out = t;
	return OK;
}
