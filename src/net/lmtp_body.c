/* The content of a mail. One small automaton follows lines for DATA and for BDAT, so that bare CR and LF are found in both; dots mean
 * something only after DATA. A line end is CRLF and nothing else: "\n.\r\n", "\r.\r" and "\r\n.\n" do not end the mail.
 *
 * Runs of ordinary bytes are copied as a whole; the automaton steps only at CR, LF and a dot at the start of a line. */

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "net/lmtp_int.h"

enum { FIRST_ROOM_BYTES = 16 << 10 };

enum at {
	AT_LINE = 0, /* at the start of a line */
	AT_TEXT,
	AT_CR,       /* behind a CR that is not kept yet */
	AT_DOT,      /* behind a dot that starts a line */
	AT_DOT_CR,
};

void lmtp_body_init(struct lmtp_body *b, size_t max_bytes)
{
	*b = (struct lmtp_body){.max_bytes = max_bytes};
}

void lmtp_body_clear(struct lmtp_body *b)
{
	free(b->p);
	lmtp_body_init(b, b->max_bytes);
}

void lmtp_body_refuse(struct lmtp_body *b, enum lmtp_fault fault)
{
	if (b->fault == LMTP_FAULT_NONE)
		b->fault = fault;
	free(b->p);
	b->p = NULL;
	b->n = 0;
	b->room_bytes = 0;
}

static bool make_room(struct lmtp_body *b, size_t n)
{
	if (n <= b->room_bytes - b->n)
		return true;
	size_t room = b->room_bytes ? b->room_bytes * 2 : FIRST_ROOM_BYTES;
	while (room < b->n + n)
		room *= 2;
	char *wider = realloc(b->p, room);
	if (wider == NULL)
		return false;
	b->p = wider;
	b->room_bytes = room;
	return true;
}

static void keep(struct lmtp_body *b, const char *p, size_t n)
{
	if (b->fault != LMTP_FAULT_NONE)
		return;
	if (n > b->max_bytes - b->n) {
		lmtp_body_refuse(b, LMTP_FAULT_TOO_BIG);
		return;
	}
	if (!make_room(b, n)) {
		lmtp_body_refuse(b, LMTP_FAULT_ROOM);
		return;
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

static bool is_line_byte(char byte)
{
	return byte == '\r' || byte == '\n';
}

static size_t plain_run(struct str s, size_t from)
{
	size_t i = from;
	while (i < s.n && !is_line_byte(s.p[i]))
		i++;
	return i - from;
}

/* Where a byte that is neither part of CRLF nor of a dot line leads to. */
static int after(struct lmtp_body *b, char byte)
{
	if (byte == '\r')
		return AT_CR;
	if (byte == '\n')
		lmtp_body_refuse(b, LMTP_FAULT_BARE);
	else
		keep(b, &byte, 1);
	return AT_TEXT;
}

/* One byte at a place where it matters; true behind the final dot. */
static bool step(struct lmtp_body *b, char byte)
{
	switch ((enum at)b->at) {
	case AT_LINE:
	case AT_TEXT:
		b->at = after(b, byte);
		return false;
	case AT_CR:
		if (byte == '\n') {
			keep(b, "\r\n", 2);
			b->at = AT_LINE;
			return false;
		}
		lmtp_body_refuse(b, LMTP_FAULT_BARE);
		b->at = after(b, byte);
		return false;
	case AT_DOT:
		b->at = byte == '\r' ? AT_DOT_CR : after(b, byte);
		return false;
	case AT_DOT_CR:
		if (byte == '\n')
			return true;
		lmtp_body_refuse(b, LMTP_FAULT_BARE);
		b->at = after(b, byte);
		return false;
	}
	check(false);
	return false;
}

/* Takes what can be taken at once, or one byte. */
static size_t take(struct lmtp_body *b, struct str bytes, size_t from, bool *is_end_out)
{
	size_t run = b->at == AT_LINE || b->at == AT_TEXT ? plain_run(bytes, from) : 0;
	if (run == 0) {
		*is_end_out = step(b, bytes.p[from]);
		return 1;
	}
	keep(b, bytes.p + from, run);
	b->at = AT_TEXT;
	return run;
}

size_t lmtp_body_lines(struct lmtp_body *b, struct str bytes, bool *is_end_out)
{
	size_t i = 0;
	*is_end_out = false;
	while (i < bytes.n && !*is_end_out) {
		if (b->at == AT_LINE && bytes.p[i] == '.') {
			b->at = AT_DOT;
			i++;
			continue;
		}
		i += take(b, bytes, i, is_end_out);
	}
	b->seen_bytes += i;
	return i;
}

void lmtp_body_chunk(struct lmtp_body *b, struct str bytes)
{
	bool is_end = false;
	for (size_t i = 0; i < bytes.n;)
		i += take(b, bytes, i, &is_end);
	b->seen_bytes += bytes.n;
}

void lmtp_body_end(struct lmtp_body *b)
{
	if (b->at == AT_CR)
		lmtp_body_refuse(b, LMTP_FAULT_BARE);
}
