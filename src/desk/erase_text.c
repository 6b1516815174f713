/* A row without the person: texts are rewritten, messages and tickets emptied. */

#include "base/arena.h"
#include "base/buf.h"
#include "bus/event.h"
#include "desk/announce.h"
#include "desk/erase_int.h"
#include "desk/file.h"
#include "desk/search_index.h"
#include "store/erase.h"
#include "store/unique.h"
#include "text/json.h"
#include "text/json_props.h"
#include "text/json_read.h"

enum { MAX_TEXT_BYTES = 64 << 20, MAX_RECIPIENTS_BYTES = 1 << 20 };

static const struct str erased = STR("(erased)");

void person_add_address(struct ctx *c, struct person *p, struct str address)
{
	address = str_trim(address);
	if (address.n == 0 || str_find_byte(address, '@') < 0 || p->address_n == MAX_PERSON_ADDRESSES ||
	    person_has_address(p, address))
		return;
	p->addresses[p->address_n++] = str_lower(c->a, address);
}

bool person_has_address(const struct person *p, struct str address)
{
	for (size_t i = 0; i < p->address_n; i++)
		if (str_eq_nocase(p->addresses[i], address))
			return true;
	return false;
}

static struct str without(struct ctx *c, struct str text, struct str address)
{
	struct buf b;
	ptrdiff_t at = str_find_nocase(text, address);
	if (at < 0)
		return text;
	buf_init(&b, c->a, MAX_TEXT_BYTES);
	for (; at >= 0; at = str_find_nocase(text, address)) {
		buf_add(&b, str_head(text, (size_t)at));
		buf_add(&b, erased);
		text = str_skip(text, (size_t)at + address.n);
	}
	buf_add(&b, text);
	return buf_is_full(&b) ? STR("") : buf_str(&b);
}

struct str erase_text(struct ctx *c, const struct person *p, struct str text, bool *is_other_out)
{
	struct str left = text;
	for (size_t i = 0; i < p->address_n && !str_is_null(left); i++)
		left = without(c, left, p->addresses[i]);
	*is_other_out = *is_other_out || left.p != text.p;
	return left;
}

/* Messages ---------------------------------------------------------------------------------------------------------------- */

static enum err drop_blobs(struct ctx *c, int64_t message_id)
{
	struct str *blobs;
	size_t n;
	TRY(erase_blobs(c, message_id, &blobs, &n));
	for (size_t i = 0; i < n; i++)
		TRY(file_drop_later(c, blobs[i]));
	return OK;
}

enum err erase_whole_message(struct ctx *c, const struct message *m)
{
	TRY(drop_blobs(c, m->id));
	TRY(erase_message(c, m->id));
	return desk_message_due(c, m->id);
}

/* Without the entries that are his, names and all. */
static enum err erase_recipients(struct ctx *c, const struct person *p, struct str recipients, struct str *out)
{
	json_t *list;
	size_t at = 0;
	TRY(json_parse(c, recipients, &list));
	while (at < json_array_size(list))
		if (person_has_address(p, json_get_str(json_array_get(list, at), "address")))
			json_array_remove(list, at);
		else
			at++;
	*out = json_compact(c, list, MAX_RECIPIENTS_BYTES);
	if (str_is_null(*out))
		*out = STR("[]");
	return OK;
}

enum err erase_in_message(struct ctx *c, const struct person *p, const struct message *m)
{
	struct message left = *m;
	bool is_other = false;
	if (person_has_address(p, m->sender_address))
		return erase_whole_message(c, m);
	struct str *const texts[] = {&left.subject, &left.text,        &left.html,           &left.recipients, &left.reply_to,
	                             &left.mail_id, &left.in_reply_to, &left.mail_references, &left.notes};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = erase_text(c, p, *texts[i], &is_other);
	if (!is_other)
		return OK;
	TRY(erase_recipients(c, p, m->recipients, &left.recipients));
	TRY(drop_blobs(c, m->source_id ? m->id : 0));
	TRY(erase_from_message(c, &left));
	return desk_message_due(c, m->id);
}

/* Objects ------------------------------------------------------------------------------------------------------------------ */

/* Figures, times and choices; no texts. */
static struct str shell_props(struct ctx *c, const struct type_def *t, struct str props)
{
	struct buf b;
	struct json j;
	struct str name, value;
	buf_init(&b, c->a, MAX_TEXT_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (struct props_walk walk = props_walk(props); props_next(&walk, c->a, &name, &value);) {
		const struct property_def *def = schema_property(t, name);
		bool is_text = def == NULL || str_eq(def->row.type, STR("string")) || str_eq(def->row.type, STR("phone_number"));
		if (is_text || str_find_byte(value, '@') >= 0)
			continue;
		json_key_str(&j, name);
		json_str(&j, value);
	}
	json_object_end(&j);
	return buf_str(&b);
}

enum err erase_ticket(struct ctx *c, const struct type_def *t, struct object *ticket)
{
	ticket->label = STR("");
	ticket->preview = STR_NULL;
	ticket->contact_id = 0;
	ticket->props = shell_props(c, t, ticket->props);
	TRY(erase_history(c, ticket->id));
	TRY(erase_deliveries(c, ticket->id));
	TRY(unique_remove_object(c, ticket->id));
	TRY(object_update(c, ticket));
	TRY(desk_object_due(c, ticket->id));
	return announce_object(c, EV_TICKET_CHANGED, ticket, STR("PRIVACY_DELETION"), 0);
}

static enum err erase_in_history(struct ctx *c, const struct person *p, int64_t object_id)
{
	struct change *changes;
	size_t n;
	TRY(change_list(c, object_id, MAX_HISTORY, &changes, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_other = false;
		struct str left = erase_text(c, p, changes[i].changes, &is_other);
		if (is_other)
			TRY(erase_change(c, changes[i].id, left));
	}
	return OK;
}

enum err erase_in_object(struct ctx *c, const struct person *p, struct object *o)
{
	bool is_other = false;
	enum event_kind kind = o->object_type == TYPE_TICKET    ? EV_TICKET_CHANGED
	                       : o->object_type == TYPE_CONTACT ? EV_CONTACT_CHANGED
	                                                        : EV_OBJECT_CHANGED;
	o->label = erase_text(c, p, o->label, &is_other);
	o->preview = erase_text(c, p, o->preview, &is_other);
	o->props = erase_text(c, p, o->props, &is_other);
	TRY(erase_in_history(c, p, o->id));
	TRY(erase_deliveries(c, o->id));
	if (!is_other)
		return OK;
	TRY(object_update(c, o));
	TRY(desk_object_due(c, o->id));
	return announce_object(c, kind, o, STR("PRIVACY_DELETION"), 0);
}
