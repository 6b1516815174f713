/* Which leaves are the body, and what the others are called. In an alternative the first child with plain text
 * gives the text and the last one with HTML gives the HTML (RFC 2046 section 5.1.4: the richest is last); in other
 * multiparts all texts are joined. Where there is HTML, plain texts that have no HTML twin are put into it too,
 * escaped: the HTML alone must be the whole mail. */

#include <gmime/gmime.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/mime_parse_int.h"

static struct str header(const struct part *p, struct str name)
{
	return mail_headers_find(&p->head, name);
}

/* What follows the line "begin 644 name" of uuencoded data. */
static struct str behind_begin(struct str s)
{
	while (s.n > 0 && !str_starts(s, STR("begin "))) {
		ptrdiff_t end = str_find_byte(s, '\n');
		s = str_skip(s, end < 0 ? s.n : (size_t)end + 1);
	}
	ptrdiff_t end = str_find_byte(s, '\n');
	return str_skip(s, end < 0 ? s.n : (size_t)end + 1);
}

struct str part_bytes(struct arena *a, const struct part *p)
{
	struct str in = p->body;
	struct str word = mail_header_word(a, header(p, STR("Content-Transfer-Encoding")));
	GMimeContentEncoding encoding = g_mime_content_encoding_from_string(str_z(a, word));
	GMimeEncoding state;
	if (encoding < GMIME_CONTENT_ENCODING_BASE64 || in.n == 0)
		return str_is_null(in) ? STR("") : in;
	g_mime_encoding_init_decode(&state, encoding);
	if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) {
		in = behind_begin(in);
		state.state |= GMIME_UUDECODE_STATE_BEGIN;
	}
	char *out = arena_alloc(a, g_mime_encoding_outlen(&state, in.n) + 1);
	return (struct str){out, g_mime_encoding_flush(&state, in.p, in.n, out)};
}

static struct str with_newlines(struct arena *a, struct str s)
{
	if (str_find_byte(s, '\r') < 0)
		return s;
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
	}
	return (struct str){out, n};
}

/* One line of format=flowed (RFC 3676 section 4). */
struct flowed_line {
	size_t depth; /* of quotes */
	struct str text;
	bool is_flowed;
};

static struct flowed_line flowed_line(struct str line, bool has_delsp)
{
	struct flowed_line l = {.text = line};
	while (l.text.n > 0 && l.text.p[0] == '>') {
		l.text = str_skip(l.text, 1);
		l.depth++;
	}
	if (l.text.n > 0 && l.text.p[0] == ' ')
		l.text = str_skip(l.text, 1); /* stuffed */
	l.is_flowed = l.text.n > 0 && l.text.p[l.text.n - 1] == ' ' && !str_eq(l.text, STR("-- "));
	if (l.is_flowed && has_delsp)
		l.text.n--;
	return l;
}

static struct str unflow(struct arena *a, struct str s, bool has_delsp)
{
	enum { GROWTH = 2 };
	struct buf b;
	struct flowed_line last = {0};
	bool is_first = true;
	buf_init(&b, a, s.n * GROWTH + 1);
	for (struct str rest = s; !str_is_null(rest);) {
		struct flowed_line l = flowed_line(str_cut(&rest, STR("\n")), has_delsp);
		bool is_joined = last.is_flowed && last.depth == l.depth && !str_eq(l.text, STR("-- "));
		if (!is_joined && !is_first)
			buf_byte(&b, '\n');
		for (size_t i = 0; !is_joined && i < l.depth; i++)
			buf_byte(&b, '>');
		if (!is_joined && l.depth > 0)
			buf_byte(&b, ' ');
		buf_add(&b, l.text);
		last = l;
		is_first = false;
	}
	return buf_str(&b);
}

/* What <meta charset=x>, or http-equiv, says within the first bytes of HTML. */
static struct str meta_charset(struct str html)
{
	enum { MAX_META_FROM = 1024 };
	struct str head = str_head(html, MAX_META_FROM);
	ptrdiff_t at = str_find_nocase(head, STR("charset="));
	if (at < 0)
		return STR_NULL;
	struct str label = str_skip(head, (size_t)at + 8);
	while (label.n > 0 && (label.p[0] == '"' || label.p[0] == '\''))
		label = str_skip(label, 1);
	size_t n = 0;
	while (n < label.n && label.p[n] != '\0' && strchr("\"' ;/>\r\n\t", label.p[n]) == NULL)
		n++;
	return str_head(label, n);
}

struct str part_text(struct arena *a, const struct part *p)
{
	struct str bytes = part_bytes(a, p);
	struct str type = header(p, STR("Content-Type"));
	struct str label = mail_header_param(a, type, STR("charset"));
	bool is_html = str_eq(p->type, STR("text/html"));
	if (label.n == 0 && is_html)
		label = meta_charset(bytes);
	struct str text = with_newlines(a, charset_decode(a, label, bytes));
	if (is_html || !str_eq_nocase(mail_header_param(a, type, STR("format")), STR("flowed")))
		return text;
	return unflow(a, text, str_eq_nocase(mail_header_param(a, type, STR("delsp")), STR("yes")));
}

/* The name that the sender gave; the null string when there is none. */
static struct str given_name(struct arena *a, const struct part *p)
{
	struct str name = mail_header_param(a, header(p, STR("Content-Disposition")), STR("filename"));
	if (name.n == 0)
		name = mail_header_param(a, header(p, STR("Content-Type")), STR("name"));
	return name.n > 0 ? name : STR_NULL;
}

static bool may_be_body(struct arena *a, const struct parts *parts, const struct part *p)
{
	if (p->kind != PART_LEAF || !(str_eq(p->type, STR("text/plain")) || str_eq(p->type, STR("text/html"))))
		return false;
	if (str_eq(mail_header_word(a, header(p, STR("Content-Disposition"))), STR("attachment")))
		return false;
	if (p->parent < 0)
		return true;
	enum multi_kind in = parts->list[p->parent].multi;
	if (p->nth == 0 || in == MULTI_ALTERNATIVE)
		return true;
	if (in == MULTI_REPORT || (in == MULTI_RELATED && !str_is_null(header(p, STR("Content-ID")))))
		return false;
	return str_is_null(given_name(a, p));
}

static int *claimed_child(struct part *alternative, bool is_html)
{
	return is_html ? &alternative->html_child : &alternative->text_child;
}

/* Takes the leaf as body, unless an alternative around it has already got its text, or HTML, from another child. */
static bool claim(struct parts *parts, struct part *leaf, bool is_html)
{
	for (int child = (int)(leaf - parts->list), up = leaf->parent; up >= 0;
	     child = up, up = parts->list[up].parent) {
		int claimed = *claimed_child(&parts->list[up], is_html);
		if (parts->list[up].multi == MULTI_ALTERNATIVE && claimed >= 0 && claimed != child)
			return false;
	}
	for (int child = (int)(leaf - parts->list), up = leaf->parent; up >= 0; child = up, up = parts->list[up].parent)
		*claimed_child(&parts->list[up], is_html) = child;
	return true;
}

/* Is there an alternative around the leaf that also gives HTML? */
static bool has_html_twin(const struct parts *parts, const struct part *leaf)
{
	for (int up = leaf->parent; up >= 0; up = parts->list[up].parent)
		if (parts->list[up].multi == MULTI_ALTERNATIVE && parts->list[up].html_child >= 0)
			return true;
	return false;
}

static void put_escaped(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		switch (text.p[i]) {
		case '&': buf_lit(b, "&amp;"); break;
		case '<': buf_lit(b, "&lt;"); break;
		case '>': buf_lit(b, "&gt;"); break;
		case '\n': buf_lit(b, "<br>\n"); break;
		default: buf_byte(b, text.p[i]);
		}
	}
}

static void put_text(const struct parts *parts, const struct part *p, bool has_html, struct buf *text, struct buf *html)
{
	if (text->n > 0 && text->p[text->n - 1] != '\n')
		buf_byte(text, '\n');
	buf_add(text, p->text);
	if (!has_html || has_html_twin(parts, p) || str_trim(p->text).n == 0)
		return;
	buf_lit(html, "<div>");
	put_escaped(html, p->text);
	buf_lit(html, "</div>\n");
}

/* Decodes a chosen leaf, where it still fits the limit of its kind. If not it becomes an attachment. */
static bool decode(struct arena *a, struct parts *parts, struct part *p, size_t *room_bytes)
{
	size_t encoded_max = *room_bytes * 4; /* quoted-printable takes three bytes for one, and line ends */
	if (p->body.n <= encoded_max && part_bytes(a, p).n <= *room_bytes)
		p->text = part_text(a, p);
	if (!str_is_null(p->text) && p->text.n <= *room_bytes) {
		*room_bytes -= p->text.n;
		return true;
	}
	parts->flags |= p->is_html ? MIME_CUT_HTML : MIME_CUT_TEXT;
	p->is_text = p->is_html = false;
	return false;
}

/* Marks the leaves that are the body. What an alternative offers besides them is dropped: it says the same again. */
static void choose(struct arena *a, struct parts *parts, bool *is_dropped)
{
	for (size_t i = 0; i < parts->n; i++) {
		struct part *p = &parts->list[i];
		if (str_eq(p->type, STR("text/plain")) && may_be_body(a, parts, p))
			is_dropped[i] = !(p->is_text = claim(parts, p, false));
	}
	for (size_t i = parts->n; i-- > 0;) {
		struct part *p = &parts->list[i];
		if (str_eq(p->type, STR("text/html")) && may_be_body(a, parts, p))
			is_dropped[i] = !(p->is_html = claim(parts, p, true));
		if (str_eq(p->type, STR("text/x-amp-html")) || str_eq(p->type, STR("text/watch-html")))
			is_dropped[i] = p->parent >= 0 && parts->list[p->parent].multi == MULTI_ALTERNATIVE;
	}
}

static const struct {
	const char *type, *name;
} default_names[] = {
	{"application/ms-tnef", "winmail.dat"},
	{"application/pdf", "document.pdf"},
	{"application/pgp-signature", "signature.asc"},
	{"application/pkcs7-signature", "smime.p7s"},
	{"application/vnd.ms-tnef", "winmail.dat"},
	{"application/x-pkcs7-signature", "smime.p7s"},
	{"application/zip", "archive.zip"},
	{"image/bmp", "image.bmp"},
	{"image/gif", "image.gif"},
	{"image/jpeg", "image.jpg"},
	{"image/jpg", "image.jpg"},
	{"image/png", "image.png"},
	{"image/svg+xml", "image.svg"},
	{"image/tiff", "image.tiff"},
	{"image/webp", "image.webp"},
	{"message/delivery-status", "delivery-status.txt"},
	{"message/disposition-notification", "disposition.txt"},
	{"message/feedback-report", "feedback-report.txt"},
	{"message/global-delivery-status", "delivery-status.txt"},
	{"text/calendar", "invite.ics"},
	{"text/csv", "table.csv"},
	{"text/html", "message.html"},
	{"text/plain", "text.txt"},
	{"text/rfc822-headers", "headers.txt"},
	{"text/vcard", "contact.vcf"},
	{"text/x-vcard", "contact.vcf"},
};

/* Marks that change the direction of what follows: "photo\u202egpj.exe" reads as "photoexe.jpg". */
static bool is_direction_mark(uint32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e || cp == 0x200f;
}

/* At most MAX_NAME_BYTES, with the ending kept. */
static struct str shorten(struct arena *a, struct str name)
{
	enum { MAX_ENDING_BYTES = 16 };
	size_t dot = name.n;
	if (name.n <= MAX_NAME_BYTES)
		return name;
	while (dot > name.n - MAX_ENDING_BYTES && name.p[dot - 1] != '.')
		dot--;
	if (dot <= name.n - MAX_ENDING_BYTES)
		return utf8_head(name, MAX_NAME_BYTES);
	struct str ending = str_skip(name, dot - 1);
	return str_cat(a, utf8_head(name, MAX_NAME_BYTES - ending.n), ending);
}

/* A file name without path and marks; the null string when nothing is left. */
static struct str clean_name(struct arena *a, struct str name)
{
	struct buf b;
	size_t from = name.n, n;
	while (from > 0 && name.p[from - 1] != '/' && name.p[from - 1] != '\\')
		from--;
	name = str_skip(name, from);
	buf_init(&b, a, name.n);
	for (; name.n > 0; name = str_skip(name, n))
		if (!is_direction_mark(utf8_decode(name, &n)))
			buf_add(&b, str_head(name, n));
	name = str_trim(buf_str(&b));
	if (name.n == 0 || str_eq(name, STR(".")) || str_eq(name, STR("..")))
		return STR_NULL;
	return shorten(a, name);
}

/* "Subject.eml" for an attached mail. */
static struct str mail_name(struct arena *a, struct str bytes)
{
	enum { SCRATCH_BYTES = 32 << 20 };
	struct arena *scratch = arena_open(SCRATCH_BYTES);
	struct mail_headers h;
	mail_headers_parse(scratch, str_head(bytes, MAX_HEADER_BLOCK_BYTES), &h);
	struct str subject = mail_header_text(scratch, mail_headers_find(&h, STR("Subject")));
	char *flat = arena_alloc(scratch, subject.n + 1);
	for (size_t i = 0; i < subject.n; i++)
		flat[i] = strchr("/\\:*?\"<>|", subject.p[i]) ? '-' : subject.p[i];
	struct str name = clean_name(scratch, (struct str){flat, subject.n});
	name = name.n > 0 ? str_fmt(a, STR_FMT ".eml", STR_ARG(utf8_head(name, MAX_NAME_BYTES - 4)))
			  : STR("message.eml");
	arena_close(scratch);
	return name;
}

static struct str attachment_name(struct arena *a, const struct part *p, struct str bytes)
{
	struct str name = clean_name(a, given_name(a, p));
	if (!str_is_null(name))
		return name;
	if (str_eq(p->type, STR("message/rfc822")) || str_eq(p->type, STR("message/global")))
		return mail_name(a, bytes);
	for (size_t i = 0; i < sizeof(default_names) / sizeof(default_names[0]); i++)
		if (str_eq(p->type, str_c(default_names[i].type)))
			return str_c(default_names[i].name);
	return STR("attachment.bin");
}

/* Shown inside of the HTML: it is named there, or it is an image that belongs to it. */
static bool is_inline(struct arena *a, const struct parts *parts, const struct part *p, struct str id, struct str html)
{
	if (id.n == 0 || str_is_null(html))
		return false;
	if (p->parent >= 0 && parts->list[p->parent].multi == MULTI_RELATED && str_starts(p->type, STR("image/")))
		return true;
	return str_find(html, str_cat(a, STR("cid:"), id)) >= 0;
}

static void add_attachment(struct arena *a, const struct parts *parts, const struct part *p, struct mime *out)
{
	struct mime_attachment *file = &out->attachments[out->attachment_n];
	struct str *ids;
	file->bytes = part_bytes(a, p);
	if (file->bytes.n == 0 && str_is_null(given_name(a, p)))
		return;
	file->name = attachment_name(a, p, file->bytes);
	file->content_type = p->type;
	if (mail_header_ids(a, header(p, STR("Content-ID")), 1, &ids) == 1)
		file->content_id = ids[0];
	file->is_inline = is_inline(a, parts, p, file->content_id, out->html);
	out->attachment_n++;
}

/* The HTML with its plain pieces does not fit: it is kept as a file, and the text stands alone. */
static void give_up_html(struct parts *parts)
{
	parts->flags |= MIME_CUT_HTML;
	for (size_t i = 0; i < parts->n; i++)
		parts->list[i].is_html = false;
}

static void compose(struct arena *a, struct parts *parts, struct mime *out)
{
	struct buf text, html;
	size_t text_room = MAX_TEXT_BYTES, html_room = MAX_MIME_HTML_BYTES;
	bool has_text = false, has_html = false;
	buf_init(&text, a, MAX_TEXT_BYTES);
	buf_init(&html, a, MAX_MIME_HTML_BYTES);
	for (size_t i = 0; i < parts->n; i++) {
		struct part *p = &parts->list[i];
		has_text = (p->is_text && decode(a, parts, p, &text_room)) || has_text;
		has_html = (p->is_html && decode(a, parts, p, &html_room)) || has_html;
	}
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->list[i];
		if (p->is_html)
			buf_add(&html, p->text);
		else if (p->is_text)
			put_text(parts, p, has_html, &text, &html);
	}
	if (buf_is_full(&html)) {
		give_up_html(parts);
		has_html = false;
	}
	bool is_blank = has_html && str_trim(buf_str(&text)).n == 0;
	out->html = has_html ? buf_str(&html) : STR_NULL;
	out->text = has_text && !is_blank ? buf_str(&text) : STR_NULL;
}

void mime_choose_body(struct arena *a, struct parts *parts, struct mime *out)
{
	bool *is_dropped = NEW_ARRAY(a, parts->n, bool);
	choose(a, parts, is_dropped);
	compose(a, parts, out);
	out->attachments = NEW_ARRAY(a, parts->n, struct mime_attachment);
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->list[i];
		if (p->kind == PART_LEAF && !p->is_text && !p->is_html && !is_dropped[i])
			add_attachment(a, parts, p, out);
	}
}
