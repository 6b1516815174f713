/* What one notification mail says: everything that its reader has not read of the ticket. It names who did what, and the ticket, with
 * the way there; what was written stays in the desk, so that no comment ever leaves it (F-2). */

#include "desk/notification.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/account.h"
#include "desk/conversation_int.h"
#include "desk/env.h"
#include "desk/quiet.h"
#include "desk/schema.h"

/* The account that the ticket's conversation runs on, else the first of ours that sends mail; ERR_NOT_FOUND: none. */
static enum err sender(struct ctx *c, int64_t ticket_id, struct channel_account *out)
{
	struct thread *threads;
	struct channel_account *all;
	size_t thread_n, n, best = 0;
	bool has_one = false;
	TRY(thread_list_of_ticket(c, ticket_id, &threads, &thread_n));
	TRY(channel_account_list(c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (all[i].channel_id != CHANNEL_EMAIL || !all[i].is_active || all[i].archived_at > 0)
			continue;
		bool is_its = thread_n > 0 && threads[thread_n - 1].channel_account_id == all[i].id;
		if (!has_one || is_its)
			best = i;
		has_one = true;
	}
	if (!has_one)
		return fail(c, ERR_NOT_FOUND, "no address to send from");
	*out = all[best];
	return OK;
}

/* May he be written to at all: is he still here, may he see the ticket, is his address none of our own? */
static enum err check_reader(struct ctx *c, struct notify_mail *m, bool *may_out)
{
	struct object ticket;
	struct owner owner;
	bool is_ours;
	TRY(user_load(c, m->user_id, &m->user));
	TRY(is_own_address(c, m->user.email, &is_ours));
	*may_out = m->user.is_active && !is_ours;
	if (m->ticket_id == 0 || !*may_out)
		return OK;
	TRY(owner_by_user(c, m->user_id, &owner));
	TRY(object_load(c, TYPE_TICKET, m->ticket_id, &ticket));
	const struct concerned who = {.user_id = m->user_id, .owner_id = owner.id, .role = m->user.role};
	m->subject = ticket.label;
	*may_out = ticket.archived_at == 0 && notify_may_see(c, &who, &ticket);
	return OK;
}

static struct str most_important(const struct notification_row *rows, size_t n)
{
	for (int t = 0; t < TOPIC_N; t++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(rows[i].topic, topic_name((enum topic)t)))
				return rows[i].topic;
	return topic_name(TOPIC_FOLLOWED);
}

static enum err fill(struct ctx *c, const struct channel_account *from, struct notify_mail *m)
{
	int64_t sent_n;
	const struct notification_row *last = &m->rows[m->row_n - 1];
	TRY(desk_language_of(c, m->user_id, &m->language));
	m->created_at = last->created_at;
	m->topic = most_important(m->rows, m->row_n);
	m->url = m->ticket_id == 0 ? str_fmt(c->a, STR_FMT "/library/" STR_FMT "s/%lld", STR_ARG(c->env->public_url),
	                                     STR_ARG(last->item_kind), (long long)last->item_id)
	                           : str_fmt(c->a, STR_FMT "/tickets/open/%lld", STR_ARG(c->env->public_url), (long long)m->ticket_id);
	if (m->ticket_id == 0)
		m->subject = last->subject;
	if (last->message_id != 0)
		m->url = str_fmt(c->a, STR_FMT "#message-%lld", STR_ARG(m->url), (long long)last->message_id);
	m->settings_url = str_fmt(c->a, STR_FMT "/settings/notifications", STR_ARG(c->env->public_url));
	m->from = from->address;
	m->from_name = from->name;
	/* every try of this mail is the same mail */
	m->mail_id = str_fmt(c->a, "notification.%lld" STR_FMT, (long long)m->rows[0].id,
	                     STR_ARG(str_skip(from->address, (size_t)str_find_byte(from->address, '@'))));
	TRY(notification_day_count(c, m->user.email, m->topic, c->now / DAYS(1), &sent_n));
	m->is_over_limit = sent_n >= MAX_NOTIFY_MAILS_A_DAY;
	m->is_sent = !m->is_over_limit;
	return OK;
}

/* Nobody and nowhere are no errors: then nothing is mailed. */
static enum err find_way(struct ctx *c, struct notify_mail *m, struct channel_account *from)
{
	bool may;
	enum err e = check_reader(c, m, &may);
	if (e == OK && may)
		e = sender(c, m->ticket_id, from);
	if (e == ERR_NOT_FOUND)
		fail_clear(c); /* its ticket was purged, or there is no address of ours */
	else
		TRY(e);
	TRY(desk_relay(c, &m->relay));
	m->is_hopeless = e != OK || !may || !m->relay.is_configured;
	return OK;
}

enum err desk_notify_mail(struct ctx *c, const struct job *job, struct notify_mail *out)
{
	struct notify_mail m = {.ticket_id = job->about_id};
	struct channel_account from;
	int64_t last_at, quiet_until;
	check(num_parse_id(job->body, &m.user_id));
	TRY(notification_list_to_mail(c, m.user_id, m.ticket_id, MAX_NOTIFIED_IN_MAIL, &m.rows, &m.row_n));
	desk_notification_names(c, m.rows, m.row_n);
	TRY(notification_last_mail(c, m.user_id, m.ticket_id, &last_at));
	TRY(desk_quiet_until(c, m.user_id, &quiet_until));
	int64_t earliest = last_at + NOTIFY_MAIL_PAUSE_MS > quiet_until ? last_at + NOTIFY_MAIL_PAUSE_MS : quiet_until;
	bool is_early = earliest > c->now;
	if (m.row_n > 0 && is_early)
		m.again_at = earliest;
	if (m.row_n > 0 && !is_early)
		TRY(find_way(c, &m, &from));
	if (m.row_n > 0 && !is_early && !m.is_hopeless)
		TRY(fill(c, &from, &m));
	*out = m;
	return OK;
}

/* With the ticket locked, as who tells somebody of it has it: what is told meanwhile counts on this job, or is seen by it. */
enum err desk_notify_mail_done(struct ctx *c, const struct notify_mail *m, int64_t *next_at_out)
{
	int64_t n;
	bool is_more;
	TRY(object_lock(c, m->ticket_id));
	if (m->is_hopeless)
		TRY(notification_keep_from_mail(c, m->user_id, m->ticket_id));
	if (m->is_sent || m->is_over_limit)
		TRY(notification_set_mailed(c, m->user_id, m->ticket_id, m->rows[m->row_n - 1].id));
	if (m->is_sent)
		TRY(notification_day_add(c, m->user.email, m->topic, c->now / DAYS(1), &n));
	TRY(notification_is_to_mail(c, m->user_id, m->ticket_id, &is_more));
	*next_at_out = m->again_at != 0 ? m->again_at : is_more ? c->now + NOTIFY_MAIL_PAUSE_MS : 0;
	return OK;
}
