#include "desk/availability.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "bus/event.h"
#include "desk/account.h"
#include "desk/can.h"
#include "desk/setting.h"
#include "desk/user.h"
#include "store/booking_page.h"
#include "store/setting.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_HOURS_BYTES = 8192 };

static const struct business_span usual_week[] = {
	{0, 9 * 60, 17 * 60}, {1, 9 * 60, 17 * 60}, {2, 9 * 60, 17 * 60}, {3, 9 * 60, 17 * 60}, {4, 9 * 60, 17 * 60},
};

struct str day_text(struct ctx *c, int64_t day)
{
	return str_head(time_iso(c->a, DAYS(day)), sizeof("2026-12-24") - 1);
}

/* Reading --------------------------------------------------------------------------------------------------------------- */

static int by_weekday(const void *x, const void *y)
{
	const struct business_span *a = x, *b = y;
	int64_t order = a->weekday != b->weekday ? a->weekday - b->weekday : a->from_minute - b->from_minute;
	return order < 0 ? -1 : order > 0;
}

static int by_day(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return a < b ? -1 : a > b;
}

static enum err read_hours(struct ctx *c, struct str text, struct availability *a)
{
	json_t *list;
	struct business_span *spans;
	TRY(json_parse(c, text, &list));
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > MAX_BUSINESS_SPANS)
		return fail_field(c, STR("hours"), STR("INVALID_LIST"), "hours is a list of at most %d.", MAX_BUSINESS_SPANS);
	spans = NEW_ARRAY(c->a, n, struct business_span);
	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(list, i);
		spans[i] = (struct business_span){json_get_int(one, "weekday", -1), json_get_int(one, "fromMinute", -1),
		                                  json_get_int(one, "toMinute", -1)};
	}
	qsort(spans, n, sizeof(spans[0]), by_weekday);
	if (!business_spans_are_good(spans, n))
		return fail_field(c, STR("hours"), STR("INVALID_OPTION"),
		                  "Each of the hours has a weekday (0 is Monday) and ends after it begins; those of a day do not overlap.");
	a->spans = spans;
	a->span_n = n;
	return OK;
}

static enum err read_days(struct ctx *c, struct str text, struct availability *a)
{
	json_t *list;
	int64_t *days, at;
	TRY(json_parse(c, text, &list));
	size_t n = json_array_size(list), kept = 0;
	if (!json_is_array(list) || n > MAX_DAYS_OFF)
		return fail_field(c, STR("daysOff"), STR("INVALID_LIST"), "daysOff is a list of at most %d days.", MAX_DAYS_OFF);
	days = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++) {
		struct str day = json_text(json_array_get(list, i));
		if (day.n != sizeof("2026-12-24") - 1 || !time_parse(day, &at))
			return fail_field(c, STR("daysOff"), STR("INVALID_DATE"), "A day off is a date: 2026-12-24.");
		days[i] = at / DAYS(1) - (at % DAYS(1) < 0);
	}
	qsort(days, n, sizeof(days[0]), by_day);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || days[kept - 1] != days[i])
			days[kept++] = days[i];
	a->days_off = days;
	a->day_n = kept;
	return OK;
}

static enum err usual(struct ctx *c, int64_t user_id, struct availability *out)
{
	struct str zone;
	TRY(setting_load(c, SETTING_TIME_ZONE, &zone));
	*out = (struct availability){
		.user_id = user_id,
		.time_zone = str_is_null(zone) ? STR("UTC") : zone,
		.spans = usual_week,
		.span_n = sizeof(usual_week) / sizeof(usual_week[0]),
		.is_default = true,
	};
	return OK;
}

enum err availability_of(struct ctx *c, int64_t user_id, struct availability *out)
{
	struct availability_row row;
	enum err e = availability_load(c, user_id, &row);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return usual(c, user_id, out);
	}
	TRY(e);
	*out = (struct availability){.user_id = user_id, .time_zone = row.time_zone};
	TRY(read_hours(c, row.hours, out));
	return read_days(c, row.days_off, out);
}

bool availability_hours(struct ctx *c, const struct availability *a, struct zone *zone, struct business_hours *out)
{
	*out = (struct business_hours){
		.zone = zone, .spans = a->spans, .span_n = a->span_n, .holidays = a->days_off, .holiday_n = a->day_n};
	return zone_load(c->a, a->time_zone, zone);
}

/* Writing --------------------------------------------------------------------------------------------------------------- */

static struct str hours_json(struct ctx *c, const struct availability *a)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_HOURS_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < a->span_n; i++) {
		json_object_begin(&j);
		json_add_int(&j, "weekday", a->spans[i].weekday);
		json_add_int(&j, "fromMinute", a->spans[i].from_minute);
		json_add_int(&j, "toMinute", a->spans[i].to_minute);
		json_object_end(&j);
	}
	json_array_end(&j);
	return buf_str(&b);
}

static struct str days_json(struct ctx *c, const struct availability *a)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_HOURS_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < a->day_n; i++)
		json_str(&j, day_text(c, a->days_off[i]));
	json_array_end(&j);
	return buf_str(&b);
}

static enum err whose(struct ctx *c, int64_t *user_id)
{
	struct user u;
	if (*user_id == 0 || *user_id == c->who.user_id) {
		*user_id = c->who.user_id;
		return *user_id ? OK : fail(c, ERR_NOT_ALLOWED, "Only users have working hours.");
	}
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return desk_user_load(c, *user_id, &u);
}

enum err desk_availability(struct ctx *c, int64_t user_id, struct availability *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(whose(c, &user_id));
	return availability_of(c, user_id, out);
}

static enum err take(struct ctx *c, const struct availability_in *in, struct availability *a)
{
	struct zone zone;
	if (!str_is_null(in->time_zone)) {
		if (!zone_load(c->a, in->time_zone, &zone))
			return fail_field(c, STR("timeZone"), STR("INVALID_OPTION"), "This time zone is not known.");
		a->time_zone = in->time_zone;
	}
	if (!str_is_null(in->hours))
		TRY(read_hours(c, in->hours, a));
	if (!str_is_null(in->days_off))
		TRY(read_days(c, in->days_off, a));
	return OK;
}

enum err desk_availability_set(struct ctx *c, int64_t user_id, const struct availability_in *in, struct availability *out)
{
	TRY(desk_can(c, CAN_CUSTOMISE, NULL));
	TRY(whose(c, &user_id));
	TRY(booking_lock(c));
	TRY(availability_of(c, user_id, out));
	TRY(take(c, in, out));
	out->is_default = false;
	const struct availability_row row = {user_id, out->time_zone, hours_json(c, out), days_json(c, out), c->now};
	TRY(availability_put(c, &row));
	return bus_emit(c, EV_BOOKING_CHANGED, &(struct event_about){.about_id = user_id});
}
