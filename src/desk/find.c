/* Two streams, of objects and of messages, each newest first by id, merged by time. A stream asks the index for ids in growing
 * portions, loads what passes the filter, and drops what may not be seen. */

#include "desk/find.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/property.h"
#include "desk/schema.h"
#include "desk/search.h"
#include "desk/search_index.h"
#include "desk/words.h"
#include "store/thread.h"

enum { FIRST_PORTION = 100, PORTION_GROWTH = 5, MAX_KIND_WORDS = 3, MAX_TEXTS = 8, MAX_CHECKED = 300, CHECK_ARENA_BYTES = 64 << 20 };

struct stream {
	enum word_kind kind;
	struct word_query query;
	struct word kinds[MAX_KIND_WORDS];
	int64_t below;   /* what is looked at next */
	int64_t portion;
	int64_t looked_at;
	bool is_at_end;
	struct found *rows;
	size_t n, at;
};

struct finder {
	const struct find_in *in;
	struct stream objects, messages;
	int64_t ticket_id; /* the number that the query is; 0: none */
	struct word_phrase *phrases;
	size_t phrase_n;
	size_t checked_n; /* rows whose texts were looked through for them */
	struct find_out *out;
};

/* Portions -------------------------------------------------------------------------------------------------------------------- */

static enum find_kind kind_of(const struct object *o)
{
	return o->object_type == TYPE_TICKET    ? FIND_TICKETS
	       : o->object_type == TYPE_CONTACT ? FIND_CONTACTS
	                                        : FIND_COMPANIES;
}

static enum err take_objects(struct ctx *c, const struct finder *f, struct str ids, struct stream *s)
{
	struct object *objects;
	size_t n;
	TRY(found_objects(c, ids, &f->in->filter, &objects, &n));
	s->rows = NEW_ARRAY(c->a, n, struct found);
	for (size_t i = 0; i < n; i++)
		if (desk_may(c, CAN_VIEW, &objects[i]) && objects[i].id != f->ticket_id)
			s->rows[s->n++] = (struct found){.kind = kind_of(&objects[i]), .object = objects[i]};
	return OK;
}

/* The tickets of the messages, each once: most are of a few. */
static enum err load_tickets(struct ctx *c, const struct found_message *messages, size_t n, struct object **out, size_t *n_out)
{
	static const struct found_filter any = {.is_closed = -1, .owner_id = -1, .has_spam = true};
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		ids[i] = messages[i].ticket_id;
	return found_objects(c, word_ids(c, ids, n), &any, out, n_out);
}

/* Among objects by descending id. */
static const struct object *object_of(const struct object *objects, size_t n, int64_t id)
{
	size_t from = 0, to = n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (objects[middle].id == id)
			return &objects[middle];
		if (objects[middle].id > id)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static enum err take_messages(struct ctx *c, const struct finder *f, struct str ids, struct stream *s)
{
	struct found_message *messages;
	struct object *tickets;
	size_t n, ticket_n;
	TRY(found_messages(c, ids, &f->in->filter, &messages, &n));
	TRY(load_tickets(c, messages, n, &tickets, &ticket_n));
	s->rows = NEW_ARRAY(c->a, n, struct found);
	for (size_t i = 0; i < n; i++) {
		const struct object *ticket = object_of(tickets, ticket_n, messages[i].ticket_id);
		bool is_comment = str_eq(messages[i].type, STR("COMMENT"));
		if (ticket == NULL || !desk_may(c, CAN_VIEW, ticket))
			continue;
		s->rows[s->n++] = (struct found){
			.kind = is_comment ? FIND_COMMENTS : FIND_MESSAGES, .object = *ticket, .message = messages[i]};
	}
	return OK;
}

/* The stream has a row, or has come to its end, or has looked at as many as it may. */
static enum err fill(struct ctx *c, const struct finder *f, struct stream *s)
{
	while (s->at == s->n && !s->is_at_end && s->looked_at < FIND_REACH) {
		int64_t *ids;
		size_t n;
		TRY(word_find(c, s->kind, &s->query, s->below, s->portion, &ids, &n));
		s->at = s->n = 0;
		s->is_at_end = n < (size_t)s->portion;
		s->looked_at += (int64_t)n;
		s->portion *= PORTION_GROWTH;
		if (n == 0)
			return OK;
		s->below = ids[n - 1];
		TRY(s->kind == WORDS_OF_OBJECTS ? take_objects(c, f, word_ids(c, ids, n), s)
		                                : take_messages(c, f, word_ids(c, ids, n), s));
	}
	return OK;
}

static int64_t time_of(const struct found *row)
{
	return row->message.id != 0 ? row->message.created_at : row->object.created_at;
}

static int64_t id_of(const struct found *row)
{
	return row->message.id != 0 ? row->message.id : row->object.id;
}

/* What the next page begins below. */
static int64_t place_of(const struct stream *s)
{
	if (s->at < s->n)
		return id_of(&s->rows[s->at]) + 1;
	return s->is_at_end ? 1 : s->below;
}

static bool is_stuck(const struct stream *s)
{
	return s->at == s->n && !s->is_at_end;
}

/* The newer one of the two next; NULL at the end, or where one of them has looked at enough. */
static enum err next(struct ctx *c, struct finder *f, const struct found **out)
{
	struct stream *o = &f->objects, *m = &f->messages;
	*out = NULL;
	TRY(fill(c, f, o));
	TRY(fill(c, f, m));
	if (is_stuck(o) || is_stuck(m) || (o->at == o->n && m->at == m->n))
		return OK;
	bool is_object = m->at == m->n || (o->at < o->n && time_of(&o->rows[o->at]) >= time_of(&m->rows[m->at]));
	*out = is_object ? &o->rows[o->at++] : &m->rows[m->at++];
	return OK;
}

/* Excerpts -------------------------------------------------------------------------------------------------------------------- */

/* The first text has to do where none has a match. */
static bool add_excerpt(struct ctx *c, const struct word_query *q, struct found *row, struct str field, struct str text)
{
	struct excerpt_part *parts;
	size_t n;
	bool has_match;
	find_excerpt(c, text, q, &parts, &n, &has_match);
	if (!has_match && row->part_n > 0)
		return false;
	row->field = field;
	row->parts = parts;
	row->part_n = n;
	return has_match;
}

/* Ann <ann@customer.example> */
static struct str somebody(struct ctx *c, struct str name, struct str address)
{
	if (address.n == 0 || str_eq(name, address))
		return name;
	return name.n == 0 ? address : str_fmt(c->a, STR_FMT " <" STR_FMT ">", STR_ARG(name), STR_ARG(address));
}

static enum err attachment_names(struct ctx *c, const struct found_message *m, struct str *out)
{
	struct attachment *files;
	struct buf b;
	size_t n;
	TRY(attachment_list(c, m->id, m->id, m->ticket_id, &files, &n));
	buf_init(&b, c->a, MAX_FOUND_TEXT);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_lit(&b, ", ");
		buf_add(&b, files[i].name);
	}
	*out = buf_str(&b);
	return OK;
}

/* The texts of a row, that which its excerpt is to be from first. What names an object comes last: that is shown anyway. */
struct texts {
	struct str fields[MAX_TEXTS];
	struct str texts[MAX_TEXTS];
	size_t n;
	bool is_cut; /* there is more than we have */
};

static void add_text(struct texts *t, struct str field, struct str text)
{
	if (text.n == 0 || t->n == MAX_TEXTS)
		return;
	t->fields[t->n] = field;
	t->texts[t->n++] = utf8_head(text, MAX_FOUND_TEXT);
	t->is_cut = t->is_cut || text.n >= MAX_FOUND_TEXT;
}

static enum err texts_of_message(struct ctx *c, const struct found_message *m, struct texts *t)
{
	struct str names, text;
	TRY(attachment_names(c, m, &names));
	TRY(found_text(c, m->id, &text));
	add_text(t, STR("text"), text);
	add_text(t, STR("subject"), m->subject);
	add_text(t, STR("sender"), somebody(c, m->sender_name, m->sender_address));
	add_text(t, STR("attachments"), names);
	return OK;
}

static enum err add_contact(struct ctx *c, int64_t id, struct texts *t)
{
	struct object contact;
	enum err e = id > 0 ? object_load(c, TYPE_CONTACT, id, &contact) : ERR_NOT_FOUND;
	if (e == OK)
		add_text(t, STR("contact"), somebody(c, contact.label, contact.unique_key));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err texts_of_object(struct ctx *c, const struct object *o, struct texts *t)
{
	const struct type_def *type = schema_type_by_id(c, o->object_type);
	for (struct str rest = desk_query_properties(type); !str_is_null(rest);) {
		struct str name = str_cut(&rest, STR(" "));
		const struct property_def *def = schema_property(type, name);
		if (def != NULL && str_eq(def->row.type, STR("string")) && !str_eq(name, type->row.label_property))
			add_text(t, name, property_value(c, o, def));
	}
	add_text(t, type->row.label_property, o->label);
	return add_contact(c, o->contact_id, t);
}

static enum err texts_of(struct ctx *c, const struct found *row, struct texts *out)
{
	*out = (struct texts){.n = 0};
	return row->message.id != 0 ? texts_of_message(c, &row->message, out) : texts_of_object(c, &row->object, out);
}

/* Each phrase stands in one of them; where we do not have all of a text it may. */
static bool has_phrases(struct finder *f, const struct texts *t)
{
	bool is_found[MAX_WORD_GROUPS] = {false};
	if (f->phrase_n == 0 || t->is_cut)
		return true;
	f->checked_n++;
	struct arena *a = arena_open(CHECK_ARENA_BYTES);
	for (size_t i = 0; i < t->n; i++)
		words_look_for(a, t->texts[i], f->phrases, f->phrase_n, is_found);
	arena_close(a);
	for (size_t i = 0; i < f->phrase_n; i++)
		if (!is_found[i])
			return false;
	return true;
}

static const struct word_query *query_of(const struct finder *f, const struct found *row)
{
	return row->message.id != 0 ? &f->messages.query : &f->objects.query;
}

static enum err put(struct ctx *c, struct finder *f, const struct found *row)
{
	const struct word_query *q = query_of(f, row);
	struct texts t;
	bool is_done = false;
	TRY(texts_of(c, row, &t));
	if (!row->is_exact && !has_phrases(f, &t))
		return OK;
	struct found *to = &f->out->rows[f->out->n++];
	*to = *row;
	for (size_t i = 0; i < t.n && !is_done; i++)
		is_done = add_excerpt(c, q, to, t.fields[i], t.texts[i]);
	return OK;
}

/* ----------------------------------------------------------------------------------------------------------------------------- */

static void add_kind(struct ctx *c, struct stream *s, size_t *n, int64_t object_type)
{
	s->kinds[(*n)++] = desk_type_word(c, object_type);
}

/* No kind of theirs, no words, or a page behind their end: then there is nothing to look for. */
static void stream_init(struct ctx *c, const struct find_in *in, enum word_kind kind, struct stream *s)
{
	size_t n = 0;
	*s = (struct stream){.kind = kind, .portion = FIRST_PORTION};
	s->below = kind == WORDS_OF_OBJECTS ? in->objects_below : in->messages_below;
	if (kind == WORDS_OF_OBJECTS && in->kinds & FIND_TICKETS)
		add_kind(c, s, &n, TYPE_TICKET);
	if (kind == WORDS_OF_OBJECTS && in->kinds & FIND_CONTACTS)
		add_kind(c, s, &n, TYPE_CONTACT);
	if (kind == WORDS_OF_OBJECTS && in->kinds & FIND_COMPANIES)
		add_kind(c, s, &n, TYPE_COMPANY);
	if (kind == WORDS_OF_MESSAGES && in->kinds & FIND_MESSAGES)
		s->kinds[n++] = desk_message_word();
	if (kind == WORDS_OF_MESSAGES && in->kinds & FIND_COMMENTS)
		s->kinds[n++] = desk_comment_word();
	words_ask(&s->query, s->kinds, n);
	s->is_at_end = !words_asked(c, in->query, &s->query) || n == 0 || s->below <= 1;
	if (kind == WORDS_OF_OBJECTS && in->kinds & FIND_TICKETS)
		words_ask_aside(c, &s->query);
}

/* 123 or #123. */
static int64_t number_asked(struct str query)
{
	int64_t id;
	struct str text = str_trim(query);
	return num_parse_id(str_skip(text, str_starts(text, STR("#"))), &id) ? id : 0;
}

static enum err put_exact(struct ctx *c, struct finder *f)
{
	struct object *objects;
	struct found_filter filter = f->in->filter;
	size_t n;
	bool is_first_page = f->in->objects_below == INT64_MAX && f->in->messages_below == INT64_MAX && f->in->offset == 0;
	filter.has_spam = true;
	f->ticket_id = f->in->kinds & FIND_TICKETS ? number_asked(f->in->query) : 0;
	if (f->ticket_id == 0)
		return OK;
	TRY(found_objects(c, word_ids(c, &f->ticket_id, 1), &filter, &objects, &n));
	if (n == 0 || objects[0].object_type != TYPE_TICKET) {
		f->ticket_id = 0; /* what has this number is something else: as any other hit */
		return OK;
	}
	if (!is_first_page || !desk_may(c, CAN_VIEW, &objects[0]))
		return OK;
	return put(c, f, &(struct found){.kind = FIND_TICKETS, .object = objects[0], .is_exact = true});
}

/* Relevance ------------------------------------------------------------------------------------------------------------------- */

enum { NAME_WEIGHT = 4, OPEN_POINTS = 20, MAX_RANKED = MAX_RANKED_OBJECTS + MAX_RANKED_MESSAGES };

struct ranked {
	struct found row;
	int score;
};

/* What happened lately is looked for more often. */
static int points_of_age(int64_t age_ms)
{
	return age_ms < DAYS(1) ? 40 : age_ms < DAYS(7) ? 30 : age_ms < DAYS(30) ? 20 : age_ms < DAYS((int64_t)180) ? 10 : 0;
}

static bool is_name(struct ctx *c, const struct found *row, struct str field)
{
	return row->message.id == 0 && str_eq(field, schema_type_by_id(c, row->object.object_type)->row.label_property);
}

static int score(struct ctx *c, const struct finder *f, const struct found *row, const struct texts *t)
{
	int best = 0;
	struct arena *a = arena_open(CHECK_ARENA_BYTES);
	for (size_t i = 0; i < t->n; i++) {
		int one = words_score(a, t->texts[i], query_of(f, row)) * (is_name(c, row, t->fields[i]) ? NAME_WEIGHT : 1);
		best = one > best ? one : best;
	}
	arena_close(a);
	return best + points_of_age(c->now - time_of(row)) + (row->object.is_closed ? 0 : OPEN_POINTS);
}

static enum err rank(struct ctx *c, struct finder *f, struct stream *s, size_t most, struct ranked *out, size_t *n)
{
	struct texts t;
	for (size_t i = 0; i < most; i++) {
		TRY(fill(c, f, s));
		if (s->at == s->n)
			return OK;
		const struct found *row = &s->rows[s->at++];
		TRY(texts_of(c, row, &t));
		if (has_phrases(f, &t))
			out[(*n)++] = (struct ranked){*row, score(c, f, row, &t)};
	}
	return OK;
}

static int compare(const void *a, const void *b)
{
	const struct ranked *one = a, *other = b;
	if (one->score != other->score)
		return other->score - one->score;
	int64_t newer = time_of(&other->row) - time_of(&one->row);
	if (newer == 0)
		newer = id_of(&other->row) - id_of(&one->row);
	return newer > 0 ? 1 : newer < 0 ? -1 : 0;
}

static enum err find_relevant(struct ctx *c, struct finder *f)
{
	struct ranked *all = NEW_ARRAY(c->a, MAX_RANKED, struct ranked);
	size_t n = 0, at = (size_t)f->in->offset;
	TRY(rank(c, f, &f->objects, MAX_RANKED_OBJECTS, all, &n));
	TRY(rank(c, f, &f->messages, MAX_RANKED_MESSAGES, all, &n));
	qsort(all, n, sizeof(*all), compare);
	for (; at < n && f->out->n < (size_t)f->in->limit; at++)
		TRY(put(c, f, &all[at].row));
	f->out->offset = (int64_t)at;
	f->out->has_more = at < n;
	return OK;
}

static enum err check_query(struct ctx *c, struct str query)
{
	size_t chars = 0;
	for (size_t i = 0; i < query.n; i++)
		chars += ((unsigned char)query.p[i] & 0xc0) != 0x80;
	if (chars > MAX_QUERY_CHARS)
		return fail_field(c, STR("q"), STR("TOO_LONG"), "The query is longer than %d characters.", MAX_QUERY_CHARS);
	return OK;
}

enum err desk_find(struct ctx *c, const struct find_in *in, struct find_out *out)
{
	struct finder f = {.in = in, .out = out};
	const struct found *row;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(check_query(c, in->query));
	*out = (struct find_out){.rows = NEW_ARRAY(c->a, (size_t)in->limit, struct found)};
	stream_init(c, in, WORDS_OF_OBJECTS, &f.objects);
	stream_init(c, in, WORDS_OF_MESSAGES, &f.messages);
	words_phrases(c, in->query, &f.phrases, &f.phrase_n);
	TRY(put_exact(c, &f));
	if (in->sort == FIND_RELEVANT)
		return find_relevant(c, &f);
	while (out->n < (size_t)in->limit && f.checked_n < MAX_CHECKED) {
		TRY(next(c, &f, &row));
		if (row == NULL)
			break;
		TRY(put(c, &f, row));
	}
	/* is there one more? */
	TRY(fill(c, &f, &f.objects));
	TRY(fill(c, &f, &f.messages));
	out->objects_below = place_of(&f.objects);
	out->messages_below = place_of(&f.messages);
	out->has_more = out->objects_below > 1 || out->messages_below > 1;
	return OK;
}
