/* The verbs on links. A verb finds the two objects and the types, takes its locks, asks all rules, and only then writes: what is
 * refused (4xx) has changed nothing, and a batch goes on with the next input in the same transaction. */

#include "desk/associate.h"

#include "base/arena.h"
#include "base/num.h"
#include "desk/associate_int.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/quote.h"
#include "store/association_label.h"
#include "store/object.h"

static enum err wrong_types(struct ctx *c, const struct object *from, const struct object *to,
                            const struct association_type *type)
{
	bool is_from = type->from_type != from->object_type;
	const struct type_def *is = schema_type_by_id(c, is_from ? from->object_type : to->object_type);
	const struct type_def *wanted = schema_type_by_id(c, is_from ? type->from_type : type->to_type);
	return fail(c, ERR_BAD_INPUT,
	            "invalid %s object type " STR_FMT " for associations to be created. expected: " STR_FMT,
	            is_from ? "from" : "to", STR_ARG(is->row.type_id), STR_ARG(wanted->row.type_id));
}

static enum err no_such_object(struct ctx *c, const struct type_def *t, int64_t id)
{
	struct str label = t ? t->error_label : STR("OBJECT");
	fail_context(c, STR("INVALID_OBJECT_IDS"),
	             str_fmt(c->a, STR_FMT "=%lld is not valid", STR_ARG(label), (long long)id));
	return fail(c, ERR_BAD_INPUT, "One or more associations are invalid");
}

static enum err find_plain(struct ctx *c, const struct object *from, const struct object *to,
                           const struct association_type **out)
{
	if (from->id == to->id)
		return fail(c, ERR_BAD_INPUT, "An object cannot be associated with itself.");
	*out = schema_plain_link(c, from->object_type, to->object_type);
	return *out ? OK : fail(c, ERR_BAD_INPUT, "Objects of these two types cannot be associated.");
}

static enum err no_such_type(struct ctx *c, int64_t type_id)
{
	return fail(c, ERR_BAD_INPUT, "Association type %lld does not exist.", (long long)type_id);
}

/* type_id 0: plain. */
static enum err find_type(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                          const struct association_type *plain, const struct association_type **out)
{
	*out = type_id == 0 ? plain : schema_link_type(c, type_id);
	if (*out == NULL)
		return no_such_type(c, type_id);
	if ((*out)->from_type != from->object_type || (*out)->to_type != to->object_type)
		return wrong_types(c, from, to, *out);
	return OK;
}

/* A type that a user made does not go away while somebody links by it. */
static enum err hold_type(struct ctx *c, const struct association_type *type)
{
	if (!str_eq(type->category, STR("USER_DEFINED")))
		return OK;
	enum err e = association_label_hold(c, type->type_id);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return no_such_type(c, type->type_id);
}

static enum err find_target(struct ctx *c, const struct link_in *link, struct object *to)
{
	enum err e = object_load_any(c, link->to_id, to);
	if (e == ERR_NOT_FOUND ||
	    (e == OK && (to->archived_at > 0 || (link->to_type && to->object_type != link->to_type) ||
	                 !desk_may(c, CAN_VIEW, to)))) {
		fail_clear(c);
		return no_such_object(c, link->to_type ? schema_type_by_id(c, link->to_type) : NULL, link->to_id);
	}
	return e;
}

enum err desk_associate_end(struct ctx *c, const struct type_def *to_type, int64_t to_id, struct object *to)
{
	enum err e = desk_object_load(c, to_type, to_id, false, to);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return no_such_object(c, to_type, to_id);
}

enum err desk_associate_ends(struct ctx *c, const struct type_def *from_type, int64_t from_id,
                             const struct type_def *to_type, int64_t to_id, struct object *from, struct object *to)
{
	TRY(desk_object_load(c, from_type, from_id, false, from));
	return desk_associate_end(c, to_type, to_id, to);
}

static bool is_limited(const struct association_type *type)
{
	return type->max_to_objects > 0;
}

enum err desk_associate_lock(struct ctx *c, const struct link_pair *pairs, size_t n)
{
	int64_t *ids = NEW_ARRAY(c->a, 2 * n, int64_t);
	for (size_t i = 0; i < n; i++) {
		ids[2 * i] = pairs[i].from_id;
		ids[2 * i + 1] = pairs[i].to_id;
	}
	return desk_object_lock_all(c, ids, 2 * n, NULL, 0);
}

/* Who makes many has locked them all. */
static enum err lock_two(struct ctx *c, const struct object *from, const struct object *to, const struct link_work *given)
{
	if (given != NULL)
		return OK;
	return desk_associate_lock(c, &(struct link_pair){from->id, to->id}, 1);
}

/* Linking ---------------------------------------------------------------------------------------------------------- */

static bool is_among(const struct association *links, size_t n, int64_t type_id)
{
	for (size_t i = 0; i < n; i++)
		if (links[i].type_id == type_id)
			return true;
	return false;
}

static enum err put(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                    const struct association_type *type)
{
	if (type->is_primary)
		TRY(rule_primary(c, work, from, to, type));
	return link_put(c, work, from, to, type);
}

/* The links that are there now, and those that there shall be: the unlabelled one first. */
struct link_set {
	struct association *is;
	size_t is_n;
	const struct association_type *wanted[MAX_TYPES_PER_LINK + 1];
	size_t wanted_n;
};

static void want(struct link_set *set, const struct association_type *type)
{
	for (size_t i = 0; i < set->wanted_n; i++)
		if (set->wanted[i] == type)
			return;
	set->wanted[set->wanted_n++] = type;
}

static enum err plan(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids, size_t n,
                     struct link_set *set)
{
	const struct association_type *plain, *type;
	if (n > MAX_TYPES_PER_LINK)
		return fail(c, ERR_BAD_INPUT, "More than %d association types.", MAX_TYPES_PER_LINK);
	TRY(find_plain(c, from, to, &plain));
	TRY(hold_type(c, plain));
	set->wanted_n = 0;
	want(set, plain);
	for (size_t i = 0; i < n; i++) {
		TRY(find_type(c, from, to, type_ids[i], plain, &type));
		if (type != plain)
			TRY(hold_type(c, type));
		want(set, type);
	}
	return OK;
}

static enum err check_room(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                           const struct link_set *set)
{
	for (size_t i = 0; i < set->wanted_n; i++)
		if (!is_among(set->is, set->is_n, set->wanted[i]->type_id))
			TRY(rule_room(c, work, from, to, set->wanted[i]));
	return OK;
}

static enum err remove_unwanted(struct ctx *c, struct link_work *work, const struct object *from,
                                const struct object *to, const struct link_set *set)
{
	for (size_t i = 0; i < set->is_n; i++) {
		struct association_type type;
		bool is_wanted = false;
		for (size_t k = 0; k < set->wanted_n; k++)
			is_wanted = is_wanted || set->wanted[k]->type_id == set->is[i].type_id;
		if (is_wanted)
			continue;
		TRY(desk_association_type(c, set->is[i].type_id, &type));
		TRY(link_remove(c, work, from, to, &type));
	}
	return OK;
}

/* What the caller of one verb needs to know of it. */
struct how {
	bool others_go; /* labels that are not named */
	bool is_new;    /* from is being made: who makes it calculates it */
};

/* Where nobody waits for more, all is done at once. */
static enum err finish(struct ctx *c, struct link_work *own, const struct link_work *given, int64_t is_new_id)
{
	return given == NULL ? link_finish(c, own, is_new_id) : OK;
}

static enum err link_all(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids,
                         size_t n, struct how how, struct link_work *given)
{
	struct link_set set;
	struct link_work own = {0}, *work = given ? given : &own;
	enum action action = how.is_new ? desk_action_to_make(from) : CAN_EDIT;
	TRY(desk_can(c, action, from));
	TRY(desk_can(c, action, to));
	TRY(plan(c, from, to, type_ids, n, &set));
	TRY(lock_two(c, from, to, given));
	TRY(quote_check_link(c, from, to));
	TRY(association_between(c, from->id, to->object_type, to->id, &set.is, &set.is_n));
	TRY(check_room(c, work, from, to, &set));
	if (how.others_go)
		TRY(remove_unwanted(c, work, from, to, &set));
	for (size_t i = 0; i < set.wanted_n; i++)
		TRY(put(c, work, from, to, set.wanted[i]));
	TRY(rule_contact_linked(c, from, to));
	return finish(c, &own, given, how.is_new ? from->id : 0);
}

/* A new object has no links but those that are asked for: more than a user allows? */
static enum err check_new(struct ctx *c, const struct object *from, const struct object *targets,
                          const struct link_set *sets, size_t n)
{
	const struct association_type *type = sets[n - 1].wanted[sets[n - 1].wanted_n - 1];
	int64_t found = 0;
	for (size_t i = 0; i < n && is_limited(type); i++) {
		bool is_counted = false;
		for (size_t k = 0; k < i; k++)
			is_counted = is_counted || targets[k].id == targets[i].id;
		for (size_t k = 0; k < sets[i].wanted_n && !is_counted; k++)
			found += sets[i].wanted[k] == type;
	}
	return found > type->max_to_objects && is_limited(type) ? link_no_room(c, from, type) : OK;
}

enum err desk_associate_check(struct ctx *c, const struct object *from, const struct link_in *links, size_t n)
{
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	struct object *targets = NEW_ARRAY(c->a, n, struct object);
	struct link_set *sets = NEW_ARRAY(c->a, n, struct link_set);
	struct link_work none = {0};
	for (size_t i = 0; i < n; i++) {
		TRY(find_target(c, &links[i], &targets[i]));
		TRY(plan(c, from, &targets[i], &links[i].type_id, 1, &sets[i]));
		ids[i] = targets[i].id;
	}
	TRY(desk_object_lock_all(c, ids, n, NULL, 0));
	for (size_t i = 0; i < n; i++)
		TRY(check_room(c, &none, from, &targets[i], &sets[i]));
	for (size_t i = 0; i < n && from->id == 0; i++)
		TRY(check_new(c, from, targets, sets, i + 1));
	return OK;
}

enum err desk_associate(struct ctx *c, const struct object *from, const struct link_in *link)
{
	struct object to;
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(find_target(c, link, &to));
	return link_all(c, from, &to, &link->type_id, 1, (struct how){0}, NULL);
}

enum err desk_associate_new(struct ctx *c, const struct object *from, const struct link_in *link)
{
	struct object to;
	TRY(find_target(c, link, &to));
	return link_all(c, from, &to, &link->type_id, 1, (struct how){.is_new = true}, NULL);
}

enum err desk_associate_as(struct ctx *c, const struct object *from, const struct object *to, const int64_t *type_ids,
                           size_t n, struct link_work *work)
{
	return link_all(c, from, to, type_ids, n, (struct how){.others_go = true}, work);
}

enum err desk_associate_also(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                             struct link_work *work)
{
	return link_all(c, from, to, &type_id, 1, (struct how){0}, work);
}

/* Unlinking -------------------------------------------------------------------------------------------------------- */

/* Labels first, so that whoever hears of it never sees a label without its link. */
static enum err unlink_all(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to)
{
	struct link_set set = {0};
	const struct association_type *plain = schema_plain_link(c, from->object_type, to->object_type);
	TRY(association_between(c, from->id, to->object_type, to->id, &set.is, &set.is_n));
	if (plain != NULL)
		want(&set, plain);
	TRY(remove_unwanted(c, work, from, to, &set));
	if (plain != NULL)
		TRY(link_remove(c, work, from, to, plain));
	return rule_contact_gone(c, from, to);
}

enum err desk_dissociate(struct ctx *c, const struct object *from, const struct object *to, struct link_work *given)
{
	struct link_work own = {0};
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(desk_can(c, CAN_EDIT, to));
	TRY(lock_two(c, from, to, given));
	TRY(quote_check_link(c, from, to));
	TRY(unlink_all(c, given ? given : &own, from, to));
	return finish(c, &own, given, 0);
}

enum err desk_dissociate_type(struct ctx *c, const struct object *from, const struct object *to, int64_t type_id,
                              struct link_work *given)
{
	const struct association_type *plain, *type;
	struct link_work own = {0}, *work = given ? given : &own;
	TRY(desk_can(c, CAN_EDIT, from));
	TRY(desk_can(c, CAN_EDIT, to));
	TRY(find_plain(c, from, to, &plain));
	TRY(find_type(c, from, to, type_id, plain, &type));
	TRY(lock_two(c, from, to, given));
	TRY(quote_check_link(c, from, to));
	TRY(type == plain ? unlink_all(c, work, from, to) : link_remove(c, work, from, to, type));
	return finish(c, &own, given, 0);
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

enum err desk_association_list(struct ctx *c, const struct object *from, int64_t to_type, int64_t after, int64_t object_n,
                               struct association **out, size_t *n_out)
{
	const struct ticket_access *sight = desk_sight_of(c, to_type);
	TRY(desk_can(c, CAN_VIEW, from));
	if (sight != NULL)
		return association_list_seen(c, sight, from->id, after, object_n, out, n_out);
	return association_list(c, from->id, to_type, after, object_n, out, n_out);
}

enum err desk_association_type(struct ctx *c, int64_t type_id, struct association_type *out)
{
	const struct association_type *type = schema_link_type(c, type_id);
	/* the row of a link may be newer than the definitions that this process knows */
	if (type == NULL)
		return association_type_load(c, type_id, out);
	*out = *type;
	return OK;
}

enum err desk_association_types(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out,
                                size_t *n_out)
{
	size_t n, found = 0;
	const struct association_type *types = schema_link_types(c, &n);
	TRY(desk_can(c, CAN_VIEW, NULL));
	*out = NEW_ARRAY(c->a, n, struct association_type);
	for (size_t i = 0; i < n; i++)
		if (types[i].from_type == from_type && types[i].to_type == to_type)
			(*out)[found++] = types[i];
	*n_out = found;
	return OK;
}

enum err desk_association_type_named(struct ctx *c, int64_t from_type, int64_t to_type, struct str name, int64_t *id_out)
{
	size_t n;
	const struct association_type *types = schema_link_types(c, &n), *found = NULL;
	if (num_parse_id(name, id_out))
		return OK;
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(types[i].name, name))
			continue;
		bool is_between = types[i].from_type == from_type && types[i].to_type == to_type;
		if (found == NULL || is_between)
			found = &types[i];
		if (is_between)
			break;
	}
	if (found == NULL)
		return fail(c, ERR_BAD_INPUT, "Association type \"" STR_FMT "\" does not exist.",
		            STR_ARG(str_head(name, 200)));
	*id_out = found->type_id;
	return OK;
}
