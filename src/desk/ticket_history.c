#include "desk/ticket_history.h"

#include <stdlib.h>

#include "base/arena.h"
#include "desk/act.h"
#include "desk/can.h"
#include "desk/schema.h"
#include "store/message_head.h"
#include "store/ticket_act.h"
#include "text/json_props.h"
#include "text/json_read.h"

/* Ranks keep the parts apart: what was changed stands above the message that changed it. */
enum { RANK_MESSAGE, RANK_CHANGE, RANK_ACT };
static const int64_t rank_step = (int64_t)1 << 40;

struct pile {
	struct history_item *items;
	size_t n;
	struct change *changes;
	size_t change_n;
};

/* Changes ------------------------------------------------------------------------------------------------------------ */

/* What people set. The inbox has an act of its own. */
static bool is_shown(const struct property_def *def)
{
	return def != NULL && !def->row.is_read_only && !def->row.is_calculated && !def->row.is_hidden &&
	       !str_eq(def->row.name, STR("hs_inbox_id")) && !str_eq(def->row.name, STR("createdate"));
}

static bool shows_anything(struct ctx *c, const struct type_def *t, const struct change *change)
{
	struct str name, value;
	for (struct props_walk w = props_walk(change->changes); props_next(&w, c->a, &name, &value);)
		if (is_shown(schema_property(t, name)))
			return true;
	return false;
}

static void add_changes(struct ctx *c, struct pile *p)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	for (size_t i = 0; i < p->change_n; i++) {
		const struct change *change = &p->changes[i];
		bool is_first = i + 1 == p->change_n && p->change_n < MAX_HISTORY_ROWS;
		if (!is_first && !shows_anything(c, t, change))
			continue;
		p->items[p->n++] = (struct history_item){
			.kind = is_first ? STR("created") : STR("changed"),
			.at = change->at,
			.rank = RANK_CHANGE * rank_step + change->id,
			.user_id = change->user_id,
			.source = change->source_type,
		};
	}
}

static struct str value_before(struct ctx *c, const struct pile *p, size_t at, struct str name)
{
	struct str value;
	for (size_t i = at + 1; i < p->change_n; i++)
		if (props_get(p->changes[i].changes, name, c->a, &value))
			return value;
	return STR("");
}

/* Only for what is on the page: the values before are looked for in what is older. */
static void add_values(struct ctx *c, const struct pile *p, struct history_item *item)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	size_t at = 0;
	while (at < p->change_n && RANK_CHANGE * rank_step + p->changes[at].id != item->rank)
		at++;
	if (at == p->change_n)
		return;
	item->values = NEW_ARRAY(c->a, MAX_VALUES, struct history_value);
	struct str name, value;
	for (struct props_walk w = props_walk(p->changes[at].changes); props_next(&w, c->a, &name, &value);) {
		const struct property_def *def = schema_property(t, name);
		struct str before = is_shown(def) ? value_before(c, p, at, name) : STR("");
		if (!is_shown(def) || item->value_n == MAX_VALUES || str_eq(before, value))
			continue;
		item->values[item->value_n++] =
			(struct history_value){.property = name, .label = def->row.label, .before = before, .after = value};
	}
}

/* Acts and messages --------------------------------------------------------------------------------------------------- */

static enum err add_acts(struct ctx *c, int64_t ticket_id, struct pile *p)
{
	struct ticket_act_entry *acts;
	size_t n;
	TRY(ticket_act_list(c, ticket_id, MAX_HISTORY_ROWS, &acts, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *body;
		/* its changes are there themselves; who follows is nobody else's business */
		if (str_eq(acts[i].kind, STR("set")) || str_eq(acts[i].kind, STR("close")) || str_eq(acts[i].kind, STR("follow")) || str_eq(acts[i].kind, STR("unfollow")))
			continue;
		TRY(json_parse(c, acts[i].body, &body));
		bool is_snooze = str_eq(acts[i].kind, STR("snooze"));
		p->items[p->n++] = (struct history_item){
			.kind = acts[i].kind,
			.at = acts[i].at,
			.rank = RANK_ACT * rank_step + acts[i].act_id,
			.user_id = acts[i].user_id,
			.other_id = acts[i].other_id,
			.other_label = acts[i].other_label,
			.is_other = acts[i].is_other,
			.is_undone = acts[i].undone_at > 0,
			.until = is_snooze ? json_integer_value(json_array_get(body, 2)) : 0,
		};
	}
	return OK;
}

static struct str kind_of(const struct message_head *m)
{
	if (str_eq(m->type, STR("COMMENT")))
		return STR("comment");
	return str_eq(m->direction, STR("INCOMING")) ? STR("received") : STR("sent");
}

static enum err add_messages(struct ctx *c, int64_t ticket_id, struct pile *p)
{
	struct message_head *heads;
	size_t n;
	TRY(message_head_list(c, ticket_id, MAX_HISTORY_ROWS, &heads, &n));
	for (size_t i = 0; i < n; i++)
		p->items[p->n++] = (struct history_item){
			.kind = kind_of(&heads[i]),
			.at = heads[i].created_at,
			.rank = RANK_MESSAGE * rank_step + heads[i].id,
			.user_id = heads[i].user_id,
			.message_id = heads[i].id,
			.text = heads[i].sender_name.n ? heads[i].sender_name : heads[i].sender_address,
		};
	return OK;
}

static int newest_first(const void *a, const void *b)
{
	const struct history_item *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->rank < y->rank) - (x->rank > y->rank);
}

enum err desk_ticket_history(struct ctx *c, const struct object *ticket, int64_t before_at, int64_t before_rank, size_t limit,
                             struct history_item **out, size_t *n_out)
{
	struct pile p = {.items = NEW_ARRAY(c->a, 3 * MAX_HISTORY_ROWS, struct history_item)};
	size_t first = 0;
	TRY(desk_can(c, CAN_VIEW, ticket));
	TRY(change_list(c, ticket->id, MAX_HISTORY_ROWS, &p.changes, &p.change_n));
	add_changes(c, &p);
	TRY(add_acts(c, ticket->id, &p));
	TRY(add_messages(c, ticket->id, &p));
	qsort(p.items, p.n, sizeof(*p.items), newest_first);
	while (first < p.n && (p.items[first].at > before_at ||
	                       (p.items[first].at == before_at && p.items[first].rank >= before_rank)))
		first++;
	*out = p.items + first;
	*n_out = p.n - first < limit ? p.n - first : limit;
	for (size_t i = 0; i < *n_out; i++) {
		add_values(c, &p, &(*out)[i]);
		TRY(desk_act_label(c, (*out)[i].other_id, &(*out)[i].other_label));
	}
	return OK;
}
