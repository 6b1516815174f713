#include "text/mime_write.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/mail_headers.h"
#include "text/mime_write_int.h"

struct writer {
	struct buf b;
	const struct mail_out *m;
	struct str hash; /* of the Message-ID: boundaries are made of it */
	size_t inline_n; /* images that belong to the HTML */
};

static bool is_id(struct str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (id.p[i] <= ' ' || id.p[i] > '~' || id.p[i] == '<' || id.p[i] == '>')
			return false;
	return id.n > 0 && id.n <= MAX_MESSAGE_ID_BYTES && str_find(id, STR("=?")) < 0;
}

static enum err put_addresses(struct ctx *c, struct writer *w, struct str header, const struct mail_addr *list,
			      size_t n)
{
	struct buf value;
	buf_init(&value, c->a, MAX_MAIL_BYTES);
	for (size_t i = 0; i < n; i++) {
		struct str one = mail_addr_format(c->a, list[i].name, list[i].address);
		if (str_is_null(one))
			return fail(c, ERR_BAD_INPUT,
				    STR_FMT ": \"" STR_FMT "\" is not an address that mail can be sent to",
				    STR_ARG(header), STR_ARG(mail_header_line(c->a, list[i].address)));
		if (i > 0)
			buf_lit(&value, ", ");
		buf_add(&value, one);
	}
	if (n > 0)
		put_header(&w->b, header, buf_str(&value));
	return OK;
}

static void put_id(struct buf *value, struct str id)
{
	if (!is_id(id))
		return;
	if (value->n > 0)
		buf_byte(value, ' ');
	buf_fmt(value, "<" STR_FMT ">", STR_ARG(id));
}

/* The first id, by which threads are found, and the newest ones (RFC 5322 section 3.6.4 asks for all of them). */
static void put_thread(struct arena *a, struct writer *w)
{
	const struct mail_out *m = w->m;
	struct buf value;
	size_t n = m->references_n;
	buf_init(&value, a, MAX_WRITE_REFERENCES * (MAX_MESSAGE_ID_BYTES + 3));
	for (size_t i = 0; i < n; i++)
		if (i == 0 || i + MAX_WRITE_REFERENCES - 2 >= n)
			put_id(&value, m->references[i]);
	bool is_there = n > 0 && str_eq(m->references[n - 1], m->in_reply_to);
	if (!is_there)
		put_id(&value, m->in_reply_to);
	if (is_id(m->in_reply_to))
		put_header(&w->b, STR("In-Reply-To"), str_fmt(a, "<" STR_FMT ">", STR_ARG(m->in_reply_to)));
	if (value.n > 0)
		put_header(&w->b, STR("References"), buf_str(&value));
}

/* A field of free text; none where there is none. */
static void put_text(struct arena *a, struct writer *w, struct str name, struct str text)
{
	struct str line = utf8_head(mail_header_line(a, text), MAX_HEADER_TEXT_BYTES);
	if (line.n > 0)
		put_header(&w->b, name, mail_text_encode(a, line));
}

/* An answer by a machine is told from one that nobody asked for (RFC 3834 section 5). */
static void put_machine_marks(struct arena *a, struct writer *w)
{
	if (w->m->is_automatic) {
		bool is_answer = is_id(w->m->in_reply_to);
		put_header(&w->b, STR("Auto-Submitted"), is_answer ? STR("auto-replied") : STR("auto-generated"));
		put_header(&w->b, STR("X-Auto-Response-Suppress"), STR("All"));
	}
	put_text(a, w, STR("X-Bellhop-Loop"), w->m->loop);
}

static enum err put_fields(struct ctx *c, struct writer *w)
{
	const struct mail_out *m = w->m;
	put_header(&w->b, STR("Date"), time_mail(c->a, m->date_ms));
	TRY(put_addresses(c, w, STR("From"), &m->from, 1));
	TRY(put_addresses(c, w, STR("Reply-To"), &m->reply_to, str_is_null(m->reply_to.address) ? 0 : 1));
	TRY(put_addresses(c, w, STR("To"), m->to, m->to_n));
	TRY(put_addresses(c, w, STR("Cc"), m->cc, m->cc_n));
	if (m->to_n + m->cc_n == 0)
		put_header(&w->b, STR("To"), STR("undisclosed-recipients:;"));
	put_text(c->a, w, STR("Subject"), m->subject);
	put_header(&w->b, STR("Message-ID"), str_fmt(c->a, "<" STR_FMT ">", STR_ARG(m->message_id)));
	put_thread(c->a, w);
	put_machine_marks(c->a, w);
	put_header(&w->b, STR("MIME-Version"), STR("1.0"));
	return OK;
}

/* "=_" cannot occur in quoted-printable or base64, and bare text with a line of "--" is not sent as it is: no body
 * can hold it. */
static void put_multipart(struct writer *w, struct str kind, char level)
{
	struct str value = str_fmt(w->b.a, "multipart/" STR_FMT "; boundary=\"=_%c_" STR_FMT "\"", STR_ARG(kind), level,
	                           STR_ARG(w->hash));
	put_header(&w->b, STR("Content-Type"), value);
	buf_lit(&w->b, "\r\n");
}

static void put_delimiter(struct writer *w, char level, struct str tail)
{
	buf_fmt(&w->b, "--=_%c_" STR_FMT STR_FMT "\r\n", level, STR_ARG(w->hash), STR_ARG(tail));
}

/* Belongs to the HTML, by cid:. */
static bool is_of_html(const struct mail_out *m, const struct mime_attachment *file)
{
	return file->is_inline && is_id(file->content_id) && !str_is_null(m->html);
}

static struct str file_name(struct arena *a, struct str name)
{
	struct str line = mail_header_line(a, name);
	char *flat = arena_alloc(a, line.n + 1);
	for (size_t i = 0; i < line.n; i++)
		flat[i] = line.p[i] == '/' || line.p[i] == '\\' ? '_' : line.p[i];
	struct str head = utf8_head((struct str){flat, line.n}, MAX_NAME_BYTES);
	return head.n > 0 ? head : STR("attachment.bin");
}

static struct str file_type(struct arena *a, struct str content_type)
{
	enum { MAX_TYPE_BYTES = 127 };
	struct str type = mail_header_type(a, content_type);
	bool is_good = type.n > 0 && type.n <= MAX_TYPE_BYTES && !str_starts(type, STR("message/")) &&
	               !str_starts(type, STR("multipart/"));
	for (size_t i = 0; i < type.n && is_good; i++)
		is_good = type.p[i] == '/' || (mail_addr_is_atext(type.p[i]) && (unsigned char)type.p[i] < 0x80);
	return is_good ? type : STR("application/octet-stream");
}

static void put_file(struct arena *a, struct writer *w, const struct mime_attachment *file, bool is_inline)
{
	struct str name = file_name(a, file->name);
	struct buf value;
	buf_init(&value, a, MAX_HEADER_BYTES);
	buf_add(&value, file_type(a, file->content_type));
	put_param(&value, STR("name"), name);
	put_header(&w->b, STR("Content-Type"), buf_str(&value));
	buf_init(&value, a, MAX_HEADER_BYTES);
	buf_add(&value, is_inline ? STR("inline") : STR("attachment"));
	put_param(&value, STR("filename"), name);
	put_header(&w->b, STR("Content-Disposition"), buf_str(&value));
	if (is_id(file->content_id))
		put_header(&w->b, STR("Content-ID"), str_fmt(a, "<" STR_FMT ">", STR_ARG(file->content_id)));
	buf_lit(&w->b, "Content-Transfer-Encoding: base64\r\n\r\n");
	put_base64(&w->b, file->bytes);
}

static void put_files(struct arena *a, struct writer *w, char level, bool is_inline)
{
	for (size_t i = 0; i < w->m->attachment_n; i++) {
		const struct mime_attachment *file = &w->m->attachments[i];
		if (is_of_html(w->m, file) != is_inline)
			continue;
		put_delimiter(w, level, STR(""));
		put_file(a, w, file, is_inline);
	}
	put_delimiter(w, level, STR("--"));
}

static void put_html(struct arena *a, struct writer *w)
{
	if (w->inline_n == 0) {
		put_text_part(&w->b, STR("text/html"), w->m->html);
		return;
	}
	put_multipart(w, STR("related; type=\"text/html\""), 'r');
	put_delimiter(w, 'r', STR(""));
	put_text_part(&w->b, STR("text/html"), w->m->html);
	put_files(a, w, 'r', true);
}

/* Whoever cannot read calendars reads the text. In base64, so that its lines and their ends arrive as they are. */
static void put_calendar(struct arena *a, struct writer *w)
{
	put_delimiter(w, 'a', STR(""));
	put_header(&w->b, STR("Content-Type"),
	           str_fmt(a, "text/calendar; charset=utf-8; method=" STR_FMT, STR_ARG(w->m->calendar_method)));
	buf_lit(&w->b, "Content-Transfer-Encoding: base64\r\n\r\n");
	put_base64(&w->b, w->m->calendar);
}

static void put_body(struct arena *a, struct writer *w)
{
	bool has_calendar = !str_is_null(w->m->calendar);
	if (str_is_null(w->m->html) && !has_calendar) {
		put_text_part(&w->b, STR("text/plain"), w->m->text);
		return;
	}
	if (str_is_null(w->m->text) && !has_calendar) {
		put_html(a, w);
		return;
	}
	put_multipart(w, STR("alternative"), 'a');
	if (!str_is_null(w->m->text)) {
		put_delimiter(w, 'a', STR(""));
		put_text_part(&w->b, STR("text/plain"), w->m->text);
	}
	if (!str_is_null(w->m->html)) {
		put_delimiter(w, 'a', STR(""));
		put_html(a, w);
	}
	if (has_calendar)
		put_calendar(a, w);
	put_delimiter(w, 'a', STR("--"));
}

enum err mime_write(struct ctx *c, const struct mail_out *m, struct str *out)
{
	enum { BOUNDARY_HASH_BYTES = 32 };
	struct writer w = {.m = m};
	if (!is_id(m->message_id))
		return fail(c, ERR_BAD_INPUT, "the Message-ID is not one");
	w.hash = str_head(crypt_hash_hex(c->a, m->message_id), BOUNDARY_HASH_BYTES);
	buf_init(&w.b, c->a, MAX_MAIL_BYTES);
	for (size_t i = 0; i < m->attachment_n; i++)
		w.inline_n += is_of_html(m, &m->attachments[i]);
	TRY(put_fields(c, &w));
	if (m->attachment_n == w.inline_n) {
		put_body(c->a, &w);
	} else {
		put_multipart(&w, STR("mixed"), 'm');
		put_delimiter(&w, 'm', STR(""));
		put_body(c->a, &w);
		put_files(c->a, &w, 'm', false);
	}
	if (buf_is_full(&w.b))
		return fail(c, ERR_TOO_BIG, "the mail is over %d bytes", MAX_MAIL_BYTES);
	*out = buf_str(&w.b);
	return OK;
}
