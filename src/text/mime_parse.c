/* The fields of the mail itself; structure, body and reports are in the files beside this one. */

#include "text/mime_parse.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/mime_parse_int.h"

void mime_start(void)
{
	g_mime_init();
}

static const struct {
	enum mime_flag flag;
	const char *sentence;
} sentences[] = {
	{MIME_CUT_BYTES, "The mail is larger than allowed; its end was not read."},
	{MIME_CUT_HEADERS, "There are more or longer header fields than allowed; the surplus was not read."},
	{MIME_CUT_ADDRESSES, "There are more or longer addresses than allowed; the surplus was not read."},
	{MIME_CUT_PARTS, "There are more parts than allowed; the last ones were not read."},
	{MIME_CUT_DEPTH, "Parts are nested deeper than allowed; the innermost were not read."},
	{MIME_CUT_TEXT, "A text is larger than allowed; it was kept as an attachment."},
	{MIME_CUT_HTML, "An HTML text is larger than allowed; it was kept as an attachment."},
	{MIME_ODD_HEADERS, "The header has lines that are no fields, or no end."},
	{MIME_ODD_TWICE, "A header field that has to be single is there twice; the first one counts."},
	{MIME_ODD_BOUNDARY, "A multipart has no boundary, or is not closed."},
	{MIME_ODD_BYTES, "The mail holds NUL bytes."},
};

static struct str notes(struct arena *a, unsigned flags)
{
	enum { MAX_NOTES_BYTES = 2048 };
	struct buf b;
	buf_init(&b, a, MAX_NOTES_BYTES);
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		if ((flags & sentences[i].flag) == 0)
			continue;
		if (b.n > 0)
			buf_byte(&b, '\n');
		buf_add(&b, str_c(sentences[i].sentence));
	}
	return buf_str(&b);
}

static struct mail_addrs addresses(struct arena *a, const struct mail_headers *h, struct str name, unsigned *flags)
{
	struct mail_addrs list = {0};
	for (size_t i = 0; i < h->n; i++)
		if (str_eq_nocase(h->list[i].name, name))
			mail_addr_parse(a, h->list[i].value, &list);
	*flags |= list.is_cut ? MIME_CUT_ADDRESSES : 0;
	return list;
}

static void read_people(struct arena *a, const struct mail_headers *h, struct mime *m)
{
	m->from = addresses(a, h, STR("From"), &m->flags);
	m->sender = addresses(a, h, STR("Sender"), &m->flags);
	m->reply_to = addresses(a, h, STR("Reply-To"), &m->flags);
	m->to = addresses(a, h, STR("To"), &m->flags);
	m->cc = addresses(a, h, STR("Cc"), &m->flags);
}

/* The ids of all fields of that name: some mailers write In-Reply-To twice. */
static size_t ids(struct arena *a, const struct mail_headers *h, struct str name, struct str **out)
{
	struct buf b;
	buf_init(&b, a, MAX_HEADER_BLOCK_BYTES);
	for (size_t i = 0; i < h->n; i++) {
		if (!str_eq_nocase(h->list[i].name, name))
			continue;
		buf_add(&b, h->list[i].value);
		buf_byte(&b, ' ');
	}
	return mail_header_ids(a, buf_str(&b), MAX_REFERENCES, out);
}

/* An id without brackets or @ is still an id, where it is one word: others will refer to it. */
static struct str message_id(struct arena *a, struct str value)
{
	struct str *found;
	size_t n = mail_header_ids(a, value, MAX_REFERENCES, &found);
	if (n > 0)
		return found[0];
	struct str line = mail_header_line(a, value);
	bool is_word = line.n > 0 && line.n <= MAX_HEADER_TEXT_BYTES && str_find_byte(line, ' ') < 0 &&
	               str_find_byte(line, '<') < 0 && str_find_byte(line, '>') < 0;
	return is_word ? line : STR_NULL;
}

static struct str return_path(struct arena *a, struct str value)
{
	struct mail_addrs list = {0};
	if (str_is_null(value))
		return STR_NULL;
	mail_addr_parse(a, value, &list);
	if (list.n > 0)
		return list.list[0].address;
	struct str line = mail_header_line(a, value);
	return str_eq(line, STR("<>")) ? STR("") : line;
}

static bool has_prefix(const struct mail_headers *h, struct str prefix)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_starts_nocase(h->list[i].name, prefix))
			return true;
	return false;
}

static bool holds_one_of(struct str s, const char *const *marks)
{
	for (; *marks != NULL; marks++)
		if (str_find_nocase(s, str_c(*marks)) >= 0)
			return true;
	return false;
}

static bool is_daemon(struct arena *a, const struct mail_headers *h)
{
	static const char *const marks[] = {
		"mailer-daemon", "mailerdaemon",    "mail-daemon",         "maildaemon",         "postmaster@",
		"post_master@",  "mail delivery s", "mail delivery agent", "delivery subsystem", NULL};
	return holds_one_of(mail_header_text(a, mail_headers_find(h, STR("From"))), marks);
}

/* no-reply@…; but where a Reply-To names somebody else, a web form speaks for a person. */
static bool is_robot(const struct mime *m)
{
	static const char *const marks[] = {"no-reply",     "noreply",      "no_reply", "donotreply",
					    "do-not-reply", "do_not_reply", NULL};
	if (m->from.n == 0 || !holds_one_of(m->from.list[0].address, marks))
		return false;
	return m->reply_to.n == 0 || holds_one_of(m->reply_to.list[0].address, marks);
}

/* What answering machines put at the front of the subject, as the common mailers translate it. */
static bool is_autoreply_subject(struct str subject)
{
	static const char *const prefixes[] = {"auto reply",
					       "auto-reply",
					       "autoreply",
					       "automatic reply",
					       "auto response",
					       "out of office",
					       "out of the office",
					       "abwesenheitsnotiz",
					       "automatische antwort",
					       "automatisch antwoord",
					       "réponse automatique",
					       "respuesta automática",
					       "resposta automática",
					       "risposta automatica",
					       "automaattinen vastaus",
					       "autosvar",
					       "automatiskt svar",
					       "automatisk svar",
					       "odpowiedź automatyczna",
					       "automatická odpověď",
					       "автоответ",
					       "自動応答",
					       "自動返信",
					       "自动回复",
					       "自動回覆",
					       "자동 회신",
					       NULL};
	for (const char *const *p = prefixes; *p != NULL; p++)
		if (str_starts_nocase(subject, str_c(*p)))
			return true;
	return false;
}

static void read_machine_marks(struct arena *a, const struct mail_headers *h, struct mime *m)
{
	m->auto_submitted = mail_header_word(a, mail_headers_find(h, STR("Auto-Submitted")));
	m->precedence = mail_header_word(a, mail_headers_find(h, STR("Precedence")));
	m->x_auto_response_suppress =
		str_lower(a, mail_header_line(a, mail_headers_find(h, STR("X-Auto-Response-Suppress"))));
	m->list_id = mail_header_line(a, mail_headers_find(h, STR("List-Id")));
	m->return_path = return_path(a, mail_headers_find(h, STR("Return-Path")));
	m->loop = mail_header_line(a, mail_headers_find(h, STR("X-Bellhop-Loop")));
	m->authentication_results = mail_header_line(a, mail_headers_find(h, STR("Authentication-Results")));
	m->failed_recipients = mail_header_line(a, mail_headers_find(h, STR("X-Failed-Recipients")));
	m->received_n = mail_headers_count(h, STR("Received"));
	m->is_from_list =
		has_prefix(h, STR("List-")) || has_prefix(h, STR("X-Mailing-List")) || has_prefix(h, STR("X-ML"));
	m->is_autoreply_marked = is_autoreply_subject(m->subject) || has_prefix(h, STR("X-Autoreply")) ||
				 has_prefix(h, STR("X-Auto-Reply")) || has_prefix(h, STR("X-Autorespon")) ||
				 has_prefix(h, STR("X-Autogenerated")) || has_prefix(h, STR("X-Mail-Autoreply"));
	m->is_from_daemon = is_daemon(a, h);
	m->is_from_robot = is_robot(m);
}

static bool has_twins(const struct mail_headers *h)
{
	static const char *const single[] = {"From",       "Sender",       "Subject",      "Date",
					     "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};
	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (mail_headers_count(h, str_c(single[i])) > 1)
			return true;
	return false;
}

static void read_fields(struct arena *a, const struct mail_headers *h, struct mime *m)
{
	m->message_id = message_id(a, mail_headers_find(h, STR("Message-ID")));
	m->in_reply_to_n = ids(a, h, STR("In-Reply-To"), &m->in_reply_to);
	m->references_n = ids(a, h, STR("References"), &m->references);
	m->subject = mail_header_text(a, mail_headers_find(h, STR("Subject")));
	if (str_is_null(m->subject))
		m->subject = STR("");
	m->date_ms = mail_header_date(a, mail_headers_find(h, STR("Date")));
	read_people(a, h, m);
	read_machine_marks(a, h, m);
	m->flags |= has_twins(h) ? MIME_ODD_TWICE : 0;
}

enum err mime_parse_within(struct ctx *c, struct str raw, size_t max_bytes, struct mime *out)
{
	struct parts parts;
	struct mime m = {.flags = raw.n > max_bytes ? MIME_CUT_BYTES : 0};
	raw = str_head(raw, max_bytes);
	if (str_trim(raw).n == 0)
		return fail(c, ERR_BAD_INPUT, "The mail is empty.");
	m.flags |= str_find_byte(raw, '\0') >= 0 ? MIME_ODD_BYTES : 0;
	mime_walk(c->a, raw, &parts);
	read_fields(c->a, &parts.list[0].head, &m);
	mime_choose_body(c->a, &parts, &m);
	mime_read_report(c->a, &parts, &m);
	m.flags |= parts.flags;
	m.is_cut = (m.flags & MIME_CUT_ANY) != 0;
	m.notes = notes(c->a, m.flags);
	*out = m;
	return OK;
}

enum err mime_parse(struct ctx *c, struct str raw, struct mime *out)
{
	return mime_parse_within(c, raw, MAX_MAIL_BYTES, out);
}
