#include "desk/list.h"

#include "base/arena.h"
#include "base/clock.h"
#include "desk/can.h"
#include "desk/list_int.h"
#include "store/object.h"

enum err list_not_there(struct ctx *c, int64_t id)
{
	fail_clear(c);
	fail_context(c, STR("listId"), str_fmt(c->a, "%lld", (long long)id));
	enum err e = fail(c, ERR_NOT_FOUND, "List does not exist with ID %lld.", (long long)id);
	c->why.sub_category = STR("ILS.LIST_NOT_FOUND");
	return e;
}

enum err list_announce(struct ctx *c, enum event_kind kind, int64_t id)
{
	return bus_emit(c, kind, &(struct event_about){.about_id = id});
}

enum err list_lock_all(struct ctx *c)
{
	return object_lock_key(c, STR("lists"));
}

enum err list_check_name(struct ctx *c, struct str field, struct str name)
{
	if (str_trim(name).n > 0 && name.n <= MAX_LIST_NAME_BYTES)
		return OK;
	return fail_field(c, field, STR("INVALID_LENGTH"), STR_FMT " has 1 to %d bytes of text.", STR_ARG(field),
	                  MAX_LIST_NAME_BYTES);
}

static enum err check_free(struct ctx *c, int64_t object_type, struct str name_key, int64_t own_id)
{
	struct list other;
	enum err e = list_by_name(c, object_type, name_key, &other);
	if (e == ERR_NOT_FOUND || (e == OK && other.id == own_id)) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	fail_context(c, STR("listId"), str_fmt(c->a, "%lld", (long long)other.id));
	e = fail_field(c, STR("name"), STR("DUPLICATE_LIST_NAMES"), "A list named \"" STR_FMT "\" already exists.",
	               STR_ARG(other.name));
	c->why.sub_category = STR("ILS.DUPLICATE_LIST_NAMES");
	return e;
}

static enum err check_folder(struct ctx *c, int64_t id)
{
	struct list_folder f;
	enum err e = desk_list_folder_find(c, id, &f);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("listFolderId"), STR("INVALID_OPTION"), "There is no list folder %lld.", (long long)id);
}

enum err desk_list_create(struct ctx *c, const struct list_in *in, struct list *out)
{
	int64_t n;
	struct list l = {
		.object_type = in->type->row.id,
		.name = str_trim(in->name),
		.folder_id = in->folder_id,
		.version = 1,
		.created_by = c->who.user_id,
		.updated_by = c->who.user_id,
		.created_at = c->now,
		.updated_at = c->now,
	};
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(list_check_name(c, STR("name"), in->name));
	TRY(list_lock_all(c));
	TRY(list_count(c, MAX_LISTS, &n));
	if (n >= MAX_LISTS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d lists.", MAX_LISTS);
	TRY(check_folder(c, in->folder_id));
	l.name_key = str_lower(c->a, l.name);
	TRY(check_free(c, l.object_type, l.name_key, 0));
	TRY(list_insert(c, &l));
	*out = l;
	return list_announce(c, EV_LIST_CREATED, l.id);
}

enum err desk_list_load(struct ctx *c, int64_t id, struct list *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = list_load(c, id, out);
	return e == ERR_NOT_FOUND || (e == OK && out->archived_at > 0) ? list_not_there(c, id) : e;
}

enum err desk_list_by_name(struct ctx *c, const struct type_def *t, struct str name, struct list *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = list_by_name(c, t->row.id, str_lower(c->a, str_trim(name)), out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	fail_context(c, STR("listName"), str_head(name, MAX_LIST_NAME_BYTES));
	e = fail(c, ERR_NOT_FOUND, "List does not exist with name \"" STR_FMT "\".",
	         STR_ARG(str_head(name, MAX_LIST_NAME_BYTES)));
	c->why.sub_category = STR("ILS.LIST_NOT_FOUND");
	return e;
}

enum err desk_list_all(struct ctx *c, struct list **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return list_all(c, MAX_LISTS, out, n_out);
}

enum err list_begin(struct ctx *c, int64_t id, struct list *out)
{
	TRY(desk_can(c, CAN_EDIT, NULL));
	enum err e = list_lock(c, id, out);
	return e == ERR_NOT_FOUND || (e == OK && out->archived_at > 0) ? list_not_there(c, id) : e;
}

static enum err keep(struct ctx *c, struct list *l)
{
	l->version++;
	l->updated_at = c->now;
	l->updated_by = c->who.user_id;
	return list_update(c, l);
}

enum err desk_list_rename(struct ctx *c, int64_t id, struct str name, struct list *out)
{
	TRY(list_check_name(c, STR("listName"), name));
	TRY(list_lock_all(c));
	TRY(list_begin(c, id, out));
	out->name = str_trim(name);
	out->name_key = str_lower(c->a, out->name);
	TRY(check_free(c, out->object_type, out->name_key, id));
	TRY(keep(c, out));
	return list_announce(c, EV_LIST_CHANGED, id);
}

enum err desk_list_move(struct ctx *c, int64_t id, int64_t folder_id)
{
	struct list l;
	struct list_folder f;
	TRY(list_lock_all(c));
	TRY(list_begin(c, id, &l));
	TRY(desk_list_folder_find(c, folder_id, &f));
	l.folder_id = folder_id;
	TRY(list_update(c, &l));
	return list_announce(c, EV_LIST_CHANGED, id);
}

enum err desk_list_archive(struct ctx *c, int64_t id)
{
	struct list l;
	TRY(desk_can(c, CAN_DELETE, NULL));
	enum err e = list_lock(c, id, &l);
	if (e == ERR_NOT_FOUND)
		return list_not_there(c, id);
	TRY(e);
	if (l.archived_at > 0)
		return OK;
	l.archived_at = c->now;
	TRY(keep(c, &l));
	return list_announce(c, EV_LIST_DELETED, id);
}

enum err desk_list_restore(struct ctx *c, int64_t id)
{
	struct list l;
	struct list_folder f;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(list_lock_all(c));
	enum err e = list_lock(c, id, &l);
	if (e == ERR_NOT_FOUND || (e == OK && l.archived_at > 0 && l.archived_at < c->now - DAYS(LIST_DAYS)))
		return list_not_there(c, id);
	TRY(e);
	if (l.archived_at == 0)
		return OK;
	TRY(check_free(c, l.object_type, l.name_key, id));
	/* its folder may be gone meanwhile */
	e = desk_list_folder_find(c, l.folder_id, &f);
	if (e == ERR_NOT_FOUND)
		l.folder_id = 0;
	else
		TRY(e);
	fail_clear(c);
	l.archived_at = 0;
	TRY(keep(c, &l));
	return list_announce(c, EV_LIST_CREATED, id);
}
