#include "desk/sweep.h"

#include "base/clock.h"
#include "bus/event.h"
#include "desk/account.h"
#include "desk/act.h"
#include "desk/blocked.h"
#include "desk/bulk.h"
#include "desk/file.h"
#include "desk/kept_answer.h"
#include "desk/list.h"
#include "desk/notification.h"
#include "desk/restore.h"
#include "desk/oauth.h"
#include "desk/share_link.h"
#include "desk/webhook_send.h"
#include "store/invitation.h"
#include "store/session.h"
#include "store/ticket_act.h"

enum { ACTS_AT_ONCE = 500 };

struct sweep_work {
	struct job *job;
	int64_t removed;
};

static enum err sweep_events(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return bus_sweep(c, c->now - DAYS(EVENT_DAYS), EVENTS_AT_ONCE, &w->removed);
}

static enum err sweep_files(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return desk_file_sweep(c, &w->removed);
}

static enum err sweep_webhooks(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return desk_webhook_sweep(c, &w->removed);
}

static enum err sweep_answers(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return desk_kept_answer_sweep(c, &w->removed);
}

static enum err sweep_acts(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return ticket_act_sweep(c, c->now - DAYS((int64_t)ACT_DAYS), ACTS_AT_ONCE, &w->removed);
}

static enum err sweep_bulks(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return desk_bulk_sweep(c, &w->removed);
}

static enum err sweep_visits(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	return desk_share_sweep(c, &w->removed);
}

static enum err sweep_sign_ins(struct ctx *c, void *arg)
{
	struct sweep_work *w = arg;
	TRY(session_sweep(c));
	TRY(throttle_sweep(c));
	TRY(invitation_sweep(c));
	TRY(desk_calls_sweep(c));
	TRY(list_sweep(c, c->now - DAYS(LIST_DAYS)));
	TRY(desk_oauth_sweep(c));
	TRY(desk_notification_sweep(c));
	return job_again_at(c, w->job, c->now + MINUTES(SWEEP_MINUTES), STR_NULL);
}

static enum err run_sweep(struct ctx *c, struct job *job)
{
	struct sweep_work w = {.job = job};
	do
		TRY(c->run->write(c->run->self, c, sweep_events, &w));
	while (w.removed == EVENTS_AT_ONCE);
	do
		TRY(c->run->write(c->run->self, c, sweep_files, &w));
	while (w.removed == FILES_AT_ONCE);
	do
		TRY(c->run->write(c->run->self, c, sweep_webhooks, &w));
	while (w.removed == DELIVERIES_AT_ONCE);
	do
		TRY(c->run->write(c->run->self, c, sweep_answers, &w));
	while (w.removed == KEPT_AT_ONCE);
	do
		TRY(c->run->write(c->run->self, c, sweep_acts, &w));
	while (w.removed == ACTS_AT_ONCE);
	do
		TRY(c->run->write(c->run->self, c, sweep_bulks, &w));
	while (w.removed > 0);
	do
		TRY(c->run->write(c->run->self, c, sweep_visits, &w));
	while (w.removed == VISITS_AT_ONCE);
	TRY(desk_spam_sweep(c));
	TRY(desk_draft_sweep(c));
	TRY(desk_purge(c));
	return c->run->write(c->run->self, c, sweep_sign_ins, &w);
}

const struct job_kind job_sweep = {
	.kind = "desk.sweep",
	.run = run_sweep,
	.lane = LANE_UPKEEP,
	.tries = 1000000, /* a broken hour does not end it */
	.back_off_ms = MINUTES(1),
};

enum err desk_sweep_schedule(struct ctx *c)
{
	bool is_there;
	TRY(job_hurry(c, &job_sweep, 0, &is_there));
	return is_there ? OK : job_add(c, &job_sweep, 0, STR_NULL, 0);
}
