#pragma once

#include "base/ctx.h"

struct object;

/* Who may do what. The only place that decides it; API, stream, search, mail and the command line ask here. Viewers see every
 * ticket and record, and comment; agents also change them and reply; admins also change settings and see stored mail sources;
 * super admins also manage users, teams, tokens and apps, and erase people; the system itself may do anything. */

enum action {
	CAN_VIEW,
	CAN_EDIT,
	CAN_DELETE,
	CAN_REPLY,
	CAN_ADMINISTER, /* inboxes, mailboxes, relay, outbox, quarantine, definitions, the account */
	CAN_MANAGE_PEOPLE, /* users, teams, tokens, apps */
	CAN_ERASE, /* a person, for good */
	ACTION_N
};

/* OK, ERR_NOT_SIGNED_IN or ERR_NOT_ALLOWED. o is the object it is about; NULL for actions on none. */
enum err desk_can(struct ctx *c, enum action action, const struct object *o);
/* Cares for the webhooks of an app: whoever may administer, and the app itself. */
enum err desk_can_app(struct ctx *c, int64_t app_id);
/* The same as a question. */
bool desk_may(const struct ctx *c, enum action action, const struct object *o);
/* "view", "edit", … as abilities in answers. */
struct str action_name(enum action action);
