/* The commands are a table; each is a short function that checks the order of things, changes the state and writes one reply.
 *
 * A chunk's octets are taken off the wire even where BDAT itself is refused, and a BDAT whose size cannot be read ends the session:
 * otherwise content would be read as commands. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "net/lmtp_int.h"

static void cmd_lhlo(struct lmtp_proto *p, struct str args)
{
	if (args.n == 0) {
		lmtp_say_bad(p, 501, "5.5.4", STR("LHLO needs the name of the client"));
		return;
	}
	lmtp_forget_mail(p);
	p->is_greeted = true;
	char text[LMTP_HOSTNAME_BYTES + 160];
	int n = snprintf(text, sizeof(text), "250-%s\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
	                 "250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250 SIZE %zu\r\n", p->hostname, p->body.max_bytes);
	check(n > 0 && (size_t)n < sizeof(text));
	lmtp_add_replies(p, text, (size_t)n);
}

static void cmd_not_smtp(struct lmtp_proto *p, struct str args)
{
	(void)args;
	lmtp_say_bad(p, 500, "5.5.1", STR("This is LMTP (RFC 2033): say LHLO"));
}

enum param { PARAM_OK, PARAM_UNKNOWN, PARAM_TOO_BIG };

static enum param take_param(struct lmtp_proto *p, struct str param)
{
	struct str value = param;
	struct str name = str_cut(&value, STR("="));
	if (str_eq_nocase(name, STR("SMTPUTF8")) && str_is_null(value)) {
		p->mail.is_utf8 = true;
		return PARAM_OK;
	}
	if (str_eq_nocase(name, STR("BODY")))
		return str_eq_nocase(value, STR("7BIT")) || str_eq_nocase(value, STR("8BITMIME")) ? PARAM_OK
		                                                                                  : PARAM_UNKNOWN;
	if (!str_eq_nocase(name, STR("SIZE")))
		return PARAM_UNKNOWN;
	int64_t bytes;
	if (!num_parse_int(value, &bytes) || bytes < 0)
		return PARAM_UNKNOWN;
	return (uint64_t)bytes > p->body.max_bytes ? PARAM_TOO_BIG : PARAM_OK;
}

static enum param take_params(struct lmtp_proto *p, struct str params)
{
	while (!str_is_null(params)) {
		struct str param = str_cut(&params, STR(" "));
		enum param taken = param.n ? take_param(p, param) : PARAM_OK;
		if (taken != PARAM_OK)
			return taken;
	}
	return PARAM_OK;
}

static void cmd_mail(struct lmtp_proto *p, struct str args)
{
	struct lmtp_path path;
	if (!p->is_greeted || p->has_sender) {
		lmtp_say_bad(p, 503, "5.5.1", p->is_greeted ? STR("One MAIL at a time") : STR("Say LHLO first"));
		return;
	}
	if (!lmtp_path_parse(args, STR("FROM:"), &path)) {
		lmtp_say_bad(p, 501, "5.1.7", STR("Not a sender: MAIL FROM:<address>"));
		return;
	}
	p->mail.is_utf8 = false;
	enum param taken = take_params(p, path.params);
	if (taken == PARAM_TOO_BIG) {
		p->body.fault = LMTP_FAULT_TOO_BIG;
		lmtp_say_fault(p);
		lmtp_forget_mail(p);
	} else if (taken == PARAM_UNKNOWN) {
		lmtp_say_bad(p, 555, "5.5.4", STR("MAIL has a parameter that is not known here"));
	} else if (!path.is_ascii && !p->mail.is_utf8) {
		lmtp_say_bad(p, 553, "5.6.7", STR("An address beyond ASCII needs SMTPUTF8"));
	} else {
		p->mail.return_path = str_dup(p->a, path.address);
		p->has_sender = true;
		lmtp_say_lit(p, 250, "2.1.0", "Sender ok");
	}
}

static void cmd_rcpt(struct lmtp_proto *p, struct str args)
{
	struct lmtp_path path;
	if (!p->has_sender || p->has_chunks) {
		lmtp_say_bad(p, 503, "5.5.1", STR("RCPT comes behind MAIL and before the content"));
		return;
	}
	if (!lmtp_path_parse(args, STR("TO:"), &path) || path.address.n == 0) {
		lmtp_say_bad(p, 501, "5.1.3", STR("Not a recipient: RCPT TO:<address>"));
		return;
	}
	if (!str_is_null(path.params)) {
		lmtp_say_bad(p, 555, "5.5.4", STR("RCPT has a parameter that is not known here"));
		return;
	}
	if (!path.is_ascii && !p->mail.is_utf8) {
		lmtp_say_bad(p, 553, "5.6.7", STR("An address beyond ASCII needs SMTPUTF8"));
		return;
	}
	if (p->mail.recipients_n == LMTP_MAX_RECIPIENTS) {
		lmtp_say_lit(p, 452, "4.5.3", "Too many recipients for one mail");
		return;
	}
	memcpy(p->asked, path.address.p, path.address.n);
	p->asked_n = path.address.n;
	p->phase = LMTP_PHASE_RCPT;
}

static void cmd_data(struct lmtp_proto *p, struct str args)
{
	if (args.n > 0) {
		lmtp_say_bad(p, 501, "5.5.4", STR("DATA stands alone"));
		return;
	}
	if (p->has_chunks) {
		lmtp_say_bad(p, 503, "5.5.1", STR("DATA and BDAT do not mix"));
		return;
	}
	if (p->mail.recipients_n == 0) {
		/* not counted: a pipelining sender whose recipients were all refused does this (RFC 2920 section 3.1) */
		lmtp_say_lit(p, 503, "5.5.1", "No valid recipient");
		return;
	}
	p->phase = LMTP_PHASE_DATA;
	static const char go_on[] = "354 End the mail with <CRLF>.<CRLF>\r\n";
	lmtp_add_replies(p, go_on, sizeof(go_on) - 1);
}

static void cmd_bdat(struct lmtp_proto *p, struct str args)
{
	struct str last = args;
	struct str size = str_cut(&last, STR(" "));
	int64_t bytes;
	bool is_size = num_parse_int(size, &bytes) && bytes >= 0;
	if (!is_size || (!str_is_null(last) && !str_eq_nocase(last, STR("LAST")))) {
		lmtp_say_lit(p, 501, "5.5.4", "BDAT needs a size, and LAST with the last one");
		lmtp_proto_hang_up(p, "4.7.0", STR("What follows cannot be told from commands"));
		return;
	}
	if (lmtp_overruns(p, p->body.seen_bytes + (uint64_t)bytes))
		return;
	p->is_chunk_unwanted = p->mail.recipients_n == 0;
	p->has_chunks = !p->is_chunk_unwanted;
	p->is_last_chunk = !str_is_null(last);
	p->chunk_bytes = p->chunk_left = (uint64_t)bytes;
	p->phase = LMTP_PHASE_CHUNK;
	if (bytes == 0)
		lmtp_chunk_done(p);
}

static void cmd_rset(struct lmtp_proto *p, struct str args)
{
	(void)args;
	lmtp_forget_mail(p);
	lmtp_say_lit(p, 250, "2.0.0", "Forgotten");
}

static void cmd_noop(struct lmtp_proto *p, struct str args)
{
	(void)args;
	lmtp_say_lit(p, 250, "2.0.0", "OK");
}

static void cmd_vrfy(struct lmtp_proto *p, struct str args)
{
	(void)args;
	lmtp_say_lit(p, 252, "2.5.0", "Try RCPT to find out");
}

static void cmd_quit(struct lmtp_proto *p, struct str args)
{
	(void)args;
	lmtp_say_lit(p, 221, "2.0.0", "Goodbye");
	p->phase = LMTP_PHASE_CLOSED;
}

static const struct {
	struct str verb;
	void (*run)(struct lmtp_proto *p, struct str args);
} commands[] = {
	{{"LHLO", 4}, cmd_lhlo},
	{{"MAIL", 4}, cmd_mail},
	{{"RCPT", 4}, cmd_rcpt},
	{{"DATA", 4}, cmd_data},
	{{"BDAT", 4}, cmd_bdat},
	{{"RSET", 4}, cmd_rset},
	{{"NOOP", 4}, cmd_noop},
	{{"VRFY", 4}, cmd_vrfy},
	{{"QUIT", 4}, cmd_quit},
	{{"HELO", 4}, cmd_not_smtp},
	{{"EHLO", 4}, cmd_not_smtp},
};

/* Printable ASCII and UTF-8 only: a bare CR, LF or NUL in a command is how two servers come to read two different things. */
static bool is_clean_line(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ' || line.p[i] == 0x7f)
			return false;
	return true;
}

void lmtp_run_line(struct lmtp_proto *p, struct str line)
{
	p->commands_n++;
	if (!is_clean_line(line)) {
		lmtp_say_bad(p, 500, "5.5.2", STR("A command holds a control character"));
		return;
	}
	struct str args = str_trim(line);
	struct str verb = str_cut(&args, STR(" "));
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (str_eq_nocase(verb, commands[i].verb)) {
			commands[i].run(p, str_trim(args));
			return;
		}
	}
	lmtp_say_bad(p, 500, "5.5.1", STR("This command is not known here"));
}
