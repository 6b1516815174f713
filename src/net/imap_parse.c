/* Reads one collected response, without recursion; a literal is found again by the place of its brace. */

#include "base/arena.h"
#include "base/num.h"
#include "net/imap_proto_int.h"

static struct str take_token(struct str *rest)
{
	struct str token = str_cut(rest, STR(" "));
	if (str_is_null(*rest))
		*rest = STR("");
	return token;
}

static bool is_status(struct str name)
{
	static const struct str names[] = {{"OK", 2}, {"NO", 2}, {"BAD", 3}, {"BYE", 3}, {"PREAUTH", 7}};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

void imap_read_head(struct str line, struct imap_response *r, struct str *rest)
{
	*rest = line;
	r->number = -1;
	r->tag = take_token(rest);
	r->name = STR("");
	if (str_eq(r->tag, STR("+")))
		return;
	struct str after = *rest;
	struct str name = take_token(&after);
	int64_t number;
	if (str_eq(r->tag, STR("*")) && name.n <= IMAP_MAX_DIGITS && num_parse_int(name, &number) && number >= 0) {
		r->number = number;
		name = take_token(&after);
	}
	r->name = name;
	*rest = after;
}

bool imap_has_text(const struct imap_response *r)
{
	return !str_eq(r->tag, STR("*")) || is_status(r->name);
}

static void read_text(struct str rest, struct imap_response *r)
{
	ptrdiff_t end = str_starts(rest, STR("[")) ? str_find_byte(rest, ']') : -1;
	if (end > 0) {
		r->code = str_head(str_skip(rest, 1), (size_t)end - 1);
		rest = str_skip(rest, (size_t)end + 1);
	}
	r->text = str_trim(rest);
}

/* Reading values: where we are, and the lists that are open. */
struct reader {
	struct imap_proto *p;
	size_t at;
	size_t end;
	size_t literal;
	size_t depth;
	const struct imap_value **ends[IMAP_MAX_DEPTH]; /* where the next value of each open list goes */
};

static struct imap_value *put(struct reader *r, enum imap_kind kind, struct str text)
{
	struct imap_value *value = NEW(r->p->a, struct imap_value);
	value->kind = kind;
	value->text = text;
	*r->ends[r->depth] = value;
	r->ends[r->depth] = &value->next;
	return value;
}

/* "a\"b": only with a backslash in it are the bytes copied. */
static bool read_quoted(struct reader *r)
{
	const char *p = r->p->p;
	size_t from = ++r->at;
	bool has_escape = false;
	while (r->at < r->end && p[r->at] != '"') {
		bool is_escape = p[r->at] == '\\';
		has_escape |= is_escape;
		r->at += is_escape ? 2 : 1;
	}
	if (r->at >= r->end)
		return false;
	struct str text = {p + from, r->at++ - from};
	if (has_escape) {
		char *plain = arena_alloc(r->p->a, text.n);
		size_t n = 0;
		for (size_t i = 0; i < text.n; i++) {
			i += text.p[i] == '\\';
			plain[n++] = text.p[i];
		}
		text = (struct str){plain, n};
	}
	put(r, IMAP_STRING, text);
	return true;
}

static bool read_literal(struct reader *r)
{
	const struct imap_literal *literal = &r->p->literals[r->literal];
	if (r->literal == r->p->literals_n || literal->brace_at != r->at)
		return false;
	struct imap_value *value = put(r, IMAP_STRING, (struct str){r->p->p + literal->at, literal->n});
	value->is_cut = literal->is_cut;
	r->at = literal->at + literal->n;
	r->literal++;
	return true;
}

/* Up to a blank or parenthesis; what stands in [] belongs to it ("BODY[HEADER.FIELDS (TO)]<0>"). */
static bool read_atom(struct reader *r)
{
	const char *p = r->p->p;
	size_t from = r->at;
	bool is_in_brackets = false;
	for (; r->at < r->end; r->at++) {
		char byte = p[r->at];
		if (!is_in_brackets && (byte == ' ' || byte == '(' || byte == ')' || byte == '"' || byte == '{'))
			break;
		if (byte == '[')
			is_in_brackets = true;
		if (byte == ']')
			is_in_brackets = false;
	}
	struct str text = {p + from, r->at - from};
	put(r, str_eq_nocase(text, STR("NIL")) ? IMAP_NIL : IMAP_ATOM, text);
	return text.n > 0;
}

static bool open_list(struct reader *r)
{
	if (r->depth + 1 == IMAP_MAX_DEPTH)
		return false;
	struct imap_value *list = put(r, IMAP_LIST, STR_NULL);
	r->ends[++r->depth] = &list->first;
	r->at++;
	return true;
}

static bool close_list(struct reader *r)
{
	if (r->depth == 0)
		return false;
	r->depth--;
	r->at++;
	return true;
}

static bool read_value(struct reader *r)
{
	switch (r->p->p[r->at]) {
	case ' ':
		r->at++;
		return true;
	case '(':
		return open_list(r);
	case ')':
		return close_list(r);
	case '"':
		return read_quoted(r);
	case '{':
		return read_literal(r);
	default:
		return read_atom(r);
	}
}

static void read_values(struct imap_proto *p, size_t from)
{
	struct reader r = {.p = p, .at = from, .end = p->n};
	r.ends[0] = &p->response.values;
	bool is_good = true;
	while (is_good && r.at < r.end)
		is_good = read_value(&r);
	p->response.is_malformed = !is_good || r.depth != 0;
}

void imap_parse(struct imap_proto *p)
{
	struct str rest;
	struct str line = {p->p, p->n};
	imap_read_head(line, &p->response, &rest);
	if (imap_has_text(&p->response))
		read_text(rest, &p->response);
	else
		read_values(p, p->n - rest.n);
}
