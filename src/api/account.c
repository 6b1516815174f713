/* The account: as the wire knows it, and as the desk's own pages set it. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "desk/account.h"

static struct str offset_text(struct ctx *c, int64_t ms)
{
	int minutes = (int)((ms < 0 ? -ms : ms) / 60000);
	return str_fmt(c->a, "%c%02d:%02d", ms < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

enum err api_account_details(struct ctx *c, const struct req *q, struct res *r)
{
	struct account a;
	int64_t offset;
	struct json *j = &r->j;
	(void)q;
	TRY(desk_account(c, &a));
	TRY(desk_account_offset(c, &offset));
	json_object_begin(j);
	json_add_int(j, "portalId", ACCOUNT_ID);
	json_add_string(j, "accountType", STR("STANDARD"));
	json_add_string(j, "timeZone", a.time_zone);
	json_add_string(j, "companyCurrency", a.currency);
	json_key(j, "additionalCurrencies");
	json_array_begin(j);
	json_array_end(j);
	json_add_string(j, "utcOffset", offset_text(c, offset));
	json_add_int(j, "utcOffsetMilliseconds", offset);
	json_add_string(j, "uiDomain", desk_domain(c));
	json_add_string(j, "dataHostingLocation", STR("self"));
	json_object_end(j);
	return OK;
}

enum err api_account_usage(struct ctx *c, const struct req *q, struct res *r)
{
	struct meter_today today;
	struct json *j = &r->j;
	TRY(meter_today(c, q->config->meter, &today));
	res_list_begin(r);
	json_object_begin(j);
	json_add_string(j, "name", STR("private-apps-api-calls-daily"));
	json_key(j, "usageLimit");
	if (today.limit > 0)
		json_int(j, today.limit);
	else
		json_nil(j);
	json_add_int(j, "currentUsage", today.call_n);
	json_add_time(j, "collectedAt", c->now);
	json_add_string(j, "fetchStatus", STR("SUCCESS"));
	json_add_time(j, "resetsAt", today.resets_at);
	json_object_end(j);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static enum err give(struct res *r, const struct account *a)
{
	const struct account_body view = {a->name, a->time_zone, a->currency, a->language};
	return res_give(r, &account_body_shape, &view);
}

enum err api_account_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct account a;
	(void)q;
	TRY(desk_account(c, &a));
	return give(r, &a);
}

enum err api_account_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct account_body *in = IN(q, struct account_body);
	struct account a = {in->name, in->time_zone, in->currency, in->language};
	TRY(desk_account_set(c, &a, &a));
	return give(r, &a);
}
