/* The timeline of a record: several lists, each newest first, merged. What the asking user may not see goes only after the merge: a list
 * that lost rows before would seem to end early, and older rows of the others would come before its next ones. */

#include "desk/record.h"

#include <stdlib.h>

#include "base/arena.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "text/fold.h"
#include "text/html_text.h"

enum { SEARCH_PORTION = 100 };

/* What an activity says; a type has one of these at most. */
static const char *const bodies[] = {
	"hs_note_body", "hs_email_text", "hs_call_body", "hs_task_body", "hs_meeting_body", "hs_communication_body",
};

/* Rows older than a place, read and not yet looked at. */
struct portion {
	struct happened *rows;
	size_t n;
	int64_t at, id; /* the place */
	bool has_more;
};

static int newest_first(const void *a, const void *b)
{
	const struct happened *x = a, *y = b;
	if (x->at != y->at)
		return (x->at < y->at) - (x->at > y->at);
	return (x->id < y->id) - (x->id > y->id);
}

static enum err add_objects(struct ctx *c, const struct object *o, const struct type_def *t, int64_t limit, struct portion *p)
{
	struct object *list;
	size_t n;
	TRY(record_linked(c, o->id, t->row.id, p->at, p->id, limit, &list, &n));
	for (size_t i = 0; i < n; i++)
		p->rows[p->n++] = (struct happened){.object = list[i], .at = list[i].activity_at, .id = list[i].id};
	return OK;
}

static enum err add_messages(struct ctx *c, const struct object *contact, int64_t limit, struct portion *p)
{
	struct said *list;
	struct object ticket = {0};
	size_t n;
	TRY(record_messages(c, contact->id, p->at, p->id, limit, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (list[i].ticket_id != ticket.id)
			TRY(object_load(c, TYPE_TICKET, list[i].ticket_id, &ticket));
		p->rows[p->n++] = (struct happened){ticket, list[i], list[i].created_at, list[i].id};
	}
	return OK;
}

/* The next rows of all lists together, so many. */
static enum err read_portion(struct ctx *c, const struct object *o, const struct timeline_find *find, size_t limit,
                             struct portion *p)
{
	p->rows = NEW_ARRAY(c->a, (find->type_n + 1) * (limit + 1), struct happened);
	p->n = 0;
	for (size_t i = 0; i < find->type_n; i++)
		TRY(add_objects(c, o, find->types[i], (int64_t)limit + 1, p));
	if (find->has_messages && o->object_type == TYPE_CONTACT)
		TRY(add_messages(c, o, (int64_t)limit + 1, p));
	qsort(p->rows, p->n, sizeof(*p->rows), newest_first);
	p->has_more = p->n > limit;
	if (p->has_more)
		p->n = limit;
	return OK;
}

static bool is_visible(const struct ctx *c, const struct happened *h)
{
	return (h->said.id == 0 || h->object.archived_at == 0) && desk_may(c, CAN_VIEW, &h->object);
}

/* All that is shown of it, as it is compared. */
static struct str text_of(struct ctx *c, const struct happened *h)
{
	const struct said *s = &h->said;
	const struct type_def *t = schema_type_by_id(c, h->object.object_type);
	struct str text = h->object.label;
	if (s->id != 0)
		return text_fold(c->a, str_fmt(c->a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(text),
		                               STR_ARG(s->subject), STR_ARG(s->sender_name),
		                               STR_ARG(s->sender_address), STR_ARG(s->text)));
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const struct property_def *def = schema_property(t, str_c(bodies[i]));
		if (def != NULL)
			text = str_fmt(c->a, STR_FMT "\n" STR_FMT, STR_ARG(text),
			               STR_ARG(html_to_text(c->a, property_value(c, &h->object, def), HTML_LINKS_PLAIN)));
	}
	return text_fold(c->a, str_fmt(c->a, STR_FMT "\n" STR_FMT, STR_ARG(text), STR_ARG(h->object.preview)));
}

static bool has_words(struct ctx *c, const struct happened *h, const struct str *words, size_t n)
{
	if (n == 0)
		return true;
	struct str text = text_of(c, h);
	for (size_t i = 0; i < n; i++)
		if (str_find(text, words[i]) < 0)
			return false;
	return true;
}

static size_t split_query(struct ctx *c, struct str query, struct str *words)
{
	size_t n = 0;
	struct str rest = text_fold(c->a, query);
	while (rest.n > 0 && n < MAX_TIMELINE_WORDS) {
		struct str word = str_cut(&rest, STR(" "));
		if (word.n > 0)
			words[n++] = word;
	}
	return n;
}

enum err desk_timeline(struct ctx *c, const struct object *o, const struct timeline_find *find, struct timeline *out)
{
	struct str words[MAX_TIMELINE_WORDS];
	size_t word_n = split_query(c, find->query, words), scanned = 0;
	struct portion p = {.at = find->before_at, .id = find->before_id};
	*out = (struct timeline){.rows = NEW_ARRAY(c->a, (size_t)find->limit, struct happened)};
	TRY(desk_can(c, CAN_VIEW, o));
	do {
		TRY(read_portion(c, o, find, word_n ? SEARCH_PORTION : (size_t)find->limit, &p));
		size_t i = 0;
		for (; i < p.n && out->n < (size_t)find->limit; i++)
			if (is_visible(c, &p.rows[i]) && has_words(c, &p.rows[i], words, word_n))
				out->rows[out->n++] = p.rows[i];
		if (i > 0)
			p.at = p.rows[i - 1].at, p.id = p.rows[i - 1].id;
		p.has_more = p.has_more || i < p.n;
		scanned += i;
	} while (p.has_more && out->n < (size_t)find->limit && scanned < MAX_TIMELINE_SCANNED);
	out->has_more = p.has_more;
	out->next_at = p.at;
	out->next_id = p.id;
	return OK;
}

struct str desk_excerpt(struct ctx *c, struct str text)
{
	return preview_of(c, text);
}
