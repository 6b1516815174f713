#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "desk/object.h"
#include "store/inbox.h"
#include "store/mail.h"
#include "store/notification.h"
#include "store/thread.h"
#include "store/ticket_row.h"

/* Conversations: how messages come in, how agents answer, and how both are read. Channels (mail, API) bring what they have in
 * the forms below; what "receive" and "reply" mean is decided here. */

enum { CHANNEL_LIVE_CHAT = 1000, CHANNEL_MESSENGER = 1001, CHANNEL_EMAIL = 1002 };

enum {
	MAX_SUBJECT_BYTES = 998,
	MAX_MESSAGE_TEXT_BYTES = 2 << 20,
	MAX_RECIPIENTS = 100,
	MAX_PREVIEW_BYTES = 200,
	MAX_DESCRIPTION_BYTES = 4000,
};

struct address {
	struct str name; /* null: none */
	struct str address;
};

struct file_in {
	struct str name;
	struct str content_type;
	struct str content_id; /* null: none */
	bool is_inline;
	struct str bytes;
	struct str blob; /* filled by desk_receive_prepare */
};

/* Receiving ------------------------------------------------------------------------------------------------------- */

/* A message from outside, whatever channel it came by. */
struct receive_in {
	struct channel_account account;
	int64_t source_id; /* the stored source */
	struct address from;
	struct str reply_to; /* null: from */
	const struct address *to, *cc;
	size_t to_n, cc_n;
	struct str envelope_address; /* where it was delivered; may carry the reply token */
	struct str subject;
	struct str text; /* null: made from html */
	struct str html; /* hostile before desk_receive_prepare, clean after; null: none */
	struct str mail_id;
	const struct str *in_reply_to, *references;
	size_t in_reply_to_n, references_n;
	bool is_automatic; /* never to be answered by a machine: a list, a no-reply address, or is_machine */
	bool is_machine;   /* an automatic reply or a report: it opens no ticket and reopens none */
	bool is_forced;    /* an administrator wants it as a ticket, whoever wrote it */
	struct str bounce_of; /* Message-ID of the mail that this says was not delivered; null: no bounce */
	struct str bounce_address;
	struct str bounce_why;
	struct file_in *files;
	size_t file_n;
	struct str notes;
};

enum received {
	RECEIVED_NEW_TICKET,
	RECEIVED_JOINED,
	RECEIVED_BOUNCE,
	RECEIVED_SET_ASIDE, /* kept, but no message: decision says why */
};

struct receive_out {
	enum received what;
	int64_t ticket_id;
	int64_t message_id;
	struct str decision; /* one sentence for the trace: why it joined, or did not */
};

/* Outside of a transaction: cleans the HTML, makes the text, stores the files. */
enum err desk_receive_prepare(struct ctx *c, struct receive_in *in);
/* Inside of one: finds the ticket by reply token, then by the ids it names where the sender takes part in that thread, else opens
 * one. A reply to a closed ticket reopens it. */
enum err desk_receive(struct ctx *c, const struct receive_in *in, struct receive_out *out);

/* Answering ------------------------------------------------------------------------------------------------------- */

struct reply_in {
	int64_t ticket_id;
	int64_t thread_id;      /* 0: that of the message answered */
	int64_t in_reply_to_id; /* 0: the newest message from outside */
	const struct address *to, *cc, *bcc;
	size_t to_n, cc_n, bcc_n;
	bool has_recipients; /* false: those of the message answered */
	struct str subject;  /* null: Re: and the subject answered */
	struct str text;     /* null: made from html */
	struct str html;     /* as an agent wrote it; null: made from text */
	int64_t channel_account_id; /* 0: that of the thread */
	struct str stage_id; /* null: the status stays */
	int64_t last_seen_id; /* 0, or the newest message that the agent has seen */
	struct str client_type; /* HUBSPOT: own pages; INTEGRATION */
	const int64_t *file_ids; /* sent along: desk/file.h */
	size_t file_n;
	const struct str *content_ids; /* NULL, or of each file that the HTML shows its id there */
	bool is_forward; /* hands the message on instead of answering it: to the recipients given, outside of its references */
	const struct prop *props; /* properties of the ticket that are set with it, as those that a status asks for */
	size_t prop_n;
};

/* The newer messages when last_seen_id is not the last (ERR_CONFLICT, category NEWER_MESSAGES); else the mail is queued, the
 * status and properties set, an unassigned ticket assigned to the writer, his draft of a reply gone: all or nothing. */
enum err desk_reply(struct ctx *c, const struct reply_in *in, struct message *out);

/* A comment, seen by agents only: ticket, thread (0: the newest of the ticket), text, html and files of in count. Who is mentioned
 * is read from the cleaned HTML (text/html_mention.h); users who may not see the ticket are not mentioned. */
enum err desk_comment_in(struct ctx *c, const struct reply_in *in, struct message *out);
/* Its author changes what it says; only those whom it did not mention before are told. ERR_NOT_ALLOWED for others. */
enum err desk_comment_edit(struct ctx *c, int64_t message_id, struct str text, struct str html, struct message *out);
/* Its author, or an administrator, takes it back: that it was there stays, what it said does not. */
enum err desk_comment_remove(struct ctx *c, int64_t message_id, struct message *out);
/* Is commenting offered on this ticket? On one that a call began not before a mail went out or was drafted (F-6). */
enum err desk_comment_is_offered(struct ctx *c, const struct object *ticket, bool *out);
/* Active users who may see the ticket and whose name or address has a word that begins with each word of query, by name. */
enum { MAX_MENTIONABLE = 500 };
enum err desk_mentionable(struct ctx *c, int64_t ticket_id, struct str query, struct concerned **out, size_t *n_out);

/* What an answer to the ticket's newest message would say. */
struct reply_defaults {
	struct channel_account from;
	struct address *to, *cc;
	size_t to_n, cc_n;
	struct str subject;
	struct message answered; /* id 0: there is none */
	struct thread thread;    /* id 0: there is none yet */
};
/* in_reply_to_id 0: the newest message from outside. ERR_NOT_FOUND when the ticket has no such message. */
enum err desk_reply_defaults(struct ctx *c, const struct object *ticket, int64_t in_reply_to_id,
                             struct reply_defaults *out);

/* Reading --------------------------------------------------------------------------------------------------------- */

enum err desk_ticket_row(struct ctx *c, int64_t id, struct ticket_row *out);
/* The contact's other tickets, newest first. */
enum err desk_other_tickets(struct ctx *c, const struct object *ticket, struct ticket_row **out, size_t *n_out);

/* Messages with everything that is shown beside them. */
struct message_set {
	struct message *messages;
	size_t n;
	struct attachment *attachments; /* of all of them, by message */
	size_t attachment_n;
	struct outbox *deliveries; /* the same */
	size_t delivery_n;
	struct mention *mentions; /* the same */
	size_t mention_n;
	struct thread *threads; /* those of the ticket */
	size_t thread_n;
};
/* The newest limit messages with id < before, oldest first. */
enum err desk_messages(struct ctx *c, int64_t ticket_id, int64_t before, int64_t limit, struct message_set *out);
enum err desk_thread_messages(struct ctx *c, int64_t thread_id, int64_t after, int64_t limit, struct message_set *out);
/* One message as a set. */
enum err desk_message(struct ctx *c, int64_t id, struct message_set *out);
/* The description of an attachment and its bytes as an open file, closed with the arena, if its ticket may be seen. */
enum err desk_attachment(struct ctx *c, int64_t id, struct attachment *out, int *fd_out);

enum err desk_thread(struct ctx *c, int64_t id, struct thread *out);
enum err desk_thread_list(struct ctx *c, const struct thread_find *find, struct thread **out, size_t *n_out);
/* status: OPEN or CLOSED; also moves the ticket to the first stage of that state when its own is another. */
enum err desk_thread_set_status(struct ctx *c, int64_t id, struct str status, struct thread *out);
enum err desk_thread_archive(struct ctx *c, int64_t id, bool is_archived, struct thread *out);
/* user_id 0: nobody. Sets the ticket's owner. */
enum err desk_thread_assign(struct ctx *c, int64_t id, int64_t user_id, struct thread *out);
enum err desk_inbox_list(struct ctx *c, struct inbox **out, size_t *n_out);
enum err desk_inbox(struct ctx *c, int64_t id, struct inbox *out);
enum err desk_channel_account_list(struct ctx *c, struct channel_account **out, size_t *n_out);
enum err desk_channel_account(struct ctx *c, int64_t id, struct channel_account *out);
