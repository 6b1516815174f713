/* What the asking user likes. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "desk/preference.h"

enum err api_preferences_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct preference_value *values;
	size_t n;
	(void)q;
	TRY(desk_preferences(c, &values, &n));
	json_object_begin(&r->j);
	for (size_t i = 0; i < n; i++) {
		json_key(&r->j, values[i].def->name);
		json_raw(&r->j, values[i].value);
	}
	json_object_end(&r->j);
	return OK;
}

enum err api_preferences_update(struct ctx *c, const struct req *q, struct res *r)
{
	TRY(body_need_object(c, q->json));
	TRY(desk_preferences_set(c, q->json));
	return api_preferences_read(c, q, r);
}
