/* Types of links between a type that users define and another one. Both directions have an id of their own, but for links among
 * objects of one type. */

#include "base/arena.h"
#include "base/num.h"
#include "desk/can.h"
#include "desk/define_int.h"
#include "desk/define_type.h"
#include "desk/definitions.h"
#include "store/association_label.h"

static struct str link_name(struct ctx *c, const struct object_type *from, const struct object_type *to)
{
	return str_fmt(c->a, STR_FMT "_to_" STR_FMT, STR_ARG(from->singular), STR_ARG(to->singular));
}

enum err define_link(struct ctx *c, const struct object_type *from, const struct object_type *to, struct str name,
                     struct association_type *out)
{
	struct association_type there, back;
	enum err e = association_type_default(c, from->id, to->id, &there);
	if (e == OK)
		return fail(c, ERR_CONFLICT, "Objects of these two types can be associated already, as \"" STR_FMT "\".",
		            STR_ARG(there.name));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	there = (struct association_type){.from_type = from->id, .to_type = to->id, .category = STR("USER_DEFINED")};
	there.name = str_is_null(name) ? link_name(c, from, to) : name;
	TRY(association_type_next_id(c, &there.type_id));
	there.inverse_id = there.type_id + (from->id != to->id);
	TRY(association_type_put(c, &there));
	*out = there;
	if (from->id == to->id)
		return OK;
	back = there;
	back.type_id = there.inverse_id;
	back.inverse_id = there.type_id;
	back.from_type = to->id;
	back.to_type = from->id;
	back.name = link_name(c, to, from);
	return association_type_put(c, &back);
}

enum err desk_type_link(struct ctx *c, struct str name, struct str from, struct str to, struct str given_name,
                        struct association_type *out)
{
	struct object_type t, a, b;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(define_find_type(c, name, false, &t));
	TRY(define_find_type(c, str_is_null(from) ? name : from, false, &a));
	TRY(define_find_type(c, to, false, &b));
	if (a.id != t.id && b.id != t.id)
		return fail_field(c, STR("fromObjectTypeId"), STR("INVALID_OPTION"),
		                  "One of the two types is the one that the address names.");
	if (!a.is_custom && !b.is_custom)
		return fail_field(c, STR("toObjectTypeId"), STR("INVALID_OPTION"),
		                  "One of the two types has to be a custom one.");
	if (!str_is_null(given_name))
		TRY(define_check_name(c, given_name));
	TRY(define_link(c, &a, &b, given_name, out));
	return definitions_changed(c);
}

static enum err find_link(struct ctx *c, const struct object_type *t, struct str link, struct association_type *out)
{
	struct association_type *rows;
	size_t n;
	int64_t id = 0;
	num_parse_id(link, &id);
	TRY(association_type_list_of(c, t->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].type_id != id && !str_eq(rows[i].name, link))
			continue;
		*out = rows[i];
		return OK;
	}
	fail_context(c, STR("id"), str_head(link, 100));
	return fail(c, ERR_NOT_FOUND, "Association definition \"" STR_FMT "\" does not exist", STR_ARG(str_head(link, 100)));
}

/* What else stands on it: objects that are linked, and labels. */
static enum err check_unused(struct ctx *c, const struct association_type *link)
{
	struct association_type *others;
	size_t n;
	int64_t user_id;
	TRY(association_type_list(c, link->from_type, link->to_type, &others, &n));
	if (n > 1)
		return fail(c, ERR_BAD_INPUT, "The association has labels: remove them first.");
	enum err e = association_type_user(c, link->from_type, link->to_type, &user_id);
	if (e == OK)
		return fail(c, ERR_BAD_INPUT, "The association is in use, as by object %lld.", (long long)user_id);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err desk_type_unlink(struct ctx *c, struct str name, struct str link)
{
	struct object_type t;
	struct association_type found = {0};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(define_find_type(c, name, false, &t));
	TRY(find_link(c, &t, link, &found));
	if (!str_eq(found.category, STR("USER_DEFINED")) || !str_is_null(found.label))
		return fail(c, ERR_BAD_INPUT, "The association \"" STR_FMT "\" is built in.", STR_ARG(found.name));
	TRY(association_label_lock(c, found.type_id));
	if (found.inverse_id != found.type_id)
		TRY(association_label_lock(c, found.inverse_id));
	TRY(check_unused(c, &found));
	TRY(association_type_remove(c, found.type_id));
	if (found.inverse_id != found.type_id)
		TRY(association_type_remove(c, found.inverse_id));
	return definitions_changed(c);
}
