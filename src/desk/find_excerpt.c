/* The part of a text around the first words that a search found, cut between words, each of those words marked. */

#include "base/arena.h"
#include "base/buf.h"
#include "desk/find.h"
#include "desk/words.h"

enum { BEFORE_MATCH_BYTES = 80, MAX_BLANK_BYTES = 20, SPLIT_ARENA_BYTES = 64 << 20 };

static bool is_blank(char byte)
{
	return (unsigned char)byte <= ' ';
}

/* Where a character begins, at or behind at. */
static size_t char_at(struct str s, size_t at)
{
	while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
		at++;
	return at < s.n ? at : s.n;
}

/* A little before the match, behind a blank where one is near. */
static size_t start_of(struct str text, size_t match)
{
	if (match <= BEFORE_MATCH_BYTES)
		return 0;
	size_t from = char_at(text, match - BEFORE_MATCH_BYTES);
	for (size_t i = from; i < from + MAX_BLANK_BYTES && i < match; i++)
		if (is_blank(text.p[i]))
			return i + 1;
	return from;
}

/* Runs of white space become one blank. */
static struct str one_line(struct ctx *c, struct str s)
{
	struct buf b;
	buf_init(&b, c->a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		if (!is_blank(s.p[i]))
			buf_byte(&b, s.p[i]);
		else if (i == 0 || !is_blank(s.p[i - 1]))
			buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

struct cutter {
	struct ctx *c;
	struct str text;
	struct excerpt_part *parts;
	size_t n;
};

static void add_part(struct cutter *t, size_t from, size_t to, bool is_match)
{
	if (from < to)
		t->parts[t->n++] = (struct excerpt_part){one_line(t->c, str_head(str_skip(t->text, from), to - from)), is_match};
}

static void cut(struct cutter *t, const struct word_range *ranges, size_t n)
{
	size_t from = n > 0 ? start_of(t->text, ranges[0].from) : 0;
	size_t to = char_at(t->text, from + MAX_EXCERPT_BYTES), at = from;
	t->parts = NEW_ARRAY(t->c->a, 2 * n + 3, struct excerpt_part);
	if (from > 0)
		t->parts[t->n++].text = STR("…");
	for (size_t i = 0; i < n && ranges[i].from < to; i++) {
		size_t end = ranges[i].to < to ? ranges[i].to : to;
		add_part(t, at, ranges[i].from, false);
		add_part(t, ranges[i].from, end, true);
		at = end;
	}
	add_part(t, at, to, false);
	if (to < t->text.n)
		t->parts[t->n++].text = STR("…");
}

void find_excerpt(struct ctx *c, struct str text, const struct word_query *q, struct excerpt_part **out, size_t *n_out,
                  bool *has_match_out)
{
	struct cutter t = {.c = c, .text = text};
	struct word_range *ranges;
	size_t n;
	struct arena *a = arena_open(SPLIT_ARENA_BYTES);
	words_marked(a, text, q, &ranges, &n);
	cut(&t, ranges, n);
	arena_close(a);
	*out = t.parts;
	*n_out = t.n;
	*has_match_out = n > 0;
}
