#include "desk/notification.h"

#include "base/clock.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/schema.h"
#include "text/person_name.h"

static enum err only_users(struct ctx *c)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return c->who.user_id != 0 ? OK : fail(c, ERR_NOT_ALLOWED, "Only users are told of things.");
}

/* Nothing is left of it but that it was. */
static void blank(struct notification_row *row)
{
	row->is_gone = true;
	row->subject = STR("");
	row->excerpt = row->detail = row->actor_name = STR_NULL;
	row->actor_user_id = 0;
}

void desk_notification_names(struct ctx *c, struct notification_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].item_id == 0 && !str_is_null(rows[i].actor_first_name))
			rows[i].actor_name = person_name(c->a, rows[i].actor_first_name, rows[i].actor_last_name);
}

static enum err check_rows(struct ctx *c, struct notification_row *rows, size_t n)
{
	desk_notification_names(c, rows, n);
	for (size_t i = 0; i < n; i++) {
		struct object ticket;
		if (rows[i].item_id != 0)
			continue; /* he shared it himself */
		enum err e = object_load_any(c, rows[i].ticket_id, &ticket); /* or a quote */
		if (e == ERR_NOT_FOUND)
			fail_clear(c);
		else
			TRY(e);
		if (e == ERR_NOT_FOUND || rows[i].is_gone || !desk_may(c, CAN_VIEW, &ticket))
			blank(&rows[i]);
		if (str_eq(rows[i].topic, topic_name(TOPIC_REMINDER))) {
			rows[i].excerpt = rows[i].detail; /* the note */
			rows[i].detail = STR_NULL;
		}
		bool is_of_customer = str_eq(rows[i].topic, topic_name(TOPIC_QUOTE)) || str_eq(rows[i].topic, topic_name(TOPIC_MEETING));
		if (is_of_customer && rows[i].detail.n > 0) {
			rows[i].actor_name = rows[i].detail; /* who answered, or booked */
			rows[i].detail = STR_NULL;
		}
	}
	return OK;
}

enum err desk_notifications(struct ctx *c, struct notification_page page, struct notification_row **out, size_t *n_out)
{
	TRY(only_users(c));
	page.user_id = c->who.user_id;
	TRY(notification_list(c, &page, out, n_out));
	return check_rows(c, *out, *n_out);
}

enum err desk_notifications_unread(struct ctx *c, int64_t *n_out)
{
	TRY(only_users(c));
	return notification_count_unread(c, c->who.user_id, MAX_UNREAD_COUNT, n_out);
}

static enum err read_them(struct ctx *c, const struct read_in *in, int64_t *changed)
{
	if (in->id != 0 && in->is_unread)
		return notification_unread(c, c->who.user_id, in->id, changed);
	if (in->id != 0)
		return notification_read(c, c->who.user_id, in->id, changed);
	if (in->ticket_id != 0)
		return notification_read_ticket(c, c->who.user_id, in->ticket_id, changed);
	return notification_read_all(c, c->who.user_id, in->up_to_id, changed);
}

enum err desk_notifications_read(struct ctx *c, const struct read_in *in)
{
	int64_t changed;
	TRY(only_users(c));
	TRY(read_them(c, in, &changed));
	if (changed == 0)
		return OK;
	return bus_emit(c, EV_NOTIFICATION_CHANGED, &(struct event_about){.about_id = c->who.user_id});
}

enum err desk_notification_sweep(struct ctx *c)
{
	return notification_sweep(c, c->now - DAYS(NOTIFICATION_DAYS));
}
