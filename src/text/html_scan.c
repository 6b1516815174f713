#include "text/html_scan.h"

#include <string.h>

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

struct html_scan html_scan_begin(struct str html)
{
	return (struct html_scan){html.p, html.p + html.n};
}

static bool begins(const struct html_scan *s, struct str what)
{
	return str_starts((struct str){s->p, (size_t)(s->end - s->p)}, what);
}

/* Moves behind the next byte of this kind, or to the end. */
static void skip_behind(struct html_scan *s, char byte)
{
	const char *hit = s->p < s->end ? memchr(s->p, byte, (size_t)(s->end - s->p)) : NULL;
	s->p = hit ? hit + 1 : s->end;
}

/* At <!--. A comment ends with --> or --!>, and <!--> and <!---> are whole ones. */
static void skip_comment(struct html_scan *s)
{
	s->p += 4;
	if (begins(s, STR(">")) || begins(s, STR("->"))) {
		skip_behind(s, '>');
		return;
	}
	while (s->p < s->end) {
		skip_behind(s, '-');
		if (!begins(s, STR("-")))
			continue;
		/* behind one dash, at another: any number of dashes may follow */
		while (begins(s, STR("-")))
			s->p++;
		if (begins(s, STR(">")) || begins(s, STR("!>"))) {
			skip_behind(s, '>');
			return;
		}
	}
}

enum step { STEP_ATTR, STEP_END, STEP_CUT };

/* Reads one attribute at *p. STEP_END: at '>' instead. STEP_CUT: the input ended; what was read of the attribute is
 * in the outputs. A quote counts only where a value begins, and '=' as the first byte of a name belongs to the name. */
static enum step read_attr(const char **at, const char *end, struct str *name_out, struct str *value_out)
{
	const char *p = *at;
	*name_out = *value_out = STR_NULL;
	while (p < end && (is_blank(*p) || *p == '/'))
		p++;
	*at = p;
	if (p == end)
		return STEP_CUT;
	if (*p == '>')
		return STEP_END;

	const char *from = p++;
	while (p < end && !is_blank(*p) && *p != '/' && *p != '>' && *p != '=')
		p++;
	*name_out = (struct str){from, (size_t)(p - from)};
	*at = p;
	while (p < end && is_blank(*p))
		p++;
	if (p == end || *p != '=')
		return p == end ? STEP_CUT : STEP_ATTR;
	p++;
	while (p < end && is_blank(*p))
		p++;
	from = p;
	if (p < end && (*p == '"' || *p == '\'')) {
		from++;
		const char *quote = memchr(from, *p, (size_t)(end - from));
		p = quote ? quote : end;
		*value_out = (struct str){from, (size_t)(p - from)};
		*at = quote ? quote + 1 : end;
		return quote ? STEP_ATTR : STEP_CUT;
	}
	while (p < end && !is_blank(*p) && *p != '>')
		p++;
	*value_out = (struct str){from, (size_t)(p - from)};
	*at = p;
	return p == end ? STEP_CUT : STEP_ATTR;
}

bool html_attr_next(struct str *attrs, struct str *name_out, struct str *value_out)
{
	const char *p = attrs->p, *end = attrs->p + attrs->n;
	read_attr(&p, end, name_out, value_out);
	*attrs = (struct str){p, (size_t)(end - p)};
	return name_out->n > 0;
}

/* At '<' or '</' and a letter. false: the input ends inside the tag, which browsers drop with all behind it. */
static bool scan_tag(struct html_scan *s, struct html_token *out)
{
	out->kind = s->p[1] == '/' ? HTML_CLOSE : HTML_OPEN;
	const char *p = s->p + (out->kind == HTML_CLOSE ? 2 : 1), *from = p;
	while (p < s->end && !is_blank(*p) && *p != '/' && *p != '>')
		p++;
	out->name = (struct str){from, (size_t)(p - from)};
	from = p;
	struct str name, value;
	enum step step;
	do
		step = read_attr(&p, s->end, &name, &value);
	while (step == STEP_ATTR);
	if (step == STEP_CUT) {
		s->p = s->end;
		return false;
	}
	out->attrs = (struct str){from, (size_t)(p - from)};
	out->is_self_closed = p[-1] == '/';
	s->p = p + 1;
	return true;
}

/* Does markup begin at this '<'? Otherwise it is text. */
static bool is_markup(const char *p, const char *end)
{
	if (end - p < 2)
		return false;
	return is_letter(p[1]) || p[1] == '!' || p[1] == '?' || (p[1] == '/' && end - p > 2);
}

static void scan_text(struct html_scan *s, struct html_token *out)
{
	const char *from = s->p;
	do {
		const char *less = memchr(s->p + 1, '<', (size_t)(s->end - s->p - 1));
		s->p = less ? less : s->end;
	} while (s->p < s->end && !is_markup(s->p, s->end));
	out->kind = HTML_TEXT;
	out->text = (struct str){from, (size_t)(s->p - from)};
}

bool html_scan_next(struct html_scan *s, struct html_token *out)
{
	*out = (struct html_token){0};
	while (s->p < s->end) {
		if (*s->p != '<' || !is_markup(s->p, s->end)) {
			scan_text(s, out);
			return true;
		}
		if (is_letter(s->p[1]) || (s->p[1] == '/' && is_letter(s->p[2])))
			return scan_tag(s, out);
		if (begins(s, STR("<!--")))
			skip_comment(s);
		else
			skip_behind(s, '>'); /* <!doctype>, <![if mso]>, <?xml?>, </> and </3> */
	}
	return false;
}

struct str html_scan_raw_text(struct html_scan *s, struct str name)
{
	const char *from = s->p;
	while (s->p < s->end) {
		const char *less = memchr(s->p, '<', (size_t)(s->end - s->p));
		if (less == NULL)
			break;
		s->p = less + 1;
		struct str rest = {s->p, (size_t)(s->end - s->p)};
		if (rest.n <= name.n + 1 || rest.p[0] != '/' || !str_starts_nocase(str_skip(rest, 1), name))
			continue;
		char next = rest.p[1 + name.n];
		if (!is_blank(next) && next != '/' && next != '>')
			continue;
		struct html_token close;
		s->p = less;
		scan_tag(s, &close);
		return (struct str){from, (size_t)(less - from)};
	}
	s->p = s->end;
	return (struct str){from, (size_t)(s->end - from)};
}
