#include "desk/association_label.h"

#include "base/arena.h"
#include "base/num.h"
#include "desk/can.h"
#include "desk/definitions.h"
#include "store/association_label.h"

static bool is_user_label(const struct association_type *t)
{
	return str_eq(t->category, STR("USER_DEFINED")) && !str_is_null(t->label);
}

static enum err check_label(struct ctx *c, struct str field, struct str label)
{
	if (str_trim(label).n > 0 && label.n <= MAX_LINK_LABEL_BYTES)
		return OK;
	return fail_field(c, field, STR("INVALID_LENGTH"), STR_FMT " has 1 to %d bytes of text.", STR_ARG(field),
	                  MAX_LINK_LABEL_BYTES);
}

static enum err check_name(struct ctx *c, struct str name)
{
	bool is_name = name.n > 0 && name.n <= MAX_LINK_NAME_BYTES;
	for (size_t i = 0; is_name && i < name.n; i++) {
		char b = name.p[i];
		bool is_letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
		is_name = is_letter || (i > 0 && ((b >= '0' && b <= '9') || b == '_'));
	}
	if (is_name)
		return OK;
	return fail_field(c, STR("name"), STR("INVALID_NAME"),
	                  "A name has letters, digits and underscores, begins with a letter, and is not longer than %d.",
	                  MAX_LINK_NAME_BYTES);
}

/* Nothing else between the two types, from either side, has that name or, from that side, that label. */
static enum err check_free(struct ctx *c, int64_t from_type, int64_t to_type, struct str name, struct str label,
                           int64_t own_id, int64_t own_inverse)
{
	struct association_type *types;
	size_t n, labels = 0;
	TRY(association_type_list(c, from_type, to_type, &types, &n));
	for (size_t i = 0; i < n; i++) {
		labels += is_user_label(&types[i]);
		if (types[i].type_id == own_id || types[i].type_id == own_inverse)
			continue;
		if (str_eq_nocase(types[i].name, name))
			return fail(c, ERR_CONFLICT, "An association named \"" STR_FMT "\" already exists.", STR_ARG(name));
		if (types[i].label.n > 0 && str_eq_nocase(types[i].label, label))
			return fail(c, ERR_CONFLICT, "An association labelled \"" STR_FMT "\" already exists.",
			            STR_ARG(label));
	}
	if (labels >= MAX_LABELS_PER_PAIR && own_id == 0)
		return fail(c, ERR_BAD_INPUT, "There are at most %d labels between two types of objects.",
		            MAX_LABELS_PER_PAIR);
	return OK;
}

static enum err check_both_free(struct ctx *c, const struct association_type *there, const struct association_type *back,
                                int64_t own_id, int64_t own_inverse)
{
	TRY(check_free(c, there->from_type, there->to_type, there->name, there->label, own_id, own_inverse));
	if (there->from_type == there->to_type && str_eq_nocase(there->label, back->label) &&
	    there->type_id != back->type_id)
		return fail_field(c, STR("inverseLabel"), STR("INVALID_OPTION"), "The two labels have to be different.");
	return check_free(c, back->from_type, back->to_type, back->name, back->label, own_id, own_inverse);
}

static enum err put_two(struct ctx *c, const struct association_type *there, const struct association_type *back,
                        struct association_type **out, size_t *n_out)
{
	bool is_one = there->type_id == back->type_id;
	*out = NEW_ARRAY(c->a, 2, struct association_type);
	(*out)[0] = *there;
	(*out)[1] = *back;
	*n_out = is_one ? 1 : 2;
	TRY(association_type_put(c, there));
	if (!is_one)
		TRY(association_type_put(c, back));
	return definitions_changed(c);
}

enum err desk_link_label_create(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                const struct link_label_in *in, struct association_type **out, size_t *n_out)
{
	bool is_same_type = from_type->row.id == to_type->row.id, is_paired = !str_is_null(in->inverse_label);
	struct association_type plain, there = {.category = STR("USER_DEFINED"), .name = in->name, .label = in->label,
	                                        .from_type = from_type->row.id, .to_type = to_type->row.id};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_name(c, in->name));
	TRY(check_label(c, STR("label"), in->label));
	if (is_paired)
		TRY(check_label(c, STR("inverseLabel"), in->inverse_label));
	TRY(definitions_lock(c));
	enum err e = association_type_default(c, from_type->row.id, to_type->row.id, &plain);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "Objects of these two types cannot be associated.");
	}
	TRY(e);
	TRY(association_type_next_id(c, &there.type_id));
	there.inverse_id = is_same_type && !is_paired ? there.type_id : there.type_id + 1;
	struct association_type back = there;
	back.type_id = there.inverse_id;
	back.inverse_id = there.type_id;
	back.from_type = there.to_type;
	back.to_type = there.from_type;
	if (is_paired)
		back.label = in->inverse_label;
	/* each name means one type */
	if (is_same_type && is_paired)
		back.name = str_cat(c->a, in->name, STR("_inverse"));
	TRY(check_both_free(c, &there, &back, 0, 0));
	return put_two(c, &there, &back, out, n_out);
}

/* The label and its inverse, as they are now. */
static enum err begin_change(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                             int64_t type_id, struct association_type *there, struct association_type *back)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	enum err e = association_type_load(c, type_id, there);
	if (e == ERR_NOT_FOUND || (e == OK && (there->from_type != from_type->row.id || there->to_type != to_type->row.id))) {
		fail_clear(c);
		fail_context(c, STR("associationTypeId"), str_fmt(c->a, "%lld", (long long)type_id));
		return fail(c, ERR_NOT_FOUND, "Association type %lld does not exist.", (long long)type_id);
	}
	TRY(e);
	return association_type_load(c, there->inverse_id, back);
}

static enum err need_user_label(struct ctx *c, const struct association_type *t)
{
	if (is_user_label(t))
		return OK;
	return fail_field(c, STR("associationTypeId"), STR("INVALID_OPTION"),
	                  "Association type %lld is not a label that a user has made.", (long long)t->type_id);
}

enum err desk_link_label_update(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                int64_t type_id, const struct link_label_in *in)
{
	struct association_type there, back;
	TRY(check_label(c, STR("label"), in->label));
	if (!str_is_null(in->inverse_label))
		TRY(check_label(c, STR("inverseLabel"), in->inverse_label));
	TRY(begin_change(c, from_type, to_type, type_id, &there, &back));
	TRY(need_user_label(c, &there));
	bool is_one = there.type_id == back.type_id, are_same = str_eq(there.label, back.label);
	if (is_one && !str_is_null(in->inverse_label) && !str_eq(in->inverse_label, in->label))
		return fail_field(c, STR("inverseLabel"), STR("INVALID_OPTION"), "This label reads the same from both sides.");
	there.label = in->label;
	if (!str_is_null(in->inverse_label))
		back.label = in->inverse_label;
	else if (are_same)
		back.label = in->label;
	TRY(check_both_free(c, &there, &back, there.type_id, back.type_id));
	TRY(association_label_save(c, &there));
	if (!is_one)
		TRY(association_label_save(c, &back));
	return definitions_changed(c);
}

enum err desk_link_label_remove(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                                int64_t type_id)
{
	struct association_type there, back;
	TRY(begin_change(c, from_type, to_type, type_id, &there, &back));
	TRY(need_user_label(c, &there));
	int64_t low = there.type_id < back.type_id ? there.type_id : back.type_id;
	int64_t high = there.type_id < back.type_id ? back.type_id : there.type_id;
	TRY(association_label_lock(c, low));
	if (high != low)
		TRY(association_label_lock(c, high));
	TRY(association_label_remove(c, low));
	if (high != low)
		TRY(association_label_remove(c, high));
	return definitions_changed(c);
}

/* Limits ----------------------------------------------------------------------------------------------------------- */

enum err desk_link_limits(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type,
                          struct association_type **out, size_t *n_out)
{
	size_t n, found = 0;
	const struct association_type *types = schema_link_types(c, &n);
	TRY(desk_can(c, CAN_VIEW, NULL));
	*out = NEW_ARRAY(c->a, n, struct association_type);
	for (size_t i = 0; i < n; i++) {
		bool is_asked = from_type == NULL ||
		                (types[i].from_type == from_type->row.id && types[i].to_type == to_type->row.id);
		if (is_asked && types[i].max_to_objects > 0)
			(*out)[found++] = types[i];
	}
	*n_out = found;
	return OK;
}

enum err desk_link_limits_begin(struct ctx *c)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return definitions_lock(c);
}

enum err desk_link_limits_end(struct ctx *c)
{
	return definitions_changed(c);
}

/* A label has at most as many as all links together. */
static enum err check_order(struct ctx *c, const struct association_type *t, int64_t most)
{
	struct association_type *types;
	size_t n;
	bool is_plain = str_is_null(t->label) && !t->is_primary;
	TRY(association_type_list(c, t->from_type, t->to_type, &types, &n));
	for (size_t i = 0; i < n; i++) {
		const struct association_type *other = &types[i];
		bool is_other_plain = str_is_null(other->label) && !other->is_primary;
		if (other->type_id == t->type_id || other->max_to_objects == 0 || is_plain == is_other_plain)
			continue;
		if (is_plain && most < other->max_to_objects)
			return fail_field(c, STR("maxToObjectIds"), STR("INVALID_INTEGER"),
			                  "A label has a limit of %lld: that of all associations is not lower.",
			                  (long long)other->max_to_objects);
		if (!is_plain && most > other->max_to_objects)
			return fail_field(c, STR("maxToObjectIds"), STR("INVALID_INTEGER"),
			                  "All associations have a limit of %lld: that of a label is not higher.",
			                  (long long)other->max_to_objects);
	}
	return OK;
}

static enum err check_limit(struct ctx *c, const struct association_type *t, enum limit_change change, int64_t most)
{
	if (change == LIMIT_SET && t->max_to_objects > 0)
		return fail(c, ERR_CONFLICT, "Association type %lld has a limit already.", (long long)t->type_id);
	if (change == LIMIT_CHANGE && t->max_to_objects == 0) {
		fail_context(c, STR("typeId"), str_fmt(c->a, "%lld", (long long)t->type_id));
		return fail(c, ERR_NOT_FOUND, "Association type %lld has no limit.", (long long)t->type_id);
	}
	if (most < 1 || most > MAX_LINKS)
		return fail_field(c, STR("maxToObjectIds"), STR("INVALID_INTEGER"),
		                  "maxToObjectIds is a number from 1 to %d.", MAX_LINKS);
	return check_order(c, t, most);
}

enum err desk_link_limit(struct ctx *c, const struct type_def *from_type, const struct type_def *to_type, int64_t type_id,
                         enum limit_change change, int64_t most, struct association_type *out)
{
	struct association_type t;
	enum err e = association_type_load(c, type_id, &t);
	if (e == ERR_NOT_FOUND || (e == OK && (t.from_type != from_type->row.id || t.to_type != to_type->row.id))) {
		fail_clear(c);
		return fail_field(c, STR("typeId"), STR("INVALID_OPTION"),
		                  "Association type %lld does not exist between these types.", (long long)type_id);
	}
	TRY(e);
	if (t.is_primary && t.to_type == TYPE_COMPANY)
		return fail_field(c, STR("typeId"), STR("INVALID_OPTION"), "An object has one primary company, always.");
	if (change != LIMIT_REMOVE)
		TRY(check_limit(c, &t, change, most));
	t.max_to_objects = change == LIMIT_REMOVE ? 0 : most;
	TRY(association_label_save(c, &t));
	*out = t;
	return OK;
}
