/* The commands are a table; each is a short function that checks the order of things, changes the state and writes one reply. The
 * phase says who gets the next byte: a command line, the rest of a line that is too long, the content after DATA, the octets of a
 * chunk - or nobody, while the caller owes an answer.
 *
 * A chunk's octets are taken off the wire even where BDAT itself is refused, and a BDAT whose size cannot be read ends the session:
 * otherwise content would be read as commands. */

#include "net/lmtp_proto.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "net/lmtp_int.h"

enum {
	ARENA_BYTES = 256 << 10, /* the addresses of one mail: 101 * 320 and their red zones */
	HOSTNAME_BYTES = 256,
	FLUSH_BYTES = 4 << 10,   /* so many replies waiting: let the caller send them first */
	OVERRUN_BYTES = 1 << 20, /* what may follow twice the maximum before the session ends */
};

enum phase { PHASE_LINE, PHASE_SKIP_LINE, PHASE_DATA, PHASE_CHUNK, PHASE_RCPT, PHASE_MAIL, PHASE_CLOSED };

struct lmtp_proto {
	enum phase phase;
	char hostname[HOSTNAME_BYTES];

	char line[LMTP_MAX_LINE_BYTES];
	size_t line_n;
	char last; /* the byte before, while a long line is skipped */
	uint64_t commands_n;
	int bad_n;

	bool is_greeted;
	bool has_sender;
	struct arena *a; /* of the mail: its addresses */
	struct lmtp_mail mail;
	struct str recipients[LMTP_MAX_RECIPIENTS];
	char asked[LMTP_MAX_ADDRESS_BYTES]; /* not in the arena: refused addresses cost no memory */
	size_t asked_n;

	struct lmtp_body body;
	bool has_chunks;
	bool is_last_chunk;
	bool is_chunk_unwanted; /* BDAT out of order: its octets go nowhere */
	uint64_t chunk_bytes;
	uint64_t chunk_left;

	char *replies;
	size_t replies_n;
	size_t replies_room;
};

/* ---- replies ---- */

static void replies_add(struct lmtp_proto *p, const char *bytes, size_t n)
{
	if (n > p->replies_room - p->replies_n) {
		p->replies_room = (p->replies_n + n) * 2;
		p->replies = realloc(p->replies, p->replies_room);
		check(p->replies != NULL);
	}
	memcpy(p->replies + p->replies_n, bytes, n);
	p->replies_n += n;
}

static void reply_text(struct lmtp_proto *p, int code, const char *status, struct str text)
{
	char line[LMTP_MAX_REPLY_BYTES];
	int n = snprintf(line, sizeof(line), "%d %s ", code, status);
	check(n > 0 && n < 32);
	size_t at = (size_t)n;
	for (size_t i = 0; i < text.n && at < sizeof(line) - 2; i++)
		line[at++] = text.p[i] >= ' ' && text.p[i] < 0x7f ? text.p[i] : '?';
	line[at++] = '\r';
	line[at++] = '\n';
	replies_add(p, line, at);
}

#define reply(p, code, status, literal) reply_text((p), (code), (status), STR(literal))

void lmtp_proto_hang_up(struct lmtp_proto *p, const char *status, struct str text)
{
	if (p->phase == PHASE_CLOSED)
		return;
	reply_text(p, 421, status, text);
	p->phase = PHASE_CLOSED;
}

/* A mistake of the peer. */
static void bad(struct lmtp_proto *p, int code, const char *status, struct str text)
{
	reply_text(p, code, status, text);
	if (++p->bad_n > LMTP_MAX_BAD_COMMANDS)
		lmtp_proto_hang_up(p, "4.7.0", STR("Too many errors"));
}

/* ---- the mail in progress ---- */

static void forget_mail(struct lmtp_proto *p)
{
	lmtp_body_clear(&p->body);
	p->mail = (struct lmtp_mail){.recipients = p->recipients};
	p->has_sender = false;
	p->has_chunks = false;
	arena_clear(p->a);
}

static void reply_fault(struct lmtp_proto *p)
{
	char text[128];
	switch (p->body.fault) {
	case LMTP_FAULT_NONE:
		break;
	case LMTP_FAULT_TOO_BIG:
		snprintf(text, sizeof(text), "The mail is larger than %zu bytes", p->body.max_bytes);
		reply_text(p, 552, "5.3.4", str_c(text));
		break;
	case LMTP_FAULT_BARE:
		reply(p, 554, "5.6.11", "A line does not end in CRLF: bare CR and bare LF are refused");
		break;
	case LMTP_FAULT_ROOM:
		reply(p, 452, "4.3.1", "No memory for this mail at the moment");
		break;
	}
}

/* The content is there: a faulty one is answered at once, any other by the caller. */
static void complete(struct lmtp_proto *p)
{
	if (p->body.fault == LMTP_FAULT_NONE) {
		p->mail.data = (struct str){p->body.p ? p->body.p : "", p->body.n};
		p->phase = PHASE_MAIL;
		return;
	}
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		reply_fault(p);
	forget_mail(p);
	p->phase = PHASE_LINE;
}

/* A peer that goes on and on behind the limit is answered before the end of its mail. */
static bool overruns(struct lmtp_proto *p, uint64_t seen_bytes)
{
	if (seen_bytes / 2 <= p->body.max_bytes + OVERRUN_BYTES)
		return false;
	lmtp_body_refuse(&p->body, LMTP_FAULT_TOO_BIG);
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		reply_fault(p);
	lmtp_proto_hang_up(p, "4.7.0", STR("The mail did not end"));
	return true;
}

static void chunk_done(struct lmtp_proto *p)
{
	p->phase = PHASE_LINE;
	if (p->is_chunk_unwanted) {
		bad(p, 503, "5.5.1", STR("BDAT has no recipient to go to"));
		return;
	}
	if (p->is_last_chunk) {
		lmtp_body_end(&p->body);
		complete(p);
		return;
	}
	if (p->body.fault != LMTP_FAULT_NONE) {
		reply_fault(p);
		return;
	}
	char text[64];
	snprintf(text, sizeof(text), "%" PRIu64 " octets received", p->chunk_bytes);
	reply_text(p, 250, "2.0.0", str_c(text));
}

/* ---- commands ---- */

static void cmd_lhlo(struct lmtp_proto *p, struct str args)
{
	if (args.n == 0) {
		bad(p, 501, "5.5.4", STR("LHLO needs the name of the client"));
		return;
	}
	forget_mail(p);
	p->is_greeted = true;
	char text[HOSTNAME_BYTES + 160];
	int n = snprintf(text, sizeof(text), "250-%s\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
	                 "250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250 SIZE %zu\r\n", p->hostname, p->body.max_bytes);
	check(n > 0 && (size_t)n < sizeof(text));
	replies_add(p, text, (size_t)n);
}

static void cmd_not_smtp(struct lmtp_proto *p, struct str args)
{
	(void)args;
	bad(p, 500, "5.5.1", STR("This is LMTP (RFC 2033): say LHLO"));
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
		return str_eq_nocase(value, STR("7BIT")) || str_eq_nocase(value, STR("8BITMIME")) ? PARAM_OK : PARAM_UNKNOWN;
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
		bad(p, 503, "5.5.1", p->is_greeted ? STR("One MAIL at a time") : STR("Say LHLO first"));
		return;
	}
	if (!lmtp_path_parse(args, STR("FROM:"), &path)) {
		bad(p, 501, "5.1.7", STR("Not a sender: MAIL FROM:<address>"));
		return;
	}
	p->mail.is_utf8 = false;
	enum param taken = take_params(p, path.params);
	if (taken == PARAM_TOO_BIG) {
		p->body.fault = LMTP_FAULT_TOO_BIG;
		reply_fault(p);
		forget_mail(p);
	} else if (taken == PARAM_UNKNOWN) {
		bad(p, 555, "5.5.4", STR("MAIL has a parameter that is not known here"));
	} else if (!path.is_ascii && !p->mail.is_utf8) {
		bad(p, 553, "5.6.7", STR("An address beyond ASCII needs SMTPUTF8"));
	} else {
		p->mail.return_path = str_dup(p->a, path.address);
		p->has_sender = true;
		reply(p, 250, "2.1.0", "Sender ok");
	}
}

static void cmd_rcpt(struct lmtp_proto *p, struct str args)
{
	struct lmtp_path path;
	if (!p->has_sender || p->has_chunks) {
		bad(p, 503, "5.5.1", STR("RCPT comes behind MAIL and before the content"));
		return;
	}
	if (!lmtp_path_parse(args, STR("TO:"), &path) || path.address.n == 0) {
		bad(p, 501, "5.1.3", STR("Not a recipient: RCPT TO:<address>"));
		return;
	}
	if (!str_is_null(path.params)) {
		bad(p, 555, "5.5.4", STR("RCPT has a parameter that is not known here"));
		return;
	}
	if (!path.is_ascii && !p->mail.is_utf8) {
		bad(p, 553, "5.6.7", STR("An address beyond ASCII needs SMTPUTF8"));
		return;
	}
	if (p->mail.recipients_n == LMTP_MAX_RECIPIENTS) {
		reply(p, 452, "4.5.3", "Too many recipients for one mail");
		return;
	}
	memcpy(p->asked, path.address.p, path.address.n);
	p->asked_n = path.address.n;
	p->phase = PHASE_RCPT;
}

static void cmd_data(struct lmtp_proto *p, struct str args)
{
	if (args.n > 0) {
		bad(p, 501, "5.5.4", STR("DATA stands alone"));
		return;
	}
	if (p->has_chunks) {
		bad(p, 503, "5.5.1", STR("DATA and BDAT do not mix"));
		return;
	}
	if (p->mail.recipients_n == 0) {
		/* not counted: a pipelining sender whose recipients were all refused does this (RFC 2920 section 3.1) */
		reply(p, 503, "5.5.1", "No valid recipient");
		return;
	}
	p->phase = PHASE_DATA;
	static const char go_on[] = "354 End the mail with <CRLF>.<CRLF>\r\n";
	replies_add(p, go_on, sizeof(go_on) - 1);
}

static void cmd_bdat(struct lmtp_proto *p, struct str args)
{
	struct str last = args;
	struct str size = str_cut(&last, STR(" "));
	int64_t bytes;
	bool is_size = num_parse_int(size, &bytes) && bytes >= 0;
	if (!is_size || (!str_is_null(last) && !str_eq_nocase(last, STR("LAST")))) {
		reply(p, 501, "5.5.4", "BDAT needs a size, and LAST with the last one");
		lmtp_proto_hang_up(p, "4.7.0", STR("What follows cannot be told from commands"));
		return;
	}
	if (overruns(p, p->body.seen_bytes + (uint64_t)bytes))
		return;
	p->is_chunk_unwanted = p->mail.recipients_n == 0;
	p->has_chunks = !p->is_chunk_unwanted;
	p->is_last_chunk = !str_is_null(last);
	p->chunk_bytes = p->chunk_left = (uint64_t)bytes;
	p->phase = PHASE_CHUNK;
	if (bytes == 0)
		chunk_done(p);
}

static void cmd_rset(struct lmtp_proto *p, struct str args)
{
	(void)args;
	forget_mail(p);
	reply(p, 250, "2.0.0", "Forgotten");
}

static void cmd_noop(struct lmtp_proto *p, struct str args)
{
	(void)args;
	reply(p, 250, "2.0.0", "OK");
}

static void cmd_vrfy(struct lmtp_proto *p, struct str args)
{
	(void)args;
	reply(p, 252, "2.5.0", "Try RCPT to find out");
}

static void cmd_quit(struct lmtp_proto *p, struct str args)
{
	(void)args;
	reply(p, 221, "2.0.0", "Goodbye");
	p->phase = PHASE_CLOSED;
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

static void run_line(struct lmtp_proto *p, struct str line)
{
	p->commands_n++;
	if (!is_clean_line(line)) {
		bad(p, 500, "5.5.2", STR("A command holds a control character"));
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
	bad(p, 500, "5.5.1", STR("This command is not known here"));
}

/* ---- bytes ---- */

static size_t feed_line(struct lmtp_proto *p, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		p->line[p->line_n++] = bytes.p[i];
		bool is_end = bytes.p[i] == '\n' && p->line_n >= 2 && p->line[p->line_n - 2] == '\r';
		if (is_end) {
			struct str line = {p->line, p->line_n - 2};
			p->line_n = 0;
			run_line(p, line);
			return i + 1;
		}
		if (p->line_n == sizeof(p->line)) {
			p->last = bytes.p[i];
			p->line_n = 0;
			p->phase = PHASE_SKIP_LINE;
			return i + 1;
		}
	}
	return bytes.n;
}

static size_t feed_skip(struct lmtp_proto *p, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		bool is_end = bytes.p[i] == '\n' && p->last == '\r';
		p->last = bytes.p[i];
		if (is_end) {
			p->commands_n++;
			p->phase = PHASE_LINE;
			bad(p, 500, "5.5.6", STR("The command line is too long"));
			return i + 1;
		}
	}
	return bytes.n;
}

static size_t feed_data(struct lmtp_proto *p, struct str bytes)
{
	bool is_end;
	size_t n = lmtp_body_lines(&p->body, bytes, &is_end);
	if (is_end)
		complete(p);
	else
		overruns(p, p->body.seen_bytes);
	return n;
}

static size_t feed_chunk(struct lmtp_proto *p, struct str bytes)
{
	struct str part = p->chunk_left < bytes.n ? str_head(bytes, (size_t)p->chunk_left) : bytes;
	if (!p->is_chunk_unwanted)
		lmtp_body_chunk(&p->body, part);
	p->chunk_left -= part.n;
	if (p->chunk_left == 0)
		chunk_done(p);
	return part.n;
}

static enum lmtp_event event_of(enum phase phase)
{
	switch (phase) {
	case PHASE_RCPT:
		return LMTP_RCPT;
	case PHASE_MAIL:
		return LMTP_MAIL;
	case PHASE_CLOSED:
		return LMTP_CLOSE;
	case PHASE_LINE:
	case PHASE_SKIP_LINE:
	case PHASE_DATA:
	case PHASE_CHUNK:
		break;
	}
	return LMTP_MORE;
}

size_t lmtp_proto_feed(struct lmtp_proto *p, struct str bytes, enum lmtp_event *event_out)
{
	size_t used = 0;
	while (used < bytes.n && event_of(p->phase) == LMTP_MORE && p->replies_n < FLUSH_BYTES) {
		struct str rest = str_skip(bytes, used);
		switch (p->phase) {
		case PHASE_LINE:
			used += feed_line(p, rest);
			break;
		case PHASE_SKIP_LINE:
			used += feed_skip(p, rest);
			break;
		case PHASE_DATA:
			used += feed_data(p, rest);
			break;
		case PHASE_CHUNK:
			used += feed_chunk(p, rest);
			break;
		case PHASE_RCPT:
		case PHASE_MAIL:
		case PHASE_CLOSED:
			check(false);
		}
	}
	*event_out = event_of(p->phase);
	return used;
}

/* ---- the caller's side ---- */

struct lmtp_proto *lmtp_proto_open(struct str hostname, size_t max_message_bytes)
{
	check(max_message_bytes > 0 && max_message_bytes <= SIZE_MAX / 4);
	struct lmtp_proto *p = calloc(1, sizeof(*p));
	check(p != NULL);
	snprintf(p->hostname, sizeof(p->hostname), STR_FMT, STR_ARG(hostname));
	for (char *byte = p->hostname; *byte != '\0'; byte++)
		if (*byte <= ' ' || *byte >= 0x7f)
			*byte = '?';
	p->a = arena_open(ARENA_BYTES);
	lmtp_body_init(&p->body, max_message_bytes);
	forget_mail(p);
	replies_add(p, "220 ", 4);
	replies_add(p, p->hostname, strlen(p->hostname));
	replies_add(p, " LMTP ready\r\n", 13);
	return p;
}

void lmtp_proto_close(struct lmtp_proto *p)
{
	if (p == NULL)
		return;
	lmtp_body_clear(&p->body);
	arena_close(p->a);
	free(p->replies);
	free(p);
}

struct str lmtp_proto_asked(const struct lmtp_proto *p)
{
	check(p->phase == PHASE_RCPT);
	return (struct str){p->asked, p->asked_n};
}

void lmtp_proto_answer_rcpt(struct lmtp_proto *p, const struct lmtp_reply *answer)
{
	check(p->phase == PHASE_RCPT);
	if (answer->code / 100 == 2)
		p->recipients[p->mail.recipients_n++] = str_dup(p->a, lmtp_proto_asked(p));
	p->phase = PHASE_LINE;
	reply_text(p, answer->code, answer->status, answer->text);
}

const struct lmtp_mail *lmtp_proto_mail(const struct lmtp_proto *p)
{
	check(p->phase == PHASE_MAIL);
	return &p->mail;
}

void lmtp_proto_answer_mail(struct lmtp_proto *p, const struct lmtp_reply *replies)
{
	check(p->phase == PHASE_MAIL);
	p->phase = PHASE_LINE;
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		reply_text(p, replies[i].code, replies[i].status, replies[i].text);
	forget_mail(p);
	p->bad_n = 0;
}

struct str lmtp_proto_replies(const struct lmtp_proto *p)
{
	return (struct str){p->replies, p->replies_n};
}

void lmtp_proto_sent(struct lmtp_proto *p, size_t n)
{
	check(n <= p->replies_n);
	p->replies_n -= n;
	memmove(p->replies, p->replies + n, p->replies_n);
}

bool lmtp_proto_is_in_mail(const struct lmtp_proto *p)
{
	return p->phase == PHASE_DATA || p->phase == PHASE_CHUNK || p->phase == PHASE_MAIL || p->has_chunks;
}

uint64_t lmtp_proto_commands(const struct lmtp_proto *p)
{
	return p->commands_n;
}

size_t lmtp_proto_held_bytes(const struct lmtp_proto *p)
{
	return p->body.room_bytes;
}

void lmtp_proto_drop_mail(struct lmtp_proto *p)
{
	if (p->phase == PHASE_MAIL || p->body.room_bytes == 0)
		return;
	lmtp_body_refuse(&p->body, LMTP_FAULT_ROOM);
}
