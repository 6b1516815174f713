/* What says that a machine wrote the mail: delivery reports (RFC 3464), and the many fields of programs (RFC 3834
 * and older). */

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/mime_parse_int.h"

enum { MAX_REPORT_BLOCKS = 100, MAX_STATUS_BYTES = 64 << 10 };

static bool is_status_type(struct str type)
{
	return str_eq(type, STR("message/delivery-status")) || str_eq(type, STR("message/global-delivery-status"));
}

/* "rfc822; anna@example.com": the address, or what stands there instead. */
static struct str report_address(struct arena *a, struct str value)
{
	struct mail_addrs list = {0};
	struct str line = mail_header_line(a, value), rest = line;
	if (str_find_byte(line, ';') >= 0)
		str_cut(&rest, STR(";"));
	mail_addr_parse(a, rest, &list);
	return list.n > 0 ? list.list[0].address : str_trim(rest);
}

static void read_block(struct arena *a, const struct mail_headers *h, struct mime_report *r)
{
	struct str action = mail_header_word(a, mail_headers_find(h, STR("Action")));
	struct str status = mail_header_word(a, mail_headers_find(h, STR("Status")));
	struct str who = mail_headers_find(h, STR("Final-Recipient"));
	if (str_is_null(who))
		who = mail_headers_find(h, STR("Original-Recipient"));
	bool is_better = str_eq(action, STR("failed")) && !str_eq(r->action, STR("failed"));
	if ((str_is_null(action) && str_is_null(status) && str_is_null(who)) || (!str_is_null(r->action) && !is_better))
		return;
	r->action = action;
	r->status = status;
	r->recipient = str_is_null(who) ? STR_NULL : report_address(a, who);
	struct str code = mail_header_line(a, mail_headers_find(h, STR("Diagnostic-Code")));
	r->diagnostic = utf8_head(code, MAX_HEADER_TEXT_BYTES);
}

/* A block for the mail, then one for each recipient, with empty lines between them. */
static void read_status(struct arena *a, struct str bytes, struct mime_report *r)
{
	struct str rest = str_head(bytes, MAX_STATUS_BYTES);
	struct mail_headers h;
	for (size_t i = 0; i < MAX_REPORT_BLOCKS && rest.n > 0; i++) {
		mail_headers_parse(a, rest, &h);
		if (h.n == 0)
			return;
		read_block(a, &h, r);
		rest = h.rest;
	}
}

static struct str message_id_in(struct arena *a, struct str bytes)
{
	struct mail_headers h;
	struct str *ids;
	mail_headers_parse(a, str_head(bytes, MAX_HEADER_BLOCK_BYTES), &h);
	return mail_header_ids(a, mail_headers_find(&h, STR("Message-ID")), 1, &ids) == 1 ? ids[0] : STR_NULL;
}

/* qmail and others put the header of the mail that failed into the text. */
static struct str message_id_in_text(struct arena *a, struct str text)
{
	struct str *ids;
	for (struct str rest = str_head(text, MAX_HEADER_BLOCK_BYTES); !str_is_null(rest);) {
		struct str line = str_trim(str_cut(&rest, STR("\n")));
		while (line.n > 0 && (line.p[0] == '>' || line.p[0] == ' '))
			line = str_skip(line, 1);
		if (str_starts_nocase(line, STR("Message-ID:")) && mail_header_ids(a, str_skip(line, 11), 1, &ids) == 1)
			return ids[0];
	}
	return STR_NULL;
}

static bool holds_a_mail(struct str type)
{
	return str_eq(type, STR("message/rfc822")) || str_eq(type, STR("text/rfc822-headers")) ||
	       str_eq(type, STR("message/global")) || str_eq(type, STR("message/global-headers")) ||
	       str_eq(type, STR("message/rfc822-headers"));
}

void mime_read_report(struct arena *a, const struct parts *parts, struct mime *out)
{
	struct mime_report *r = &out->report;
	bool has_status = false;
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->list[i];
		if (p->multi == MULTI_REPORT && str_is_null(r->type)) {
			struct str type = mail_headers_find(&p->head, STR("Content-Type"));
			r->type = str_lower(a, mail_header_param(a, type, STR("report-type")));
			r->type = str_is_null(r->type) ? STR("") : r->type;
		}
		if (is_status_type(p->type) && !has_status) {
			has_status = true;
			read_status(a, part_bytes(a, p), r);
		}
	}
	if (has_status && r->type.n == 0)
		r->type = STR("delivery-status");
	bool has_null_path = !str_is_null(out->return_path) && out->return_path.n == 0;
	bool may_be_bounce = !str_is_null(r->type) || out->is_from_daemon || has_null_path;
	for (size_t i = 0; may_be_bounce && i < parts->n && str_is_null(r->original_message_id); i++)
		if (holds_a_mail(parts->list[i].type))
			r->original_message_id = message_id_in(a, part_bytes(a, &parts->list[i]));
	if (may_be_bounce && str_is_null(r->original_message_id))
		r->original_message_id = message_id_in_text(a, out->text);
}

static bool is_one_of(struct str s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_eq(s, str_c(*list)))
			return true;
	return false;
}

bool mime_is_automatic(const struct mime *m)
{
	static const char *const bulk[] = {"bulk", "junk", "list", "auto_reply", "auto-reply", NULL};
	static const char *const nothing[] = {"", "none", NULL};
	if (!str_is_null(m->auto_submitted) && !str_eq(m->auto_submitted, STR("no")))
		return true;
	if (is_one_of(m->precedence, bulk) || m->is_from_list || m->is_autoreply_marked || m->is_from_daemon ||
	    m->is_from_robot)
		return true;
	if (!str_is_null(m->report.type) || !str_is_null(m->failed_recipients))
		return true;
	if (!str_is_null(m->return_path) && m->return_path.n == 0)
		return true;
	return !is_one_of(m->x_auto_response_suppress, nothing);
}

bool mime_is_bounce(const struct mime *m)
{
	if (str_eq(m->report.type, STR("delivery-status")) && !str_is_null(m->report.type))
		return str_is_null(m->report.action) || str_eq(m->report.action, STR("failed"));
	return str_is_null(m->report.type) && (m->is_from_daemon || !str_is_null(m->failed_recipients));
}
