/* Bytes and the caller's side. The phase says who gets the next byte: a command line, the rest of a line that is too long, the
 * content after DATA, the octets of a chunk - or nobody, while the caller owes an answer. */

#include "net/lmtp_proto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "net/lmtp_int.h"

enum {
	ARENA_BYTES = 256 << 10, /* the addresses of one mail: 101 * 320 and their red zones */
	FLUSH_BYTES = 4 << 10,   /* so many replies waiting: let the caller send them first */
};

static size_t feed_line(struct lmtp_proto *p, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		p->line[p->line_n++] = bytes.p[i];
		bool is_end = bytes.p[i] == '\n' && p->line_n >= 2 && p->line[p->line_n - 2] == '\r';
		if (is_end) {
			struct str line = {p->line, p->line_n - 2};
			p->line_n = 0;
			lmtp_run_line(p, line);
			return i + 1;
		}
		if (p->line_n == sizeof(p->line)) {
			p->last = bytes.p[i];
			p->line_n = 0;
			p->phase = LMTP_PHASE_SKIP_LINE;
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
			p->phase = LMTP_PHASE_LINE;
			lmtp_say_bad(p, 500, "5.5.6", STR("The command line is too long"));
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
		lmtp_complete(p);
	else
		lmtp_overruns(p, p->body.seen_bytes);
	return n;
}

static size_t feed_chunk(struct lmtp_proto *p, struct str bytes)
{
	struct str part = p->chunk_left < bytes.n ? str_head(bytes, (size_t)p->chunk_left) : bytes;
	if (!p->is_chunk_unwanted)
		lmtp_body_chunk(&p->body, part);
	p->chunk_left -= part.n;
	if (p->chunk_left == 0)
		lmtp_chunk_done(p);
	return part.n;
}

static enum lmtp_event event_of(enum lmtp_phase phase)
{
	switch (phase) {
	case LMTP_PHASE_RCPT:
		return LMTP_RCPT;
	case LMTP_PHASE_MAIL:
		return LMTP_MAIL;
	case LMTP_PHASE_CLOSED:
		return LMTP_CLOSE;
	case LMTP_PHASE_LINE:
	case LMTP_PHASE_SKIP_LINE:
	case LMTP_PHASE_DATA:
	case LMTP_PHASE_CHUNK:
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
		case LMTP_PHASE_LINE:
			used += feed_line(p, rest);
			break;
		case LMTP_PHASE_SKIP_LINE:
			used += feed_skip(p, rest);
			break;
		case LMTP_PHASE_DATA:
			used += feed_data(p, rest);
			break;
		case LMTP_PHASE_CHUNK:
			used += feed_chunk(p, rest);
			break;
		case LMTP_PHASE_RCPT:
		case LMTP_PHASE_MAIL:
		case LMTP_PHASE_CLOSED:
			check(false);
		}
	}
	*event_out = event_of(p->phase);
	return used;
}

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
	lmtp_forget_mail(p);
	lmtp_add_replies(p, "220 ", 4);
	lmtp_add_replies(p, p->hostname, strlen(p->hostname));
	lmtp_add_replies(p, " LMTP ready\r\n", 13);
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
	check(p->phase == LMTP_PHASE_RCPT);
	return (struct str){p->asked, p->asked_n};
}

void lmtp_proto_answer_rcpt(struct lmtp_proto *p, const struct lmtp_reply *answer)
{
	check(p->phase == LMTP_PHASE_RCPT);
	if (answer->code / 100 == 2)
		p->recipients[p->mail.recipients_n++] = str_dup(p->a, lmtp_proto_asked(p));
	p->phase = LMTP_PHASE_LINE;
	lmtp_say(p, answer->code, answer->status, answer->text);
}

const struct lmtp_mail *lmtp_proto_mail(const struct lmtp_proto *p)
{
	check(p->phase == LMTP_PHASE_MAIL);
	return &p->mail;
}

void lmtp_proto_answer_mail(struct lmtp_proto *p, const struct lmtp_reply *replies)
{
	check(p->phase == LMTP_PHASE_MAIL);
	p->phase = LMTP_PHASE_LINE;
	for (size_t i = 0; i < p->mail.recipients_n; i++)
		lmtp_say(p, replies[i].code, replies[i].status, replies[i].text);
	lmtp_forget_mail(p);
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
	return p->phase == LMTP_PHASE_DATA || p->phase == LMTP_PHASE_CHUNK || p->phase == LMTP_PHASE_MAIL ||
	       p->has_chunks;
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
	if (p->phase == LMTP_PHASE_MAIL || p->body.room_bytes == 0)
		return;
	lmtp_body_refuse(&p->body, LMTP_FAULT_ROOM);
}
