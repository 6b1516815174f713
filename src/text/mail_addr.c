/* One pass over the header, character by character. An entry is collected as words; a word that holds an @ is the
 * address unless <…> follows, what is left is the name. Blanks around dots and @ do not end a word (obsolete
 * forms). */

#include "text/mail_addr.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/mail_headers.h"

struct scan {
	struct arena *a;
	struct str rest;
	struct mail_addrs *out;
	struct buf name;     /* all words, unquoted, one blank between them */
	struct buf word;     /* the current word, as in an address */
	struct str comment;  /* the first one */
	struct str angle;    /* what is between < and >; null: none yet */
	struct str bare;     /* the first word with an @ */
	size_t bare_from, bare_to; /* where that is in name */
	size_t word_from;
	size_t colon_n;
	bool has_at;         /* in word, outside of quotes */
	bool is_after_blank;
	bool has_open_quote; /* a quote that is never closed was seen: from here on quotes are not special */
	bool has_open_comment;
};

bool mail_addr_is_atext(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       (unsigned char)byte >= 0x80 || (byte != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", byte) != NULL);
}

/* Bytes of the quoted-string at the start of s with both quotes; 0 when it is not closed. */
static size_t quoted_n(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '"')
			return i + 1;
		i += s.p[i] == '\\';
	}
	return 0;
}

/* Bytes of the comment at the start of s, nested ones included; 0 when it is not closed. */
static size_t comment_n(struct str s)
{
	size_t depth = 0;
	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '(';
		if (s.p[i] == ')' && --depth == 0)
			return i + 1;
		i += s.p[i] == '\\';
	}
	return 0;
}

/* Bytes of <…> at the start of s; without a closing bracket up to the next opening one, comma or the end. */
static size_t angle_n(struct str s, struct str *inside_out)
{
	size_t i = 1, quote_n;
	for (; i < s.n && s.p[i] != '>' && s.p[i] != '<'; i++) {
		if (s.p[i] != '"')
			continue;
		quote_n = quoted_n(str_skip(s, i));
		if (quote_n == 0) {
			i = s.n;
			break;
		}
		i += quote_n - 1;
	}
	*inside_out = (struct str){s.p + 1, i - 1};
	return i < s.n && s.p[i] == '>' ? i + 1 : i;
}

static void put_unquoted(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		buf_byte(b, s.p[i]);
	}
}

static struct str unquoted(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n);
	put_unquoted(&b, s);
	return buf_str(&b);
}

static bool is_dot_atom(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!mail_addr_is_atext(s.p[i]) && (s.p[i] != '.' || i == 0 || i + 1 == s.n || s.p[i - 1] == '.'))
			return false;
	return s.n > 0;
}

/* The local part in its shortest form; the null string when it cannot be one. Stray dots are real:
 * a..b@docomo.ne.jp. */
static struct str clean_local(struct arena *a, struct str local)
{
	struct buf b;
	if (local.n < 2 || local.p[0] != '"') {
		for (size_t i = 0; i < local.n; i++)
			if (!mail_addr_is_atext(local.p[i]) && local.p[i] != '.')
				return STR_NULL;
		return local.n > 0 ? local : STR_NULL;
	}
	if (quoted_n(local) != local.n)
		return STR_NULL;
	struct str inside = unquoted(a, str_head(str_skip(local, 1), local.n - 2));
	if (is_dot_atom(inside))
		return inside;
	buf_init(&b, a, inside.n * 2 + 2);
	buf_byte(&b, '"');
	for (size_t i = 0; i < inside.n; i++) {
		if (inside.p[i] == '"' || inside.p[i] == '\\')
			buf_byte(&b, '\\');
		buf_byte(&b, inside.p[i]);
	}
	buf_byte(&b, '"');
	return buf_str(&b);
}

static bool is_domain(struct str s)
{
	if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']') {
		s = str_head(str_skip(s, 1), s.n - 2);
		return s.n > 0 && memchr(s.p, '[', s.n) == NULL && memchr(s.p, ']', s.n) == NULL &&
		       memchr(s.p, '@', s.n) == NULL;
	}
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '.' && (!mail_addr_is_atext(s.p[i]) || strchr("!#$%&'*+/=?^`{|}~", s.p[i]) != NULL))
			return false;
	return s.n > 0 && s.p[0] != '.';
}

/* An addr-spec without blanks and comments in its stored form; false when it is none. */
static bool clean_address(struct arena *a, struct str s, struct str *out)
{
	size_t at = s.n;
	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at == 0)
		return false;
	struct str local = clean_local(a, str_head(s, at - 1));
	struct str domain = str_lower(a, str_skip(s, at));
	if (domain.n > 1 && domain.p[domain.n - 1] == '.')
		domain.n--;
	if (str_is_null(local) || !is_domain(domain))
		return false;
	*out = str_cat(a, str_cat(a, local, STR("@")), domain);
	return true;
}

/* What is inside of <>, without a route (<@a,@b:c@d>), comments and blanks outside of quotes. */
static struct str angle_clean(struct arena *a, struct str s)
{
	struct buf b;
	size_t n;
	bool has_open_comment = false, has_open_quote = false;
	s = str_trim(s);
	if (s.n > 0 && s.p[0] == '@' && str_find_byte(s, ':') >= 0)
		s = str_skip(s, (size_t)str_find_byte(s, ':') + 1);
	buf_init(&b, a, s.n);
	for (; s.n > 0; s = str_skip(s, n)) {
		n = 1;
		if (s.p[0] == '"' && !has_open_quote && (n = quoted_n(s)) > 0)
			buf_add(&b, str_head(s, n));
		else if (s.p[0] == '(' && !has_open_comment && (n = comment_n(s)) > 0)
			continue;
		else if (s.p[0] != ' ' && s.p[0] != '(' && s.p[0] != '"')
			buf_byte(&b, s.p[0]);
		has_open_comment = has_open_comment || (s.p[0] == '(' && n == 0);
		has_open_quote = has_open_quote || (s.p[0] == '"' && n == 0);
		n = n ? n : 1;
	}
	return buf_str(&b);
}

static void end_word(struct scan *s)
{
	if (s->has_at && str_is_null(s->bare)) {
		s->bare = str_dup(s->a, buf_str(&s->word));
		s->bare_from = s->word_from;
		s->bare_to = s->name.n;
	}
	s->word.n = 0;
	s->has_at = false;
}

/* Before a token is added: does it begin a new word? */
static void begin_token(struct scan *s, char first)
{
	char last = s->word.n > 0 ? s->word.p[s->word.n - 1] : '\0';
	bool is_joined = first == '@' || first == '.' || last == '@' || last == '.';
	if (s->is_after_blank && !is_joined)
		end_word(s);
	if (s->name.n > 0 && (s->is_after_blank || s->word.n == 0))
		buf_byte(&s->name, ' ');
	if (s->word.n == 0)
		s->word_from = s->name.n;
	s->is_after_blank = false;
}

static void begin_entry(struct scan *s)
{
	s->name.n = s->word.n = 0;
	s->comment = s->angle = s->bare = STR_NULL;
	s->has_at = s->is_after_blank = false;
}

static struct str without_bare(struct scan *s)
{
	struct str name = buf_str(&s->name);
	return str_cat(s->a, str_head(name, s->bare_from), str_skip(name, s->bare_to));
}

/* 'anna@example.com' as Outlook writes names. */
static struct str without_single_quotes(struct str name)
{
	bool has_both = name.n >= 2 && name.p[0] == '\'' && name.p[name.n - 1] == '\'';
	return has_both ? str_head(str_skip(name, 1), name.n - 2) : name;
}

static void add(struct scan *s, struct str name, struct str address)
{
	struct mail_addrs *out = s->out;
	if (address.n > MAX_ADDRESS_BYTES) {
		out->is_cut = true;
		return;
	}
	if (out->n == out->room_n) {
		size_t room_n = out->room_n ? out->room_n * 2 : 4;
		struct mail_addr *wider = NEW_ARRAY(s->a, room_n, struct mail_addr);
		if (out->n > 0)
			memcpy(wider, out->list, out->n * sizeof(*wider));
		out->list = wider;
		out->room_n = room_n;
	}
	name = str_trim(without_single_quotes(mail_header_text(s->a, name)));
	out->list[out->n++] = (struct mail_addr){name, address};
}

static void end_entry(struct scan *s)
{
	struct str address;
	end_word(s);
	struct str name = buf_str(&s->name);
	bool is_found = !str_is_null(s->angle) && clean_address(s->a, angle_clean(s->a, s->angle), &address);
	if (!is_found && !str_is_null(s->bare)) {
		is_found = clean_address(s->a, s->bare, &address);
		name = without_bare(s);
	}
	if (is_found)
		add(s, str_trim(name).n > 0 ? name : s->comment, address);
	begin_entry(s);
}

/* A quoted-string or a comment; returns the bytes taken, 0 when the character is not special here. */
static size_t take_enclosed(struct scan *s)
{
	size_t n;
	if (s->rest.p[0] == '"' && !s->has_open_quote) {
		n = quoted_n(s->rest);
		s->has_open_quote = n == 0;
		if (n > 0) {
			begin_token(s, '"');
			buf_add(&s->word, str_head(s->rest, n));
			put_unquoted(&s->name, str_head(str_skip(s->rest, 1), n - 2));
		}
		return n;
	}
	if (s->rest.p[0] == '(' && !s->has_open_comment) {
		n = comment_n(s->rest);
		s->has_open_comment = n == 0;
		if (n > 0 && str_is_null(s->comment))
			s->comment = unquoted(s->a, str_head(str_skip(s->rest, 1), n - 2));
		s->is_after_blank = true;
		return n;
	}
	return 0;
}

static void put_char(struct scan *s, char byte)
{
	begin_token(s, byte);
	s->has_at = s->has_at || byte == '@';
	buf_byte(&s->word, byte);
	buf_byte(&s->name, byte);
}

/* [192.0.2.1] behind an @; its colons and commas are not ours. */
static size_t take_literal(struct scan *s)
{
	enum { MAX_LITERAL_BYTES = 64 };
	ptrdiff_t end = str_find_byte(str_head(s->rest, MAX_LITERAL_BYTES), ']');
	if (end < 0 || s->word.n == 0 || s->word.p[s->word.n - 1] != '@')
		return 0;
	for (size_t i = 0; i <= (size_t)end; i++)
		put_char(s, s->rest.p[i]);
	return (size_t)end + 1;
}

static size_t take_angle(struct scan *s)
{
	struct str inside;
	size_t n = angle_n(s->rest, &inside);
	end_word(s);
	if (str_trim(s->angle).n == 0)
		s->angle = inside;
	s->is_after_blank = true;
	return n;
}

/* Takes one token; returns its bytes. */
static size_t take_token(struct scan *s)
{
	size_t n;
	switch (s->rest.p[0]) {
	case ' ':
		s->is_after_blank = true;
		return 1;
	case ',':
	case ';':
		end_entry(s);
		return 1;
	case ':': /* the name of a group ends */
		s->colon_n++;
		begin_entry(s);
		return 1;
	case '<':
		return take_angle(s);
	case '"':
	case '(':
		n = take_enclosed(s);
		s->is_after_blank = s->is_after_blank || n == 0;
		return n ? n : 1;
	case '[':
		n = take_literal(s);
		if (n == 0)
			put_char(s, '[');
		return n ? n : 1;
	case '>':
		return 1;
	default:
		put_char(s, s->rest.p[0]);
		return 1;
	}
}

void mail_addr_parse(struct arena *a, struct str value, struct mail_addrs *out)
{
	struct scan s = {.a = a, .rest = mail_header_line(a, value), .out = out};
	size_t max_bytes = s.rest.n * 2 + 1;
	buf_init(&s.name, a, max_bytes);
	buf_init(&s.word, a, max_bytes);
	while (s.rest.n > 0 && s.colon_n <= MAX_ADDRESS_COLONS && out->n < MAX_ADDRESSES)
		s.rest = str_skip(s.rest, take_token(&s));
	if (s.rest.n > 0)
		out->is_cut = out->is_cut || out->n < MAX_ADDRESSES || str_find_byte(s.rest, '@') >= 0;
	else
		end_entry(&s);
}
