#include "desk/search_index.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "desk/property.h"
#include "desk/schema.h"
#include "desk/words.h"
#include "store/thread.h"
#include "text/json_props.h"

enum { MAX_INDEXED_TEXT_BYTES = 2 << 20, MAX_PHONES = 8, SPLIT_ARENA_BYTES = 256 << 20, INDEX_POLL_MS = 4 };
enum { MAX_WAITED_FOR = 1000 }; /* more are not indexed in that time: then nobody waits */

/* Which texts a query looks into, by type; types of users say so themselves, else it is what names their objects. */
static const struct {
	const char *plural;
	const char *names;
} query_texts[] = {
	{"tickets", "subject content hs_pipeline_stage hs_ticket_category hs_ticket_id"},
	{"contacts", "firstname lastname email phone hs_additional_emails fax mobilephone company"},
	{"companies", "website phone name domain"},
	{"deals", "dealname pipeline dealstage description dealtype"},
	{"products", "name description price hs_sku"},
	{"quotes", "hs_title hs_quote_number"},
	{"notes", "hs_note_body"},
	{"emails", "hs_email_subject"},
	{"calls", "hs_call_title hs_body_preview"},
	{"tasks", "hs_task_subject hs_task_body"},
	{"meetings", "hs_meeting_title hs_meeting_body"},
	{"feedback_submissions", "hs_submission_name hs_content"},
};

struct str desk_query_properties(const struct type_def *t)
{
	for (size_t i = 0; i < sizeof(query_texts) / sizeof(query_texts[0]); i++)
		if (str_eq(t->row.plural, str_c(query_texts[i].plural)))
			return str_c(query_texts[i].names);
	return t->row.searchable_properties.n ? t->row.searchable_properties : t->row.label_property;
}

bool desk_has_words(const struct type_def *t, struct str property)
{
	for (struct str rest = desk_query_properties(t); !str_is_null(rest);)
		if (str_eq(str_cut(&rest, STR(" ")), property))
			return true;
	return false;
}

bool desk_has_value_word(const struct type_def *t, struct str property)
{
	const struct property_def *def = schema_property(t, property);
	return def == NULL || (def->column == NULL && !def->row.is_read_only && !def->row.is_calculated);
}

struct word desk_type_word(struct ctx *c, int64_t object_type)
{
	return (struct word){.text = str_fmt(c->a, WORD_MARK "%lld", (long long)object_type)};
}

struct word desk_message_word(void)
{
	return (struct word){.text = STR(WORD_MARK "message")};
}

struct word desk_comment_word(void)
{
	return (struct word){.text = STR(WORD_MARK "comment")};
}

enum err desk_object_due(struct ctx *c, int64_t id)
{
	return word_due_add(c, WORDS_OF_OBJECTS, id);
}

enum err desk_tickets_due(struct ctx *c, int64_t contact_id)
{
	return word_due_add_contact(c, contact_id);
}

enum err desk_message_due(struct ctx *c, int64_t id)
{
	return word_due_add(c, WORDS_OF_MESSAGES, id);
}

enum err desk_messages_due(struct ctx *c, int64_t ticket_id)
{
	return word_due_add_ticket(c, ticket_id);
}

/* What is indexed of a row ---------------------------------------------------------------------------------------------------- */

struct row {
	struct indexed in;
	struct str tokens;
	bool is_gone;
	bool is_there_twice; /* an earlier row of the batch is about the same */
};

static void add_part(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	buf_add(b, text);
	buf_byte(b, '\n');
}

static bool is_phone(struct str name)
{
	return str_ends(name, STR("phone")) || str_eq(name, STR("fax"));
}

static void add_values(struct ctx *c, const struct type_def *t, struct str props, struct row *r)
{
	struct str name, value;
	size_t n = 0;
	for (struct props_walk w = props_walk(props); props_next(&w, c->a, &name, &value);)
		n++;
	struct str *words = NEW_ARRAY(c->a, n, struct str);
	for (struct props_walk w = props_walk(props); props_next(&w, c->a, &name, &value);)
		if (desk_has_value_word(t, name) && word_of_value(c, name, value, &words[r->in.value_n]))
			r->in.value_n++;
	r->in.values = words;
}

static enum err load_contact(struct ctx *c, int64_t id, struct str *out)
{
	struct object contact;
	enum err e = object_load_any(c, id, &contact);
	if (e == OK)
		*out = str_fmt(c->a, STR_FMT "\n" STR_FMT, STR_ARG(contact.label), STR_ARG(contact.unique_key));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err load_object(struct ctx *c, int64_t id, struct row *r)
{
	struct object o;
	struct buf b;
	enum err e = object_load_any(c, id, &o);
	r->is_gone = e == ERR_NOT_FOUND;
	if (r->is_gone)
		fail_clear(c);
	if (e != OK)
		return r->is_gone ? OK : e;
	const struct type_def *t = schema_type_if_there(c, o.object_type);
	r->is_gone = t == NULL;
	if (r->is_gone)
		return OK;
	struct str *phones = NEW_ARRAY(c->a, MAX_PHONES, struct str);
	buf_init(&b, c->a, MAX_INDEXED_TEXT_BYTES);
	for (struct str rest = desk_query_properties(t); !str_is_null(rest);) {
		struct str name = str_cut(&rest, STR(" "));
		const struct property_def *def = schema_property(t, name);
		struct str value = def ? property_value(c, &o, def) : STR_NULL;
		add_part(&b, value);
		if (is_phone(name) && r->in.phone_n < MAX_PHONES)
			phones[r->in.phone_n++] = value;
	}
	r->in.text = buf_str(&b);
	r->in.phones = phones;
	r->in.kind = desk_type_word(c, o.object_type).text;
	add_values(c, t, o.props, r);
	return o.contact_id > 0 ? load_contact(c, o.contact_id, &r->in.aside) : OK;
}

static enum err load_message(struct ctx *c, int64_t id, struct row *r)
{
	struct message m;
	struct attachment *files;
	struct buf b;
	size_t n;
	enum err e = message_load(c, id, &m);
	r->is_gone = e == ERR_NOT_FOUND;
	if (r->is_gone)
		fail_clear(c);
	if (e != OK)
		return r->is_gone ? OK : e;
	bool is_message = str_eq(m.type, STR("MESSAGE"));
	r->is_gone = !is_message && !str_eq(m.type, STR("COMMENT"));
	TRY(attachment_list(c, id, id, m.ticket_id, &files, &n));
	buf_init(&b, c->a, MAX_INDEXED_TEXT_BYTES);
	add_part(&b, m.subject);
	add_part(&b, m.sender_name);
	add_part(&b, m.sender_address);
	for (size_t i = 0; i < n; i++)
		add_part(&b, files[i].name);
	add_part(&b, m.text);
	r->in.text = buf_str(&b);
	r->in.kind = is_message ? desk_message_word().text : desk_comment_word().text;
	return OK;
}

static enum err (*const load_kind[WORD_KIND_N])(struct ctx *c, int64_t id, struct row *r) = {
	[WORDS_OF_OBJECTS] = load_object,
	[WORDS_OF_MESSAGES] = load_message,
};

/* A batch --------------------------------------------------------------------------------------------------------------------- */

struct batch {
	struct word_due *due;
	struct row *rows;
	size_t n;
};

static bool is_among(const struct word_due *due, size_t n, const struct word_due *one)
{
	for (size_t i = 0; i < n; i++)
		if (due[i].kind == one->kind && due[i].about_id == one->about_id)
			return true;
	return false;
}

static enum err load_batch(struct ctx *c, void *arg)
{
	struct batch *b = arg;
	size_t used = arena_used(c->a), n = 0;
	TRY(word_due_list(c, INDEX_BATCH, &b->due, &b->n));
	b->rows = NEW_ARRAY(c->a, b->n, struct row);
	for (; n < b->n && arena_used(c->a) - used < MAX_BATCH_BYTES; n++) {
		b->rows[n].is_there_twice = is_among(b->due, n, &b->due[n]);
		if (!b->rows[n].is_there_twice)
			TRY(load_kind[b->due[n].kind](c, b->due[n].about_id, &b->rows[n]));
	}
	b->n = n;
	return OK;
}

static void split_batch(struct ctx *c, struct batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->rows[i].is_gone || b->rows[i].is_there_twice)
			continue;
		struct arena *a = arena_open(SPLIT_ARENA_BYTES);
		b->rows[i].tokens = str_dup(c->a, words_indexed(a, &b->rows[i].in));
		arena_close(a);
	}
}

static enum err put_batch(struct ctx *c, void *arg)
{
	struct batch *b = arg;
	for (size_t i = 0; i < b->n; i++) {
		const struct word_due *due = &b->due[i];
		if (b->rows[i].is_gone)
			TRY(word_remove(c, (enum word_kind)due->kind, due->about_id));
		else if (!b->rows[i].is_there_twice)
			TRY(word_put(c, (enum word_kind)due->kind, due->about_id, b->rows[i].tokens));
		TRY(word_due_remove(c, due->id));
	}
	return OK;
}

/* Where several processes index, one does at a time, and reads what it writes under the lock. */
static enum err index_locked(struct ctx *c, void *arg)
{
	struct batch *b = arg;
	TRY(word_lock(c));
	TRY(load_batch(c, b));
	split_batch(c, b);
	return put_batch(c, b);
}

struct waiting {
	int64_t newest, oldest;
	int64_t again_n;
};

static enum err look(struct ctx *c, void *arg)
{
	struct waiting *w = arg;
	TRY(word_due_newest(c, &w->newest));
	TRY(word_due_oldest(c, &w->oldest));
	return word_due_count_again(c, 1, &w->again_n);
}

enum err desk_index_some(struct ctx *c, bool is_only_process, enum indexed_some *out)
{
	struct batch b = {0};
	struct waiting w;
	TRY(c->run->read(c->run->self, c, look, &w));
	*out = w.newest == 0 && w.again_n == 0           ? INDEXED_ALL
	       : w.newest - w.oldest > MAX_WAITED_FOR ? INDEXED_FAR_BEHIND
	                                                 : INDEXED_SOME;
	if (*out == INDEXED_ALL)
		return OK;
	if (!is_only_process)
		return c->run->write(c->run->self, c, index_locked, &b);
	TRY(c->run->read(c->run->self, c, load_batch, &b));
	split_batch(c, &b);
	return c->run->write(c->run->self, c, put_batch, &b);
}

enum err desk_index_wait(struct ctx *c, bool *is_current_out)
{
	struct waiting first, now;
	int64_t until = clock_monotonic_ms() + INDEX_WAIT_MS;
	TRY(c->run->read(c->run->self, c, look, &first));
	now = first;
	if (first.newest - first.oldest > MAX_WAITED_FOR)
		until = 0;
	while (now.oldest != 0 && now.oldest <= first.newest && clock_monotonic_ms() < until) {
		usleep(INDEX_POLL_MS * 1000);
		TRY(c->run->read(c->run->self, c, look, &now));
	}
	*is_current_out = now.again_n == 0 && (now.oldest == 0 || now.oldest > first.newest);
	return OK;
}
