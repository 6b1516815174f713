/* Comments: what agents say to each other beside a conversation. They never leave the desk. */

#include "desk/conversation_int.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/file.h"
#include "desk/notify.h"
#include "desk/reply_check.h"
#include "desk/reply_int.h"
#include "desk/search_index.h"
#include "desk/ticket_draft.h"
#include "store/user.h"
#include "text/html_mention.h"

/* The thread that a comment stands in: the ticket's newest, or one made for it where there has been no conversation. */
static enum err settle_comment_thread(struct ctx *c, const struct object *ticket, int64_t thread_id, struct thread *out)
{
	struct thread *threads;
	struct reply_defaults d;
	size_t n;
	if (thread_id != 0)
		return thread_load(c, thread_id, out);
	TRY(thread_list_of_ticket(c, ticket->id, &threads, &n));
	if (n > 0) {
		*out = threads[n - 1];
		return OK;
	}
	TRY(desk_reply_defaults(c, ticket, 0, &d));
	return new_thread(c, ticket, &d.from, out);
}

static enum err user_of(struct ctx *c, int64_t id, struct concerned *out)
{
	struct user u;
	struct owner owner;
	TRY(user_load(c, id, &u));
	TRY(owner_by_user(c, id, &owner));
	*out = (struct concerned){.user_id = u.is_active ? u.id : 0, .owner_id = owner.id, .role = u.role};
	return OK;
}

/* Notes whom the text mentions; those it did not mention before into ids_out. Numbers of nobody, or of who may not see the
 * ticket, are just text. */
static enum err note_mentions(struct ctx *c, const struct object *ticket, const struct message *m, int64_t **ids_out,
                              size_t *n_out)
{
	int64_t *ids;
	size_t n = html_mentions(c->a, m->html, &ids), fresh = 0;
	for (size_t i = 0; i < n; i++) {
		struct concerned who;
		bool is_new;
		enum err e = user_of(c, ids[i], &who);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			continue;
		}
		TRY(e);
		if (who.user_id == 0 || !notify_may_see(c, &who, ticket))
			continue;
		TRY(mention_put(c, m->id, who.user_id, &is_new));
		if (is_new)
			ids[fresh++] = who.user_id;
	}
	*ids_out = ids;
	*n_out = fresh;
	return OK;
}

enum err desk_comment_in(struct ctx *c, const struct reply_in *in, struct message *out)
{
	struct thread thread;
	struct object ticket;
	int64_t *ids;
	size_t n;
	struct message m = {.type = STR("COMMENT"), .direction = STR("OUTGOING")};
	TRY(object_lock(c, in->ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), in->ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_COMMENT, &ticket));
	TRY(settle_comment_thread(c, &ticket, in->thread_id, &thread));
	TRY(settle_body(c, in, &m.text, &m.html));
	TRY(reply_check_cards(c, m.html));
	m.thread_id = thread.id;
	m.ticket_id = ticket.id;
	m.created_at = c->now;
	m.user_id = c->who.user_id;
	TRY(writer_name(c, &m.sender_name));
	m.recipients = STR("[]");
	m.state = STR("SENT");
	m.client_type = in->client_type.n ? in->client_type : STR("INTEGRATION");
	TRY(message_insert(c, &m));
	TRY(file_attach(c, &m, in->file_ids, in->content_ids, in->file_n));
	TRY(note_mentions(c, &ticket, &m, &ids, &n));
	TRY(note_message(c, &thread, &m));
	TRY(reply_draft_sent(c, m.ticket_id, STR("comment")));
	*out = m;
	return OK;
}

/* Editing ----------------------------------------------------------------------------------------------------------- */

static enum err load_comment(struct ctx *c, int64_t id, struct message *m, struct object *ticket)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(message_load(c, id, m));
	if (!str_eq(m->type, STR("COMMENT")) || str_eq(m->state, STR("DELETED")))
		return fail(c, ERR_NOT_FOUND, "There is no comment %lld.", (long long)id);
	TRY(object_lock(c, m->ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), m->ticket_id, false, ticket));
	TRY(desk_can(c, CAN_VIEW, ticket));
	return message_load(c, id, m);
}

static enum err save_comment(struct ctx *c, struct message *m)
{
	m->edited_at = m->updated_at = c->now;
	TRY(message_set_comment(c, m));
	TRY(desk_message_due(c, m->id));
	return bus_emit(c, EV_MESSAGE_CHANGED,
	                &(struct event_about){.about_id = m->id, .ticket_id = m->ticket_id, .message_id = m->id});
}

static bool is_author(const struct ctx *c, const struct message *m)
{
	return c->who.user_id != 0 && m->user_id == c->who.user_id;
}

enum err desk_comment_edit(struct ctx *c, int64_t message_id, struct str text, struct str html, struct message *out)
{
	const struct reply_in in = {.text = text, .html = html};
	struct message m;
	struct object ticket;
	int64_t *ids;
	size_t n;
	TRY(load_comment(c, message_id, &m, &ticket));
	if (!is_author(c, &m))
		return fail(c, ERR_NOT_ALLOWED, "Only its author may change a comment.");
	TRY(settle_body(c, &in, &m.text, &m.html));
	TRY(reply_check_cards(c, m.html));
	TRY(note_mentions(c, &ticket, &m, &ids, &n));
	TRY(save_comment(c, &m));
	TRY(notify_mentions(c, &ticket, &m, ids, n));
	*out = m;
	return OK;
}

static enum err drop_files(struct ctx *c, const struct message *m)
{
	struct attachment *files;
	size_t n;
	TRY(attachment_list(c, m->id, m->id, m->ticket_id, &files, &n));
	TRY(attachment_remove_message(c, m->id));
	for (size_t i = 0; i < n; i++)
		TRY(file_drop_later(c, files[i].blob));
	return OK;
}

enum err desk_comment_remove(struct ctx *c, int64_t message_id, struct message *out)
{
	struct message m;
	struct object ticket;
	TRY(load_comment(c, message_id, &m, &ticket));
	if (!is_author(c, &m) && !desk_may(c, CAN_ADMINISTER, NULL))
		return fail(c, ERR_NOT_ALLOWED, "Only its author and administrators may take a comment back.");
	m.text = STR("");
	m.html = STR_NULL;
	m.state = STR("DELETED");
	TRY(drop_files(c, &m));
	TRY(mention_remove_message(c, m.id));
	TRY(notification_remove_message(c, m.ticket_id, m.id));
	TRY(save_comment(c, &m));
	*out = m;
	return OK;
}

/* The call rule (F-6) ------------------------------------------------------------------------------------------------ */

enum { MAX_CALLS_READ = 10 };

static enum err has_inbound_call(struct ctx *c, const struct object *ticket, bool *out)
{
	const struct type_def *calls;
	struct association *links;
	size_t n;
	*out = false;
	TRY(schema_type(c, STR("calls"), &calls));
	TRY(association_list(c, ticket->id, calls->row.id, 0, MAX_CALLS_READ, &links, &n));
	for (size_t i = 0; i < n && !*out; i++) {
		struct object call;
		TRY(object_load(c, calls->row.id, links[i].to_id, &call));
		struct str direction = property_value(c, &call, schema_property(calls, STR("hs_call_direction")));
		*out = call.archived_at == 0 && str_eq(direction, STR("INBOUND"));
	}
	return OK;
}

/* Its source says so; where it says nothing, a call that came in does. */
static enum err is_from_call(struct ctx *c, const struct object *ticket, bool *out)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	struct str source = property_value(c, ticket, schema_property(t, STR("source_type")));
	*out = str_eq(source, STR("PHONE"));
	return source.n > 0 ? OK : has_inbound_call(c, ticket, out);
}

enum err desk_comment_is_offered(struct ctx *c, const struct object *ticket, bool *out)
{
	bool is_call;
	*out = true;
	TRY(is_from_call(c, ticket, &is_call));
	return is_call ? desk_reply_is_begun(c, ticket->id, out) : OK;
}

/* Whom one can mention ----------------------------------------------------------------------------------------------- */

/* One of the words of text begins with part; both in lower case. */
static bool has_word(struct str text, struct str part)
{
	for (struct str rest = text; !str_is_null(rest);) {
		if (str_starts(rest, part))
			return true;
		str_cut(&rest, STR(" "));
	}
	return false;
}

static bool fits(struct ctx *c, const struct concerned *u, struct str query)
{
	struct str name = str_fmt(c->a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(u->first_name), STR_ARG(u->last_name),
	                          STR_ARG(u->email));
	name = str_lower(c->a, name);
	for (struct str rest = str_lower(c->a, query); !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR(" "));
		if (part.n > 0 && !has_word(name, part))
			return false;
	}
	return true;
}

enum err desk_mentionable(struct ctx *c, int64_t ticket_id, struct str query, struct concerned **out, size_t *n_out)
{
	struct object ticket;
	struct concerned *all;
	size_t n, found = 0;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_VIEW, &ticket));
	TRY(mentionable_list(c, &all, &n));
	for (size_t i = 0; i < n && found < MAX_MENTIONABLE; i++)
		if (fits(c, &all[i], query) && notify_may_see(c, &all[i], &ticket))
			all[found++] = all[i];
	*out = all;
	*n_out = found;
	return OK;
}
