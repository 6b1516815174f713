#include "desk/notify.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/notification.h"
#include "desk/quiet.h"
#include "desk/schema.h"
#include "store/notification.h"
#include "store/user.h"

/* The words of the column happening. */
#define COMMENTED STR("COMMENTED")
#define RECEIVED  STR("RECEIVED")
#define SENT      STR("SENT")
#define ASSIGNED  STR("ASSIGNED")
#define MOVED     STR("MOVED") /* to another status */
#define REMINDED  STR("REMINDED")
#define OPENED    STR("OPENED") /* what was shared, by somebody outside */

enum happening { HAPPENED_COMMENT, HAPPENED_RECEIVED, HAPPENED_SENT, HAPPENED_ASSIGNED, HAPPENED_MOVED };

/* What a user is to the ticket, as bits. */
enum { IS_OWNER = 1, FOLLOWS = 2, OPTED_OUT = 4, IS_MENTIONED = 8, HAS_MUTED = 16 };

/* Who is meant by a rule: somebody with all of these bits and none of those. */
static const struct rule {
	enum happening what;
	int with, without;
	enum topic topic;
} rules[] = {
	/* clang-format off */
	{HAPPENED_COMMENT,  IS_MENTIONED, 0,         TOPIC_MENTION},
	{HAPPENED_COMMENT,  IS_OWNER,     OPTED_OUT, TOPIC_COMMENT},
	{HAPPENED_COMMENT,  FOLLOWS,      0,         TOPIC_FOLLOWED},
	{HAPPENED_RECEIVED, IS_OWNER,     OPTED_OUT, TOPIC_REPLY},
	{HAPPENED_RECEIVED, FOLLOWS,      0,         TOPIC_FOLLOWED},
	{HAPPENED_SENT,     IS_OWNER,     OPTED_OUT, TOPIC_FOLLOWED},
	{HAPPENED_SENT,     FOLLOWS,      0,         TOPIC_FOLLOWED},
	{HAPPENED_ASSIGNED, IS_OWNER,     0,         TOPIC_ASSIGNED},
	{HAPPENED_ASSIGNED, FOLLOWS,      0,         TOPIC_FOLLOWED},
	{HAPPENED_MOVED,    IS_OWNER,     OPTED_OUT, TOPIC_FOLLOWED},
	{HAPPENED_MOVED,    FOLLOWS,      0,         TOPIC_FOLLOWED},
	/* clang-format on */
};

static struct str happening_name(enum happening h)
{
	static const struct str names[] = {COMMENTED, RECEIVED, SENT, ASSIGNED, MOVED};
	return names[h];
}

struct news {
	enum notify_how how;
	enum happening what;
	const struct object *ticket;
	int64_t message_id;
	struct str detail;
};

bool notify_may_see(struct ctx *c, const struct concerned *user, const struct object *ticket)
{
	struct ctx asking = *c;
	if (desk_actor_of_user(c, user->user_id, &asking.who) == OK)
		return desk_may(&asking, CAN_VIEW, ticket);
	fail_clear(c); /* he is not active any more */
	return false;
}

static bool has_channel(const struct notify_matrix *m, enum topic t)
{
	for (int ch = 0; ch < NOTIFY_CHANNEL_N; ch++)
		if (m->is_on[t][ch])
			return true;
	return false;
}

/* The first rule that fits and that the user has a channel for; TOPIC_N: none. */
static enum topic topic_of(enum happening what, int is, const struct notify_matrix *m)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];
		if (r->what == what && (is & r->with) == r->with && (is & r->without) == 0 && has_channel(m, r->topic))
			return r->topic;
	}
	return TOPIC_N;
}

/* The job that tells a user by mail what he has not read of a ticket (desk/notify_mail.c). */
static enum err mail_later(struct ctx *c, int64_t user_id, int64_t ticket_id)
{
	return job_add(c, &job_notify_mail, ticket_id, str_fmt(c->a, "%lld", (long long)user_id), c->now + NOTIFY_MAIL_WAIT_MS);
}

/* By the channels that the user has on for the topic; by_mail is said already. */
static enum err put(struct ctx *c, enum topic topic, enum notify_how how, const struct notify_matrix *m, struct notification *n)
{
	bool is_waiting = true; /* a job for this user and ticket, that will tell this too */
	int64_t quiet_until;
	TRY(desk_quiet_until(c, n->user_id, &quiet_until));
	bool is_loud = how == NOTIFY_ALOUD && (quiet_until == 0 || topic == TOPIC_REMINDER);
	n->topic = topic_name(topic);
	n->actor_user_id = c->who.user_id;
	n->in_bell = m->is_on[topic][NOTIFY_BELL];
	n->as_popup = is_loud && m->is_on[topic][NOTIFY_POPUP];
	n->in_browser = is_loud && m->is_on[topic][NOTIFY_BROWSER];
	n->created_at = c->now;
	if (n->by_mail)
		TRY(notification_is_to_mail(c, n->user_id, n->ticket_id, &is_waiting));
	TRY(notification_insert(c, n));
	if (!is_waiting)
		TRY(mail_later(c, n->user_id, n->ticket_id));
	return bus_emit(c, EV_NOTIFICATION_CHANGED, &(struct event_about){.about_id = n->user_id});
}

static enum err add(struct ctx *c, const struct news *news, int64_t user_id, enum topic topic, const struct notify_matrix *m)
{
	struct notification n = {
		.user_id = user_id,
		.happening = happening_name(news->what),
		.detail = news->detail,
		.ticket_id = news->ticket->id,
		.message_id = news->message_id,
		.by_mail = news->how == NOTIFY_ALOUD && m->is_on[topic][NOTIFY_EMAIL],
	};
	return put(c, topic, news->how, m, &n);
}

static enum err tell_user(struct ctx *c, const struct news *news, const struct concerned *user, int is)
{
	struct notify_matrix m;
	bool is_told = false;
	bool is_given_to_him = news->what == HAPPENED_ASSIGNED && (is & IS_OWNER);
	if (((is & HAS_MUTED) && !is_given_to_him) || user->user_id == c->who.user_id || !notify_may_see(c, user, news->ticket))
		return OK;
	/* a message that also moved the ticket, or gave it to its writer, is one piece of news */
	if (news->what == HAPPENED_MOVED || (news->what == HAPPENED_ASSIGNED && !(is & IS_OWNER)))
		TRY(notification_is_told(c, user->user_id, news->ticket->id, &is_told));
	if (is_told)
		return OK;
	TRY(desk_notify_matrix(c, user->user_id, &m));
	enum topic topic = topic_of(news->what, is, &m);
	return topic == TOPIC_N ? OK : add(c, news, user->user_id, topic, &m);
}

static int bit_of(struct str why)
{
	return str_eq(why, STR("OWNER"))      ? IS_OWNER
	       : str_eq(why, STR("FOLLOWS"))  ? FOLLOWS
	       : str_eq(why, STR("OPTED_OUT")) ? OPTED_OUT
	       : str_eq(why, STR("MUTED"))     ? HAS_MUTED
	                                       : IS_MENTIONED;
}

/* What the user at *i is to the ticket; *i goes on to the next one. */
static int bits_of(const struct concerned *all, size_t n, size_t *i)
{
	int is = 0;
	for (int64_t user_id = all[*i].user_id; *i < n && all[*i].user_id == user_id; ++*i)
		is |= bit_of(all[*i].why);
	return is;
}

static enum err tell(struct ctx *c, const struct news *news)
{
	struct concerned *all;
	size_t n;
	TRY(concerned_list(c, news->ticket->id, news->ticket->owner_id, news->message_id, &all, &n));
	for (size_t i = 0; i < n;) {
		const struct concerned *user = &all[i];
		TRY(tell_user(c, news, user, bits_of(all, n, &i)));
	}
	return OK;
}

enum err notify_message(struct ctx *c, const struct object *ticket, const struct message *m)
{
	bool is_comment = str_eq(m->type, STR("COMMENT"));
	if (!is_comment && !str_eq(m->type, STR("MESSAGE")))
		return OK;
	const struct news news = {
		.what = is_comment                               ? HAPPENED_COMMENT
		        : str_eq(m->direction, STR("INCOMING")) ? HAPPENED_RECEIVED
		                                                : HAPPENED_SENT,
		.ticket = ticket,
		.message_id = m->id,
	};
	return tell(c, &news);
}

enum err notify_mentions(struct ctx *c, const struct object *ticket, const struct message *m, const int64_t *user_ids, size_t n)
{
	const struct news news = {.what = HAPPENED_COMMENT, .ticket = ticket, .message_id = m->id};
	struct concerned *all;
	size_t all_n;
	TRY(concerned_list(c, ticket->id, 0, m->id, &all, &all_n));
	for (size_t i = 0; i < all_n;) {
		const struct concerned *user = &all[i];
		int is = bits_of(all, all_n, &i);
		for (size_t k = 0; k < n; k++)
			if (user->user_id == user_ids[k] && (is & IS_MENTIONED))
				TRY(tell_user(c, &news, user, is & (IS_MENTIONED | HAS_MUTED)));
	}
	return OK;
}

enum err notify_ticket(struct ctx *c, const struct object *before, const struct object *after, enum notify_how how)
{
	bool is_given = after->owner_id != 0 && (before == NULL || before->owner_id != after->owner_id);
	bool is_moved = before != NULL && !str_eq(before->stage_id, after->stage_id);
	if (is_given)
		TRY(tell(c, &(struct news){.what = HAPPENED_ASSIGNED, .how = how, .ticket = after}));
	if (!is_moved)
		return OK;
	const struct news moved = {.what = HAPPENED_MOVED, .how = how, .ticket = after, .detail = after->stage_id};
	return tell(c, &moved);
}

/* A piece of news for one user only. */
static enum err tell_one(struct ctx *c, enum topic topic, bool is_mailed, struct notification n)
{
	struct notify_matrix m;
	TRY(desk_notify_matrix(c, n.user_id, &m));
	n.by_mail = is_mailed && m.is_on[topic][NOTIFY_EMAIL];
	return n.user_id == c->who.user_id || !has_channel(&m, topic) ? OK : put(c, topic, NOTIFY_ALOUD, &m, &n);
}

enum err notify_reminder(struct ctx *c, int64_t user_id, const struct object *ticket, struct str note)
{
	const struct notification n = {.user_id = user_id, .happening = REMINDED, .detail = note.n > 0 ? note : STR_NULL, .ticket_id = ticket->id};
	const struct concerned who = {.user_id = user_id};
	return notify_may_see(c, &who, ticket) ? tell_one(c, TOPIC_REMINDER, true, n) : OK;
}

enum err notify_quote(struct ctx *c, const struct object *quote, enum quote_news what, struct str name)
{
	static const struct str happenings[] = {
		[QUOTE_WAS_VIEWED] = STR("QUOTE_VIEWED"),
		[QUOTE_WAS_ACCEPTED] = STR("QUOTE_ACCEPTED"),
		[QUOTE_WAS_DECLINED] = STR("QUOTE_DECLINED"),
	};
	struct owner owner;
	if (quote->owner_id == 0)
		return OK;
	TRY(owner_load(c, quote->owner_id, &owner));
	const struct notification n = {
		.user_id = owner.user_id,
		.happening = happenings[what],
		.detail = name.n > 0 ? name : STR_NULL,
		.ticket_id = quote->id,
	};
	return tell_one(c, TOPIC_QUOTE, false, n);
}

enum err notify_shared(struct ctx *c, int64_t user_id, int64_t item_id, struct str visitor)
{
	const struct notification n = {.user_id = user_id, .happening = OPENED, .detail = visitor, .item_id = item_id};
	return tell_one(c, TOPIC_SHARED, true, n);
}

enum err notify_meeting(struct ctx *c, int64_t user_id, int64_t meeting_id, enum meeting_news what, struct str name)
{
	static const struct str happenings[] = {
		[MEETING_WAS_BOOKED] = STR("MEETING_BOOKED"),
		[MEETING_WAS_MOVED] = STR("MEETING_MOVED"),
		[MEETING_WAS_CANCELED] = STR("MEETING_CANCELED"),
	};
	const struct notification n = {
		.user_id = user_id,
		.happening = happenings[what],
		.detail = c->who.user_id == 0 ? name : STR_NULL,
		.ticket_id = meeting_id,
	};
	return tell_one(c, TOPIC_MEETING, false, n);
}
