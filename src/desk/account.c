#include "desk/account.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/preference.h"
#include "desk/setting.h"
#include "store/setting.h"
#include "store/usage.h"
#include "text/phrase.h"

enum { MAX_LANGUAGE_BYTES = 35, MAX_ZONE_BYTES = 64 };

static enum err load(struct ctx *c, struct str name, struct str otherwise, struct str *out)
{
	TRY(setting_load(c, name, out));
	if (str_is_null(*out))
		*out = otherwise;
	return OK;
}

enum err desk_account(struct ctx *c, struct account *out)
{
	struct account a;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(load(c, SETTING_ACCOUNT_NAME, STR("Bellhop"), &a.name));
	TRY(load(c, SETTING_TIME_ZONE, STR("UTC"), &a.time_zone));
	TRY(load(c, SETTING_CURRENCY, STR("EUR"), &a.currency));
	TRY(load(c, SETTING_LANGUAGE, STR("en"), &a.language));
	*out = a;
	return OK;
}

enum err desk_language_of(struct ctx *c, int64_t user_id, struct str *out)
{
	struct str language;
	TRY(desk_preference_language(c, user_id, out));
	if (!str_is_null(*out))
		return OK;
	TRY(load(c, SETTING_LANGUAGE, STR("en"), &language));
	*out = phrase_language(language);
	return OK;
}

static bool is_letters(struct str s, char first, char last)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < first || s.p[i] > last)
			return false;
	return true;
}

/* Letters and digits in parts of 1 to 8 (RFC 5646 section 2.1). */
static bool is_language(struct str s)
{
	for (struct str rest = s; !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR("-"));
		if (part.n == 0 || part.n > 8)
			return false;
		for (size_t i = 0; i < part.n; i++) {
			char low = part.p[i] | 0x20;
			if (!(low >= 'a' && low <= 'z') && !(part.p[i] >= '0' && part.p[i] <= '9'))
				return false;
		}
	}
	return s.n >= 2 && s.n <= MAX_LANGUAGE_BYTES;
}

static enum err check_account(struct ctx *c, const struct account *in)
{
	int64_t offset;
	if (!str_is_null(in->name) && (in->name.n == 0 || in->name.n > MAX_ACCOUNT_NAME_BYTES || !utf8_is_valid(in->name)))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name is text of at most %d bytes.",
		                  MAX_ACCOUNT_NAME_BYTES);
	if (!str_is_null(in->time_zone) && (in->time_zone.n > MAX_ZONE_BYTES || !zone_offset(c->a, in->time_zone, c->now, &offset)))
		return fail_field(c, STR("timeZone"), STR("INVALID_OPTION"), "This time zone is not known.");
	if (!str_is_null(in->currency) && (in->currency.n != 3 || !is_letters(in->currency, 'A', 'Z')))
		return fail_field(c, STR("currency"), STR("INVALID_OPTION"), "A currency is three capital letters: EUR.");
	if (!str_is_null(in->language) && !is_language(in->language))
		return fail_field(c, STR("language"), STR("INVALID_OPTION"), "A language is a tag as en or pt-BR.");
	return OK;
}

static enum err put(struct ctx *c, struct str name, struct str value)
{
	return str_is_null(value) ? OK : setting_put(c, name, value);
}

enum err desk_account_set(struct ctx *c, const struct account *in, struct account *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_account(c, in));
	TRY(put(c, SETTING_ACCOUNT_NAME, in->name));
	TRY(put(c, SETTING_TIME_ZONE, in->time_zone));
	TRY(put(c, SETTING_CURRENCY, in->currency));
	TRY(put(c, SETTING_LANGUAGE, in->language));
	TRY(bus_emit(c, EV_ACCOUNT_CHANGED, &(struct event_about){0}));
	return desk_account(c, out);
}

enum err desk_account_offset(struct ctx *c, int64_t *ms_out)
{
	struct str zone;
	TRY(load(c, SETTING_TIME_ZONE, STR("UTC"), &zone));
	if (!zone_offset(c->a, zone, c->now, ms_out))
		*ms_out = 0; /* the system has lost it since it was set */
	return OK;
}

struct str desk_domain(struct ctx *c)
{
	struct str url = c->env->public_url;
	str_cut(&url, STR("://"));
	struct str host = str_is_null(url) ? STR("localhost") : str_cut(&url, STR("/"));
	return host.n > 0 && host.p[0] == '[' ? host : str_cut(&host, STR(":"));
}

static struct str day_name(struct ctx *c, int64_t day)
{
	return str_head(time_iso(c->a, day * DAYS(1)), 10);
}

enum err desk_calls_add(struct ctx *c, const struct desk_call_count *counts, size_t n, int64_t *totals_out)
{
	for (size_t i = 0; i < n; i++)
		TRY(usage_add(c, day_name(c, counts[i].day), counts[i].caller, counts[i].n, &totals_out[i]));
	return OK;
}

enum err desk_calls_of(struct ctx *c, int64_t day, struct str caller, int64_t *out)
{
	return usage_of(c, day_name(c, day), caller, out);
}

enum err desk_calls_total(struct ctx *c, int64_t day, int64_t *out)
{
	return usage_total(c, day_name(c, day), out);
}

enum err desk_calls_sweep(struct ctx *c)
{
	return usage_sweep(c, day_name(c, c->now / DAYS(1) - USAGE_DAYS));
}
