#include "text/mail_headers.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "text/charset.h"

/* The first line of *rest with its end, which is LF, or CR in a text that has no LF at all. */
static struct str take_line(struct str *rest, char line_end)
{
	ptrdiff_t at = str_find_byte(*rest, line_end);
	size_t n = at < 0 ? rest->n : (size_t)at + 1;
	struct str line = str_head(*rest, n);
	*rest = str_skip(*rest, n);
	return line;
}

static struct str without_end(struct str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}

/* Bytes of the field name at the start of a line, 0 when the line is no field (RFC 5322 section 2.2, blanks before
 * the colon allowed as in section 4.5). *value_out begins behind the colon. */
static size_t field_name_n(struct str line, size_t *value_out)
{
	size_t n = 0;
	while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
		n++;
	size_t colon = n;
	while (colon < line.n && (line.p[colon] == ' ' || line.p[colon] == '\t'))
		colon++;
	if (n == 0 || colon == line.n || line.p[colon] != ':')
		return 0;
	*value_out = colon + 1;
	return n;
}

/* What comes before the first field: an mbox separator, empty lines. */
static struct str skip_preface(struct str raw, char line_end)
{
	struct str rest = raw;
	size_t value;
	while (rest.n > 0) {
		struct str after = rest;
		struct str line = without_end(take_line(&after, line_end));
		if (field_name_n(line, &value) > 0)
			return rest;
		if (line.n > 0 && !str_starts(line, STR("From ")) && !str_starts(line, STR(">From ")))
			return raw;
		rest = after;
	}
	return raw;
}

struct field_sink {
	struct mail_headers *h;
	size_t room_n;
	size_t block_bytes;
};

static void add_field(struct arena *a, struct field_sink *to, struct str line, size_t name_n, size_t value_at)
{
	struct mail_headers *h = to->h;
	if (h->n == MAX_HEADERS || to->block_bytes > MAX_HEADER_BLOCK_BYTES) {
		h->is_cut = true;
		return;
	}
	if (h->n == to->room_n) {
		struct mail_header *wider = NEW_ARRAY(a, to->room_n * 2, struct mail_header);
		memcpy(wider, h->list, h->n * sizeof(*wider));
		h->list = wider;
		to->room_n *= 2;
	}
	struct str value = str_skip(line, value_at);
	if (line.n > MAX_HEADER_BYTES) {
		value = str_head(value, MAX_HEADER_BYTES);
		h->is_cut = true;
	}
	h->list[h->n++] = (struct mail_header){str_head(line, name_n), value};
}

/* A field with the lines that continue it. */
static struct str take_field(struct str *rest, char line_end)
{
	const char *from = rest->p;
	take_line(rest, line_end);
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		take_line(rest, line_end);
	return (struct str){from, (size_t)(rest->p - from)};
}

/* A line that is no field: does the header end before it, or is it junk (a fold without its blank, say)? It is junk
 * when more fields than junk follow before an empty line. */
static bool is_junk(struct str rest, char line_end)
{
	size_t field_n = 0, junk_n = 0, value_at;
	rest = str_head(rest, MAX_HEADER_BLOCK_BYTES);
	while (rest.n > 0) {
		struct str line = take_line(&rest, line_end);
		if (without_end(line).n == 0)
			return field_n > junk_n;
		if (line.p[0] == ' ' || line.p[0] == '\t')
			continue;
		if (field_name_n(line, &value_at) > 0)
			field_n++;
		else
			junk_n++;
	}
	return false;
}

static bool is_mbox_mark(struct str line)
{
	return str_starts(line, STR("From ")) || str_starts(line, STR(">From "));
}

void mail_headers_parse(struct arena *a, struct str raw, struct mail_headers *out)
{
	enum { FIRST_ROOM = 16 };
	struct field_sink to = {out, FIRST_ROOM, 0};
	char line_end = str_find_byte(raw, '\n') >= 0 ? '\n' : '\r';
	struct str rest = skip_preface(raw, line_end);
	bool has_junk = false;

	*out = (struct mail_headers){.list = NEW_ARRAY(a, FIRST_ROOM, struct mail_header)};
	while (rest.n > 0) {
		struct str after = rest;
		struct str line = without_end(take_line(&after, line_end));
		size_t value_at = 0, name_n = field_name_n(line, &value_at);
		if (line.n == 0) {
			out->rest = after;
			return;
		}
		/* asked once: if one line is junk, so are the others */
		if (name_n == 0 && !has_junk && !is_mbox_mark(line)) {
			if (out->n == 0 || !is_junk(rest, line_end))
				break;
			has_junk = true;
		}
		struct str field = take_field(&rest, line_end);
		to.block_bytes += field.n;
		if (name_n > 0)
			add_field(a, &to, field, name_n, value_at);
		else
			out->is_odd = true;
	}
	out->rest = rest;
	out->is_odd = out->is_odd || rest.n > 0;
}

struct str mail_headers_find(const struct mail_headers *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq_nocase(h->list[i].name, name))
			return h->list[i].value;
	return STR_NULL;
}

size_t mail_headers_count(const struct mail_headers *h, struct str name)
{
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++)
		n += str_eq_nocase(h->list[i].name, name);
	return n;
}

/* Is the code point at p one that a line must not hold? 1: drop it, 2: a blank takes its place. */
static int line_fault(uint32_t cp)
{
	if (cp == '\t' || cp == 0x2028 || cp == 0x2029)
		return 2;
	return cp < ' ' || (cp >= 0x7f && cp <= 0x9f) || cp == 0xfeff; /* at the start it would be a byte order mark */
}

/* Valid UTF-8 as one line: a fold is taken out but for its white space, other control characters go. */
static struct str one_line(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n);
	while (s.n > 0) {
		size_t n;
		int fault = line_fault(utf8_decode(s, &n));
		if (fault == 0)
			buf_add(&b, str_head(s, n));
		else if (fault == 2)
			buf_byte(&b, ' ');
		s = str_skip(s, n);
	}
	return str_trim(buf_str(&b));
}

struct str mail_header_line(struct arena *a, struct str value)
{
	if (str_is_null(value))
		return value;
	return one_line(a, charset_decode(a, STR_NULL, value));
}

struct str mail_header_word(struct arena *a, struct str value)
{
	if (str_is_null(value))
		return value;
	struct str line = mail_header_line(a, value);
	size_t n = 0;
	while (n < line.n && line.p[n] != ';' && line.p[n] != ' ' && line.p[n] != '(' && line.p[n] != ',')
		n++;
	return str_lower(a, str_head(line, n));
}

struct str mail_header_type(struct arena *a, struct str value)
{
	struct str line = mail_header_line(a, value);
	struct str type = str_lower(a, str_trim(str_cut(&line, STR(";"))));
	size_t n = 0, slash_n = 0;
	for (; n < type.n && type.p[n] > ' ' && type.p[n] < 127 && strchr("()<>@,\"[]?=", type.p[n]) == NULL; n++)
		slash_n += type.p[n] == '/';
	if (slash_n != 1 || type.p[0] == '/' || type.p[n - 1] == '/')
		return STR_NULL;
	return str_head(type, n);
}

static bool is_id_byte(char byte)
{
	return (unsigned char)byte > ' ' && byte != 127 && byte != '<' && byte != '>';
}

/* The next id in *s; the null string at the end. */
static struct str next_id(struct str *s, bool has_angles)
{
	size_t n = 0, from = 0;
	if (has_angles) {
		ptrdiff_t open = str_find_byte(*s, '<');
		if (open < 0)
			return STR_NULL;
		from = (size_t)open + 1;
	}
	while (from < s->n && !has_angles && !is_id_byte(s->p[from]))
		from++;
	for (n = from; n < s->n && (is_id_byte(s->p[n]) || (has_angles && (s->p[n] == ' ' || s->p[n] == '\t')));)
		n++;
	struct str id = {s->p + from, n - from};
	*s = str_skip(*s, n);
	return from < n || has_angles ? id : STR_NULL;
}

/* Folds may have cut an id in two: the white space inside of it is not part of it. */
static struct str without_blanks(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (is_id_byte(s.p[i]))
			buf_byte(&b, s.p[i]);
	return buf_str(&b);
}

size_t mail_header_ids(struct arena *a, struct str value, size_t max_n, struct str **out)
{
	struct str rest = mail_header_line(a, value), id;
	struct str *ring = NEW_ARRAY(a, max_n, struct str);
	bool has_angles = str_find_byte(rest, '<') >= 0;
	size_t n = 0;
	while (!str_is_null(rest) && !str_is_null(id = next_id(&rest, has_angles)))
		if (id.n > 0 && id.n <= MAX_HEADER_TEXT_BYTES && (has_angles || str_find_byte(id, '@') >= 0))
			ring[n++ % max_n] = id;
	size_t kept = n < max_n ? n : max_n;
	*out = NEW_ARRAY(a, kept, struct str);
	for (size_t i = 0; i < kept; i++)
		(*out)[i] = without_blanks(a, ring[(n - kept + i) % max_n]);
	return kept;
}

int64_t mail_header_date(struct arena *a, struct str value)
{
	enum { MAX_DATE_BYTES = 200 };
	int64_t at_ms = 0;
	struct str line = str_head(mail_header_line(a, value), MAX_DATE_BYTES);
	if (line.n == 0)
		return 0;
	GDateTime *date = g_mime_utils_header_decode_date(str_z(a, line));
	if (date == NULL)
		return 0;
	at_ms = SECONDS(g_date_time_to_unix(date));
	g_date_time_unref(date);
	return at_ms > 0 ? at_ms : 0;
}
