/* Two steps. The framer collects one response: its line, and where the line ends in {n} the n bytes that follow, and then the line
 * goes on. The parser then reads the collected bytes once, without recursion; a literal is found again by the place of its brace.
 *
 * Status responses and "+" hold text for people, in which a brace means nothing, so they have no literals. */

#include "net/imap_proto.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"

enum {
	ARENA_BYTES = 16 << 20, /* values of a line of nothing but parentheses */
	KEEP_BYTES = 1 << 20,   /* a buffer that grew beyond this is given back */
	MAX_DIGITS = 18,
};

enum phase { PHASE_LINE, PHASE_LITERAL, PHASE_BROKEN };

struct literal {
	size_t brace_at; /* where "{" stands */
	size_t at;       /* its bytes */
	size_t n;
	bool is_cut;
};

struct imap_proto {
	enum phase phase;
	size_t max_literal_bytes;
	char *p;
	size_t n;
	size_t room_bytes;
	size_t line_at;    /* start of the present piece of line */
	size_t line_bytes; /* without literals */
	struct literal literals[IMAP_MAX_LITERALS];
	size_t literals_n;
	size_t literal_bytes;  /* kept of all literals */
	uint64_t keep_left;    /* of the present literal */
	uint64_t skip_left;
	bool is_done;          /* a response was handed out: clear before the next byte */
	struct arena *a;
	struct imap_response response;
};

static void add(struct imap_proto *p, const char *bytes, size_t n)
{
	if (n > p->room_bytes - p->n) {
		size_t room = p->room_bytes * 2;
		while (room < p->n + n)
			room *= 2;
		p->p = realloc(p->p, room);
		check(p->p != NULL);
		p->room_bytes = room;
	}
	memcpy(p->p + p->n, bytes, n);
	p->n += n;
}

static void clear(struct imap_proto *p)
{
	if (p->room_bytes > KEEP_BYTES) {
		free(p->p);
		p->p = malloc(KEEP_BYTES);
		check(p->p != NULL);
		p->room_bytes = KEEP_BYTES;
	}
	p->n = p->line_at = p->line_bytes = p->literals_n = p->literal_bytes = 0;
	p->response = (struct imap_response){.number = -1};
	p->is_done = false;
	arena_clear(p->a);
}

/* ---- the parser ---- */

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

/* Reads tag, number and name; what follows is left in *rest. */
static void read_head(struct str line, struct imap_response *r, struct str *rest)
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
	if (str_eq(r->tag, STR("*")) && name.n <= MAX_DIGITS && num_parse_int(name, &number) && number >= 0) {
		r->number = number;
		name = take_token(&after);
	}
	r->name = name;
	*rest = after;
}

static bool has_text(const struct imap_response *r)
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
	const struct literal *literal = &r->p->literals[r->literal];
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

static void parse(struct imap_proto *p)
{
	struct str rest;
	struct str line = {p->p, p->n};
	read_head(line, &p->response, &rest);
	if (has_text(&p->response))
		read_text(rest, &p->response);
	else
		read_values(p, p->n - rest.n);
}

/* ---- the framer ---- */

/* Does the piece of line that just ended announce a literal? */
static bool literal_at_end(const struct imap_proto *p, size_t *brace_at_out, uint64_t *n_out)
{
	if (p->n == p->line_at || p->p[p->n - 1] != '}')
		return false;
	size_t at = p->n - 1;
	while (at > p->line_at && p->p[at - 1] != '{')
		at--;
	if (at == p->line_at)
		return false;
	struct str digits = {p->p + at, p->n - 1 - at};
	if (str_ends(digits, STR("+")))
		digits.n--;
	int64_t n;
	if (digits.n > MAX_DIGITS || !num_parse_int(digits, &n) || n < 0)
		return false;
	struct imap_response head;
	struct str rest;
	read_head((struct str){p->p, p->n}, &head, &rest);
	if (has_text(&head))
		return false;
	*brace_at_out = at - 1;
	*n_out = (uint64_t)n;
	return true;
}

static void begin_literal(struct imap_proto *p, size_t brace_at, uint64_t n)
{
	if (p->literals_n == IMAP_MAX_LITERALS) {
		p->phase = PHASE_BROKEN;
		return;
	}
	bool is_cut = n > p->max_literal_bytes - p->literal_bytes;
	uint64_t keep = n;
	if (is_cut) {
		keep = p->max_literal_bytes - p->literal_bytes;
		keep = keep < IMAP_CUT_BYTES ? keep : IMAP_CUT_BYTES;
	}
	p->literals[p->literals_n++] = (struct literal){brace_at, p->n, (size_t)keep, is_cut};
	p->literal_bytes += (size_t)keep;
	p->keep_left = keep;
	p->skip_left = n - keep;
	p->phase = n > 0 ? PHASE_LITERAL : PHASE_LINE;
	p->line_at = p->n; /* where the line goes on, when the literal is empty */
}

static enum imap_event end_line(struct imap_proto *p)
{
	size_t brace_at;
	uint64_t n;
	if (p->n > p->line_at && p->p[p->n - 1] == '\r')
		p->n--;
	if (literal_at_end(p, &brace_at, &n)) {
		begin_literal(p, brace_at, n);
		return p->phase == PHASE_BROKEN ? IMAP_BROKEN : IMAP_MORE;
	}
	parse(p);
	p->is_done = true;
	return IMAP_RESPONSE;
}

static size_t feed_line(struct imap_proto *p, struct str bytes, enum imap_event *event_out)
{
	ptrdiff_t at = str_find_byte(bytes, '\n');
	struct str piece = at < 0 ? bytes : str_head(bytes, (size_t)at);
	size_t used = piece.n + (at >= 0);
	if (p->line_bytes + used > IMAP_MAX_LINE_BYTES) {
		p->phase = PHASE_BROKEN;
		*event_out = IMAP_BROKEN;
		return used;
	}
	p->line_bytes += used;
	if (piece.n > 0)
		add(p, piece.p, piece.n);
	if (at >= 0)
		*event_out = end_line(p);
	return used;
}

static size_t feed_literal(struct imap_proto *p, struct str bytes)
{
	size_t keep = p->keep_left < bytes.n ? (size_t)p->keep_left : bytes.n;
	add(p, bytes.p, keep);
	p->keep_left -= keep;
	size_t left = bytes.n - keep;
	size_t skip = p->skip_left < left ? (size_t)p->skip_left : left;
	p->skip_left -= skip;
	if (p->keep_left == 0 && p->skip_left == 0) {
		p->phase = PHASE_LINE;
		p->line_at = p->n;
	}
	return keep + skip;
}

size_t imap_proto_feed(struct imap_proto *p, struct str bytes, enum imap_event *event_out)
{
	size_t used = 0;
	*event_out = IMAP_MORE;
	if (p->is_done)
		clear(p);
	while (used < bytes.n && *event_out == IMAP_MORE && p->phase != PHASE_BROKEN) {
		struct str rest = str_skip(bytes, used);
		used += p->phase == PHASE_LITERAL ? feed_literal(p, rest) : feed_line(p, rest, event_out);
	}
	if (p->phase == PHASE_BROKEN)
		*event_out = IMAP_BROKEN;
	return used;
}

struct imap_proto *imap_proto_open(size_t max_literal_bytes)
{
	struct imap_proto *p = calloc(1, sizeof(*p));
	check(p != NULL && max_literal_bytes <= SIZE_MAX / 4);
	p->max_literal_bytes = max_literal_bytes;
	p->a = arena_open(ARENA_BYTES);
	p->room_bytes = 4096;
	p->p = malloc(p->room_bytes);
	check(p->p != NULL);
	clear(p);
	return p;
}

void imap_proto_close(struct imap_proto *p)
{
	if (p == NULL)
		return;
	arena_close(p->a);
	free(p->p);
	free(p);
}

const struct imap_response *imap_proto_response(const struct imap_proto *p)
{
	check(p->is_done);
	return &p->response;
}
