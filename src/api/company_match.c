/* How contacts find their company: desk/company_match.h. */

#include "desk/company_match.h"

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "text/json_read.h"

enum err api_company_match_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct company_match m;
	(void)q;
	TRY(desk_company_match(c, &m));
	json_object_begin(&r->j);
	json_add_bool(&r->j, "isOn", m.is_on);
	json_add_strings(&r->j, "excludedDomains", m.excluded, m.excluded_n);
	json_object_end(&r->j);
	return OK;
}

enum err api_company_match_set(struct ctx *c, const struct req *q, struct res *r)
{
	TRY(body_need_object(c, q->json));
	const json_t *list = json_object_get(q->json, "excludedDomains"), *is_on = json_object_get(q->json, "isOn");
	size_t n = json_array_size(list);
	if (!json_is_boolean(is_on))
		return fail_field(c, STR("isOn"), STR("INVALID_BOOLEAN"), "isOn is true or false.");
	if (list != NULL && !json_is_array(list))
		return fail_field(c, STR("excludedDomains"), STR("INVALID_TYPE"), "excludedDomains is a list of texts.");
	struct company_match in = {.is_on = json_is_true(is_on), .excluded = NEW_ARRAY(c->a, n, struct str)};
	for (size_t i = 0; i < n; i++)
		in.excluded[in.excluded_n++] = json_text(json_array_get(list, i));
	TRY(desk_company_match_set(c, &in));
	return api_company_match_read(c, q, r);
}
