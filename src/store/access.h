#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Which tickets a user sees, changes, deletes and answers, and the part of a statement that leaves out what he does not see. What it
 * means is decided in desk/can.c; here are the rows, and the same rule once more for lists.
 *
 * Whoever sees everything has none of this: lists of his are the statements they were. */

struct sqlb;

/* Of a verb: which tickets. Kept in desk_user. */
enum reach {
	REACH_ALL = 0,
	REACH_TEAM = 1, /* of users who are in a team with him, and his own */
	REACH_OWN = 2,
	REACH_NONE = 3,
	REACH_TEAM_AND_NOBODYS = 4, /* those without an owner too */
	REACH_OWN_AND_NOBODYS = 5,
	REACH_N
};

/* What a user's row says, read with his session or token. */
struct rights {
	int64_t role;
	int64_t seat;
	int64_t ticket_view;
	int64_t ticket_edit;
	int64_t ticket_delete;
	int64_t ticket_communicate;
	int64_t publishes_articles;
	bool has_limited_pipelines; /* there are pipelines that are not open to all */
};
/* The columns for a statement whose user is u. */
#define RIGHTS_OF_USER                                                                                   \
	"u.role, u.seat, u.ticket_view, u.ticket_edit, u.ticket_delete, u.ticket_communicate, u.publishes_articles," \
	" CASE WHEN EXISTS (SELECT 1 FROM pipeline_access) THEN 1 ELSE 0 END AS has_limited_pipelines"
/* The rows of a shape for them. */
#define RIGHTS_FIELD(struct_type, member, field_name, field_type) \
	{.name = #field_name, .offset = (uint32_t)offsetof(struct_type, member.field_name), .type = field_type}
#define RIGHTS_FIELDS(struct_type, member)                                      \
	RIGHTS_FIELD(struct_type, member, role, F_INT),                         \
	RIGHTS_FIELD(struct_type, member, seat, F_INT),                         \
	RIGHTS_FIELD(struct_type, member, ticket_view, F_INT),                  \
	RIGHTS_FIELD(struct_type, member, ticket_edit, F_INT),                  \
	RIGHTS_FIELD(struct_type, member, ticket_delete, F_INT),                \
	RIGHTS_FIELD(struct_type, member, ticket_communicate, F_INT),           \
	RIGHTS_FIELD(struct_type, member, publishes_articles, F_INT),           \
	RIGHTS_FIELD(struct_type, member, has_limited_pipelines, F_BOOL)

enum { MAX_SHARES = 50 /* of one ticket: users, and as many teams */ };

/* What somebody who does not see and do everything may do with tickets. */
struct ticket_access {
	int64_t user_id;
	int64_t owner_id;
	enum reach view, edit, remove, communicate;
	const int64_t *mates; /* owners: himself and who is in a team with him, by id */
	size_t mate_n;
	const int64_t *teams; /* by id */
	size_t team_n;
	const struct str *closed; /* pipelines that are for others */
	size_t closed_n;
};

/* The owners who are in a team with the user, himself included; by id. */
enum err access_mates(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out);
enum err access_teams(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out);
/* The pipelines that he may not see into. */
enum err access_closed_pipelines(struct ctx *c, int64_t object_type, int64_t user_id, struct str **out, size_t *n_out);
/* ERR_NOT_FOUND: there is no active user of this id. */
enum err rights_load(struct ctx *c, int64_t user_id, struct rights *out, int64_t *owner_id_out);

/* Whom a ticket is shared with. */
enum err ticket_share_set(struct ctx *c, int64_t ticket_id, const int64_t *user_ids, size_t user_n, const int64_t *team_ids,
                          size_t team_n);

/* Whom a pipeline is for: one of the two is 0. */
struct pipeline_access {
	int64_t user_id;
	int64_t team_id;
};
enum err pipeline_access_list(struct ctx *c, int64_t object_type, struct str pipeline_id, struct pipeline_access **out,
                              size_t *n_out);
enum err pipeline_access_set(struct ctx *c, int64_t object_type, struct str pipeline_id, const struct pipeline_access *rows,
                             size_t n);

/* " AND …": the row of object called t (or as it is: object) is a ticket that he sees. Nothing where a is NULL. */
void access_add_t(struct ctx *c, struct sqlb *b, const struct ticket_access *a);
void access_add(struct ctx *c, struct sqlb *b, const struct ticket_access *a);

/* One condition of these alone, of object: the owner is one whose tickets he sees; it is shared with him; its pipeline is not for
 * others. Lists in an order ask for one owner after the other, and then for what is shared: each of these has an index. */
void access_add_owned(struct ctx *c, struct sqlb *b, const struct ticket_access *a);
void access_add_shared(struct ctx *c, struct sqlb *b, const struct ticket_access *a);
void access_add_open(struct ctx *c, struct sqlb *b, const struct ticket_access *a);
/* " IN (…)": the ids of all tickets that he sees and that are not archived, where his reach is not all. For what hangs on tickets. */
void access_add_ids(struct ctx *c, struct sqlb *b, const struct ticket_access *a);
/* The owners whose tickets he sees, where he does not see all; 0 among them: nobody's. */
size_t access_owners(struct ctx *c, const struct ticket_access *a, int64_t **out);
