#include "desk/follow.h"

#include "bus/event.h"
#include "desk/can.h"
#include "desk/notify.h"
#include "desk/object.h"
#include "store/reminder.h"

/* What the asking user wants of it for himself. */
static enum err add_own(struct ctx *c, const struct object *ticket, struct followers *f)
{
	struct reminder r;
	if (c->who.user_id == 0)
		return OK;
	TRY(mute_load(c, ticket->id, c->who.user_id, &f->is_muted));
	enum err e = reminder_load(c, ticket->id, c->who.user_id, &r);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	f->remind_at = r.remind_at;
	f->note = r.note;
	return OK;
}

enum err desk_followers(struct ctx *c, const struct object *ticket, struct followers *out)
{
	struct concerned *all;
	size_t n, kept = 0;
	bool is_mine = false;
	*out = (struct followers){.note = STR("")};
	TRY(desk_can(c, CAN_VIEW, ticket));
	TRY(concerned_list(c, ticket->id, ticket->owner_id, 0, &all, &n));
	for (size_t i = 0; i < n;) {
		struct concerned user = all[i];
		bool is_out = false, is_in = false;
		for (; i < n && all[i].user_id == user.user_id; i++) {
			is_out = is_out || str_eq(all[i].why, STR("OPTED_OUT"));
			is_in = is_in || str_eq(all[i].why, STR("OWNER")) || str_eq(all[i].why, STR("FOLLOWS"));
			if (str_eq(all[i].why, STR("OWNER")))
				user.why = all[i].why;
		}
		if (is_out || !is_in || !notify_may_see(c, &user, ticket))
			continue;
		is_mine = is_mine || user.user_id == c->who.user_id;
		all[kept++] = user;
	}
	out->is_following = is_mine;
	out->users = all;
	out->n = kept;
	return add_own(c, ticket, out);
}

enum err desk_follow(struct ctx *c, int64_t ticket_id, bool is_following, struct followers *out)
{
	struct object ticket;
	if (c->who.user_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Only users follow tickets.");
	TRY(object_lock(c, ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_VIEW, &ticket));
	/* only who would follow by himself has to say no */
	if (is_following || (ticket.owner_id != 0 && ticket.owner_id == c->who.owner_id))
		TRY(follow_put(c, ticket.id, c->who.user_id, is_following));
	else
		TRY(follow_remove(c, ticket.id, c->who.user_id));
	TRY(bus_emit(c, EV_FOLLOW_CHANGED, &(struct event_about){.about_id = ticket.id, .ticket_id = ticket.id}));
	return desk_followers(c, &ticket, out);
}
