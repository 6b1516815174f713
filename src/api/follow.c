#include "desk/remind.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/ticket_json.h"
#include "base/arena.h"

static void write(struct ctx *c, struct json *j, const struct followers *f)
{
	json_add_bool(j, "isFollowing", f->is_following);
	json_add_bool(j, "isMuted", f->is_muted);
	if (f->remind_at != 0) {
		json_add_time(j, "remindAt", f->remind_at);
		json_add_string(j, "reminderNote", f->note);
	}
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

static enum err answer(struct ctx *c, struct res *r, enum err e, const struct followers *f)
{
	TRY(e);
	json_object_begin(&r->j);
	write(c, &r->j, f);
	json_object_end(&r->j);
	return OK;
}

enum err api_follow(struct ctx *c, const struct req *q, struct res *r)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_follow(c, id, true, &f), &f);
}

enum err api_unfollow(struct ctx *c, const struct req *q, struct res *r)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_follow(c, id, false, &f), &f);
}

enum err api_mute(struct ctx *c, const struct req *q, struct res *r)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_mute(c, id, true, &f), &f);
}

enum err api_unmute(struct ctx *c, const struct req *q, struct res *r)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_mute(c, id, false, &f), &f);
}

enum err api_remind(struct ctx *c, const struct req *q, struct res *r)
{
	const struct reminder_body *body = IN(q, struct reminder_body);
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_remind(c, id, body->at, body->note, &f), &f);
}

enum err api_remind_not(struct ctx *c, const struct req *q, struct res *r)
{
	struct followers f;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	return answer(c, r, desk_remind_not(c, id, &f), &f);
}
