#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Sums over the rows that hang on an object, for desk/calculate.c. Archived objects do not count. */

struct message_sums {
	int64_t sent_n;
	int64_t first_sent_at; /* 0: none */
	int64_t last_sent_at;
	int64_t last_received_at;
	int64_t latest_at; /* comments too */
};
enum err messages_of_ticket(struct ctx *c, int64_t ticket_id, struct message_sums *out);
/* In all conversations with the contact. */
enum err messages_of_contact(struct ctx *c, int64_t contact_id, struct message_sums *out);

/* Calls, emails, meetings, notes, tasks and the like that an object is linked with. Contacting is a call, a meeting, a mail that
 * went out or another message. */
struct activity_sums {
	int64_t n;
	int64_t latest_at;         /* of those before now */
	int64_t latest_spoken_at;  /* mails that came in too */
	int64_t contacted_n;       /* before now */
	int64_t latest_contact_at;
	int64_t next_at; /* of tasks that are not done and meetings that are not cancelled; 0: none is ahead */
	int64_t wake_at; /* when the first of all that are ahead comes; 0: none is */
};
enum err activities_of(struct ctx *c, int64_t object_id, struct activity_sums *out);

/* Objects of a type that it is linked with; type_id 0: by whatever type of link. */
enum err linked_count(struct ctx *c, int64_t object_id, int64_t other_type, int64_t type_id, int64_t *out);
enum err thread_count(struct ctx *c, int64_t ticket_id, int64_t *out);

struct linked {
	int64_t id;
	struct str label;
	struct str unique_key;
	struct str props;
};
/* Those with id > after, by id; type_id 0: by whatever type of link. */
enum err linked_list(struct ctx *c, int64_t object_id, int64_t other_type, int64_t type_id, int64_t after, int64_t limit,
                     struct linked **out, size_t *n_out);
/* The newest message of a ticket, as far as lists show it; ERR_NOT_FOUND. spoken: no comment. */
struct newest_message {
	struct str direction;
	struct str text;
};
enum err newest_of_ticket(struct ctx *c, int64_t ticket_id, bool is_spoken, struct newest_message *out);
