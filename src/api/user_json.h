#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct ctx;
struct json;
struct req;
struct res;
struct team_member;
struct user;

/* Users on the wire: what both of their APIs have in common. */

/* primaryTeamId and secondaryTeamIds of a user, among the memberships of several. */
void json_user_teams(struct json *j, int64_t user_id, const struct team_member *teams, size_t n);

typedef void user_write_fn(struct json *j, const struct user *u, const struct team_member *teams, size_t n);
/* One user, with his teams. */
enum err res_user(struct ctx *c, struct res *r, const struct user *u, user_write_fn *write);

/* A page of them by limit and after. */
struct user_list {
	enum err (*load)(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out);
	user_write_fn *write;
	int64_t default_limit, max_limit;
};
enum err res_users(struct ctx *c, const struct req *q, struct res *r, const struct user_list *list);
