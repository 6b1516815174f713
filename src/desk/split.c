/* Splitting a ticket. A conversation that goes as a whole keeps its thread; of one that is cut a new thread is made with the same
 * people in it, and the Message-IDs of what moves lead there. */

#include "desk/split.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "desk/act_int.h"
#include "desk/announce.h"
#include "desk/calculate.h"
#include "desk/can.h"
#include "desk/object_int.h"
#include "desk/property.h"
#include "desk/search_index.h"
#include "store/merge.h"
#include "store/thread.h"
#include "store/ticket_move.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_COPIED_LINKS = 100, MAX_SPLIT_DEPTH = 20 };

struct split {
	const struct split_in *in;
	struct object from, to;
	struct message *messages;
	struct thread *threads; /* of the old ticket */
	size_t thread_n;
	struct json *j; /* [[new thread, old thread or 0 where it went as a whole], …] */
};

/* What is there ------------------------------------------------------------------------------------------------------ */

static enum err load_messages(struct ctx *c, struct split *s)
{
	const struct split_in *in = s->in;
	if (in->message_n == 0 || in->message_n > MAX_SPLIT_MESSAGES)
		return fail_field(c, STR("messageIds"), STR("INVALID_LENGTH"), "messageIds has 1 to %d messages.", MAX_SPLIT_MESSAGES);
	s->messages = NEW_ARRAY(c->a, in->message_n, struct message);
	for (size_t i = 0; i < in->message_n; i++) {
		enum err e = message_load(c, in->message_ids[i], &s->messages[i]);
		if (e == ERR_NOT_FOUND || (e == OK && s->messages[i].ticket_id != s->from.id)) {
			fail_clear(c);
			return fail_field(c, STR("messageIds"), STR("NOT_FOUND"), "This ticket has no message %lld.",
			                  (long long)in->message_ids[i]);
		}
		TRY(e);
	}
	return OK;
}

static size_t chosen_of(const struct split *s, int64_t thread_id)
{
	size_t n = 0;
	for (size_t i = 0; i < s->in->message_n; i++)
		n += s->messages[i].thread_id == thread_id;
	return n;
}

static enum err check_rest(struct ctx *c, const struct split *s)
{
	int64_t all_n = 0, n;
	for (size_t i = 0; i < s->thread_n; i++) {
		TRY(message_count_of_thread(c, s->threads[i].id, &n));
		all_n += n;
	}
	if ((int64_t)s->in->message_n < all_n)
		return OK;
	return fail_field(c, STR("messageIds"), STR("INVALID_LENGTH"), "At least one message stays in the ticket.");
}

/* The new ticket ------------------------------------------------------------------------------------------------------- */

static enum err stage_of_copy(struct ctx *c, const struct object *from, struct str *out)
{
	struct stage *stages;
	size_t n;
	*out = from->stage_id;
	if (!from->is_closed)
		return OK;
	TRY(stage_list(c, TYPE_TICKET, &stages, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, from->pipeline_id) && !stages[i].is_closed && stages[i].archived_at == 0) {
			*out = stages[i].id;
			return OK;
		}
	return OK;
}

static enum err add_links(struct ctx *c, const struct object *from, int64_t to_type, struct link_in *links, size_t *n)
{
	struct association *found;
	size_t found_n;
	TRY(association_list(c, from->id, to_type, 0, MAX_COPIED_LINKS, &found, &found_n));
	for (size_t i = 0; i < found_n && *n < 2 * MAX_COPIED_LINKS; i++)
		links[(*n)++] = (struct link_in){.to_id = found[i].to_id, .to_type = to_type, .type_id = found[i].type_id};
	return OK;
}

static struct str number(struct ctx *c, int64_t n)
{
	return str_fmt(c->a, "%lld", (long long)n);
}

static enum err make_copy(struct ctx *c, struct split *s)
{
	static const struct str copied[] = {STR("hs_pipeline"), STR("hubspot_owner_id"), STR("hs_ticket_priority"),
	                                    STR("hs_ticket_category"), STR("source_type"), STR("hs_inbox_id")};
	enum { COPIED_N = sizeof(copied) / sizeof(copied[0]) };
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	struct prop props[COPIED_N + 8];
	struct link_in *links = NEW_ARRAY(c->a, 2 * MAX_COPIED_LINKS, struct link_in);
	struct object_in in = {.props = props, .links = links, .source_type = STR("CRM_UI"), .by_rule = true};
	struct str stage;
	TRY(stage_of_copy(c, &s->from, &stage));
	props[in.prop_n++] = (struct prop){STR("subject"), s->in->subject.n > 0 ? s->in->subject : s->from.label};
	props[in.prop_n++] = (struct prop){STR("hs_pipeline_stage"), stage};
	props[in.prop_n++] = (struct prop){STR("copied_from_ticket_id"), number(c, s->from.id)};
	props[in.prop_n++] = (struct prop){STR("copied_at"), time_iso(c->a, c->now)};
	props[in.prop_n++] = (struct prop){STR("copied_by_user_id"), number(c, c->who.user_id)};
	props[in.prop_n++] = (struct prop){STR("copied_ticket_source"), STR("USER")};
	for (size_t i = 0; i < COPIED_N; i++) {
		const struct property_def *def = schema_property(t, copied[i]);
		struct str value = def ? property_value(c, &s->from, def) : STR_NULL;
		if (value.n > 0)
			props[in.prop_n++] = (struct prop){copied[i], value};
	}
	TRY(add_links(c, &s->from, TYPE_CONTACT, links, &in.link_n));
	TRY(add_links(c, &s->from, TYPE_COMPANY, links, &in.link_n));
	return desk_object_create(c, t, &in, &s->to);
}

/* The conversations ---------------------------------------------------------------------------------------------------- */

static void note_thread(struct split *s, int64_t new_id, int64_t old_id)
{
	json_array_begin(s->j);
	json_int(s->j, new_id);
	json_int(s->j, old_id);
	json_array_end(s->j);
}

static enum err move_whole(struct ctx *c, struct split *s, struct thread *thread)
{
	thread->ticket_id = s->to.id;
	thread->is_closed = s->to.is_closed;
	TRY(thread_update(c, thread));
	note_thread(s, thread->id, 0);
	return thread_messages_to_ticket(c, thread->id, s->to.id);
}

static enum err move_some(struct ctx *c, struct split *s, const struct thread *old)
{
	struct thread thread = *old;
	thread.id = 0;
	thread.ticket_id = s->to.id;
	thread.is_closed = s->to.is_closed;
	thread.closed_at = 0;
	thread.created_at = c->now;
	TRY(thread_add(c, &thread));
	TRY(participants_copy(c, old->id, thread.id));
	for (size_t i = 0; i < s->in->message_n; i++)
		if (s->messages[i].thread_id == old->id)
			TRY(message_to_thread(c, s->messages[i].id, thread.id, s->to.id));
	TRY(thread_times_anew(c, old->id));
	TRY(thread_times_anew(c, thread.id));
	note_thread(s, thread.id, old->id);
	return OK;
}

static enum err move_threads(struct ctx *c, struct split *s)
{
	for (size_t i = 0; i < s->thread_n; i++) {
		int64_t all_n;
		size_t n = chosen_of(s, s->threads[i].id);
		if (n == 0)
			continue;
		TRY(message_count_of_thread(c, s->threads[i].id, &all_n));
		TRY((int64_t)n == all_n ? move_whole(c, s, &s->threads[i]) : move_some(c, s, &s->threads[i]));
	}
	return OK;
}

static enum err settle(struct ctx *c, int64_t ticket_id)
{
	struct object o;
	TRY(desk_object_due(c, ticket_id));
	TRY(desk_messages_due(c, ticket_id));
	TRY(calculate(c, TYPE_TICKET, ticket_id, ABOUT_ALL));
	TRY(object_load(c, TYPE_TICKET, ticket_id, &o));
	TRY(calculate_around(c, &o));
	return act_threads_changed(c, ticket_id);
}

enum err desk_split(struct ctx *c, const struct split_in *in, struct object *out, int64_t *act_id_out)
{
	struct split s = {.in = in};
	struct buf b;
	struct json j;
	TRY(act_ticket(c, in->ticket_id, &s.from));
	TRY(load_messages(c, &s));
	TRY(thread_list_of_ticket(c, s.from.id, &s.threads, &s.thread_n));
	TRY(check_rest(c, &s));
	TRY(make_copy(c, &s));
	buf_init(&b, c->a, MAX_ACT_BODY_BYTES);
	json_init(&j, &b);
	s.j = &j;
	json_array_begin(&j);
	TRY(move_threads(c, &s));
	json_array_end(&j);
	TRY(settle(c, s.from.id));
	TRY(settle(c, s.to.id));
	const struct ticket_act_row row = {.ticket_id = s.to.id, .other_id = s.from.id, .body = buf_str(&b)};
	TRY(act_note(c, ACT_SPLIT, &row, 1, act_id_out));
	return object_load(c, TYPE_TICKET, s.to.id, out);
}

/* Back --------------------------------------------------------------------------------------------------------------- */

static enum err rejoin_thread(struct ctx *c, struct thread *thread, const json_t *pairs, const struct object *into)
{
	int64_t old_id = 0;
	for (size_t i = 0; i < json_array_size(pairs); i++) {
		const json_t *pair = json_array_get(pairs, i);
		if (json_integer_value(json_array_get(pair, 0)) == thread->id)
			old_id = json_integer_value(json_array_get(pair, 1));
	}
	if (old_id != 0) {
		TRY(thread_into_thread(c, thread->id, old_id, into->id));
		TRY(thread_times_anew(c, thread->id));
		return thread_times_anew(c, old_id);
	}
	const struct thread before = *thread;
	thread->ticket_id = into->id;
	thread->is_closed = into->is_closed;
	TRY(thread_save(c, &before, thread));
	return thread_messages_to_ticket(c, thread->id, into->id);
}

/* The new ticket goes, its id leads to the old one: mails to its reply address find their way. */
enum err act_split_undo(struct ctx *c, const struct ticket_act_row *row)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	struct object from, to;
	struct thread *threads;
	json_t *pairs;
	size_t n;
	TRY(act_ticket(c, row->other_id, &from));
	TRY(act_ticket(c, row->ticket_id, &to));
	TRY(desk_can(c, CAN_DELETE, &to));
	TRY(json_parse(c, row->body, &pairs));
	TRY(thread_list_of_ticket(c, to.id, &threads, &n));
	for (size_t i = 0; i < n; i++)
		TRY(rejoin_thread(c, &threads[i], pairs, &from));
	TRY(object_archive_merged(c, t, to.id));
	TRY(object_merge_put(c, TYPE_TICKET, to.id, to.unique_key, from.id));
	TRY(calculate_around(c, &to));
	TRY(act_threads_changed(c, to.id));
	return settle(c, from.id);
}

enum err split_comes_from(struct ctx *c, int64_t ticket_id, int64_t from_id, bool *is_out)
{
	*is_out = false;
	for (int depth = 0; depth < MAX_SPLIT_DEPTH && ticket_id != 0 && !*is_out; depth++) {
		struct ticket_act_entry *entries;
		size_t n;
		TRY(ticket_act_standing(c, ticket_id, act_kind_name(ACT_SPLIT), 1, &entries, &n));
		ticket_id = n > 0 ? entries[0].other_id : 0;
		*is_out = ticket_id == from_id;
	}
	return OK;
}
