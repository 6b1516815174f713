/* The visitor's cookie names his visit to one link, in a column that holds its hash. A visit is made by the first thing that counts, so a
 * page that is only asked for leaves nothing behind. */

#include "desk/share_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "bus/event.h"
#include "desk/library.h"
#include "desk/notify.h"
#include "store/session.h"
#include "text/mail_addr.h"

enum { VISIT_PAUSE_MINUTES = 60, KEY_CHARS = 24, TOLD_MINUTES = 60 };

/* A key is as long as we make them: anything else is nobody's. */
static struct str key_hash(struct ctx *c, struct str visitor)
{
	return visitor.n == KEY_CHARS ? crypt_hash_hex(c->a, visitor) : STR_NULL;
}

struct str share_visitor_key(struct ctx *c)
{
	return rand_token(c->a, SHARE_TOKEN_BYTES);
}

/* The visit of this visitor that still goes on; id 0: none. */
static enum err find_visit(struct ctx *c, int64_t link_id, struct str visitor, struct share_visit *out)
{
	struct share_visit v;
	struct str hash = key_hash(c, visitor);
	*out = (struct share_visit){0};
	if (hash.n == 0)
		return OK;
	enum err e = share_visit_by_key(c, link_id, hash, &v);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (v.last_at > c->now - MINUTES(VISIT_PAUSE_MINUTES))
		*out = v;
	return OK;
}

static enum share_state state_of(const struct ctx *c, const struct shared *s, const struct library_item *item)
{
	if (s->link.revoked_at != 0)
		return SHARE_REVOKED;
	if (!share_is_open(c, &s->link))
		return SHARE_EXPIRED;
	if (item->archived_at != 0)
		return SHARE_GONE;
	return s->link.asks_email && s->visit.email.n == 0 ? SHARE_ASKS_EMAIL : SHARE_OPEN;
}

enum err desk_shared(struct ctx *c, struct str kind, struct str token, struct str visitor, struct shared *out)
{
	struct library_item item;
	struct shared s = {0};
	TRY(share_link_by_token(c, share_token_hash(c, token), &s.link));
	if (!str_eq(s.link.kind, kind))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(library_item_load(c, s.link.item_id, &item));
	TRY(find_visit(c, s.link.id, visitor, &s.visit));
	s.state = state_of(c, &s, &item);
	s.name = s.state == SHARE_OPEN ? item.name : STR_NULL;
	*out = s;
	return OK;
}

/* One that is open for this visitor, with its link locked. */
static enum err open_one(struct ctx *c, struct str kind, struct str token, struct str visitor, struct shared *out)
{
	TRY(desk_shared(c, kind, token, visitor, out));
	if (out->state != SHARE_OPEN)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(share_link_lock(c, out->link.id));
	return desk_shared(c, kind, token, visitor, out);
}

/* Visits ------------------------------------------------------------------------------------------------------------ */

static enum err tell(struct ctx *c, struct share_link *l, struct str visitor_email)
{
	if (l->told_at > c->now - MINUTES(TOLD_MINUTES))
		return OK;
	l->told_at = c->now;
	return notify_shared(c, l->user_id, l->item_id, visitor_email.n ? visitor_email : l->email);
}

/* A visit begins; where the cookie is that of one whose time is over, that one lets go of it. */
static enum err begin_visit(struct ctx *c, struct share_link *l, struct str visitor, struct str email, struct share_visit *out)
{
	int64_t n;
	struct share_visit v = {.link_id = l->id, .item_id = l->item_id, .key_hash = key_hash(c, visitor), .email = email};
	TRY(share_visit_release(c, l->id, v.key_hash));
	TRY(share_visit_count(c, l->id, &n));
	if (n >= MAX_SHARE_VISITS)
		TRY(share_visit_remove_oldest(c, l->id));
	TRY(share_visit_insert(c, &v));
	l->visit_n++;
	l->last_visit_at = c->now;
	TRY(tell(c, l, email));
	TRY(share_link_update(c, l));
	*out = v;
	return bus_emit(c, EV_SHARE_CHANGED, &(struct event_about){.about_id = l->item_id});
}

/* Reports may not claim more than the time since the last one, nor pages that are not there. */
static enum err add_pages(struct ctx *c, struct share_visit *v, const struct share_seen *seen, size_t n, int64_t max_page)
{
	int64_t left = c->now - v->last_at + SHARE_SLACK_MS;
	for (size_t i = 0; i < n && i < MAX_SHARE_PAGES; i++) {
		int64_t ms = seen[i].visible_ms < MAX_SHARE_REPORT_MS ? seen[i].visible_ms : MAX_SHARE_REPORT_MS;
		ms = ms < left ? ms : left;
		if (ms <= 0 || seen[i].page < 1 || seen[i].page > max_page || seen[i].page > MAX_SHARE_PAGES)
			continue;
		left -= ms;
		v->visible_ms += ms;
		TRY(share_visit_page_add(c, v->id, seen[i].page, ms));
	}
	return OK;
}

enum err desk_shared_saw(struct ctx *c, struct str kind, struct str token, struct str visitor, const struct share_seen *seen, size_t n,
                         int64_t max_page)
{
	struct shared s;
	TRY(open_one(c, kind, token, visitor, &s));
	if (visitor.n != KEY_CHARS)
		return OK;
	if (s.visit.id == 0)
		TRY(begin_visit(c, &s.link, visitor, STR_NULL, &s.visit));
	TRY(add_pages(c, &s.visit, seen, n, max_page));
	return share_visit_update(c, &s.visit);
}

enum err desk_shared_took(struct ctx *c, struct str kind, struct str token, struct str visitor)
{
	struct shared s;
	TRY(open_one(c, kind, token, visitor, &s));
	if (!s.link.may_download)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	if (visitor.n != KEY_CHARS)
		return OK;
	if (s.visit.id == 0)
		TRY(begin_visit(c, &s.link, visitor, STR_NULL, &s.visit));
	s.visit.download_n++;
	return share_visit_update(c, &s.visit);
}

/* The gate ---------------------------------------------------------------------------------------------------------- */

struct entering {
	struct str kind, token, visitor, email;
	enum err answer; /* the transaction that counts a failure is kept */
};

/* In constant time, whatever the lengths are. */
static bool is_same(struct ctx *c, struct str x, struct str y)
{
	return crypt_equal(crypt_hash_hex(c->a, x), crypt_hash_hex(c->a, y));
}

static enum err enter(struct ctx *c, void *arg)
{
	struct entering *w = arg;
	struct shared s;
	struct throttle t;
	TRY(desk_shared(c, w->kind, w->token, w->visitor, &s));
	if (s.state != SHARE_ASKS_EMAIL)
		return s.state == SHARE_OPEN ? OK : fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(share_link_lock(c, s.link.id));
	TRY(desk_shared(c, w->kind, w->token, w->visitor, &s));
	struct str subject = str_fmt(c->a, "share %lld", (long long)s.link.id);
	TRY(throttle_load(c, subject, &t));
	if (t.failure_n >= MAX_GATE_FAILURES && t.window_ends_at > c->now) {
		w->answer = ERR_TOO_MANY;
		return OK;
	}
	if (s.link.email.n > 0 && !is_same(c, s.link.email, w->email)) {
		w->answer = ERR_BAD_INPUT;
		return throttle_add(c, subject, MINUTES(TOLD_MINUTES));
	}
	return begin_visit(c, &s.link, w->visitor, w->email, &s.visit);
}

enum err desk_shared_enter(struct ctx *c, struct str kind, struct str token, struct str visitor, struct str email)
{
	struct entering w = {kind, token, visitor, str_lower(c->a, str_trim(email)), OK};
	if (visitor.n != KEY_CHARS || !mail_addr_is_sendable(w.email))
		return fail(c, ERR_BAD_INPUT, "This is no email address.");
	TRY(c->run->write(c->run->self, c, enter, &w));
	if (w.answer == ERR_TOO_MANY)
		return fail(c, ERR_TOO_MANY, "Too many addresses were tried.");
	return w.answer == OK ? OK : fail(c, w.answer, "The link is for another address.");
}
