#include "desk/actor.h"

#include "base/num.h"
#include "desk/can.h"
#include "desk/object.h"
#include "store/app.h"
#include "store/user.h"
#include "text/mail_addr.h"
#include "text/person_name.h"

static enum err nobody(struct ctx *c)
{
	return fail(c, ERR_NOT_FOUND, "resource not found");
}

static enum err agent_card(struct ctx *c, int64_t id, struct actor_card *out)
{
	struct user u;
	TRY(user_load(c, id, &u));
	struct str name = person_name(c->a, u.first_name, u.last_name);
	out->type = STR("AGENT");
	out->name = name.n ? name : STR_NULL;
	out->email = u.email;
	return OK;
}

static enum err visitor_card(struct ctx *c, int64_t id, struct actor_card *out)
{
	struct object contact;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_CONTACT), id, false, &contact));
	out->type = STR("VISITOR");
	out->name = contact.label.n ? contact.label : STR_NULL;
	out->email = contact.unique_key;
	return OK;
}

static enum err integration_card(struct ctx *c, int64_t id, struct actor_card *out)
{
	struct connected_app app;
	TRY(connected_app_load(c, id, &app));
	out->type = STR("INTEGRATION");
	out->name = app.name;
	return OK;
}

enum err desk_actor_card(struct ctx *c, struct str id, struct actor_card *out)
{
	struct actor_card card = {.id = id};
	struct str rest = str_skip(id, 2);
	int64_t number = 0;
	bool has_number = num_parse_id(rest, &number);
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (str_starts(id, STR("A-")) && has_number)
		TRY(agent_card(c, number, &card));
	else if (str_starts(id, STR("V-")) && has_number)
		TRY(visitor_card(c, number, &card));
	else if (str_starts(id, STR("I-")) && has_number)
		TRY(integration_card(c, number, &card));
	else if (str_starts(id, STR("E-")) && mail_addr_is_sendable(rest))
		card = (struct actor_card){.id = id, .type = STR("EMAIL"), .email = rest};
	else if (str_eq(id, STR("S-hubspot")))
		card = (struct actor_card){.id = id, .type = STR("SYSTEM"), .name = STR("Bellhop")};
	else
		return nobody(c);
	*out = card;
	return OK;
}
