/* Which objects are near the limit of their links. */

#include "desk/association_report.h"

#include "api/call.h"
#include "api/handlers.h"

enum err api_link_report_ask(struct ctx *c, const struct req *q, struct res *r)
{
	struct association_report report;
	struct user user;
	int64_t user_id;
	TRY(req_id(c, q, "userId", &user_id));
	TRY(desk_link_report_ask(c, user_id, &report, &user));
	json_object_begin(&r->j);
	json_add_int(&r->j, "userId", user.id);
	json_add_string(&r->j, "userEmail", user.email);
	json_add_time(&r->j, "enqueueTime", report.asked_at);
	json_object_end(&r->j);
	return OK;
}

enum err api_link_reports_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct association_report *reports;
	size_t n;
	(void)q;
	TRY(desk_link_reports(c, &reports, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "id", reports[i].id);
		json_add_time(&r->j, "askedAt", reports[i].asked_at);
		json_add_time(&r->j, "madeAt", reports[i].made_at);
		json_add_bool(&r->j, "isComplete", reports[i].is_complete);
		json_add_raw(&r->j, "objects", reports[i].body);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}
