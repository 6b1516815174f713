/* What receiving and answering have in common: forms of addresses, and what a message changes on its ticket. */

#include "desk/conversation_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/calculate.h"
#include "desk/held_reply.h"
#include "desk/notify.h"
#include "desk/object_int.h"
#include "desk/reply_token.h"
#include "desk/search_index.h"
#include "desk/seen.h"
#include "store/calculate.h"
#include "text/json.h"
#include "text/json_read.h"

enum {
	MAX_RECIPIENTS_JSON_BYTES = 1 << 20,
	MAX_EXTENSIONS = 3, /* plus signs that are cut off an address, each with a query */
};

static void add_recipients(struct json *j, struct str field, const struct address *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_object_begin(j);
		json_add_string(j, "field", field);
		json_add_string(j, "name", list[i].name.n ? list[i].name : STR_NULL);
		json_add_string(j, "address", list[i].address);
		json_object_end(j);
	}
}

struct str recipients_json(struct ctx *c, const struct address *to, size_t to_n, const struct address *cc, size_t cc_n,
                           const struct address *bcc, size_t bcc_n)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_RECIPIENTS_JSON_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	add_recipients(&j, STR("TO"), to, to_n);
	add_recipients(&j, STR("CC"), cc, cc_n);
	add_recipients(&j, STR("BCC"), bcc, bcc_n);
	json_array_end(&j);
	return buf_is_full(&b) ? STR("[]") : buf_str(&b);
}

enum err recipients_read(struct ctx *c, struct str text, struct str field, struct address **out, size_t *n_out)
{
	json_t *list;
	TRY(json_parse(c, text, &list));
	size_t n = 0, all = json_array_size(list);
	struct address *found = NEW_ARRAY(c->a, all, struct address);
	for (size_t i = 0; i < all; i++) {
		const json_t *entry = json_array_get(list, i);
		if (!str_eq(json_get_str(entry, "field"), field))
			continue;
		found[n].name = json_get_str(entry, "name");
		found[n++].address = json_get_str(entry, "address");
	}
	*out = found;
	*n_out = n;
	return OK;
}

struct str preview_of(struct ctx *c, struct str text)
{
	char *line = arena_alloc(c->a, MAX_PREVIEW_BYTES + 8);
	size_t n = 0;
	bool needs_blank = false;
	for (size_t i = 0; i < text.n && n < MAX_PREVIEW_BYTES; i++) {
		if ((unsigned char)text.p[i] <= ' ') {
			needs_blank = n > 0;
			continue;
		}
		if (needs_blank)
			line[n++] = ' ';
		needs_blank = false;
		line[n++] = text.p[i];
	}
	/* may end inside of a character: cut back to where it is whole */
	struct str s = utf8_head((struct str){line, n}, n > MAX_PREVIEW_BYTES ? MAX_PREVIEW_BYTES : n);
	while (s.n > 0 && !utf8_is_valid(s))
		s.n--;
	return s;
}

enum err account_of_address(struct ctx *c, struct str address, struct channel_account *out)
{
	struct str candidate = str_lower(c->a, address);
	for (int i = 0;; i++) {
		enum err e = channel_account_by_address(c, CHANNEL_EMAIL, candidate, out);
		struct str shorter = reply_token_strip(c, candidate);
		if (e != ERR_NOT_FOUND || shorter.n == candidate.n || i == MAX_EXTENSIONS)
			return e;
		fail_clear(c);
		candidate = shorter;
	}
}

enum err is_own_address(struct ctx *c, struct str address, bool *is_out)
{
	struct channel_account found;
	enum err e = account_of_address(c, address, &found);
	*is_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

struct str new_mail_id(struct ctx *c, struct str from_address, int64_t ticket_id)
{
	struct str domain = from_address;
	str_cut(&domain, STR("@"));
	return str_fmt(c->a, STR_FMT ".%lld@" STR_FMT, STR_ARG(rand_token(c->a, 16)), (long long)ticket_id,
	               STR_ARG(domain));
}

/* Where the ticket's first message came from; what has been said of it stays. */
static enum err set_origin(struct ctx *c, struct write *w, const struct thread *thread, const struct message *m)
{
	const struct {
		const char *name;
		int64_t id;
	} origin[] = {
		{"hs_conversations_originating_thread_id", thread->id},
		{"hs_conversations_originating_message_id", m->id},
		{"hs_originating_generic_channel_id", thread->channel_id},
		{"hs_originating_channel_instance_id", thread->channel_account_id},
	};
	if (write_value(c, w, str_c(origin[0].name)).n > 0)
		return OK;
	for (size_t i = 0; i < sizeof(origin) / sizeof(origin[0]); i++)
		TRY(write_set(c, w, str_c(origin[i].name), str_fmt(c->a, "%lld", (long long)origin[i].id)));
	return OK;
}

static enum err note_on_ticket(struct ctx *c, const struct thread *thread, const struct message *m, struct object *ticket_out)
{
	const struct object_in rule = {.by_rule = true};
	struct write w = {.type = schema_type_by_id(c, TYPE_TICKET), .in = &rule};
	struct activity_sums activities;
	write_init(c, &w);
	TRY(object_load(c, TYPE_TICKET, m->ticket_id, &w.before));
	w.o = w.before;
	w.o.preview = preview_of(c, m->text);
	w.o.seen_by = seen_by_writer(c, m->user_id);
	if (str_eq(m->type, STR("MESSAGE"))) {
		w.o.is_last_from_visitor = str_eq(m->direction, STR("INCOMING"));
		/* a machine's answer is no reason to come back early */
		if (w.o.is_last_from_visitor && !m->is_automatic)
			w.o.snoozed_until = w.o.snoozed_by = 0;
		TRY(set_origin(c, &w, thread, m));
	}
	TRY(calculate_ticket_activity(c, &w, &activities));
	TRY(write_merge(c, &w));
	TRY(object_update(c, &w.o));
	*ticket_out = w.o;
	return OK;
}

/* A contact was contacted when a message went out in one of his conversations. */
static enum err note_on_contact(struct ctx *c, const struct thread *thread, const struct message *m)
{
	if (thread->contact_id == 0 || !str_eq(m->type, STR("MESSAGE")) || !str_eq(m->direction, STR("OUTGOING")))
		return OK;
	return calculate(c, TYPE_CONTACT, thread->contact_id, ABOUT_MESSAGES);
}

enum err note_message(struct ctx *c, struct thread *thread, const struct message *m)
{
	struct object ticket;
	TRY(note_on_ticket(c, thread, m, &ticket));
	TRY(desk_message_due(c, m->id));
	thread->latest_at = c->now;
	if (str_eq(m->direction, STR("INCOMING")))
		thread->latest_received_at = c->now;
	else if (str_eq(m->type, STR("MESSAGE")))
		thread->latest_sent_at = c->now;
	TRY(thread_update(c, thread));
	TRY(note_on_contact(c, thread, m));
	if (str_eq(m->direction, STR("INCOMING")) && !m->is_automatic)
		TRY(held_pause(c, m->ticket_id));
	TRY(notify_message(c, &ticket, m));
	return bus_emit(c, EV_MESSAGE_ADDED,
	                &(struct event_about){.about_id = m->id, .ticket_id = m->ticket_id, .message_id = m->id});
}
