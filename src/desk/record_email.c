/* Email from a record: a ticket of its own, linked to whom it is about, with the mail as its first message. */

#include "desk/record.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/associate.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "text/mail_addr.h"

enum { MAX_EMAIL_LINKS = 20 };

struct links {
	struct link_in list[MAX_EMAIL_LINKS + 2];
	size_t n;
};

static void add_link(struct links *links, int64_t type, int64_t id)
{
	for (size_t i = 0; i < links->n; i++)
		if (links->list[i].to_id == id)
			return;
	if (links->n < sizeof(links->list) / sizeof(links->list[0]))
		links->list[links->n++] = (struct link_in){.to_id = id, .to_type = type};
}

/* Where it leaves from; the first address of the desk where the caller does not say. */
static enum err account_of(struct ctx *c, int64_t id, struct channel_account *out)
{
	if (id == 0)
		return first_email_account(c, out);
	enum err e = channel_account_load(c, id, out);
	if (e == ERR_NOT_FOUND || (e == OK && (out->archived_at > 0 || out->channel_id != CHANNEL_EMAIL))) {
		fail_clear(c);
		return fail_field(c, STR("channelAccountId"), STR("NOT_FOUND"), "There is no email address %lld of this desk.",
		                  (long long)id);
	}
	return e;
}

/* The company that a contact belongs to first of all. */
static enum err add_primary_company(struct ctx *c, const struct object *contact, struct links *links)
{
	struct association *labels;
	size_t n;
	TRY(record_labels(c, contact->id, TYPE_COMPANY, MAX_EMAIL_LINKS, &labels, &n));
	for (size_t i = 0; i < n; i++) {
		struct association_type type;
		struct object company;
		TRY(desk_association_type(c, labels[i].type_id, &type));
		if (!type.is_primary)
			continue;
		TRY(object_load(c, TYPE_COMPANY, labels[i].to_id, &company));
		if (company.archived_at == 0)
			add_link(links, TYPE_COMPANY, company.id);
	}
	return OK;
}

/* Those it goes to are contacts: whoever answers is then known. The first is the one who the ticket is of. */
static enum err add_receivers(struct ctx *c, const struct reply_in *in, struct links *links)
{
	for (size_t i = 0; i < in->to_n && i < MAX_EMAIL_LINKS; i++) {
		struct object contact;
		bool is_own;
		if (!mail_addr_is_sendable(in->to[i].address))
			return fail_field(c, STR("to"), STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
			                  STR_ARG(str_head(in->to[i].address, 254)));
		TRY(is_own_address(c, in->to[i].address, &is_own));
		if (is_own)
			continue;
		TRY(contact_of(c, &in->to[i], &contact));
		add_link(links, TYPE_CONTACT, contact.id);
	}
	return OK;
}

static enum err collect_links(struct ctx *c, const struct object *record, const struct reply_in *in, struct links *links)
{
	if (record->object_type == TYPE_CONTACT) {
		add_link(links, TYPE_CONTACT, record->id);
		TRY(add_primary_company(c, record, links));
	}
	TRY(add_receivers(c, in, links));
	if (record->object_type != TYPE_CONTACT)
		add_link(links, record->object_type, record->id);
	return OK;
}

static enum err open_ticket(struct ctx *c, const struct channel_account *from, struct str subject, const struct links *links,
                            struct object *out)
{
	const struct prop props[] = {
		{STR("subject"), subject},
		{STR("hs_pipeline"), from->pipeline_id},
		{STR("hs_pipeline_stage"), from->stage_id},
		{STR("source_type"), STR("EMAIL")},
		{STR("outbound_ticket"), STR("true")},
		{STR("hs_inbox_id"), str_fmt(c->a, "%lld", (long long)from->inbox_id)},
		{STR("hubspot_owner_id"), c->who.owner_id ? str_fmt(c->a, "%lld", (long long)c->who.owner_id) : STR("")},
	};
	const struct object_in ticket = {
		.props = props,
		.prop_n = sizeof(props) / sizeof(props[0]),
		.links = links->list,
		.link_n = links->n,
		.source_type = STR("EMAIL"),
		.by_rule = true,
	};
	return desk_object_create(c, schema_type_by_id(c, TYPE_TICKET), &ticket, out);
}

enum err desk_email_from(struct ctx *c, const struct object *record, const struct reply_in *in, struct object *ticket,
                         struct message *out)
{
	struct channel_account from;
	struct links links = {0};
	struct reply_in reply = *in;
	struct str subject = str_trim(in->subject);
	TRY(desk_can(c, CAN_REPLY, record));
	if (in->to_n == 0)
		return fail_field(c, STR("to"), STR("REQUIRED_FIELD"), "There is nobody to send this to. Add a recipient.");
	if (subject.n == 0)
		return fail_field(c, STR("subject"), STR("REQUIRED_FIELD"), "Give the email a subject.");
	if (subject.n > MAX_SUBJECT_BYTES || !utf8_is_valid(subject))
		return fail_field(c, STR("subject"), STR("INVALID_LENGTH"), "A subject is one line of at most %d bytes.",
		                  MAX_SUBJECT_BYTES);
	TRY(account_of(c, in->channel_account_id, &from));
	TRY(collect_links(c, record, in, &links));
	TRY(open_ticket(c, &from, subject, &links, ticket));
	reply.ticket_id = ticket->id;
	reply.channel_account_id = from.id;
	reply.has_recipients = true;
	reply.subject = subject;
	TRY(desk_reply(c, &reply, out));
	return object_load(c, TYPE_TICKET, ticket->id, ticket);
}
