/* The structure of a mail, line by line (RFC 2046 section 5.1). A stack holds the boundaries that are open. A
 * delimiter line of an outer multipart closes all inner ones, so an unclosed part costs only itself. Parts are
 * slices of raw: memory grows with the number of parts, which is limited, and never with the size of the mail.
 * message/rfc822 is a leaf. */

#include <string.h>

#include "base/arena.h"
#include "text/mail_headers.h"
#include "text/mime_parse_int.h"

enum { MAX_BOUNDARY_BYTES = 998 };

struct frame {
	struct str boundary;
	int part;
	int child_n;
	size_t body_from;
};

struct walk {
	struct arena *a;
	struct parts *out;
	struct str raw;
	char line_end;
	struct frame stack[MAX_DEPTH];
	size_t depth;
	size_t shortest;          /* of the boundaries in the stack: most lines fail here */
	int open_leaf;            /* the part whose body is being read; -1: preamble, epilogue, or nothing */
	size_t header_bytes;      /* of all parts so far */
	size_t part_from;         /* where the open entity's header, or the open leaf's body, began */
};

static size_t line_n(const struct walk *w, size_t from)
{
	const char *hit = memchr(w->raw.p + from, w->line_end, w->raw.n - from);
	return hit ? (size_t)(hit - (w->raw.p + from)) + 1 : w->raw.n - from;
}

static bool is_blank_byte(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void measure_stack(struct walk *w)
{
	w->shortest = SIZE_MAX;
	for (size_t i = 0; i < w->depth; i++)
		if (w->stack[i].boundary.n < w->shortest)
			w->shortest = w->stack[i].boundary.n;
}

/* Closes all multiparts from this depth on. One without any part becomes a text: its boundary is wrong, or it was
 * cut short, and what it holds must not vanish. */
static void pop_to(struct walk *w, size_t depth, size_t at)
{
	for (; w->depth > depth; w->depth--) {
		const struct frame *f = &w->stack[w->depth - 1];
		struct part *p = &w->out->list[f->part];
		if (f->child_n > 0)
			continue;
		p->kind = PART_LEAF;
		p->type = STR("text/plain");
		p->body = (struct str){w->raw.p + f->body_from, at - f->body_from};
		w->out->flags |= MIME_ODD_BOUNDARY;
	}
	measure_stack(w);
}

/* Is rest, what follows a boundary, the rest of a delimiter line? RFC 2046 wants anything there to be ignored; we
 * want white space first, because boundaries that begin alike are more frequent than junk behind them. */
static bool is_delimiter_rest(struct str rest, bool *is_close_out)
{
	*is_close_out = str_starts(rest, STR("--"));
	if (*is_close_out)
		rest = str_skip(rest, 2);
	return rest.n == 0 || is_blank_byte(rest.p[0]);
}

/* Most candidates of a hostile mail fail at the first or the last byte: 13 million lines times MAX_DEPTH boundaries. */
static inline bool may_start(struct str line, struct str boundary)
{
	return line.n >= boundary.n && line.p[boundary.n - 1] == boundary.p[boundary.n - 1] &&
	       line.p[0] == boundary.p[0];
}

/* Which open boundary a line is a delimiter of, innermost first; -1: none. */
static int find_delimiter(const struct walk *w, struct str line, bool *is_close_out)
{
	if (line.n < 3 || line.p[0] != '-' || line.p[1] != '-' || w->depth == 0)
		return -1;
	line = str_skip(line, 2);
	if (line.n < w->shortest)
		return -1;
	for (size_t i = w->depth; i-- > 0;) {
		struct str boundary = w->stack[i].boundary;
		if (!may_start(line, boundary) || !str_starts(line, boundary))
			continue;
		if (is_delimiter_rest(str_skip(line, boundary.n), is_close_out))
			return (int)i;
	}
	return -1;
}

/* Its body ends where the line end before the delimiter begins (RFC 2046 section 5.1.1). */
static void close_leaf(struct walk *w, size_t at, bool is_at_delimiter)
{
	if (w->open_leaf < 0)
		return;
	size_t from = w->part_from;
	if (is_at_delimiter && at > from && w->raw.p[at - 1] == w->line_end)
		at--;
	if (is_at_delimiter && at > from && w->line_end == '\n' && w->raw.p[at - 1] == '\r')
		at--;
	w->out->list[w->open_leaf].body = (struct str){w->raw.p + from, at - from};
	w->open_leaf = -1;
}

static enum multi_kind multi_kind(struct str type)
{
	if (str_eq(type, STR("multipart/alternative")))
		return MULTI_ALTERNATIVE;
	if (str_eq(type, STR("multipart/related")))
		return MULTI_RELATED;
	if (str_eq(type, STR("multipart/digest")))
		return MULTI_DIGEST;
	if (str_eq(type, STR("multipart/report")))
		return MULTI_REPORT;
	return MULTI_MIXED;
}

/* The boundary of a multipart; the null string when it is missing or unusable. */
static struct str boundary_of(struct arena *a, const struct part *p)
{
	struct str boundary = mail_header_param(a, mail_headers_find(&p->head, STR("Content-Type")), STR("boundary"));
	return boundary.n > 0 && boundary.n <= MAX_BOUNDARY_BYTES ? boundary : STR_NULL;
}

/* The header of the mail, or of a part while the parts together have room for it. */
static void read_header(struct walk *w, struct str entity, struct mail_headers *out)
{
	bool is_root = w->out->n == 0;
	w->header_bytes += is_root ? 0 : entity.n;
	if (is_root || w->header_bytes <= MAX_PART_HEADER_BYTES)
		mail_headers_parse(w->a, entity, out);
	else
		*out = (struct mail_headers){.is_cut = true, .rest = str_skip(entity, entity.n)};
}

static void add_part(struct walk *w, struct str entity)
{
	struct parts *out = w->out;
	struct frame *f = w->depth ? &w->stack[w->depth - 1] : NULL;
	struct part *p = &out->list[out->n];
	p->parent = f ? f->part : -1;
	p->nth = f ? f->child_n++ : 0;
	p->text_child = p->html_child = -1;
	read_header(w, entity, &p->head);
	out->flags |= p->head.is_cut ? MIME_CUT_HEADERS : 0;
	p->type = mail_header_type(w->a, mail_headers_find(&p->head, STR("Content-Type")));
	if (str_is_null(p->type)) {
		bool is_digest = f && out->list[f->part].multi == MULTI_DIGEST;
		p->type = is_digest ? STR("message/rfc822") : STR("text/plain");
	}
	out->n++;
}

/* The header of the entity that began at part_from ends where its body begins: a new leaf, or a multipart that goes
 * on the stack. entity is all of it that may belong to the header. */
static void begin_part(struct walk *w, struct str entity)
{
	add_part(w, entity);
	struct part *p = &w->out->list[w->out->n - 1];
	w->part_from = (size_t)(p->head.rest.p - w->raw.p);
	w->open_leaf = (int)w->out->n - 1;
	if (!str_starts(p->type, STR("multipart/")))
		return;
	struct str boundary = boundary_of(w->a, p);
	if (str_is_null(boundary)) {
		w->out->flags |= MIME_ODD_BOUNDARY;
		p->type = STR("text/plain");
		return;
	}
	p->kind = PART_MULTI;
	p->multi = multi_kind(p->type);
	w->open_leaf = -1;
	if (w->depth == MAX_DEPTH) {
		w->out->flags |= MIME_CUT_DEPTH;
		return;
	}
	w->stack[w->depth++] = (struct frame){boundary, (int)w->out->n - 1, 0, w->part_from};
	measure_stack(w);
}

/* Everything from here to the next delimiter line, which is where the header of a part must end at the latest. */
static struct str up_to_delimiter(const struct walk *w, size_t from)
{
	bool is_close;
	size_t at = from;
	while (at < w->raw.n) {
		size_t n = line_n(w, at);
		struct str line = {w->raw.p + at, n};
		if (find_delimiter(w, line, &is_close) >= 0)
			break;
		if (line.p[0] == '\n' || (line.p[0] == '\r' && (n == 1 || line.p[1] == '\n'))) {
			at += n; /* the empty line: the header is whole */
			break;
		}
		at += n;
	}
	return (struct str){w->raw.p + from, at - from};
}

/* A part that begins with an empty line has no header. mail_headers_parse would pass over that line. */
static struct str part_header(const struct walk *w, size_t from)
{
	if (from < w->raw.n && (w->raw.p[from] == '\n' || w->raw.p[from] == '\r'))
		return (struct str){w->raw.p + from + line_n(w, from), 0};
	return up_to_delimiter(w, from);
}

/* A delimiter of stack[level] from at to next: what is inside of it ends. false: stop, there are too many parts. */
static bool take_delimiter(struct walk *w, size_t level, bool is_close, size_t at, size_t next)
{
	if (w->depth > level + 1)
		w->out->flags |= MIME_ODD_BOUNDARY; /* inner ones were never closed */
	pop_to(w, is_close ? level : level + 1, at);
	if (is_close)
		return true;
	if (w->out->n == MAX_PARTS) {
		w->out->flags |= MIME_CUT_PARTS;
		return false;
	}
	begin_part(w, part_header(w, next));
	return true;
}

void mime_walk(struct arena *a, struct str raw, struct parts *out)
{
	struct walk w = {.a = a, .out = out, .raw = raw, .open_leaf = -1};
	bool is_close;
	w.line_end = str_find_byte(raw, '\n') >= 0 ? '\n' : '\r';
	*out = (struct parts){.list = NEW_ARRAY(a, MAX_PARTS, struct part)};
	begin_part(&w, raw);
	if (out->list[0].head.is_odd)
		out->flags |= MIME_ODD_HEADERS;
	for (size_t at = w.part_from, next; at < raw.n && w.depth > 0; at = next) {
		next = at + line_n(&w, at);
		int level = find_delimiter(&w, (struct str){raw.p + at, next - at}, &is_close);
		if (level < 0)
			continue;
		close_leaf(&w, at, true);
		if (!take_delimiter(&w, (size_t)level, is_close, at, next))
			return;
		if (!is_close)
			next = w.part_from;
	}
	if (w.depth > 0)
		out->flags |= MIME_ODD_BOUNDARY;
	close_leaf(&w, raw.n, false);
	pop_to(&w, 0, raw.n);
}
