#include "desk/follow.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/ticket_json.h"
#include "base/arena.h"

static void write(struct ctx *c, struct json *j, const struct followers *f)
{
	json_add_bool(j, "isFollowing", f->is_following);
	json_key(j, "followers");
	json_array_begin(j);
	for (size_t i = 0; i < f->n; i++) {
		const struct concerned *u = &f->users[i];
		struct str name = str_trim(str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(u->first_name), STR_ARG(u->last_name)));
		json_object_begin(j);
		json_add_id(j, "userId", u->user_id);
		json_add_string(j, "name", name.n ? name : u->email);
		json_add_bool(j, "isOwner", str_eq(u->why, STR("OWNER")));
		json_object_end(j);
	}
	json_array_end(j);
}

enum err write_followers(struct ctx *c, struct json *j, const struct object *ticket)
{
	struct followers f;
	TRY(desk_followers(c, ticket, &f));
	write(c, j, &f);
	return OK;
}

static enum err follow(struct ctx *c, const struct req *q, struct res *r, bool is_following)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_follow(c, id, is_following, &f));
	json_object_begin(&r->j);
	write(c, &r->j, &f);
	json_object_end(&r->j);
	return OK;
}

enum err api_follow(struct ctx *c, const struct req *q, struct res *r)
{
	return follow(c, q, r, true);
}

enum err api_unfollow(struct ctx *c, const struct req *q, struct res *r)
{
	return follow(c, q, r, false);
}
