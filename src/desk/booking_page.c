/* Booking pages as agents make them, and as customers find them. */

#include "desk/booking_int.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/num.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/env.h"
#include "store/team.h"
#include "text/json_read.h"
#include "text/person_name.h"

enum { MAX_SLUG_TRIES = 50, SLUG_SUFFIX_BYTES = 6, TICKET_MAC_BYTES = 16, MAX_LENGTHS_BYTES = 100 };

struct str booking_user_name(struct ctx *c, const struct user *u)
{
	struct str name = person_name(c->a, u->first_name, u->last_name);
	return name.n ? name : u->email;
}

enum err booking_host_name(struct ctx *c, const struct booking_page *p, struct str *out)
{
	struct team team;
	struct user user;
	enum err e = p->team_id ? team_load(c, p->team_id, &team) : user_load(c, p->user_id, &user);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*out = STR("");
		return OK;
	}
	TRY(e);
	*out = p->team_id ? team.name : booking_user_name(c, &user);
	return OK;
}

/* Addresses ---------------------------------------------------------------------------------------------------------------- */

static struct str ticket_mac(struct ctx *c, int64_t ticket_id)
{
	struct str purpose = str_fmt(c->a, "booking-ticket:%lld", (long long)ticket_id);
	return str_head(crypt_mac(c->a, c->env->sign_key, purpose), TICKET_MAC_BYTES);
}

struct str booking_ticket_token(struct ctx *c, int64_t ticket_id)
{
	return str_fmt(c->a, "%lld." STR_FMT, (long long)ticket_id, STR_ARG(crypt_base64url(c->a, ticket_mac(c, ticket_id))));
}

int64_t booking_ticket_of_token(struct ctx *c, struct str token)
{
	int64_t id;
	struct str mac, rest = token, number = str_cut(&rest, STR("."));
	bool is_good = num_parse_id(number, &id) && crypt_from_base64url(c->a, rest, &mac) && crypt_equal(mac, ticket_mac(c, id));
	return is_good ? id : 0;
}

static struct str url_of(struct ctx *c, const struct booking_page *p, int64_t ticket_id)
{
	struct str url = str_fmt(c->a, STR_FMT "/meet/" STR_FMT, STR_ARG(c->env->public_url), STR_ARG(p->slug));
	return ticket_id ? str_fmt(c->a, STR_FMT "?t=" STR_FMT, STR_ARG(url), STR_ARG(booking_ticket_token(c, ticket_id))) : url;
}

/* Rights ------------------------------------------------------------------------------------------------------------------- */

static enum err is_in_team(struct ctx *c, int64_t team_id, bool *out)
{
	struct team_member *mine;
	size_t n;
	TRY(team_member_list(c, c->who.user_id, c->who.user_id, &mine, &n));
	*out = false;
	for (size_t i = 0; i < n; i++)
		*out |= mine[i].team_id == team_id;
	return OK;
}

enum err booking_page_rights(struct ctx *c, const struct booking_page *p, bool *may_see, bool *may_edit)
{
	bool is_mate = false, is_own = p->team_id == 0 && p->user_id == c->who.user_id && c->who.user_id != 0;
	if (p->team_id != 0 && c->who.user_id != 0)
		TRY(is_in_team(c, p->team_id, &is_mate));
	*may_edit = desk_may(c, CAN_ADMINISTER, NULL) || (is_own && desk_may(c, CAN_CUSTOMISE, NULL));
	*may_see = *may_edit || is_own || is_mate;
	return OK;
}

static enum err see(struct ctx *c, const struct booking_page *p, int64_t ticket_id, struct booking_page_view *out, bool *may_see)
{
	struct booking_page_view v = {.page = *p, .url = url_of(c, p, ticket_id)};
	TRY(booking_page_rights(c, p, may_see, &v.may_edit));
	if (*may_see)
		TRY(booking_host_name(c, p, &v.host_name));
	*out = v;
	return OK;
}

enum err desk_booking_page_list(struct ctx *c, int64_t ticket_id, struct booking_page_view **out, size_t *n_out)
{
	struct booking_page *pages;
	size_t n, kept = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (ticket_id != 0)
		TRY(desk_can_ticket(c, CAN_VIEW, ticket_id));
	TRY(booking_page_list(c, &pages, &n));
	struct booking_page_view *views = NEW_ARRAY(c->a, n, struct booking_page_view);
	for (size_t i = 0; i < n; i++) {
		bool may_see;
		TRY(see(c, &pages[i], ticket_id, &views[kept], &may_see));
		kept += may_see;
	}
	*out = views;
	*n_out = kept;
	return OK;
}

static enum err load(struct ctx *c, int64_t id, bool is_archived, int64_t ticket_id, struct booking_page_view *out)
{
	struct booking_page p;
	bool may_see;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(booking_page_load(c, id, &p));
	TRY(see(c, &p, ticket_id, out, &may_see));
	if (!may_see || (p.archived_at != 0) != is_archived)
		return fail(c, ERR_NOT_FOUND, "There is no such booking page.");
	return OK;
}

enum err desk_booking_page_load(struct ctx *c, int64_t id, int64_t ticket_id, struct booking_page_view *out)
{
	if (ticket_id != 0)
		TRY(desk_can_ticket(c, CAN_VIEW, ticket_id));
	return load(c, id, false, ticket_id, out);
}

static enum err load_to_edit(struct ctx *c, int64_t id, bool is_archived, struct booking_page_view *out)
{
	TRY(booking_lock(c));
	TRY(load(c, id, is_archived, 0, out));
	return out->may_edit ? OK : fail(c, ERR_NOT_ALLOWED, "A team's booking page is changed by administrators.");
}

/* Values ------------------------------------------------------------------------------------------------------------------- */

static enum err put_text(struct ctx *c, const char *field, struct str value, size_t max, struct str *to)
{
	if (str_is_null(value))
		return OK;
	value = str_trim(value);
	if (value.n > max || !utf8_is_valid(value))
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "%s takes at most %zu bytes of text.", field, max);
	*to = value;
	return OK;
}

static enum err put_number(struct ctx *c, const char *field, const int64_t *value, int64_t max, int64_t *to)
{
	if (value == NULL)
		return OK;
	if (*value < 0 || *value > max)
		return fail_field(c, str_c(field), STR("INVALID_INTEGER"), "%s is a number from 0 to %lld.", field, (long long)max);
	*to = *value;
	return OK;
}

static int by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return a < b ? -1 : a > b;
}

static enum err put_lengths(struct ctx *c, struct str value, struct str *to)
{
	json_t *list;
	int64_t minutes[MAX_BOOKING_LENGTHS];
	if (str_is_null(value))
		return OK;
	TRY(json_parse(c, value, &list));
	size_t n = json_array_size(list);
	bool is_good = json_is_array(list) && n > 0 && n <= MAX_BOOKING_LENGTHS;
	for (size_t i = 0; i < n && is_good; i++) {
		minutes[i] = json_integer_value(json_array_get(list, i));
		is_good = minutes[i] >= MIN_BOOKING_MINUTES && minutes[i] <= MAX_BOOKING_MINUTES && minutes[i] % MIN_BOOKING_MINUTES == 0;
	}
	if (!is_good)
		return fail_field(c, STR("lengths"), STR("INVALID_LIST"), "lengths are 1 to %d numbers of minutes, from %d to %d, in steps of %d.",
		                  MAX_BOOKING_LENGTHS, MIN_BOOKING_MINUTES, MAX_BOOKING_MINUTES, MIN_BOOKING_MINUTES);
	qsort(minutes, n, sizeof(minutes[0]), by_number);
	struct buf b;
	buf_init(&b, c->a, MAX_LENGTHS_BYTES);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || minutes[i] != minutes[i - 1])
			buf_fmt(&b, "%c%lld", i == 0 ? '[' : ',', (long long)minutes[i]);
	buf_lit(&b, "]");
	*to = buf_str(&b);
	return OK;
}

/* Small letters, digits and single hyphens between them. */
static struct str slug_of(struct ctx *c, struct str text)
{
	char *slug = arena_alloc(c->a, MAX_BOOKING_SLUG_BYTES + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n && n < MAX_BOOKING_SLUG_BYTES - SLUG_SUFFIX_BYTES; i++) {
		char byte = text.p[i];
		char low = byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
		if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9'))
			slug[n++] = low;
		else if (n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	}
	while (n > 0 && slug[n - 1] == '-')
		n--;
	return (struct str){slug, n};
}

static enum err is_taken(struct ctx *c, struct str slug, int64_t own_id, bool *out)
{
	struct booking_page other;
	enum err e = booking_page_by_slug(c, slug, &other);
	*out = e == OK && other.id != own_id;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err check_slug(struct ctx *c, struct str slug, int64_t own_id)
{
	bool taken, is_good = slug.n > 0 && slug.n <= MAX_BOOKING_SLUG_BYTES && slug.p[0] != '-' && slug.p[slug.n - 1] != '-';
	for (size_t i = 0; i < slug.n; i++)
		is_good &= (slug.p[i] >= 'a' && slug.p[i] <= 'z') || (slug.p[i] >= '0' && slug.p[i] <= '9') || slug.p[i] == '-';
	if (!is_good)
		return fail_field(c, STR("slug"), STR("INVALID_OPTION"), "An address has small letters, digits and hyphens between them, at most %d.",
		                  MAX_BOOKING_SLUG_BYTES);
	TRY(is_taken(c, slug, own_id, &taken));
	return taken ? fail_field(c, STR("slug"), STR("ALREADY_EXISTS"), "Another booking page has this address.") : OK;
}

/* Of the title; with chance behind it where that says nothing or is taken. */
static enum err make_slug(struct ctx *c, struct booking_page *p)
{
	struct str base = slug_of(c, p->title);
	bool taken = base.n == 0;
	p->slug = base;
	if (!taken)
		TRY(is_taken(c, base, p->id, &taken));
	for (int i = 2; taken && i < MAX_SLUG_TRIES; i++) {
		p->slug = str_fmt(c->a, STR_FMT "-%d", STR_ARG(base.n ? base : STR("meeting")), i);
		TRY(is_taken(c, p->slug, p->id, &taken));
	}
	return taken ? fail_field(c, STR("slug"), STR("REQUIRED_FIELD"), "Give the page an address.") : OK;
}

static enum err take(struct ctx *c, const struct booking_page_in *in, struct booking_page *p)
{
	TRY(put_text(c, "title", in->title, 4 * MAX_BOOKING_TITLE_CHARS, &p->title));
	if (p->title.n == 0 || utf8_count(p->title) > MAX_BOOKING_TITLE_CHARS)
		return fail_field(c, STR("title"), STR("INVALID_LENGTH"), "A booking page has a title of at most %d characters.",
		                  MAX_BOOKING_TITLE_CHARS);
	TRY(put_text(c, "description", in->description, MAX_BOOKING_TEXT_BYTES, &p->description));
	TRY(put_text(c, "confirmation", in->confirmation, MAX_BOOKING_TEXT_BYTES, &p->confirmation));
	TRY(put_text(c, "location", in->location, MAX_BOOKING_LOCATION_BYTES, &p->location));
	TRY(put_lengths(c, in->lengths, &p->lengths));
	TRY(put_number(c, "bufferBefore", in->buffer_before, MAX_BOOKING_BUFFER_MINUTES, &p->buffer_before));
	TRY(put_number(c, "bufferAfter", in->buffer_after, MAX_BOOKING_BUFFER_MINUTES, &p->buffer_after));
	TRY(put_number(c, "noticeMinutes", in->notice_minutes, MAX_BOOKING_NOTICE_MINUTES, &p->notice_minutes));
	TRY(put_number(c, "aheadDays", in->ahead_days, MAX_BOOKING_AHEAD_DAYS, &p->ahead_days));
	TRY(put_number(c, "maxPerDay", in->max_per_day, MAX_BOOKINGS_PER_DAY, &p->max_per_day));
	if (p->ahead_days == 0)
		return fail_field(c, STR("aheadDays"), STR("INVALID_INTEGER"), "A page offers times for at least one day ahead.");
	if (in->is_active)
		p->is_active = *in->is_active;
	if (str_is_null(in->slug))
		return p->slug.n ? OK : make_slug(c, p);
	p->slug = str_trim(in->slug);
	return check_slug(c, p->slug, p->id);
}

static enum err keep(struct ctx *c, struct booking_page_view *v)
{
	v->url = url_of(c, &v->page, 0);
	TRY(booking_host_name(c, &v->page, &v->host_name));
	return bus_emit(c, EV_BOOKING_CHANGED, &(struct event_about){.about_id = v->page.id});
}

static enum err check_owner(struct ctx *c, int64_t team_id)
{
	struct team team;
	TRY(desk_can(c, CAN_CUSTOMISE, NULL));
	if (c->who.user_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Only users have booking pages.");
	if (team_id == 0)
		return OK;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	enum err e = team_load(c, team_id, &team);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("teamId"), STR("INVALID_TEAM_ID"), "There is no such team.");
}

enum err desk_booking_page_create(struct ctx *c, const struct booking_page_in *in, struct booking_page_view *out)
{
	int64_t n;
	TRY(check_owner(c, in->team_id));
	TRY(booking_lock(c));
	TRY(booking_page_count(c, &n));
	if (n >= MAX_BOOKING_PAGES)
		return fail(c, ERR_CONFLICT, "A desk has at most %d booking pages.", MAX_BOOKING_PAGES);
	*out = (struct booking_page_view){
		.page = {
			.slug = STR(""), .title = STR(""), .description = STR(""), .lengths = STR("[30]"), .location = STR(""),
			.confirmation = STR(""), .notice_minutes = 240, .ahead_days = 30, .is_active = true,
			.user_id = c->who.user_id, .team_id = in->team_id,
		},
		.may_edit = true,
	};
	TRY(take(c, in, &out->page));
	TRY(booking_page_insert(c, &out->page));
	return keep(c, out);
}

enum err desk_booking_page_update(struct ctx *c, int64_t id, const struct booking_page_in *in, struct booking_page_view *out)
{
	TRY(load_to_edit(c, id, false, out));
	TRY(take(c, in, &out->page));
	TRY(booking_page_update(c, &out->page));
	return keep(c, out);
}

enum err desk_booking_page_archive(struct ctx *c, int64_t id)
{
	struct booking_page_view v;
	TRY(load_to_edit(c, id, false, &v));
	v.page.archived_at = c->now;
	TRY(booking_page_update(c, &v.page));
	return keep(c, &v);
}

enum err desk_booking_page_restore(struct ctx *c, int64_t id, struct booking_page_view *out)
{
	TRY(load_to_edit(c, id, true, out));
	out->page.archived_at = 0;
	TRY(booking_page_update(c, &out->page));
	return keep(c, out);
}

/* For customers ------------------------------------------------------------------------------------------------------------ */

enum err desk_booking_offer(struct ctx *c, struct str slug, struct booking_offer *out)
{
	struct booking_host *hosts;
	size_t n;
	struct booking_page p;
	TRY(booking_page_by_slug(c, slug, &p));
	TRY(booking_hosts(c, &p, c->now, c->now, &hosts, &n));
	if (p.archived_at != 0 || !p.is_active || n == 0)
		return fail(c, ERR_EXPIRED, "This page takes no bookings.");
	*out = (struct booking_offer){.page = p, .time_zone = hosts[0].availability.time_zone};
	return booking_host_name(c, &p, &out->host_name);
}
