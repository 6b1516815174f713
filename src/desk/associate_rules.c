#include <stdlib.h>

#include "base/arena.h"
#include "desk/announce.h"
#include "desk/associate_int.h"
#include "desk/calculate.h"
#include "desk/search_index.h"
#include "store/object.h"

enum { FIRST_COUNTS = 16, FIRST_STEPS = 8, HUB_LINKS = 100 };

struct link_count {
	int64_t from_id, type_id, n;
};

/* A link that was made or removed, and is to be announced. */
struct link_step {
	struct object from, to; /* id and type only */
	struct association_type type;
	enum link_change change;
	bool is_of_other; /* a primary company that gave way: nothing of it depends on that */
};

static void note(struct ctx *c, struct link_work *work, const struct link_step *step)
{
	if (work->step_n == work->step_room) {
		size_t room = work->step_room ? 2 * work->step_room : FIRST_STEPS;
		struct link_step *more = NEW_ARRAY(c->a, room, struct link_step);
		for (size_t i = 0; i < work->step_n; i++)
			more[i] = work->steps[i];
		work->steps = more;
		work->step_room = room;
	}
	work->steps[work->step_n++] = *step;
}

static struct link_step step_of(const struct object *from, const struct object *to, const struct association_type *type,
                                enum link_change change)
{
	return (struct link_step){
		.from = {.id = from->id, .object_type = from->object_type},
		.to = {.id = to->id, .object_type = to->object_type},
		.type = *type,
		.change = change,
	};
}

enum err link_put(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                  const struct association_type *type)
{
	const struct association there = {
		.from_id = from->id, .to_type = to->object_type, .to_id = to->id, .type_id = type->type_id};
	const struct association back = {
		.from_id = to->id, .to_type = from->object_type, .to_id = from->id, .type_id = type->inverse_id};
	const struct link_step step = step_of(from, to, type, LINK_MADE);
	bool is_new;
	TRY(association_put(c, &there, &back, &is_new));
	if (is_new)
		note(c, work, &step);
	return OK;
}

static enum err take_away(struct ctx *c, struct link_work *work, struct link_step *step)
{
	const struct object *from = &step->from, *to = &step->to;
	bool was_there, was_back_there;
	TRY(association_remove(c, from->id, to->object_type, to->id, step->type.type_id, &was_there));
	TRY(association_remove(c, to->id, from->object_type, from->id, step->type.inverse_id, &was_back_there));
	if (was_there || was_back_there)
		note(c, work, step);
	return OK;
}

enum err link_remove(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                     const struct association_type *type)
{
	struct link_step step = step_of(from, to, type, LINK_REMOVED);
	return take_away(c, work, &step);
}

/* An end of a link: the object, and of what type those are that it was linked with. */
struct end {
	int64_t id, type, other_type;
};

static int by_end(const void *a, const void *b)
{
	const struct end *x = a, *y = b;
	if (x->id != y->id)
		return (x->id > y->id) - (x->id < y->id);
	return (x->other_type > y->other_type) - (x->other_type < y->other_type);
}

/* Each object once, however many links it has got. */
static enum err calculate_ends(struct ctx *c, const struct link_work *work, int64_t is_new_id)
{
	struct end *ends = NEW_ARRAY(c->a, 2 * work->step_n, struct end);
	size_t n = 0;
	for (size_t i = 0; i < work->step_n; i++) {
		const struct link_step *step = &work->steps[i];
		ends[n++] = (struct end){step->from.id, step->from.object_type, step->to.object_type};
		if (!step->is_of_other)
			ends[n++] = (struct end){step->to.id, step->to.object_type, step->from.object_type};
	}
	qsort(ends, n, sizeof(*ends), by_end);
	for (size_t i = 0; i < n; i++) {
		const struct object other = {.object_type = ends[i].other_type};
		const struct object end = {.id = ends[i].id, .object_type = ends[i].type};
		bool is_done = i > 0 && by_end(&ends[i - 1], &ends[i]) == 0;
		if (!is_done && end.id != is_new_id)
			TRY(calculate_far(c, &other, &end));
	}
	return OK;
}

enum err link_finish(struct ctx *c, struct link_work *work, int64_t is_new_id)
{
	TRY(calculate_ends(c, work, is_new_id));
	for (size_t i = 0; i < work->step_n; i++) {
		const struct link_step *step = &work->steps[i];
		TRY(announce_link(c, &step->from, &step->to, step->change, &step->type));
	}
	work->step_n = 0;
	return OK;
}

enum err desk_associate_done(struct ctx *c, struct link_work *work)
{
	return link_finish(c, work, 0);
}

/* How many there are ----------------------------------------------------------------------------------------------- */

static int64_t most_of(const struct association_type *type)
{
	bool is_plain = str_is_null(type->label) && !type->is_primary;
	if (type->max_to_objects > 0)
		return type->max_to_objects;
	return is_plain ? MAX_LINKS : 0;
}

static struct link_count *known_count(struct link_work *work, int64_t from_id, int64_t type_id)
{
	for (size_t i = 0; i < work->count_n; i++)
		if (work->counts[i].from_id == from_id && work->counts[i].type_id == type_id)
			return &work->counts[i];
	return NULL;
}

/* Only large ones are worth remembering: the others are counted as quickly as they are found. */
static void keep_count(struct ctx *c, struct link_work *work, struct link_count count)
{
	if (count.n < HUB_LINKS)
		return;
	if (work->count_n == work->count_room) {
		size_t room = work->count_room ? 2 * work->count_room : FIRST_COUNTS;
		struct link_count *more = NEW_ARRAY(c->a, room, struct link_count);
		for (size_t i = 0; i < work->count_n; i++)
			more[i] = work->counts[i];
		work->counts = more;
		work->count_room = room;
	}
	work->counts[work->count_n++] = count;
}

enum err link_no_room(struct ctx *c, const struct object *from, const struct association_type *type)
{
	int64_t most = most_of(type);
	const struct type_def *from_type = schema_type_by_id(c, type->from_type);
	const struct type_def *to_type = schema_type_by_id(c, type->to_type);
	fail_context(c, STR("fromObjectId"), str_fmt(c->a, "%lld", (long long)from->id));
	fail_context(c, STR("associationTypeId"), str_fmt(c->a, "%lld", (long long)type->type_id));
	fail_context(c, STR("limit"), str_fmt(c->a, "%lld", (long long)most));
	return fail(c, ERR_BAD_INPUT,
	            "One or more associations are over the limit: " STR_FMT
	            " %lld may have %lld associations of type %lld with " STR_FMT ".",
	            STR_ARG(from_type->row.singular), (long long)from->id, (long long)most, (long long)type->type_id,
	            STR_ARG(to_type->row.plural));
}

static enum err room_at(struct ctx *c, struct link_work *work, const struct object *from,
                        const struct association_type *type)
{
	int64_t most = most_of(type);
	struct link_count *known = known_count(work, from->id, type->type_id);
	struct link_count fresh = {.from_id = from->id, .type_id = type->type_id};
	if (most == 0 || from->id == 0)
		return OK;
	if (known == NULL) {
		TRY(association_count(c, from->id, type->to_type, type->type_id, most, &fresh.n));
		keep_count(c, work, fresh);
		known = known_count(work, from->id, type->type_id);
	}
	if ((known ? known->n : fresh.n) >= most)
		return link_no_room(c, from, type);
	if (known != NULL)
		known->n++;
	return OK;
}

enum err rule_room(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                   const struct association_type *type)
{
	const struct association_type *inverse = schema_link_type(c, type->inverse_id);
	if (c->who.kind == ACTOR_SYSTEM)
		return OK;
	/* who has a primary company and names another one has no more than before */
	if (!type->is_primary || from->object_type == TYPE_COMPANY)
		TRY(room_at(c, work, from, type));
	if (inverse != NULL && (!type->is_primary || to->object_type == TYPE_COMPANY))
		TRY(room_at(c, work, to, inverse));
	return OK;
}

/* Primary companies, and the contact of a ticket ------------------------------------------------------------------- */

enum { MAX_PRIMARY = 1000 };

enum err rule_primary(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                      const struct association_type *type)
{
	bool is_from_company = from->object_type == TYPE_COMPANY;
	const struct object *holder = is_from_company ? to : from, *company = is_from_company ? from : to;
	const struct association_type *held = is_from_company ? schema_link_type(c, type->inverse_id) : type;
	struct association *links;
	size_t n;
	TRY(association_list_of_type(c, holder->id, TYPE_COMPANY, held->type_id, MAX_PRIMARY, &links, &n));
	for (size_t i = 0; i < n; i++) {
		const struct object other = {.id = links[i].to_id, .object_type = TYPE_COMPANY};
		struct link_step step = step_of(holder, &other, held, LINK_REMOVED);
		step.is_of_other = true;
		if (other.id != company->id)
			TRY(take_away(c, work, &step));
	}
	return OK;
}

/* The two as ticket and contact; false when they are something else. */
static bool ticket_and_contact(const struct object *x, const struct object *y, const struct object **ticket,
                               const struct object **contact)
{
	*ticket = x->object_type == TYPE_TICKET ? x : y;
	*contact = *ticket == x ? y : x;
	return (*ticket)->object_type == TYPE_TICKET && (*contact)->object_type == TYPE_CONTACT;
}

enum err rule_contact_linked(struct ctx *c, const struct object *x, const struct object *y)
{
	struct object now;
	const struct object *ticket, *contact;
	if (!ticket_and_contact(x, y, &ticket, &contact))
		return OK;
	TRY(object_load(c, TYPE_TICKET, ticket->id, &now));
	if (now.contact_id != 0)
		return OK;
	now.contact_id = contact->id;
	TRY(object_update(c, &now));
	return desk_object_due(c, now.id);
}

enum err rule_contact_gone(struct ctx *c, const struct object *x, const struct object *y)
{
	struct object now;
	struct association *links;
	size_t n;
	const struct object *ticket, *contact;
	if (!ticket_and_contact(x, y, &ticket, &contact))
		return OK;
	TRY(object_load(c, TYPE_TICKET, ticket->id, &now));
	if (now.contact_id != contact->id)
		return OK;
	TRY(association_list(c, now.id, TYPE_CONTACT, 0, 1, &links, &n));
	now.contact_id = n > 0 ? links[0].to_id : 0;
	TRY(object_update(c, &now));
	return desk_object_due(c, now.id);
}
