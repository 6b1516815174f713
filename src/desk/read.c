/* What is read of conversations: tickets, messages, threads. */

#include "desk/announce.h"
#include "desk/conversation.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/calculate.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/env.h"
#include "store/blob.h"
#include "store/user.h"

enum { MAX_OTHER_TICKETS = 20 };

enum err desk_ticket_row(struct ctx *c, int64_t id, struct ticket_row *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(desk_see_ticket(c, id));
	return ticket_row_load(c, id, out);
}

enum err desk_other_tickets(struct ctx *c, const struct object *ticket, struct ticket_row **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, ticket));
	*out = NULL;
	*n_out = 0;
	if (ticket->contact_id == 0)
		return OK;
	return ticket_row_of_contact(c, desk_sight(c), ticket->contact_id, ticket->id, MAX_OTHER_TICKETS, out, n_out);
}

static enum err load_beside(struct ctx *c, int64_t ticket_id, struct message_set *set)
{
	if (set->n == 0)
		return OK;
	int64_t first = set->messages[0].id, last = set->messages[set->n - 1].id;
	TRY(thread_list_of_ticket(c, ticket_id, &set->threads, &set->thread_n));
	TRY(attachment_list(c, first, last, ticket_id, &set->attachments, &set->attachment_n));
	TRY(mention_list(c, first, last, ticket_id, &set->mentions, &set->mention_n));
	return outbox_list_of_messages(c, first, last, ticket_id, &set->deliveries, &set->delivery_n);
}

enum err desk_messages(struct ctx *c, int64_t ticket_id, int64_t before, int64_t limit, struct message_set *out)
{
	struct object ticket;
	*out = (struct message_set){0};
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(message_list_of_ticket(c, ticket.id, before, limit, &out->messages, &out->n));
	return load_beside(c, ticket.id, out);
}

enum err desk_thread_messages(struct ctx *c, int64_t thread_id, int64_t after, int64_t limit, struct message_set *out)
{
	struct thread thread;
	*out = (struct message_set){0};
	TRY(desk_thread(c, thread_id, &thread));
	TRY(message_list_of_thread(c, thread_id, after, limit, &out->messages, &out->n));
	return load_beside(c, thread.ticket_id, out);
}

enum err desk_message(struct ctx *c, int64_t id, struct message_set *out)
{
	*out = (struct message_set){.messages = NEW(c->a, struct message), .n = 1};
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(message_load(c, id, out->messages));
	TRY(desk_see_ticket(c, out->messages[0].ticket_id));
	return load_beside(c, out->messages[0].ticket_id, out);
}

enum err desk_attachment(struct ctx *c, int64_t id, struct attachment *out, int *fd_out)
{
	struct object ticket;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(attachment_load(c, id, out));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), out->ticket_id, false, &ticket));
	return blob_open_fd(c, c->env->data_dir, out->blob, fd_out);
}

enum err desk_thread(struct ctx *c, int64_t id, struct thread *out)
{
	struct thread t;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(thread_load(c, id, &t));
	TRY(desk_see_ticket(c, t.ticket_id));
	*out = t;
	return OK;
}

enum err desk_thread_list(struct ctx *c, const struct thread_find *find, struct thread **out, size_t *n_out)
{
	struct thread_find seen = *find;
	seen.access = desk_sight(c);
	TRY(desk_can(c, CAN_VIEW, NULL));
	return thread_list(c, &seen, out, n_out);
}

static enum err set_ticket(struct ctx *c, int64_t ticket_id, struct str name, struct str value)
{
	struct object o;
	const struct prop prop = {name, value};
	const struct object_in in = {.props = &prop, .prop_n = 1};
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, &in, &o);
}

enum err desk_thread_set_status(struct ctx *c, int64_t id, struct str status, struct thread *out)
{
	struct object ticket;
	struct stage *stages;
	size_t n;
	bool is_closed = str_eq(status, STR("CLOSED"));
	TRY(desk_thread(c, id, out));
	if (!is_closed && !str_eq(status, STR("OPEN")))
		return fail_field(c, STR("status"), STR("INVALID_OPTION"), "The status is OPEN or CLOSED.");
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), out->ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_EDIT, &ticket));
	TRY(stage_list(c, TYPE_TICKET, &stages, &n));
	for (size_t i = 0; i < n && ticket.is_closed != is_closed; i++)
		if (str_eq(stages[i].pipeline_id, ticket.pipeline_id) && stages[i].is_closed == is_closed) {
			TRY(set_ticket(c, ticket.id, STR("hs_pipeline_stage"), stages[i].id));
			break;
		}
	TRY(thread_load(c, id, out));
	const struct thread before = *out;
	out->is_closed = is_closed;
	out->closed_at = is_closed ? c->now : 0;
	return thread_save(c, &before, out);
}

enum err desk_thread_archive(struct ctx *c, int64_t id, bool is_archived, struct thread *out)
{
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(thread_load(c, id, out));
	TRY(desk_can_ticket(c, CAN_DELETE, out->ticket_id));
	const struct thread before = *out;
	out->archived_at = is_archived ? c->now : 0;
	TRY(thread_save(c, &before, out));
	TRY(calculate(c, TYPE_TICKET, out->ticket_id, ABOUT_MESSAGES));
	return bus_emit(c, EV_TICKET_CHANGED,
	                &(struct event_about){.about_id = out->ticket_id, .ticket_id = out->ticket_id});
}

enum err desk_thread_assign(struct ctx *c, int64_t id, int64_t user_id, struct thread *out)
{
	struct owner owner = {0};
	TRY(desk_thread(c, id, out));
	if (user_id != 0) {
		enum err e = owner_by_user(c, user_id, &owner);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			return fail_field(c, STR("actorId"), STR("NOT_FOUND"), "There is no user %lld.",
			                  (long long)user_id);
		}
		TRY(e);
	}
	struct str value = owner.id ? str_fmt(c->a, "%lld", (long long)owner.id) : STR("");
	TRY(set_ticket(c, out->ticket_id, STR("hubspot_owner_id"), value));
	TRY(thread_load(c, id, out));
	const struct thread before = *out;
	out->assigned_user_id = user_id;
	return thread_save(c, &before, out);
}

enum err desk_inbox_list(struct ctx *c, struct inbox **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return inbox_list(c, out, n_out);
}

enum err desk_inbox(struct ctx *c, int64_t id, struct inbox *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return inbox_load(c, id, out);
}

enum err desk_channel_account_list(struct ctx *c, struct channel_account **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return channel_account_list(c, out, n_out);
}

enum err desk_channel_account(struct ctx *c, int64_t id, struct channel_account *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return channel_account_load(c, id, out);
}
