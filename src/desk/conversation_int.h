#pragma once

#include "desk/conversation.h"

/* Between the files of receive, reply, source.c and message.c. */

/* Writes what a new message changes on its ticket and thread (preview, times, counters, who spoke last) and announces the
 * message. */
enum err note_message(struct ctx *c, struct thread *thread, const struct message *m);
/* [{"field": "TO", "name": …, "address": …}] */
struct str recipients_json(struct ctx *c, const struct address *to, size_t to_n, const struct address *cc, size_t cc_n,
                           const struct address *bcc, size_t bcc_n);
/* The addresses of one field of such a list. */
enum err recipients_read(struct ctx *c, struct str json, struct str field, struct address **out, size_t *n_out);
/* One line of at most MAX_PREVIEW_BYTES of a text. */
struct str preview_of(struct ctx *c, struct str text);
/* The account that mail to this address belongs to: the address itself may be an account's, or what is left of it without a
 * reply token or another extension (support+anything@). ERR_NOT_FOUND. */
enum err account_of_address(struct ctx *c, struct str address, struct channel_account *out);
/* Is it an address of this desk, with or without a reply token? */
enum err is_own_address(struct ctx *c, struct str address, bool *is_out);
/* "Ada Lovelace" is Ada and Lovelace; one word is a first name. Room for two; how many there are. */
size_t name_props(struct str name, struct prop *props);
/* The contact with this address, made if there is none. */
enum err contact_of(struct ctx *c, const struct address *from, struct object *out);
/* A person's answer moves the ticket to where its pipeline says; where it says nothing, a closed one is opened again, in the first
 * open stage. */
enum err move_on_receipt(struct ctx *c, int64_t ticket_id);
/* Text and cleaned HTML of what an agent or a program wrote; each made from the other where it is missing. */
enum err settle_body(struct ctx *c, const struct reply_in *in, struct str *text_out, struct str *html_out);
/* The first of our email addresses that is in use: what mails of the desk itself leave from. ERR_NOT_FOUND: there is none. */
enum err email_account_in_use(struct ctx *c, struct channel_account *out);
/* The same for who writes: ERR_BAD_INPUT with a sentence for him. */
enum err first_email_account(struct ctx *c, struct channel_account *out);
/* The name of the asking user; null: none. */
enum err writer_name(struct ctx *c, struct str *out);
/* A thread of the ticket on one of our accounts. */
enum err new_thread(struct ctx *c, const struct object *ticket, const struct channel_account *from, struct thread *out);
/* Adds an address to a list (room for one more) unless it is in it or one of ours. */
enum err add_unless_own(struct ctx *c, struct address who, struct address *list, size_t *n);

/* The ticket that a mail belongs to, if it joins one, and why. */
struct ticket_match {
	bool is_found;
	struct thread thread;
	int64_t related_ticket_id; /* named, but not joined */
	struct str decision;
};
enum err ticket_match_find(struct ctx *c, const struct receive_in *in, struct ticket_match *out);

/* A Message-ID without <> for a mail of ours, in the domain that sends it. */
struct str new_mail_id(struct ctx *c, struct str from_address, int64_t ticket_id);
