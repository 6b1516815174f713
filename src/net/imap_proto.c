/* The framer collects one response: its line, and where the line ends in {n} the n bytes that follow, and then the line goes on;
 * imap_parse.c reads what was collected, once. */

#include "net/imap_proto.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "net/imap_proto_int.h"

enum {
	ARENA_BYTES = 16 << 20, /* values of a line of nothing but parentheses */
	KEEP_BYTES = 1 << 20,   /* a buffer that grew beyond this is given back */
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
	if (digits.n > IMAP_MAX_DIGITS || !num_parse_int(digits, &n) || n < 0)
		return false;
	struct imap_response head;
	struct str rest;
	imap_read_head((struct str){p->p, p->n}, &head, &rest);
	if (imap_has_text(&head))
		return false;
	*brace_at_out = at - 1;
	*n_out = (uint64_t)n;
	return true;
}

static void begin_literal(struct imap_proto *p, size_t brace_at, uint64_t n)
{
	if (p->literals_n == IMAP_MAX_LITERALS) {
		p->phase = IMAP_PHASE_BROKEN;
		return;
	}
	bool is_cut = n > p->max_literal_bytes - p->literal_bytes;
	uint64_t keep = n;
	if (is_cut) {
		keep = p->max_literal_bytes - p->literal_bytes;
		keep = keep < IMAP_CUT_BYTES ? keep : IMAP_CUT_BYTES;
	}
	p->literals[p->literals_n++] = (struct imap_literal){brace_at, p->n, (size_t)keep, is_cut};
	p->literal_bytes += (size_t)keep;
	p->keep_left = keep;
	p->skip_left = n - keep;
	p->phase = n > 0 ? IMAP_PHASE_LITERAL : IMAP_PHASE_LINE;
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
		return p->phase == IMAP_PHASE_BROKEN ? IMAP_BROKEN : IMAP_MORE;
	}
	imap_parse(p);
	p->is_done = true;
	return IMAP_RESPONSE;
}

static size_t feed_line(struct imap_proto *p, struct str bytes, enum imap_event *event_out)
{
	ptrdiff_t at = str_find_byte(bytes, '\n');
	struct str piece = at < 0 ? bytes : str_head(bytes, (size_t)at);
	size_t used = piece.n + (at >= 0);
	if (p->line_bytes + used > IMAP_MAX_LINE_BYTES) {
		p->phase = IMAP_PHASE_BROKEN;
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
		p->phase = IMAP_PHASE_LINE;
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
	while (used < bytes.n && *event_out == IMAP_MORE && p->phase != IMAP_PHASE_BROKEN) {
		struct str rest = str_skip(bytes, used);
		used += p->phase == IMAP_PHASE_LITERAL ? feed_literal(p, rest) : feed_line(p, rest, event_out);
	}
	if (p->phase == IMAP_PHASE_BROKEN)
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
