#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Conversations: threads hang on tickets, messages and their attachments on threads. */

struct thread {
	int64_t id;
	int64_t ticket_id;
	int64_t inbox_id;
	int64_t channel_id;
	int64_t channel_account_id;
	int64_t contact_id;
	bool is_closed;
	bool is_spam;
	int64_t assigned_user_id;
	int64_t created_at;
	int64_t closed_at;
	int64_t latest_at;
	int64_t latest_sent_at;
	int64_t latest_received_at;
	int64_t archived_at;
};
extern const struct shape thread_shape;

enum err thread_insert(struct ctx *c, struct thread *t);
enum err thread_load(struct ctx *c, int64_t id, struct thread *out);
enum err thread_update(struct ctx *c, struct thread *t);
/* All of a ticket, oldest first. */
enum err thread_list_of_ticket(struct ctx *c, int64_t ticket_id, struct thread **out, size_t *n_out);

struct ticket_access;

/* What to list: 0 or -1 leaves a filter out. Ascending, by id or by (latest_at, id). */
struct thread_find {
	int64_t inbox_id;
	int64_t contact_id;
	int64_t ticket_id;
	int is_closed; /* -1: both */
	bool is_archived;
	bool is_by_latest;
	int64_t latest_after; /* only later ones */
	int64_t after_latest, after_id;
	int64_t limit;
	const struct ticket_access *access; /* of tickets that may be seen; NULL: of all */
};
enum err thread_list(struct ctx *c, const struct thread_find *find, struct thread **out, size_t *n_out);

struct message {
	int64_t id;
	int64_t thread_id;
	int64_t ticket_id;
	struct str type;      /* MESSAGE, COMMENT, ASSIGNMENT, THREAD_STATUS_CHANGE */
	struct str direction; /* INCOMING, OUTGOING */
	int64_t created_at;
	int64_t updated_at;
	struct str subject;
	struct str text;
	struct str html; /* cleaned by text/html_clean */
	int64_t user_id; /* the agent who wrote it; 0: a visitor */
	int64_t contact_id;
	struct str sender_name;
	struct str sender_address;
	struct str sender_type; /* null: an email address; else as CHANNEL_SPECIFIC_OPAQUE_ID */
	struct str recipients; /* JSON: [{"field": "TO", "address": …, "name": …}] */
	struct str reply_to;   /* where answers to an incoming message go, when not to its sender */
	struct str mail_id;    /* RFC 5322 Message-ID without <> */
	struct str in_reply_to;
	struct str mail_references; /* ids separated by blanks, oldest first */
	int64_t in_reply_to_id; /* the message it answers */
	int64_t source_id;      /* mail_source of an incoming mail */
	struct str state;       /* RECEIVED; WAITING, QUEUED, SENT, FAILED */
	struct str client_type; /* HUBSPOT, SYSTEM, INTEGRATION: the wire's words for own pages, ourselves, API */
	bool is_automatic;
	struct str notes; /* what the parser had to leave out */
	int64_t forward_of_id; /* the message that it hands on; 0: it is an answer */
	int64_t edited_at; /* a comment that its author changed; 0: never */
};
extern const struct shape message_shape;

enum err message_insert(struct ctx *c, struct message *m);
enum err message_load(struct ctx *c, int64_t id, struct message *out);
enum err message_set_state(struct ctx *c, int64_t id, struct str state);
/* The same with why, as its notes. */
enum err message_set_failure(struct ctx *c, int64_t id, struct str state, struct str why);
/* What a comment says now; state DELETED: nothing any more. */
enum err message_set_comment(struct ctx *c, const struct message *m);
/* The newest limit messages of a ticket with id < before, oldest first. */
enum err message_list_of_ticket(struct ctx *c, int64_t ticket_id, int64_t before, int64_t limit, struct message **out,
                                size_t *n_out);
/* Messages of a thread with id > after, oldest first. */
enum err message_list_of_thread(struct ctx *c, int64_t thread_id, int64_t after, int64_t limit, struct message **out,
                                size_t *n_out);
/* The newest message of type MESSAGE of the ticket; direction null: either. ERR_NOT_FOUND: none. */
enum err message_newest_of_thread(struct ctx *c, int64_t thread_id, struct str direction, struct message *out);
/* The newest message or comment of others than this user with id > after_id. ERR_NOT_FOUND: none. */
enum err message_newer(struct ctx *c, int64_t ticket_id, int64_t after_id, int64_t except_user_id, struct message *out);
enum err message_newest(struct ctx *c, int64_t ticket_id, struct str direction, struct message *out);

/* Notes that a thread has met a Message-ID; nothing happens when it has. message_id 0: only referred to. */
enum err mail_ref_put(struct ctx *c, struct str mail_id, int64_t thread_id, int64_t message_id);
struct mail_ref {
	int64_t thread_id;
	int64_t message_id;
	int64_t ticket_id;
};
/* The threads that have met a Message-ID, newest first. */
enum err mail_ref_find(struct ctx *c, struct str mail_id, struct mail_ref **out, size_t *n_out);

/* Notes that an address (lower case) takes part in a thread. */
enum err participant_put(struct ctx *c, int64_t thread_id, struct str address);
enum err participant_is(struct ctx *c, int64_t thread_id, struct str address, bool *is_out);

struct attachment {
	int64_t id;
	int64_t message_id;
	int64_t ticket_id;
	struct str name;
	struct str content_type;
	int64_t size_bytes;
	struct str blob;
	struct str content_id;
	bool is_inline;
	int64_t file_id; /* the file that it is; 0: it came before there were files */
};
extern const struct shape attachment_shape;

enum err attachment_insert(struct ctx *c, struct attachment *a);
enum err attachment_load(struct ctx *c, int64_t id, struct attachment *out);
enum err attachment_remove_message(struct ctx *c, int64_t message_id);
/* Of the messages first_id..last_id of a ticket, by message and id. */
enum err attachment_list(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct attachment **out,
                         size_t *n_out);
