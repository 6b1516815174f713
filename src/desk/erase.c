/* Step by step, each in a transaction of its own: the first kind of thing that still leads to the person is taken in hand, until
 * nothing does; then his contact goes. A step takes the link away that led to what it has done, so that the next one finds others. */

#include "desk/erase_int.h"

#include <string.h>

#include "base/arena.h"
#include "bus/event.h"
#include "desk/announce.h"
#include "desk/calculate.h"
#include "desk/booking.h"
#include "desk/can.h"
#include "desk/defaults.h"
#include "desk/file.h"
#include "desk/object_int.h"
#include "desk/search_index.h"
#include "store/draft.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/purge.h"
#include "store/session.h"
#include "store/share_link.h"
#include "text/json_props.h"

struct erase_work {
	struct person *person;
	int64_t id;         /* of his contact; 0: there is none */
	struct str address; /* that was asked for */
	bool is_done;
};

/* Who he is ---------------------------------------------------------------------------------------------------------------- */

static void add_addresses(struct ctx *c, struct person *p, struct str list)
{
	while (!str_is_null(list))
		person_add_address(c, p, str_cut(&list, STR(";")));
}

static enum err add_aliases(struct ctx *c, struct person *p)
{
	struct erase_alias *rows;
	size_t n;
	TRY(erase_aliases(c, p->contact_ids[0], MAX_PERSON_CONTACTS, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		p->contact_ids[p->contact_n++] = rows[i].id;
		person_add_address(c, p, rows[i].address);
	}
	return OK;
}

/* Those that he has, and had. */
static enum err add_own(struct ctx *c, struct person *p, const struct object *contact)
{
	struct history_entry *entries;
	struct str more;
	size_t n;
	person_add_address(c, p, contact->unique_key);
	if (props_get(contact->props, STR("hs_additional_emails"), c->a, &more))
		add_addresses(c, p, more);
	TRY(desk_object_history(c, contact->id, STR("email"), &entries, &n));
	for (size_t i = 0; i < n; i++)
		person_add_address(c, p, entries[i].value);
	return OK;
}

static enum err find_contact(struct ctx *c, struct erase_work *w, struct object *out)
{
	if (w->id != 0)
		return object_load(c, TYPE_CONTACT, w->id, out);
	return desk_object_of_key(c, TYPE_CONTACT, w->address, out);
}

static enum err find_person(struct ctx *c, void *arg)
{
	struct erase_work *w = arg;
	struct object contact;
	TRY(desk_can(c, CAN_ERASE, NULL));
	memset(w->person, 0, sizeof(*w->person));
	person_add_address(c, w->person, w->address);
	enum err e = find_contact(c, w, &contact);
	if (e == ERR_NOT_FOUND && w->id == 0) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	w->id = contact.id;
	w->person->contact_ids[w->person->contact_n++] = contact.id;
	TRY(add_own(c, w->person, &contact));
	return add_aliases(c, w->person);
}

/* Conversations ------------------------------------------------------------------------------------------------------------- */

static enum err messages_of(struct ctx *c, int64_t thread_id, struct message **out, size_t *n_out)
{
	TRY(message_list_of_thread(c, thread_id, 0, MAX_ERASED_MESSAGES + 1, out, n_out));
	if (*n_out > MAX_ERASED_MESSAGES)
		return fail(c, ERR_TOO_BIG, "Thread %lld has more than %d messages.", (long long)thread_id, MAX_ERASED_MESSAGES);
	return OK;
}

/* Who has a copy of it should do the same. */
static enum err tell_of_thread(struct ctx *c, int64_t thread_id, int64_t ticket_id)
{
	return bus_emit(c, EV_THREAD_ERASED, &(struct event_about){.about_id = thread_id, .ticket_id = ticket_id});
}

/* All of it, whoever said it: it is about him, and quotes him. */
static enum err erase_whole_thread(struct ctx *c, int64_t thread_id, int64_t ticket_id)
{
	struct message *messages;
	size_t n;
	TRY(messages_of(c, thread_id, &messages, &n));
	for (size_t i = 0; i < n; i++)
		TRY(erase_whole_message(c, &messages[i]));
	TRY(erase_thread(c, thread_id));
	TRY(draft_remove_of_ticket(c, ticket_id));
	return tell_of_thread(c, thread_id, ticket_id);
}

static enum err erase_own_ticket(struct ctx *c, int64_t id)
{
	struct object ticket;
	struct thread *threads;
	size_t n;
	TRY(object_lock(c, id));
	TRY(object_load(c, TYPE_TICKET, id, &ticket));
	TRY(thread_list_of_ticket(c, id, &threads, &n));
	for (size_t i = 0; i < n; i++)
		TRY(erase_whole_thread(c, threads[i].id, id));
	return erase_ticket(c, schema_type_by_id(c, TYPE_TICKET), &ticket);
}

/* In a ticket of somebody else. */
static enum err erase_own_thread(struct ctx *c, const struct person *p, int64_t thread_id)
{
	struct thread thread;
	struct object ticket;
	TRY(thread_load(c, thread_id, &thread));
	TRY(object_lock(c, thread.ticket_id));
	TRY(object_load(c, TYPE_TICKET, thread.ticket_id, &ticket));
	TRY(erase_whole_thread(c, thread_id, thread.ticket_id));
	/* what lists show of the ticket may be his words */
	ticket.preview = STR("");
	TRY(erase_in_object(c, p, &ticket));
	return calculate(c, TYPE_TICKET, ticket.id, ABOUT_MESSAGES | ABOUT_MOVED);
}

static enum err erase_in_thread(struct ctx *c, const struct person *p, int64_t thread_id)
{
	struct thread thread;
	struct object ticket;
	struct message *messages;
	size_t n;
	TRY(thread_load(c, thread_id, &thread));
	TRY(object_lock(c, thread.ticket_id));
	TRY(object_load(c, TYPE_TICKET, thread.ticket_id, &ticket));
	TRY(messages_of(c, thread_id, &messages, &n));
	for (size_t i = 0; i < n; i++)
		TRY(erase_in_message(c, p, &messages[i]));
	for (size_t i = 0; i < p->address_n; i++) {
		TRY(erase_participant(c, thread_id, p->addresses[i]));
		TRY(erase_refs(c, thread_id, p->addresses[i]));
	}
	TRY(draft_remove_of_ticket(c, thread.ticket_id));
	TRY(tell_of_thread(c, thread_id, thread.ticket_id));
	TRY(erase_in_object(c, p, &ticket));
	return calculate(c, TYPE_TICKET, ticket.id, ABOUT_MESSAGES | ABOUT_MOVED);
}

static enum err tickets_step(struct ctx *c, const struct person *p, size_t *done)
{
	for (size_t i = 0; i < p->contact_n && *done == 0; i++) {
		int64_t *ids;
		size_t n;
		TRY(object_merge_tickets(c, p->contact_ids[i], ERASED_AT_ONCE, &ids, &n));
		TRY(desk_object_lock_all(c, ids, n, NULL, 0));
		for (; *done < n; (*done)++)
			TRY(erase_own_ticket(c, ids[*done]));
	}
	return OK;
}

static enum err threads_step(struct ctx *c, const struct person *p, size_t *done)
{
	int64_t *ids;
	size_t n;
	for (size_t i = 0; i < p->contact_n && *done == 0; i++) {
		TRY(erase_threads_of_contact(c, p->contact_ids[i], ERASED_AT_ONCE, &ids, &n));
		for (; *done < n; (*done)++)
			TRY(erase_own_thread(c, p, ids[*done]));
	}
	for (size_t i = 0; i < p->address_n && *done == 0; i++) {
		TRY(erase_threads_of_address(c, p->addresses[i], ERASED_AT_ONCE, &ids, &n));
		for (; *done < n; (*done)++)
			TRY(erase_in_thread(c, p, ids[*done]));
	}
	return OK;
}

/* What he is linked with ---------------------------------------------------------------------------------------------------- */

static bool is_activity(int64_t type)
{
	static const int64_t types[] = {TYPE_TASK, TYPE_NOTE, TYPE_MEETING, TYPE_CALL, TYPE_EMAIL, TYPE_COMMUNICATION, TYPE_FEEDBACK};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i] == type)
			return true;
	return false;
}

static bool is_own(const struct person *p, int64_t contact_id)
{
	for (size_t i = 0; i < p->contact_n; i++)
		if (p->contact_ids[i] == contact_id)
			return true;
	return false;
}

static enum err is_his_alone(struct ctx *c, const struct person *p, const struct object *o, bool *out)
{
	struct association *links;
	size_t n;
	TRY(association_list(c, o->id, TYPE_CONTACT, 0, MAX_PERSON_CONTACTS, &links, &n));
	*out = is_activity(o->object_type);
	for (size_t i = 0; i < n; i++)
		*out = *out && is_own(p, links[i].to_id);
	return OK;
}

static enum err erase_linked_object(struct ctx *c, const struct person *p, int64_t contact_id, int64_t id)
{
	struct object o;
	bool is_alone;
	TRY(object_lock(c, id));
	TRY(object_load_any(c, id, &o));
	TRY(is_his_alone(c, p, &o, &is_alone));
	TRY(erase_links(c, contact_id, id));
	if (!is_alone) {
		TRY(erase_in_object(c, p, &o));
		return calculate(c, o.object_type, o.id, ABOUT_CONTACTS | ABOUT_ACTIVITIES);
	}
	TRY(erase_deliveries(c, id));
	TRY(desk_object_due(c, id));
	TRY(calculate_around(c, &o));
	TRY(purge_object(c, id));
	return announce_object(c, EV_OBJECT_PURGED, &o, STR("PRIVACY_DELETION"), 0);
}

static enum err links_step(struct ctx *c, const struct person *p, size_t *done)
{
	for (size_t i = 0; i < p->contact_n && *done == 0; i++) {
		int64_t *ids;
		size_t n;
		TRY(erase_linked(c, p->contact_ids[i], ERASED_AT_ONCE, &ids, &n));
		for (; *done < n; (*done)++)
			TRY(erase_linked_object(c, p, p->contact_ids[i], ids[*done]));
	}
	return OK;
}

static enum err sources_step(struct ctx *c, const struct person *p, size_t *done)
{
	for (size_t i = 0; i < p->address_n && *done == 0; i++) {
		struct erase_source *rows;
		size_t n;
		TRY(erase_sources(c, p->addresses[i], ERASED_AT_ONCE, &rows, &n));
		for (; *done < n; (*done)++) {
			TRY(erase_source(c, rows[*done].id));
			TRY(file_drop_later(c, rows[*done].blob));
		}
	}
	return OK;
}

/* The end ------------------------------------------------------------------------------------------------------------------- */

/* Who was merged into him has a row as long as the recycle bin has it. */
static enum err erase_contact(struct ctx *c, int64_t id)
{
	struct object contact;
	TRY(object_lock(c, id));
	enum err e = object_load(c, TYPE_CONTACT, id, &contact);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	TRY(desk_booking_erase(c, id));
	TRY(erase_deliveries(c, id));
	TRY(desk_object_due(c, id));
	return purge_object(c, id);
}

static enum err finish(struct ctx *c, const struct person *p)
{
	const struct object gone = {.id = p->contact_n ? p->contact_ids[0] : 0, .object_type = TYPE_CONTACT};
	for (size_t i = 0; i < p->address_n; i++) {
		TRY(erase_kept_answers(c, p->addresses[i]));
		TRY(throttle_clear(c, p->addresses[i]));
		TRY(share_forget(c, p->addresses[i], gone.id));
	}
	for (size_t i = p->contact_n; i > 0; i--)
		TRY(erase_contact(c, p->contact_ids[i - 1]));
	TRY(desk_forget_words(c));
	TRY(erase_for_good(c));
	return announce_object(c, EV_CONTACT_ERASED, &gone, STR_NULL, 0);
}

static enum err step(struct ctx *c, void *arg)
{
	static enum err (*const steps[])(struct ctx *c, const struct person *p, size_t *done) = {
		tickets_step, threads_step, links_step, sources_step};
	struct erase_work *w = arg;
	size_t done = 0;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && done == 0; i++)
		TRY(steps[i](c, w->person, &done));
	w->is_done = done == 0;
	return w->is_done ? finish(c, w->person) : OK;
}

static enum err erase(struct ctx *c, struct erase_work *w)
{
	w->person = NEW(c->a, struct person);
	TRY(c->run->write(c->run->self, c, find_person, w));
	while (!w->is_done)
		TRY(c->run->write(c->run->self, c, step, w));
	return OK;
}

enum err desk_contact_erase(struct ctx *c, int64_t id)
{
	return erase(c, &(struct erase_work){.id = id});
}

enum err desk_address_erase(struct ctx *c, struct str address)
{
	return erase(c, &(struct erase_work){.address = str_lower(c->a, str_trim(address))});
}
