#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/user.h"

/* How users come, change and go. Somebody who is provisioned has no password until he sets one by an invitation (desk/invite.h). A
 * user who is deactivated keeps his history: what he wrote stays his, his owner is archived, his sessions, tokens and streams
 * end. To provision the same email address again brings him back, without his old password. The last super admin stays. */

enum {
	MAX_USERS = 5000, /* active ones */
	DEFAULT_ROLE = ROLE_VIEWER, /* of who is provisioned without one: the least */
};

/* A role that users can be given by its id; super admin is not among them. */
struct permission_set {
	enum role role;
	struct str name;
};
/* What a role works with where nobody says otherwise. */
enum seat desk_seat_of_role(int64_t role);
/* By id. */
size_t desk_permission_sets(const struct permission_set **out);

/* What is said about a user. null strings and NULL pointers: nothing, it stays. */
struct user_change {
	struct str email;        /* of a new one */
	struct str first_name, last_name;
	const int64_t *role;     /* of a permission set */
	const int64_t *seat;     /* NULL: that of the role where the role is another, else it stays */
	const int64_t *ticket_view, *ticket_edit, *ticket_delete, *ticket_communicate; /* enum reach */
	const bool *publishes_articles;
	const bool *super_admin; /* false: he gets the role, or DEFAULT_ROLE */
	const int64_t *primary_team_id; /* 0: none */
	const int64_t *other_team_ids;
	size_t other_team_n;
};
/* ERR_BAD_INPUT names the field; ERR_CONFLICT: there is an active user with this email address. */
enum err desk_user_provision(struct ctx *c, const struct user_change *in, struct user *out);
/* ERR_CONFLICT: it would leave the desk without a super admin. */
enum err desk_user_update(struct ctx *c, int64_t id, const struct user_change *in, struct user *out);
enum err desk_user_deactivate(struct ctx *c, int64_t id);

/* Active users only. */
enum err desk_user_load(struct ctx *c, int64_t id, struct user *out);
enum err desk_user_by_email(struct ctx *c, struct str email, struct user *out);
/* For who manages them: also those who are gone. With id > after, by id. */
enum err desk_people_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out);
/* With id > after, by id. */
enum err desk_user_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out);
