#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The parts of lmtp_proto.c that live in files of their own: the content of a mail (lmtp_body.c) and the arguments of MAIL and RCPT
 * (lmtp_path.c). */

/* Why a mail that is still being read will not be taken. */
enum lmtp_fault {
	LMTP_FAULT_NONE = 0,
	LMTP_FAULT_TOO_BIG,
	LMTP_FAULT_BARE, /* a CR without LF, or a LF without CR */
	LMTP_FAULT_ROOM, /* no memory for it now */
};

/* The content of one mail as it arrives. After a fault bytes are still counted and followed, but no longer kept. */
struct lmtp_body {
	char *p; /* malloc'ed: it outgrows every arena block */
	size_t n;
	size_t room_bytes;
	size_t max_bytes;
	uint64_t seen_bytes;
	int at; /* see lmtp_body.c */
	enum lmtp_fault fault;
};

void lmtp_body_init(struct lmtp_body *b, size_t max_bytes);
/* Frees the bytes and makes it ready for the next mail. */
void lmtp_body_clear(struct lmtp_body *b);
/* Content after DATA: takes the dots off and stops behind CRLF.CRLF. Returns the bytes taken. */
size_t lmtp_body_lines(struct lmtp_body *b, struct str bytes, bool *is_end_out);
/* Content after BDAT; lmtp_body_end() is the end of the last chunk. */
void lmtp_body_chunk(struct lmtp_body *b, struct str bytes);
void lmtp_body_end(struct lmtp_body *b);
/* Records the first fault and frees the bytes. */
void lmtp_body_refuse(struct lmtp_body *b, enum lmtp_fault fault);

/* What MAIL and RCPT carry. */
struct lmtp_path {
	struct str address; /* without <> and source route, borrowed from the line */
	struct str params;  /* behind the address, without the leading blank; null where there are none */
	bool is_ascii;
};

/* Reads "FROM:<a@b> SIZE=7" (prefix "FROM:"). false: not a path as RFC 5321 section 4.1.2 and RFC 6531 have it. */
bool lmtp_path_parse(struct str args, struct str prefix, struct lmtp_path *out);
