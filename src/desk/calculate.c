/* What comes from other rows. A part sets the properties of one type that depend on one kind of rows; which parts are run follows
 * from what has changed. */

#include "desk/calculate.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/currency.h"
#include "base/decimal.h"
#include "base/num.h"
#include "desk/announce.h"
#include "desk/conversation_int.h"
#include "desk/defaults.h"
#include "desk/object_int.h"
#include "desk/quote_sum.h"
#include "store/calculate.h"
#include "text/json_props.h"

enum { MAX_EMAILS_SHOWN = 500, LINE_ITEMS_AT_ONCE = 1000 };

/* Types of links, as in default_associations.c */
enum { TICKET_PRIMARY_COMPANY = 26, CONTACT_PRIMARY_COMPANY = 1, COMPANY_CHILD = 13, COMPANY_PARENT = 14 };

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static enum err set_text(struct ctx *c, struct write *w, const char *name, struct str value)
{
	return write_keep(c, w, str_c(name), value, false);
}

static enum err set_number(struct ctx *c, struct write *w, const char *name, int64_t n)
{
	return set_text(c, w, name, n ? str_fmt(c->a, "%lld", (long long)n) : STR(""));
}

static enum err set_time(struct ctx *c, struct write *w, const char *name, int64_t at)
{
	return set_text(c, w, name, at ? time_iso(c->a, at) : STR(""));
}

/* Messages and activities --------------------------------------------------------------------------------------------- */

static enum err set_first_reply(struct ctx *c, struct write *w, int64_t at)
{
	int64_t took_ms = at > w->o.created_at ? at - w->o.created_at : 0;
	TRY(set_time(c, w, "first_agent_reply_date", at));
	TRY(set_time(c, w, "hs_first_agent_message_sent_at", at));
	return set_text(c, w, "time_to_first_agent_reply",
	                at ? str_fmt(c->a, "%lld", (long long)took_ms) : STR(""));
}

static enum err set_messages(struct ctx *c, struct write *w, const struct message_sums *m)
{
	TRY(set_first_reply(c, w, m->first_sent_at));
	TRY(set_time(c, w, "hs_last_message_received_at", m->last_received_at));
	TRY(set_time(c, w, "last_reply_date", m->last_received_at));
	TRY(set_time(c, w, "hs_last_message_sent_at", m->last_sent_at));
	TRY(set_number(c, w, "hs_number_of_touches", m->sent_n));
	return rule_one_touch(c, w);
}

static enum err set_contacts_made(struct ctx *c, struct write *w, const struct message_sums *m,
                                  const struct activity_sums *a)
{
	int64_t contacted_at = later(m->last_sent_at, a->latest_contact_at);
	TRY(set_time(c, w, "hs_lastcontacted", contacted_at));
	TRY(set_time(c, w, "notes_last_contacted", contacted_at));
	TRY(set_number(c, w, "hs_num_times_contacted", m->sent_n + a->contacted_n));
	TRY(set_number(c, w, "num_contacted_notes", m->sent_n + a->contacted_n));
	return set_number(c, w, "num_notes", m->sent_n + a->n);
}

enum err calculate_ticket_activity(struct ctx *c, struct write *w, struct activity_sums *a)
{
	struct message_sums m;
	int64_t thread_n;
	TRY(messages_of_ticket(c, w->o.id, &m));
	TRY(activities_of(c, w->o.id, a));
	TRY(thread_count(c, w->o.id, &thread_n));
	TRY(set_messages(c, w, &m));
	TRY(set_contacts_made(c, w, &m, a));
	TRY(set_number(c, w, "hs_num_associated_conversations", thread_n));
	TRY(set_time(c, w, "notes_last_updated", later(m.latest_at, a->latest_at)));
	TRY(set_time(c, w, "last_engagement_date",
	             later(later(m.last_sent_at, m.last_received_at), a->latest_spoken_at)));
	TRY(set_time(c, w, "hs_nextactivitydate", a->next_at));
	TRY(set_time(c, w, "notes_next_activity_date", a->next_at));
	w->o.activity_at = later(w->o.created_at, later(m.latest_at, a->latest_at));
	return OK;
}

/* What lies ahead will be behind some day. */
static enum err wake(struct ctx *c, const struct write *w, unsigned about, const struct activity_sums *a)
{
	if (a->wake_at == 0 || !(about & ABOUT_ACTIVITIES))
		return OK;
	return job_add(c, &job_calculate, w->o.id, STR_NULL, a->wake_at);
}

static enum err ticket_activity(struct ctx *c, struct write *w, unsigned about)
{
	struct activity_sums a;
	TRY(calculate_ticket_activity(c, w, &a));
	return wake(c, w, about, &a);
}

static enum err contact_activity(struct ctx *c, struct write *w, unsigned about)
{
	struct message_sums m;
	struct activity_sums a;
	TRY(messages_of_contact(c, w->o.id, &m));
	TRY(activities_of(c, w->o.id, &a));
	TRY(set_contacts_made(c, w, &m, &a));
	return wake(c, w, about, &a);
}

/* What lists show of a ticket is that of its newest message. */
static enum err ticket_preview(struct ctx *c, struct write *w, unsigned about)
{
	struct newest_message newest;
	(void)about;
	enum err e = newest_of_ticket(c, w->o.id, false, &newest);
	if (e == OK) {
		w->o.preview = preview_of(c, newest.text);
		e = newest_of_ticket(c, w->o.id, true, &newest);
	}
	if (e == OK)
		w->o.is_last_from_visitor = str_eq(newest.direction, STR("INCOMING"));
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* Links --------------------------------------------------------------------------------------------------------------- */

/* The object at the other end of a type of link that leads to one at most; id 0: none. */
static enum err only_link(struct ctx *c, const struct write *w, int64_t type, int64_t link_type, struct linked *out)
{
	struct linked *found;
	size_t n;
	TRY(linked_list(c, w->o.id, type, link_type, 0, 1, &found, &n));
	*out = n > 0 ? found[0] : (struct linked){0};
	return OK;
}

static enum err ticket_companies(struct ctx *c, struct write *w, unsigned about)
{
	struct linked company;
	int64_t n;
	(void)about;
	TRY(linked_count(c, w->o.id, TYPE_COMPANY, 0, &n));
	TRY(only_link(c, w, TYPE_COMPANY, TICKET_PRIMARY_COMPANY, &company));
	TRY(set_number(c, w, "hs_num_associated_companies", n));
	TRY(set_number(c, w, "hs_primary_company_id", company.id));
	TRY(set_text(c, w, "hs_primary_company", company.label));
	return set_text(c, w, "hs_primary_company_name", company.label);
}

static enum err ticket_contacts(struct ctx *c, struct write *w, unsigned about)
{
	struct linked *contacts;
	struct buf b;
	size_t n;
	(void)about;
	TRY(linked_list(c, w->o.id, TYPE_CONTACT, 0, 0, MAX_EMAILS_SHOWN, &contacts, &n));
	buf_init(&b, c->a, MAX_PROPERTY_CHARS);
	for (size_t i = 0; i < n; i++) {
		struct str email = contacts[i].unique_key;
		if (email.n == 0 || b.n + email.n + 1 > MAX_PROPERTY_CHARS)
			continue;
		if (b.n > 0)
			buf_byte(&b, ';');
		buf_add(&b, email);
	}
	return set_text(c, w, "hs_all_associated_contact_emails", b.n > 0 ? buf_str(&b) : STR(""));
}

static enum err contact_company(struct ctx *c, struct write *w, unsigned about)
{
	struct linked company;
	(void)about;
	TRY(only_link(c, w, TYPE_COMPANY, CONTACT_PRIMARY_COMPANY, &company));
	return set_number(c, w, "associatedcompanyid", company.id);
}

static enum err company_contacts(struct ctx *c, struct write *w, unsigned about)
{
	int64_t n;
	(void)about;
	TRY(linked_count(c, w->o.id, TYPE_CONTACT, 0, &n));
	return set_number(c, w, "num_associated_contacts", n);
}

static enum err company_deals(struct ctx *c, struct write *w, unsigned about)
{
	int64_t n;
	(void)about;
	TRY(linked_count(c, w->o.id, TYPE_DEAL, 0, &n));
	return set_number(c, w, "num_associated_deals", n);
}

static enum err company_family(struct ctx *c, struct write *w, unsigned about)
{
	struct linked parent;
	int64_t n;
	(void)about;
	TRY(linked_count(c, w->o.id, TYPE_COMPANY, COMPANY_CHILD, &n));
	TRY(only_link(c, w, TYPE_COMPANY, COMPANY_PARENT, &parent));
	TRY(set_number(c, w, "hs_num_child_companies", n));
	return set_number(c, w, "hs_parent_company_id", parent.id);
}

/* Not set, or no number: none. */
static bool amount_in(struct ctx *c, struct str props, struct str name, struct decimal *out)
{
	struct str text;
	*out = (struct decimal){0};
	return props_get(props, name, c->a, &text) && decimal_parse(text, out);
}

/* false: the sum has more digits than can be exact. An item without an amount adds none. */
static bool add_amount(struct ctx *c, const struct linked *item, struct quote_sums *sums)
{
	struct decimal amount, rate;
	amount_in(c, item->props, STR("hs_tax_rate"), &rate);
	return !amount_in(c, item->props, STR("amount"), &amount) || quote_sums_add(sums, amount, rate);
}

/* In no currency nothing is rounded. */
static enum err quote_amount(struct ctx *c, struct write *w, unsigned about)
{
	struct quote_sums sums = {.places = SUM_EXACT};
	struct linked *items;
	size_t n, all_n = 0;
	int64_t after = 0;
	bool is_exact = true;
	(void)about;
	currency_find(write_value(c, w, STR("hs_currency")), &sums.places);
	do {
		TRY(linked_list(c, w->o.id, TYPE_LINE_ITEM, 0, after, LINE_ITEMS_AT_ONCE, &items, &n));
		for (size_t i = 0; i < n; i++)
			is_exact = is_exact && add_amount(c, &items[i], &sums);
		after = n > 0 ? items[n - 1].id : 0;
		all_n += n;
	} while (n == LINE_ITEMS_AT_ONCE);
	is_exact = is_exact && quote_sums_end(&sums);
	return set_text(c, w, "hs_quote_amount", all_n > 0 && is_exact ? decimal_text(c->a, sums.total) : STR(""));
}

/* Which parts ----------------------------------------------------------------------------------------------------------- */

static const struct {
	int64_t type;
	unsigned about;
	enum err (*set)(struct ctx *c, struct write *w, unsigned about);
} parts[] = {
	{TYPE_TICKET, ABOUT_MESSAGES | ABOUT_ACTIVITIES, ticket_activity},
	{TYPE_TICKET, ABOUT_MOVED, ticket_preview},
	{TYPE_TICKET, ABOUT_CONTACTS, ticket_contacts},
	{TYPE_TICKET, ABOUT_COMPANIES, ticket_companies},
	{TYPE_CONTACT, ABOUT_MESSAGES | ABOUT_ACTIVITIES, contact_activity},
	{TYPE_CONTACT, ABOUT_COMPANIES, contact_company},
	{TYPE_COMPANY, ABOUT_CONTACTS, company_contacts},
	{TYPE_COMPANY, ABOUT_DEALS, company_deals},
	{TYPE_COMPANY, ABOUT_COMPANIES, company_family},
	{TYPE_QUOTE, ABOUT_LINE_ITEMS, quote_amount},
};
enum { PART_N = sizeof(parts) / sizeof(parts[0]) };

/* What an object of this type is to those that are linked with it. */
static unsigned about_of(int64_t type)
{
	switch (type) {
	case TYPE_COMMUNICATION:
	case TYPE_TASK:
	case TYPE_NOTE:
	case TYPE_MEETING:
	case TYPE_CALL:
	case TYPE_EMAIL:
		return ABOUT_ACTIVITIES;
	case TYPE_CONTACT:
		return ABOUT_CONTACTS;
	case TYPE_COMPANY:
		return ABOUT_COMPANIES;
	case TYPE_DEAL:
		return ABOUT_DEALS;
	case TYPE_LINE_ITEM:
		return ABOUT_LINE_ITEMS;
	default:
		return 0;
	}
}

static bool depends(int64_t type, unsigned about)
{
	for (size_t i = 0; i < PART_N; i++)
		if (parts[i].type == type && (parts[i].about & about))
			return true;
	return false;
}

static bool is_same(const struct object *a, const struct object *b)
{
	return a->contact_id == b->contact_id && a->activity_at == b->activity_at && a->is_last_from_visitor == b->is_last_from_visitor &&
	       str_eq(a->preview, b->preview);
}

static enum event_kind kind_of(const struct object *o)
{
	return o->object_type == TYPE_TICKET    ? EV_TICKET_CHANGED
	       : o->object_type == TYPE_CONTACT ? EV_CONTACT_CHANGED
	                                        : EV_OBJECT_CHANGED;
}

struct one {
	int64_t type, id;
	unsigned about;
	int64_t contact_id; /* 0: as it is */
	bool is_new;        /* it is announced by whoever makes it */
};

static enum err calculate_one(struct ctx *c, const struct one *one)
{
	const struct object_in rule = {.by_rule = true, .source_type = STR("CALCULATED")};
	struct write w = {.in = &rule};
	TRY(object_lock(c, one->id));
	TRY(object_load(c, one->type, one->id, &w.before));
	if (w.before.archived_at > 0 && one->contact_id == 0)
		return OK;
	w.type = schema_type_by_id(c, one->type);
	w.o = w.before;
	w.o.contact_id = one->contact_id ? one->contact_id : w.o.contact_id;
	write_init(c, &w);
	for (size_t i = 0; i < PART_N; i++)
		if (parts[i].type == one->type && (parts[i].about & one->about))
			TRY(parts[i].set(c, &w, one->about));
	if (w.change_n == 0 && is_same(&w.o, &w.before))
		return OK;
	TRY(write_merge(c, &w));
	TRY(object_update(c, &w.o));
	if (w.change_n > 0)
		TRY(write_history(c, &w));
	return one->is_new ? OK : announce_object(c, kind_of(&w.o), &w.o, rule.source_type, w.change_id);
}

enum err calculate(struct ctx *c, int64_t type, int64_t id, unsigned about)
{
	return depends(type, about) ? calculate_one(c, &(struct one){.type = type, .id = id, .about = about}) : OK;
}

enum err calculate_of_contact(struct ctx *c, int64_t ticket_id, int64_t contact_id)
{
	return calculate_one(c, &(struct one){
		.type = TYPE_TICKET, .id = ticket_id, .about = ABOUT_CONTACTS, .contact_id = contact_id});
}

enum err calculate_new(struct ctx *c, const struct object *o)
{
	if (!depends(o->object_type, ABOUT_LINKS))
		return OK;
	return calculate_one(c, &(struct one){.type = o->object_type, .id = o->id, .about = ABOUT_LINKS, .is_new = true});
}

enum err calculate_far(struct ctx *c, const struct object *from, const struct object *to)
{
	return calculate(c, to->object_type, to->id, about_of(from->object_type));
}

enum err calculate_link(struct ctx *c, const struct object *from, const struct object *to)
{
	TRY(calculate(c, from->object_type, from->id, about_of(to->object_type)));
	return calculate(c, to->object_type, to->id, about_of(from->object_type));
}

/* Around an object -------------------------------------------------------------------------------------------------------- */

/* Those of one type with id > after; what is left goes to a job. */
static enum err calculate_page(struct ctx *c, const struct object *o, int64_t type, int64_t after)
{
	struct linked *found;
	size_t n;
	TRY(linked_list(c, o->id, type, 0, after, CALCULATED_AT_ONCE, &found, &n));
	for (size_t i = 0; i < n; i++)
		TRY(calculate(c, type, found[i].id, about_of(o->object_type)));
	if (n < CALCULATED_AT_ONCE)
		return OK;
	struct str body = str_fmt(c->a, "{\"type\":\"%lld\",\"after\":\"%lld\"}", (long long)type,
	                          (long long)found[n - 1].id);
	return job_add(c, &job_calculate, o->id, body, 0);
}

enum err calculate_around(struct ctx *c, const struct object *o)
{
	static const int64_t types[] = {TYPE_TICKET, TYPE_CONTACT, TYPE_COMPANY, TYPE_QUOTE};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (depends(types[i], about_of(o->object_type)))
			TRY(calculate_page(c, o, types[i], 0));
	return OK;
}

/* Do others show what this write has changed? */
static bool is_shown(const struct write *w)
{
	switch (w->o.object_type) {
	case TYPE_CONTACT:
		return !str_eq(w->o.unique_key, w->before.unique_key);
	case TYPE_COMPANY:
		return !str_eq(w->o.label, w->before.label);
	case TYPE_LINE_ITEM:
		return write_has(w, STR("amount")) || write_has(w, STR("hs_tax_rate"));
	default:
		return about_of(w->o.object_type) == ABOUT_ACTIVITIES &&
		       (w->o.activity_at != w->before.activity_at || write_has(w, STR("hs_task_status")) ||
		        write_has(w, STR("hs_meeting_outcome")) || write_has(w, STR("hs_email_direction")));
	}
}

enum err calculate_changed(struct ctx *c, const struct write *w)
{
	if (w->o.object_type == TYPE_QUOTE && write_has(w, STR("hs_currency")))
		return calculate(c, TYPE_QUOTE, w->o.id, ABOUT_LINE_ITEMS);
	return is_shown(w) ? calculate_around(c, &w->o) : OK;
}

static enum err run_in_transaction(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct object o;
	struct str text;
	int64_t type = 0, after = 0;
	enum err e = object_load_any(c, job->about_id, &o);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, job);
	}
	TRY(e);
	if (props_get(job->body, STR("type"), c->a, &text))
		num_parse_int(text, &type);
	if (props_get(job->body, STR("after"), c->a, &text))
		num_parse_int(text, &after);
	TRY(type ? calculate_page(c, &o, type, after) : calculate(c, o.object_type, o.id, ABOUT_ACTIVITIES));
	return job_finish(c, job);
}

static enum err run(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, run_in_transaction, job);
}

const struct job_kind job_calculate = {
	.kind = "desk.calculate",
	.run = run,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = SECONDS(1),
};
