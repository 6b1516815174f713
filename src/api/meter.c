#include "api/meter.h"

#include <pthread.h>
#include <string.h>

#include "api/call.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "desk/account.h"
#include "desk/kept_answer.h"

enum { WINDOW_SECONDS = 10, CALLER_CHARS = 24 };

/* One token. */
struct gauge {
	char caller[CALLER_CHARS];
	size_t caller_n;
	int64_t second;                 /* of the newest slot */
	int64_t slots[WINDOW_SECONDS];  /* calls by second, modulo */
	int64_t day;                    /* since 1970, in the account's time zone */
	int64_t day_n;
	int64_t pending_n;              /* of that day, not yet in the database */
	int64_t old_day, old_pending_n; /* of the day before */
	bool is_loaded;                 /* day_n has what was counted before */
};

struct meter {
	struct meter_limits limits;
	pthread_mutex_t lock;
	int64_t offset_ms; /* of the account's time zone */
	struct gauge *gauges;
	size_t n;
	int64_t search_second;
	int64_t search_n;
};

struct meter *meter_open(struct arena *a, const struct meter_limits *limits)
{
	struct meter *m = NEW(a, struct meter);
	m->limits = *limits;
	m->gauges = NEW_ARRAY(a, MAX_METERED, struct gauge);
	pthread_mutex_init(&m->lock, NULL);
	return m;
}

void meter_close(struct meter *m)
{
	pthread_mutex_destroy(&m->lock);
}

static bool has_pending(const struct gauge *g)
{
	return g->pending_n > 0 || g->old_pending_n > 0;
}

/* Where a new one may go: a fresh place, or that of the one that was idle longest. NULL: all have something to be kept. */
static struct gauge *make_room(struct meter *m)
{
	struct gauge *oldest = NULL;
	if (m->n < MAX_METERED)
		return &m->gauges[m->n++];
	for (size_t i = 0; i < m->n; i++)
		if (!has_pending(&m->gauges[i]) && (oldest == NULL || m->gauges[i].second < oldest->second))
			oldest = &m->gauges[i];
	return oldest;
}

static struct gauge *find(struct meter *m, struct str caller)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->gauges[i].caller_n == caller.n && memcmp(m->gauges[i].caller, caller.p, caller.n) == 0)
			return &m->gauges[i];
	struct gauge *g = make_room(m);
	if (g == NULL)
		return NULL;
	*g = (struct gauge){.caller_n = caller.n};
	check(caller.n < CALLER_CHARS);
	memcpy(g->caller, caller.p, caller.n);
	return g;
}

static int64_t day_of(const struct meter *m, int64_t at)
{
	return (at + m->offset_ms) / DAYS(1);
}

/* Brings the gauge to this time: seconds that have passed are empty, and so is a new day. */
static void advance(const struct meter *m, struct gauge *g, int64_t at)
{
	int64_t second = at / SECONDS(1), day = day_of(m, at);
	for (int64_t s = g->second + 1; s <= second && s <= g->second + WINDOW_SECONDS; s++)
		g->slots[s % WINDOW_SECONDS] = 0;
	g->second = second > g->second ? second : g->second;
	if (day <= g->day)
		return;
	if (g->pending_n > 0) {
		g->old_day = g->day;
		g->old_pending_n = g->pending_n;
	}
	g->day = day;
	g->day_n = g->pending_n = 0;
}

static int64_t sum(const struct gauge *g)
{
	int64_t n = 0;
	for (size_t i = 0; i < WINDOW_SECONDS; i++)
		n += g->slots[i];
	return n;
}

static int64_t resets_at(const struct meter *m, int64_t at)
{
	return (day_of(m, at) + 1) * DAYS(1) - m->offset_ms;
}

enum verdict { IN_ORDER, OVER_TEN_SECONDS, OVER_DAY, OVER_SEARCHES };

static enum verdict judge(struct meter *m, struct gauge *g, bool is_search, int64_t at)
{
	if (m->limits.per_day > 0 && g->day_n >= m->limits.per_day)
		return OVER_DAY;
	if (is_search && m->search_second != at / SECONDS(1)) {
		m->search_second = at / SECONDS(1);
		m->search_n = 0;
	}
	if (is_search && m->limits.searches_per_second > 0 && m->search_n >= m->limits.searches_per_second)
		return OVER_SEARCHES;
	if (!is_search && m->limits.per_ten_seconds > 0 && sum(g) >= m->limits.per_ten_seconds)
		return OVER_TEN_SECONDS;
	return IN_ORDER;
}

static enum verdict count(struct meter *m, struct str caller, bool is_search, int64_t at, struct meter_state *out)
{
	struct gauge *g = find(m, caller);
	if (g == NULL)
		return IN_ORDER;
	advance(m, g, at);
	enum verdict v = judge(m, g, is_search, at);
	if (v == IN_ORDER) {
		m->search_n += is_search;
		g->slots[g->second % WINDOW_SECONDS] += !is_search;
		g->day_n++;
		g->pending_n++;
	}
	out->left_of_ten_seconds = m->limits.per_ten_seconds - sum(g);
	out->left_of_day = m->limits.per_day - g->day_n;
	return v;
}

/* Who is seen for the first time may have called before this program began, or another one. */
static enum err load_day(struct ctx *c, struct meter *m, struct str caller)
{
	int64_t n;
	pthread_mutex_lock(&m->lock);
	struct gauge *g = m->limits.per_day > 0 ? find(m, caller) : NULL;
	bool is_known = g == NULL || g->is_loaded;
	int64_t day = day_of(m, c->now);
	pthread_mutex_unlock(&m->lock);
	if (is_known)
		return OK;
	TRY(desk_calls_of(c, day, caller, &n));
	pthread_mutex_lock(&m->lock);
	g = find(m, caller);
	if (g != NULL && !g->is_loaded) {
		advance(m, g, c->now);
		g->day_n += n;
		g->is_loaded = true;
	}
	pthread_mutex_unlock(&m->lock);
	return OK;
}

enum err meter_count(struct ctx *c, struct meter *m, bool is_search, struct meter_state *out)
{
	static const struct {
		struct str policy;
		const char *sentence;
	} words[] = {
		[OVER_TEN_SECONDS] = {STR("TEN_SECONDLY_ROLLING"), "You have reached your ten_secondly_rolling limit."},
		[OVER_DAY] = {STR("DAILY"), "You have reached your daily limit."},
		[OVER_SEARCHES] = {STR("SECONDLY"), "You have reached your secondly limit."},
	};
	struct str caller = desk_caller(c);
	TRY(load_day(c, m, caller));
	pthread_mutex_lock(&m->lock);
	enum verdict v = count(m, caller, is_search, c->now, out);
	int64_t until = resets_at(m, c->now);
	pthread_mutex_unlock(&m->lock);
	if (v == IN_ORDER)
		return OK;
	c->why.policy = words[v].policy;
	c->why.retry_after_s = v == OVER_DAY ? (until - c->now) / SECONDS(1) + 1 : v == OVER_SEARCHES ? 1 : WINDOW_SECONDS;
	return fail(c, ERR_TOO_MANY, "%s", words[v].sentence);
}

static void header(struct ctx *c, struct res *r, struct str name, int64_t value)
{
	res_header(r, name, str_fmt(c->a, "%lld", (long long)(value > 0 ? value : 0)));
}

void meter_headers(struct ctx *c, const struct meter *m, const struct meter_state *state, struct res *r)
{
	if (m->limits.per_ten_seconds > 0) {
		header(c, r, STR("X-HubSpot-RateLimit-Max"), m->limits.per_ten_seconds);
		header(c, r, STR("X-HubSpot-RateLimit-Remaining"), state->left_of_ten_seconds);
		header(c, r, STR("X-HubSpot-RateLimit-Interval-Milliseconds"), SECONDS(WINDOW_SECONDS));
	}
	if (m->limits.per_day > 0) {
		header(c, r, STR("X-HubSpot-RateLimit-Daily"), m->limits.per_day);
		header(c, r, STR("X-HubSpot-RateLimit-Daily-Remaining"), state->left_of_day);
	}
}

/* Keeping ----------------------------------------------------------------------------------------------------------- */

struct flush {
	struct desk_call_count *counts;
	int64_t *totals;
	size_t n;
	int64_t offset_ms;
};

static enum err keep(struct ctx *c, void *arg)
{
	struct flush *f = arg;
	TRY(desk_account_offset(c, &f->offset_ms));
	return desk_calls_add(c, f->counts, f->n, f->totals);
}

static void collect_one(struct ctx *c, struct flush *f, const struct gauge *g, int64_t day, int64_t n)
{
	if (n == 0)
		return;
	f->counts[f->n++] = (struct desk_call_count){
		.day = day,
		.caller = str_dup(c->a, (struct str){g->caller, g->caller_n}),
		.n = n,
	};
}

static void collect(struct ctx *c, struct meter *m, struct flush *f)
{
	size_t wanted = 0;
	for (size_t i = 0; i < m->n; i++)
		wanted += 2 * has_pending(&m->gauges[i]);
	f->counts = NEW_ARRAY(c->a, wanted + 1, struct desk_call_count);
	f->totals = NEW_ARRAY(c->a, wanted + 1, int64_t);
	for (size_t i = 0; i < m->n; i++) {
		advance(m, &m->gauges[i], c->now);
		collect_one(c, f, &m->gauges[i], m->gauges[i].old_day, m->gauges[i].old_pending_n);
		collect_one(c, f, &m->gauges[i], m->gauges[i].day, m->gauges[i].pending_n);
	}
}

/* What is in the database is no longer pending; the day's count is that of all programs. */
static void settle(struct meter *m, const struct flush *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct gauge *g = find(m, f->counts[i].caller);
		if (g == NULL)
			continue;
		if (g->old_pending_n > 0 && g->old_day == f->counts[i].day) {
			g->old_pending_n -= f->counts[i].n;
		} else if (g->day == f->counts[i].day) {
			g->pending_n -= f->counts[i].n;
			g->day_n = f->totals[i] + g->pending_n;
		}
	}
	m->offset_ms = f->offset_ms;
}

enum err meter_flush(struct ctx *c, struct meter *m)
{
	struct flush f = {0};
	pthread_mutex_lock(&m->lock);
	collect(c, m, &f);
	pthread_mutex_unlock(&m->lock);
	TRY(f.n > 0 ? c->run->write(c->run->self, c, keep, &f) : c->run->read(c->run->self, c, keep, &f));
	pthread_mutex_lock(&m->lock);
	settle(m, &f);
	pthread_mutex_unlock(&m->lock);
	return OK;
}

enum err meter_today(struct ctx *c, struct meter *m, struct meter_today *out)
{
	int64_t kept, pending = 0;
	pthread_mutex_lock(&m->lock);
	int64_t day = day_of(m, c->now), until = resets_at(m, c->now);
	for (size_t i = 0; i < m->n; i++)
		pending += m->gauges[i].day == day ? m->gauges[i].pending_n : 0;
	pthread_mutex_unlock(&m->lock);
	TRY(desk_calls_total(c, day, &kept));
	*out = (struct meter_today){.call_n = kept + pending, .limit = m->limits.per_day, .resets_at = until};
	return OK;
}
