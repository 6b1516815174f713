#include "desk/quiet.h"

#include "base/clock.h"
#include "base/num.h"
#include "base/zone.h"
#include "desk/preference.h"
#include "text/json_read.h"

enum { DAY_MINUTES = 24 * 60 };

/* "07:30"; -1: it is no time of the day. */
static int64_t minute_of(const json_t *value)
{
	struct str rest = json_text(value), hour = str_cut(&rest, STR(":"));
	int64_t h, m;
	bool is_time = hour.n == 2 && rest.n == 2 && num_parse_int(hour, &h) && num_parse_int(rest, &m) && h >= 0 && h < 24 && m >= 0 && m < 60;
	return is_time ? h * 60 + m : -1;
}

/* The minutes from now until a time of the day, 1 to a whole day. */
static int64_t minutes_to(int64_t to, int64_t now)
{
	return (to - now + DAY_MINUTES - 1) % DAY_MINUTES + 1;
}

static int64_t quiet_until(const struct zone *zone, int64_t now, int64_t from, int64_t to)
{
	int64_t wall = zone_wall(zone, now), minute = (wall % DAYS(1) + DAYS(1)) % DAYS(1) / MINUTES(1);
	/* quiet, when its end comes sooner than its begin */
	if (from == to || minutes_to(to, minute) > minutes_to(from, minute))
		return 0;
	return zone_of_wall(zone, wall - wall % MINUTES(1) + MINUTES(minutes_to(to, minute)));
}

enum err desk_quiet_until(struct ctx *c, int64_t user_id, int64_t *until_out)
{
	json_t *own;
	struct zone zone;
	*until_out = 0;
	TRY(desk_preference_of(c, user_id, "quietHours", &own));
	int64_t from = minute_of(json_object_get(own, "from")), to = minute_of(json_object_get(own, "to"));
	if (json_is_true(json_object_get(own, "isOn")) && from >= 0 && to >= 0 && zone_load(c->a, json_text(json_object_get(own, "timeZone")), &zone))
		*until_out = quiet_until(&zone, c->now, from, to);
	return OK;
}
