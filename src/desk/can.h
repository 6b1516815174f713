#pragma once

#include "base/ctx.h"

struct object;

/* Who may do what. The only place that decides it; API, stream, search, mail and the command line ask here; lists leave out the same
 * (store/access.h).
 *
 * By role: viewers see tickets and records, and comment; agents also change them and reply; admins also change settings and see stored
 * mail sources; super admins also manage users, teams, tokens and apps, and erase people; the system itself may do anything.
 *
 * By seat: all of that takes a service seat. With a sales or core seat one sees tickets and comments, and works with the other
 * records; with a view-only seat one changes nothing. Super admins need none.
 *
 * Articles are published by admins, and by agents whose rights say so.
 *
 * By ticket: a user may be limited to the tickets of his teams, or to his own, each with or without those of nobody, for seeing,
 * changing, deleting and answering apart. A ticket that is shared with him or a team of his is as his own, but to delete it. He sees
 * none of a pipeline that is for others. What he does not see does not exist for him: ERR_NOT_FOUND. */

enum action {
	CAN_VIEW,
	CAN_COMMENT,
	CAN_EDIT,
	CAN_DELETE,
	CAN_REPLY,
	CAN_CUSTOMISE, /* views of one's own, and how the workspace is laid out for others */
	CAN_ADMINISTER, /* inboxes, mailboxes, relay, outbox, quarantine, definitions, the account */
	CAN_MANAGE_PEOPLE, /* users, teams, tokens, apps, whom pipelines are for */
	CAN_ERASE, /* a person, for good */
	CAN_WRITE_ARTICLES, /* from here on: nothing of tickets */
	CAN_PUBLISH_ARTICLES, /* decides what customers read of them */
	ACTION_N
};

/* OK, ERR_NOT_SIGNED_IN, ERR_NOT_ALLOWED or, of a ticket that he does not see, ERR_NOT_FOUND. o is the object it is about (of one that
 * is to be made, with its type; id 0); NULL for actions on none. */
enum err desk_can(struct ctx *c, enum action action, const struct object *o);
/* Cares for the webhooks of an app: whoever may administer, and the app itself. */
enum err desk_can_app(struct ctx *c, int64_t app_id);
/* The same as a question. */
bool desk_may(const struct ctx *c, enum action action, const struct object *o);
/* What it takes to make o, linked to what it is about: whoever may comment may write notes and tasks too. */
enum action desk_action_to_make(const struct object *o);
/* The pipeline of tickets is not for others only. */
bool desk_may_use_pipeline(const struct ctx *c, struct str pipeline_id);
/* Has all of the workspace: every view, and what can be laid out in it. */
bool desk_has_workspace(const struct ctx *c);
/* "view", "edit", … as abilities in answers. */
struct str action_name(enum action action);
