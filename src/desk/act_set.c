/* Setting properties of many tickets. What it takes to undo it: {"name": ["before", "after"]}. */

#include "base/arena.h"
#include "desk/act_int.h"
#include "desk/property.h"
#include "store/schema.h"
#include "text/json.h"
#include "text/json_read.h"

static struct str value_of(struct ctx *c, const struct object *o, struct str name)
{
	const struct property_def *def = schema_property(schema_type_by_id(c, TYPE_TICKET), name);
	struct str value = def ? property_value(c, o, def) : STR_NULL;
	return value.n > 0 ? value : STR("");
}

static struct str pairs(struct ctx *c, const struct act_in *in, const struct object *before, const struct object *after)
{
	struct buf b;
	struct json j;
	size_t n = 0;
	buf_init(&b, c->a, MAX_ACT_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (size_t i = 0; i < in->prop_n; i++) {
		const struct str pair[] = {value_of(c, before, in->props[i].name), value_of(c, after, in->props[i].name)};
		if (str_eq(pair[0], pair[1]))
			continue;
		json_key_str(&j, in->props[i].name);
		json_array_begin(&j);
		json_str(&j, pair[0]);
		json_str(&j, pair[1]);
		json_array_end(&j);
		n++;
	}
	json_object_end(&j);
	return n > 0 && !buf_is_full(&b) ? buf_str(&b) : STR_NULL;
}

enum err act_set(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	const struct object_in change = {.props = in->props, .prop_n = in->prop_n, .source_type = STR("CRM_UI"),
	                                 .is_one_of_many = in->is_one_of_many};
	struct object before, after;
	TRY(act_ticket(c, id, &before));
	TRY(desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), id, &change, &after));
	out->body = pairs(c, in, &before, &after);
	return OK;
}

/* The first status that closes. ERR_BAD_INPUT: its pipeline has none. */
static enum err closing_stage(struct ctx *c, const struct object *ticket, struct str *out)
{
	const struct stage *first = NULL;
	struct stage *stages;
	size_t n;
	TRY(stage_list(c, TYPE_TICKET, &stages, &n));
	for (size_t i = 0; i < n; i++)
		if (stages[i].is_closed && stages[i].archived_at == 0 && str_eq(stages[i].pipeline_id, ticket->pipeline_id) &&
		    (first == NULL || stages[i].display_order < first->display_order))
			first = &stages[i];
	if (first == NULL)
		return fail(c, ERR_BAD_INPUT, "The pipeline of this ticket has no status that closes it.");
	*out = first->id;
	return OK;
}

enum err act_close(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	struct act_in set = *in;
	TRY(act_ticket(c, id, &ticket));
	if (ticket.is_closed)
		return OK;
	struct prop *props = NEW_ARRAY(c->a, in->prop_n + 1, struct prop);
	for (size_t i = 0; i < in->prop_n; i++)
		props[i] = in->props[i];
	props[in->prop_n].name = STR("hs_pipeline_stage");
	TRY(closing_stage(c, &ticket, &props[in->prop_n].value));
	set.props = props;
	set.prop_n++;
	return act_set(c, &set, id, out);
}

/* Only what is still as the act left it. Rules for people do not hold here: back is where the ticket was before. */
enum err act_set_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object o;
	json_t *body, *pair;
	const char *name;
	struct object_in back = {.source_type = STR("CRM_UI"), .by_rule = true};
	TRY(act_ticket(c, row->ticket_id, &o));
	TRY(json_parse(c, row->body, &body));
	struct prop *props = NEW_ARRAY(c->a, json_object_size(body), struct prop);
	json_object_foreach(body, name, pair)
	{
		struct str property = str_c(name);
		if (str_eq(value_of(c, &o, property), json_text(json_array_get(pair, 1))))
			props[back.prop_n++] = (struct prop){property, json_text(json_array_get(pair, 0))};
	}
	if (back.prop_n == 0)
		return act_is_old(c);
	back.props = props;
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), o.id, &back, &o);
}
