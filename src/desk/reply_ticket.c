/* What sending an answer changes on its ticket, in the transaction that sends it. A status that the writer chose is his, and he has to
 * be allowed it; what the pipeline does by itself is the desk's, and nobody is asked for properties there. */

#include "desk/reply_int.h"

#include "base/arena.h"
#include "desk/automation.h"
#include "desk/can.h"

enum { MAX_REPLY_PROPS = 100 };

static bool is_chosen(const struct reply_in *in)
{
	return in->stage_id.n > 0 || in->prop_n > 0;
}

/* No status by itself: an explicit one, also one given as a property, and also the one that the ticket has: automation leaves it alone. */
static bool has_status(const struct reply_in *in)
{
	for (size_t i = 0; i < in->prop_n; i++)
		if (str_eq(in->props[i].name, STR("hs_pipeline_stage")))
			return true;
	/* what is handed on goes to somebody else than the customer */
	return in->stage_id.n > 0 || in->is_forward;
}

static struct prop owner_prop(struct ctx *c)
{
	return (struct prop){STR("hubspot_owner_id"), str_fmt(c->a, "%lld", (long long)c->who.owner_id)};
}

static bool takes_ticket(const struct ctx *c, const struct object *ticket)
{
	return ticket->owner_id == 0 && c->who.owner_id != 0;
}

static enum err chosen(struct ctx *c, const struct reply_in *in, const struct object *ticket, struct object_in *out)
{
	if (in->prop_n > MAX_REPLY_PROPS)
		return fail_field(c, STR("properties"), STR("TOO_MANY"), "A reply sets at most %d properties.", MAX_REPLY_PROPS);
	struct prop *props = NEW_ARRAY(c->a, in->prop_n + 1, struct prop);
	size_t n = 0;
	for (size_t i = 0; i < in->prop_n; i++)
		props[n++] = in->props[i];
	if (in->stage_id.n > 0 && !str_eq(in->stage_id, ticket->stage_id))
		props[n++] = (struct prop){STR("hs_pipeline_stage"), in->stage_id};
	*out = (struct object_in){.props = props, .prop_n = n, .source_type = STR("CRM_UI")};
	return OK;
}

static enum err update(struct ctx *c, const struct object *ticket, const struct object_in *in)
{
	struct object updated;
	if (in->prop_n == 0)
		return OK;
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), ticket->id, in, &updated);
}

/* As the desk itself, in the name of who writes: who may answer takes the ticket, also where he may not edit it. */
static enum err by_itself(struct ctx *c, const struct reply_in *in, const struct object *ticket)
{
	struct prop props[2];
	struct object_in rule = {.props = props, .source_type = STR("CRM_UI"), .by_rule = true};
	struct str stage_id = STR_NULL;
	if (!has_status(in))
		TRY(automation_stage(c, ticket, AUTOMATION_SENT, &stage_id));
	if (stage_id.n > 0) {
		props[rule.prop_n++] = (struct prop){STR("hs_pipeline_stage"), stage_id};
		rule.source_type = STR("AUTOMATION_PLATFORM");
	}
	if (takes_ticket(c, ticket))
		props[rule.prop_n++] = owner_prop(c);
	const enum actor_kind kind = c->who.kind;
	c->who.kind = ACTOR_SYSTEM;
	enum err e = update(c, ticket, &rule);
	c->who.kind = kind;
	return e;
}

enum err reply_ticket_update(struct ctx *c, const struct reply_in *in, const struct object *ticket)
{
	struct object_in change;
	if (is_chosen(in)) {
		TRY(chosen(c, in, ticket, &change));
		TRY(update(c, ticket, &change));
	}
	return by_itself(c, in, ticket);
}

enum err reply_ticket_check(struct ctx *c, const struct reply_in *in, const struct object *ticket)
{
	struct object_in change;
	if (!is_chosen(in))
		return OK;
	TRY(chosen(c, in, ticket, &change));
	return desk_object_check(c, schema_type_by_id(c, TYPE_TICKET), ticket->id, &change);
}
