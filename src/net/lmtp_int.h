#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "net/lmtp_proto.h"

/* What the files of the state machine share: bytes and the caller's side (lmtp_proto.c), commands (lmtp_command.c), the mail in
 * progress and replies (lmtp_mail.c), its content (lmtp_body.c), the arguments of MAIL and RCPT (lmtp_path.c). */

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

enum { LMTP_HOSTNAME_BYTES = 256 };

enum lmtp_phase {
	LMTP_PHASE_LINE,
	LMTP_PHASE_SKIP_LINE, /* to its end */
	LMTP_PHASE_DATA,
	LMTP_PHASE_CHUNK,
	LMTP_PHASE_RCPT, /* the caller owes an answer */
	LMTP_PHASE_MAIL, /* and here too */
	LMTP_PHASE_CLOSED,
};

struct lmtp_proto {
	enum lmtp_phase phase;
	char hostname[LMTP_HOSTNAME_BYTES];

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

/* Replies (lmtp_mail.c): bytes as they are, one line, and one that counts as a mistake of the peer. */
void lmtp_add_replies(struct lmtp_proto *p, const char *bytes, size_t n);
void lmtp_say(struct lmtp_proto *p, int code, const char *status, struct str text);
void lmtp_say_bad(struct lmtp_proto *p, int code, const char *status, struct str text);
#define lmtp_say_lit(p, code, status, literal) lmtp_say((p), (code), (status), STR(literal))

/* The mail in progress (lmtp_mail.c). */
void lmtp_forget_mail(struct lmtp_proto *p);
/* What is wrong with its content, as one reply. */
void lmtp_say_fault(struct lmtp_proto *p);
/* The content is there: a faulty one is answered at once, any other by the caller. */
void lmtp_complete(struct lmtp_proto *p);
/* The octets of a chunk are there. */
void lmtp_chunk_done(struct lmtp_proto *p);
/* A peer that goes on and on behind the limit is answered before the end of its mail, and hung up on. */
bool lmtp_overruns(struct lmtp_proto *p, uint64_t seen_bytes);

/* One command line without its CRLF (lmtp_command.c). */
void lmtp_run_line(struct lmtp_proto *p, struct str line);
