/* An unknown visitor becomes a contact. A channel makes a contact of whoever writes, with the identifier that it knows as its name;
 * that one is only a place to hang the conversation on. Who turns out to be somebody new gives it his name and address; who is known
 * already takes it over by a merge, so that the channel finds him by that identifier from then on. Only when some of the former
 * tickets are not his do the others move one by one. */

#include "desk/record.h"

#include "base/arena.h"
#include "base/num.h"
#include "bus/event.h"
#include "desk/associate.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/search_index.h"

static enum err load_contact(struct ctx *c, int64_t id, struct object *out)
{
	return desk_object_load(c, schema_type_by_id(c, TYPE_CONTACT), id, false, out);
}

static struct str value_of(struct ctx *c, const struct object *contact, struct str name)
{
	return property_value(c, contact, schema_property(schema_type_by_id(c, TYPE_CONTACT), name));
}

/* Made by a channel, and known by nothing but what the channel called him. */
static bool is_placeholder(struct ctx *c, const struct object *contact)
{
	struct str phone = value_of(c, contact, STR("phone"));
	return str_eq(contact->source, STR("CONVERSATIONS")) && contact->unique_key.n == 0 &&
	       (phone.n == 0 || str_eq(phone, contact->label));
}

enum err desk_is_unidentified(struct ctx *c, const struct message *m, bool *is_out)
{
	struct object contact;
	*is_out = false;
	if (!str_eq(m->direction, STR("INCOMING")) || !str_eq(m->type, STR("MESSAGE")) || m->user_id != 0)
		return OK;
	*is_out = m->contact_id == 0 && m->sender_address.n > 0;
	/* whoever wrote a mail has an address */
	if (m->contact_id == 0 || m->sender_type.n == 0)
		return OK;
	enum err e = load_contact(c, m->contact_id, &contact);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	*is_out = is_placeholder(c, &contact);
	return OK;
}

static enum err load_message(struct ctx *c, int64_t ticket_id, int64_t message_id, struct object *ticket, struct message *out)
{
	bool is_unidentified;
	enum err e;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, ticket));
	e = message_load(c, message_id, out);
	if (e == ERR_NOT_FOUND || (e == OK && out->ticket_id != ticket->id)) {
		fail_clear(c);
		return fail_field(c, STR("messageId"), STR("NOT_FOUND"), "The ticket has no message %lld.", (long long)message_id);
	}
	TRY(e);
	TRY(desk_is_unidentified(c, out, &is_unidentified));
	if (!is_unidentified)
		return fail_field(c, STR("messageId"), STR("ALREADY_IDENTIFIED"), "It is known who wrote this message.");
	return OK;
}

enum err desk_former_tickets(struct ctx *c, int64_t ticket_id, int64_t message_id, struct ticket_row **out, size_t *n_out)
{
	struct object ticket;
	struct message m;
	*out = NULL;
	*n_out = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(load_message(c, ticket_id, message_id, &ticket, &m));
	if (m.contact_id == 0)
		return OK;
	return ticket_row_of_contact(c, desk_sight(c), m.contact_id, ticket.id, MAX_IDENTIFIED_TICKETS, out, n_out);
}

/* An address is one contact's. */
static enum err check_email(struct ctx *c, const struct identify_in *in)
{
	for (size_t i = 0; i < in->prop_n; i++) {
		struct object other;
		if (!str_eq(in->props[i].name, STR("email")) || str_trim(in->props[i].value).n == 0)
			continue;
		enum err e = desk_object_of_key(c, TYPE_CONTACT, str_lower(c->a, str_trim(in->props[i].value)), &other);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			continue;
		}
		TRY(e);
		fail_context(c, STR("contactId"), str_fmt(c->a, "%lld", (long long)other.id));
		return fail(c, ERR_CONFLICT, "Contact already exists. Existing ID: %lld", (long long)other.id);
	}
	return OK;
}

static bool is_among(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Does the caller claim all tickets of the placeholder? */
static enum err claims_all(struct ctx *c, const struct identify_in *in, int64_t contact_id, bool *is_out)
{
	struct ticket_row *rows;
	size_t n, known_n = 0;
	*is_out = true;
	if (in->ticket_ids == NULL || contact_id == 0)
		return OK;
	TRY(ticket_row_of_contact(c, NULL, contact_id, in->ticket_id, MAX_IDENTIFIED_TICKETS, &rows, &n));
	for (size_t i = 0; i < n; i++)
		known_n += is_among(in->ticket_ids, in->ticket_n, rows[i].id);
	*is_out = known_n == n;
	known_n += is_among(in->ticket_ids, in->ticket_n, in->ticket_id);
	if (known_n != in->ticket_n)
		return fail_field(c, STR("ticketIds"), STR("NOT_FOUND"), "Not all of these tickets are of this visitor.");
	return OK;
}

static enum err make_contact(struct ctx *c, const struct identify_in *in, struct object *out)
{
	const struct object_in props = {.props = in->props, .prop_n = in->prop_n, .source_type = STR("CRM_UI")};
	return desk_object_create(c, schema_type_by_id(c, TYPE_CONTACT), &props, out);
}

/* The whole placeholder: it is completed, or taken over. */
static enum err take_all(struct ctx *c, const struct identify_in *in, const struct message *m, struct object *contact)
{
	const struct type_def *type = schema_type_by_id(c, TYPE_CONTACT);
	const struct object_in props = {.props = in->props, .prop_n = in->prop_n, .source_type = STR("CRM_UI")};
	const struct prop no_name = {STR("firstname"), STR("")};
	const struct object_in nameless = {.props = &no_name, .prop_n = 1, .source_type = STR("CRM_UI")};
	struct object placeholder;
	if (in->contact_id == 0)
		return desk_object_update(c, type, m->contact_id, &props, contact);
	TRY(load_contact(c, m->contact_id, &placeholder));
	/* what stands for a name and is none is not handed on */
	if (str_eq(value_of(c, &placeholder, STR("firstname")), m->sender_address))
		TRY(desk_object_update(c, type, placeholder.id, &nameless, &placeholder));
	return desk_object_merge(c, type, in->contact_id, placeholder.id, contact);
}

static enum err give_ticket(struct ctx *c, int64_t ticket_id, int64_t from_id, const struct object *contact)
{
	const struct link_in link = {.to_id = contact->id, .to_type = TYPE_CONTACT};
	struct object ticket, from;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(load_contact(c, from_id, &from));
	TRY(desk_dissociate(c, &ticket, &from, NULL));
	TRY(desk_associate(c, &ticket, &link));
	TRY(record_give_ticket(c, ticket_id, from_id, contact->id));
	return desk_object_due(c, ticket_id);
}

static enum err take_some(struct ctx *c, const struct identify_in *in, int64_t placeholder_id, const struct object *contact)
{
	TRY(give_ticket(c, in->ticket_id, placeholder_id, contact));
	for (size_t i = 0; i < in->ticket_n; i++)
		if (in->ticket_ids[i] != in->ticket_id)
			TRY(give_ticket(c, in->ticket_ids[i], placeholder_id, contact));
	return OK;
}

/* Somebody whom no contact stands for yet, such as who answers from another address: he joins the ticket. */
static enum err join_ticket(struct ctx *c, const struct object *ticket, const struct message *m, const struct object *contact)
{
	const struct link_in link = {.to_id = contact->id, .to_type = TYPE_CONTACT};
	struct thread thread;
	TRY(desk_associate(c, ticket, &link));
	TRY(record_give_sender(c, ticket->id, str_lower(c->a, m->sender_address), contact->id));
	TRY(thread_load(c, m->thread_id, &thread));
	if (thread.contact_id != 0)
		return OK;
	thread.contact_id = contact->id;
	return thread_update(c, &thread);
}

static enum err lock_all(struct ctx *c, const struct identify_in *in)
{
	int64_t *ids = NEW_ARRAY(c->a, in->ticket_n + 2, int64_t);
	ids[0] = in->ticket_id;
	ids[1] = in->contact_id;
	for (size_t i = 0; i < in->ticket_n; i++)
		ids[i + 2] = in->ticket_ids[i];
	return desk_object_lock_all(c, ids, in->ticket_n + 2, NULL, 0);
}

enum err desk_identify(struct ctx *c, const struct identify_in *in, struct object *contact)
{
	struct object ticket;
	struct message m;
	bool is_all;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(lock_all(c, in));
	TRY(load_message(c, in->ticket_id, in->message_id, &ticket, &m));
	TRY(desk_can(c, CAN_EDIT, &ticket));
	if (in->contact_id == 0)
		TRY(check_email(c, in));
	else
		TRY(load_contact(c, in->contact_id, contact));
	TRY(claims_all(c, in, m.contact_id, &is_all));
	if (m.contact_id != 0 && is_all) {
		TRY(take_all(c, in, &m, contact));
	} else {
		if (in->contact_id == 0)
			TRY(make_contact(c, in, contact));
		TRY(m.contact_id ? take_some(c, in, m.contact_id, contact) : join_ticket(c, &ticket, &m, contact));
	}
	/* who reads the conversation sees that its sender is known */
	return bus_emit(c, EV_MESSAGE_CHANGED,
	                &(struct event_about){.about_id = m.id, .ticket_id = ticket.id, .message_id = m.id});
}
