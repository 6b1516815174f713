#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/association.h"
#include "store/object.h"
#include "store/thread.h"

/* What stands around a record: the objects it is linked to, newest first, and how its links came and went. */

/* Linked objects of a type that are not archived, below (before_at, before_id): INT64_MAX for the first page. */
enum err record_linked(struct ctx *c, int64_t from_id, int64_t to_type, int64_t before_at, int64_t before_id, int64_t limit,
                       struct object **out, size_t *n_out);
/* The links of an object to objects of a type that have a label, at most so many. */
enum err record_labels(struct ctx *c, int64_t from_id, int64_t to_type, int64_t limit, struct association **out, size_t *n_out);

/* A link that was made or removed. */
struct link_change_row {
	int64_t id;
	int64_t at;
	int64_t user_id; /* 0: the desk itself */
	int64_t from_id;
	int64_t to_id;
	int64_t type_id; /* from from_id to to_id */
	bool is_removed;
};
enum err link_change_insert(struct ctx *c, struct link_change_row *row);
/* Of an object, at whichever end, with id < before, newest first. */
enum err link_change_list(struct ctx *c, int64_t object_id, int64_t before, int64_t limit, struct link_change_row **out,
                          size_t *n_out);

/* A message as a line of a timeline: of its text only the first 4000 characters, for a mail may have megabytes. */
struct said {
	int64_t id;
	int64_t ticket_id;
	int64_t created_at;
	int64_t user_id; /* the agent who wrote it; 0: a visitor */
	struct str direction;
	struct str subject;
	struct str sender_name;
	struct str sender_address;
	struct str text;
};
/* The newest messages (type MESSAGE) of a contact's threads, below (before_at, before_id). */
enum err record_messages(struct ctx *c, int64_t contact_id, int64_t before_at, int64_t before_id, int64_t limit,
                         struct said **out, size_t *n_out);
/* The files of a ticket, newest first, without those that a text shows within itself. */
enum err record_files(struct ctx *c, int64_t ticket_id, int64_t limit, struct attachment **out, size_t *n_out);

/* A ticket's threads and messages of one contact become another's. */
enum err record_give_ticket(struct ctx *c, int64_t ticket_id, int64_t from_contact_id, int64_t to_contact_id);
/* The same for messages from outside by this address, of nobody until now. */
enum err record_give_sender(struct ctx *c, int64_t ticket_id, struct str sender_address, int64_t to_contact_id);
