#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/conversation.h"
#include "desk/object.h"
#include "store/record.h"

/* Records (contacts, companies, deals, tickets) with what stands around them: linked records, the timeline of what happened with
 * them, the history of their links; email from a record; and who an unknown visitor is. */

enum {
	MAX_LINKED = 100,
	MAX_LINKED_SCANNED = 1000, /* for those that may be seen */
	MAX_TIMELINE = 100,
	MAX_TIMELINE_SCANNED = 1000,
	MAX_TIMELINE_WORDS = 8, /* of a query; further ones are not looked for */
	MAX_LINK_CHANGES = 200,
	MAX_FILES_SHOWN = 100,
	MAX_IDENTIFIED_TICKETS = 100,
};

/* Linked objects of one type, newest activity first, with the labels of their links. */
struct linked {
	struct object *objects;
	size_t n;
	bool has_more;
	struct association *labels; /* of all of them, by to_id */
	size_t label_n;
};
enum err desk_linked(struct ctx *c, const struct object *from, const struct type_def *to_type, struct linked *out);

/* One thing that happened: an activity or a ticket that is linked to the record, or a message of a contact's conversations. */
struct happened {
	struct object object; /* of a message its ticket */
	struct said said;     /* id 0: it is the object */
	int64_t at, id;
};
struct timeline_find {
	const struct type_def *const *types;
	size_t type_n;
	bool has_messages; /* of contacts only */
	struct str query;  /* its words all stand in the entry, in any case or width, within words too; empty: all entries */
	int64_t before_at, before_id; /* only what is older; INT64_MAX for the first page */
	int64_t limit;
};
/* Newest first. A page that is searched through may end before its limit, MAX_TIMELINE_SCANNED entries from its begin, and has more:
 * so a search through ten years costs a request no more than one through a month. */
struct timeline {
	struct happened *rows;
	size_t n;
	bool has_more; /* older than (next_at, next_id) */
	int64_t next_at, next_id;
};
enum err desk_timeline(struct ctx *c, const struct object *o, const struct timeline_find *find, struct timeline *out);

/* One line of the beginning of a text. */
struct str desk_excerpt(struct ctx *c, struct str text);

/* A link that was made or removed, seen from the record. */
struct link_event {
	struct link_change_row row;
	struct object other; /* id 0: it is gone for good */
	struct association_type type;
	bool is_type_gone;
};
enum err desk_link_history(struct ctx *c, const struct object *o, int64_t before, int64_t limit, struct link_event **out,
                           size_t *n_out);

/* The files that came or went with a ticket's messages, newest first. */
enum err desk_ticket_files(struct ctx *c, const struct object *ticket, struct attachment **out, size_t *n_out);

/* Email from a record -------------------------------------------------------------------------------------------------- */

/* Opens a ticket that is linked to the record (and to the contacts it goes to, and a contact's primary company), and sends its first
 * message: both or neither. Of in: to, cc, bcc, subject, text, html, files, channel_account_id (0: the first address of the desk),
 * stage_id (null: where mail to that address begins), client_type. ERR_BAD_INPUT names the field. */
enum err desk_email_from(struct ctx *c, const struct object *record, const struct reply_in *in, struct object *ticket,
                         struct message *out);

/* Unknown visitors ----------------------------------------------------------------------------------------------------- */

/* Is the sender of this message unidentified: from outside, and of no contact, or of one that a channel made which has no email, and
 * no telephone number beside its name? */
enum err desk_is_unidentified(struct ctx *c, const struct message *m, bool *is_out);

struct identify_in {
	int64_t ticket_id;
	int64_t message_id;         /* whose sender is meant */
	int64_t contact_id;         /* who it is; 0: somebody new */
	const struct prop *props;   /* of the new contact */
	size_t prop_n;
	const int64_t *ticket_ids;  /* of his former tickets, which are his; NULL: all of them */
	size_t ticket_n;
};
/* The ticket, its conversation and the former ones become the contact's. ERR_CONFLICT "Contact already exists. Existing ID: 7" with the
 * id in the context (contactId); ERR_BAD_INPUT when the sender is known. */
enum err desk_identify(struct ctx *c, const struct identify_in *in, struct object *contact);
/* The other tickets of the same visitor. */
enum err desk_former_tickets(struct ctx *c, int64_t ticket_id, int64_t message_id, struct ticket_row **out, size_t *n_out);
