#pragma once

#include "net/imap_proto.h"

/* What imap_proto.c (the framer) and imap_parse.c share. */

enum { IMAP_MAX_DIGITS = 18 };

enum imap_phase { IMAP_PHASE_LINE, IMAP_PHASE_LITERAL, IMAP_PHASE_BROKEN };

struct imap_literal {
	size_t brace_at; /* where "{" stands */
	size_t at;       /* its bytes */
	size_t n;
	bool is_cut;
};

struct imap_proto {
	enum imap_phase phase;
	size_t max_literal_bytes;
	char *p;
	size_t n;
	size_t room_bytes;
	size_t line_at;    /* start of the present piece of line */
	size_t line_bytes; /* without literals */
	struct imap_literal literals[IMAP_MAX_LITERALS];
	size_t literals_n;
	size_t literal_bytes;  /* kept of all literals */
	uint64_t keep_left;    /* of the present literal */
	uint64_t skip_left;
	bool is_done;          /* a response was handed out: clear before the next byte */
	struct arena *a;
	struct imap_response response;
};

/* Reads tag, number and name; what follows is left in *rest. */
void imap_read_head(struct str line, struct imap_response *r, struct str *rest);
/* Status responses and "+" hold text for people, in which a brace means nothing: they have no literals. */
bool imap_has_text(const struct imap_response *r);
/* Reads the collected bytes into p->response. */
void imap_parse(struct imap_proto *p);
