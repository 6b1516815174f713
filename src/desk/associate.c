#include "desk/associate.h"

#include "desk/announce.h"
#include "desk/calculate.h"
#include "desk/can.h"
#include "store/object.h"

static enum err put_pair(struct ctx *c, const struct object *from, const struct object *to,
                         const struct association_type *type)
{
	TRY(association_put(c, &(struct association){.from_id = from->id, .to_type = to->object_type, .to_id = to->id,
	                                             .type_id = type->type_id}));
	return association_put(c, &(struct association){.from_id = to->id,
	                                                .to_type = from->object_type,
	                                                .to_id = from->id,
	                                                .type_id = type->inverse_id});
}

/* A ticket shows its first contact as the one who asked. */
static enum err note_contact(struct ctx *c, const struct object *x, const struct object *y)
{
	struct object ticket;
	const struct object *t = x->object_type == TYPE_TICKET ? x : y, *contact = t == x ? y : x;
	if (t->object_type != TYPE_TICKET || contact->object_type != TYPE_CONTACT)
		return OK;
	TRY(object_lock(c, t->id));
	TRY(object_load(c, TYPE_TICKET, t->id, &ticket));
	if (ticket.contact_id != 0)
		return OK;
	ticket.contact_id = contact->id;
	return object_update(c, &ticket);
}

static enum err wrong_types(struct ctx *c, const struct object *from, const struct association_type *type)
{
	const struct type_def *is = schema_type_by_id(c, from->object_type);
	const struct type_def *wanted = schema_type_by_id(c, type->from_type);
	return fail(c, ERR_BAD_INPUT,
	            "invalid from object type " STR_FMT " for associations to be created. expected: " STR_FMT,
	            STR_ARG(is->row.type_id), STR_ARG(wanted->row.type_id));
}

enum { MAX_COMPANIES = 1000 };

/* A ticket and a contact have one primary company: who names another one takes the label from the one before. */
static enum err yield_primary(struct ctx *c, const struct object *from, const struct object *to,
                              const struct association_type *type)
{
	bool is_from_company = from->object_type == TYPE_COMPANY;
	const struct object *holder = is_from_company ? to : from, *company = is_from_company ? from : to;
	int64_t type_id = is_from_company ? type->inverse_id : type->type_id;
	int64_t inverse_id = is_from_company ? type->type_id : type->inverse_id;
	struct association *links;
	size_t n;
	TRY(object_lock(c, holder->id));
	TRY(association_list(c, holder->id, TYPE_COMPANY, 0, MAX_COMPANIES, &links, &n));
	for (size_t i = 0; i < n; i++) {
		if (links[i].type_id != type_id || links[i].to_id == company->id)
			continue;
		TRY(association_remove(c, holder->id, TYPE_COMPANY, links[i].to_id, type_id));
		TRY(association_remove(c, links[i].to_id, holder->object_type, holder->id, inverse_id));
	}
	return OK;
}

/* The types of a link between the two: the unlabelled one, and the one that was asked for (0: the same). from may be an object
 * that is not written yet. */
static enum err find_types(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                           struct association_type *plain, struct association_type *type)
{
	if (from->id == to->id)
		return fail(c, ERR_BAD_INPUT, "An object cannot be associated with itself.");
	enum err e = association_type_default(c, from->object_type, to->object_type, plain);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "Objects of these two types cannot be associated.");
	}
	TRY(e);
	*type = *plain;
	if (type_id != 0)
		e = association_type_load(c, type_id, type);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "Association type %lld does not exist.", (long long)type_id);
	}
	TRY(e);
	if (type->from_type != from->object_type || type->to_type != to->object_type)
		return wrong_types(c, from, type);
	return OK;
}

/* Links the two as type, and without a label if type has one. */
static enum err link_as(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                        bool *is_primary_out)
{
	struct association_type plain, type;
	TRY(find_types(c, from, to, type_id, &plain, &type));
	if (type.is_primary)
		TRY(yield_primary(c, from, to, &type));
	*is_primary_out = *is_primary_out || type.is_primary;
	TRY(put_pair(c, from, to, &plain));
	if (type.type_id != plain.type_id)
		TRY(put_pair(c, from, to, &type));
	return note_contact(c, from, to);
}

static enum err find_target(struct ctx *c, const struct link_in *link, struct object *to)
{
	enum err e = object_load_any(c, link->to_id, to);
	if (e == ERR_NOT_FOUND ||
	    (e == OK && (to->archived_at > 0 || (link->to_type && to->object_type != link->to_type)))) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "One or more associations are invalid");
	}
	return e;
}

enum err desk_associate_check(struct ctx *c, const struct object *from, const struct link_in *link)
{
	struct object to;
	struct association_type plain, type;
	TRY(find_target(c, link, &to));
	return find_types(c, from, &to, link->type_id, &plain, &type);
}

static enum err associate(struct ctx *c, const struct object *from, const struct link_in *link, bool is_new)
{
	struct object to;
	bool is_primary = false;
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(find_target(c, link, &to));
	TRY(link_as(c, from, &to, link->type_id, &is_primary));
	TRY(is_new ? calculate_far(c, from, &to) : calculate_link(c, from, &to));
	return announce_link(c, from, &to, LINK_MADE, is_primary);
}

enum err desk_associate(struct ctx *c, const struct object *from, const struct link_in *link)
{
	return associate(c, from, link, false);
}

enum err desk_associate_new(struct ctx *c, const struct object *from, const struct link_in *link)
{
	return associate(c, from, link, true);
}

enum err desk_associate_as(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids,
                           size_t n)
{
	bool is_primary = false;
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(association_remove_all(c, from->id, to->object_type, to->id));
	TRY(association_remove_all(c, to->id, from->object_type, from->id));
	TRY(link_as(c, from, to, 0, &is_primary));
	for (size_t i = 0; i < n; i++)
		TRY(link_as(c, from, to, type_ids[i], &is_primary));
	TRY(calculate_link(c, from, to));
	return announce_link(c, from, to, LINK_MADE, is_primary);
}

/* The next linked contact takes the place of the one who was shown. */
static enum err forget_contact(struct ctx *c, const struct object *x, const struct object *y)
{
	struct object ticket;
	struct association *links;
	size_t n;
	const struct object *t = x->object_type == TYPE_TICKET ? x : y, *contact = t == x ? y : x;
	if (t->object_type != TYPE_TICKET || contact->object_type != TYPE_CONTACT)
		return OK;
	TRY(object_lock(c, t->id));
	TRY(object_load(c, TYPE_TICKET, t->id, &ticket));
	if (ticket.contact_id != contact->id)
		return OK;
	TRY(association_list(c, ticket.id, TYPE_CONTACT, 0, 1, &links, &n));
	ticket.contact_id = n > 0 ? links[0].to_id : 0;
	return object_update(c, &ticket);
}

enum err desk_dissociate(struct ctx *c, const struct object *from, const struct object *to)
{
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(association_remove_all(c, from->id, to->object_type, to->id));
	TRY(association_remove_all(c, to->id, from->object_type, from->id));
	TRY(forget_contact(c, from, to));
	TRY(calculate_link(c, from, to));
	return announce_link(c, from, to, LINK_REMOVED, false);
}

enum err desk_dissociate_type(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id)
{
	struct association_type type;
	enum err e = association_type_load(c, type_id, &type);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "Association type %lld does not exist.", (long long)type_id);
	}
	TRY(e);
	if (str_is_null(type.label))
		return desk_dissociate(c, from, to);
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(association_remove(c, from->id, to->object_type, to->id, type.type_id));
	TRY(association_remove(c, to->id, from->object_type, from->id, type.inverse_id));
	TRY(calculate_link(c, from, to));
	return announce_link(c, from, to, LINK_REMOVED, type.is_primary);
}

enum err desk_association_list(struct ctx *c, const struct object *from, int64_t to_type, int64_t after, int64_t limit,
                               struct association **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, from));
	return association_list(c, from->id, to_type, after, limit, out, n_out);
}

enum err desk_association_type(struct ctx *c, int64_t type_id, struct association_type *out)
{
	return association_type_load(c, type_id, out);
}

enum err desk_association_types(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out,
                                size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return association_type_list(c, from_type, to_type, out, n_out);
}
