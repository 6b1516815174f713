/* The mail in progress, from MAIL to its answer, and how replies are written. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "net/lmtp_int.h"

enum { OVERRUN_BYTES = 1 << 20 }; /* what may follow twice the maximum before the session ends */

void lmtp_add_replies(struct lmtp_proto *p, const char *bytes, size_t n)
{
	if (n > p->replies_room - p->replies_n) {
		p->replies_room = (p->replies_n + n) * 2;
		p->replies = realloc(p->replies, p->replies_room);
		check(p->replies != NULL);
	}
	memcpy(p->replies + p->replies_n, bytes, n);
	p->replies_n += n;
}

void lmtp_say(struct lmtp_proto *p, int code, const char *status, struct str text)
{
	char line[LMTP_MAX_REPLY_BYTES];
	int n = snprintf(line, sizeof(line), "%d %s ", code, status);
	check(n > 0 && n < 32);
	size_t at = (size_t)n;
	for (size_t i = 0; i < text.n && at < sizeof(line) - 2; i++)
		line[at++] = text.p[i] >= ' ' && text.p[i] < 0x7f ? text.p[i] : '?';
	line[at++] = '\r';
	line[at++] = '\n';
	lmtp_add_replies(p, line, at);
}

void lmtp_proto_hang_up(struct lmtp_proto *p, const char *status, struct str text)
{
	if (p->phase == LMTP_PHASE_CLOSED)
		return;
	lmtp_say(p, 421, status, text);
	p->phase = LMTP_PHASE_CLOSED;
}

/* A mistake of the peer. */
void lmtp_say_bad(struct lmtp_proto *p, int code, const char *status, struct str text)
{
	lmtp_say(p, code, status, text);
	if (++p->bad_n > LMTP_MAX_BAD_COMMANDS)
		lmtp_proto_hang_up(p, "4.7.0", STR("Too many errors"));
}

void lmtp_forget_mail(struct lmtp_proto *p)
{
	lmtp_body_clear(&p->body);
	p->mail = (struct lmtp_mail){.recipients = p->recipients};
	p->has_sender = false;
	p->has_chunks = false;
	arena_clear(p->a);
}

void lmtp_say_fault(struct lmtp_proto *p)
{
	char text[128];
	switch (p->body.fault) {
	case LMTP_FAULT_NONE:
		break;
	case LMTP_FAULT_TOO_BIG:
		snprintf(text, sizeof(text), "The mail is larger than %zu bytes", p->body.max_bytes);
		lmtp_say(p, 552, "5.3.4", str_c(text));
		break;
	case LMTP_FAULT_BARE:
		lmtp_say_lit(p, 554, "5.6.11", "A line does not end in CRLF: bare CR and bare LF are refused");
		break;
	case LMTP_FAULT_ROOM:
		lmtp_say_lit(p, 452, "4.3.1", "No memory for this mail at the moment");
		break;
	}
}

/* The content is there: a faulty one is answered at once, any other by the caller. */
void lmtp_complete(struct lmtp_proto *p)
{
	if (p->body.fault == LMTP_FAULT_NONE) {
		p->mail.data = (struct str){p->body.p ? p->body.p : "", p->body.n};
		p->phase = LMTP_PHASE_MAIL;
		return;
	}
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		lmtp_say_fault(p);
	lmtp_forget_mail(p);
	p->phase = LMTP_PHASE_LINE;
}

/* A peer that goes on and on behind the limit is answered before the end of its mail. */
bool lmtp_overruns(struct lmtp_proto *p, uint64_t seen_bytes)
{
	if (seen_bytes / 2 <= p->body.max_bytes + OVERRUN_BYTES)
		return false;
	lmtp_body_refuse(&p->body, LMTP_FAULT_TOO_BIG);
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		lmtp_say_fault(p);
	lmtp_proto_hang_up(p, "4.7.0", STR("The mail did not end"));
	return true;
}

void lmtp_chunk_done(struct lmtp_proto *p)
{
	p->phase = LMTP_PHASE_LINE;
	if (p->is_chunk_unwanted) {
		lmtp_say_bad(p, 503, "5.5.1", STR("BDAT has no recipient to go to"));
		return;
	}
	if (p->is_last_chunk) {
		lmtp_body_end(&p->body);
		lmtp_complete(p);
		return;
	}
	if (p->body.fault != LMTP_FAULT_NONE) {
		lmtp_say_fault(p);
		return;
	}
	char text[64];
	snprintf(text, sizeof(text), "%" PRIu64 " octets received", p->chunk_bytes);
	lmtp_say(p, 250, "2.0.0", str_c(text));
}
