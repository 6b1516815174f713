#pragma once

#include <curl/curl.h>

#include "net/imap.h"
#include "net/imap_proto.h"

/* What imap.c (opening, folder, waiting), imap_login.c, imap_talk.c (bytes and commands) and imap_fetch.c (mails) share. */

enum { IMAP_READ_BYTES = 32 << 10 };

struct imap {
	struct arena *a; /* the configuration */
	struct imap_config config;
	int stop_fd;
	CURL *curl;
	curl_socket_t fd;
	struct imap_proto *proto;
	char in[IMAP_READ_BYTES];
	struct str unread; /* in in */
	unsigned tag;
	bool has_idle;
	bool has_news;        /* the server spoke of new mails since the last look */
	bool is_search_refused;
	uint32_t exists;
	uint32_t uidnext;     /* when the folder was opened */
};

/* What a command came to: OK, NO or BAD, and the server's words. */
struct imap_answer {
	bool is_ok;
	struct str code; /* in the arena of c */
	struct str text;
};

/* Called for each untagged response of a command; it may keep nothing of it. */
typedef void imap_untagged_fn(void *self, const struct imap_response *r);

/* Connects, signs in and asks for capabilities. */
enum err imap_sign_in(struct ctx *c, struct imap *imap);
/* A response, or *out == NULL when until_ms (monotonic) came first. Notices EXISTS, EXPUNGE and BYE. */
enum err imap_next(struct ctx *c, struct imap *imap, int64_t until_ms, const struct imap_response **out);
/* Sends one line; its CRLF is added. */
enum err imap_send(struct ctx *c, struct imap *imap, struct str line);
/* A new tag, as "b7". */
struct str imap_tag(struct ctx *c, struct imap *imap);
/* Reads until the answer with this tag. */
enum err imap_answer(struct ctx *c, struct imap *imap, struct str tag, imap_untagged_fn *fn, void *self,
                     struct imap_answer *out);
/* A whole command. fn may be NULL. A NO is not an error here. */
enum err imap_command(struct ctx *c, struct imap *imap, struct str line, imap_untagged_fn *fn, void *self,
                      struct imap_answer *out);
/* Response codes (RFC 5530) of what may go better later. */
bool imap_is_temporary(struct str code);
