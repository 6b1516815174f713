/* Who is on a list. Ids come by the hundred thousand: they are asked for and written a chunk at a time. */

#include <stdlib.h>

#include "base/arena.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/list_int.h"
#include "desk/object.h"

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Sorted, each once, 0 (what was no id) left out. */
static size_t sorted(struct ctx *c, const int64_t *ids, size_t n, int64_t **out)
{
	size_t kept = 0;
	*out = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = ids[i];
	qsort(*out, n, sizeof(**out), by_number);
	for (size_t i = 0; i < n; i++)
		if ((*out)[i] != 0 && (kept == 0 || (*out)[kept - 1] != (*out)[i]))
			(*out)[kept++] = (*out)[i];
	return kept;
}

static bool is_among(const struct list_member *members, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (members[i].object_id == id)
			return true;
	return false;
}

static enum err add_chunk(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, struct list_changes *out)
{
	struct list_member *known, *added;
	size_t known_n, added_n;
	TRY(list_member_known(c, l->object_type, desk_sight_of(c, l->object_type), ids, n, &known, &known_n));
	int64_t *there = NEW_ARRAY(c->a, known_n + 1, int64_t); /* and an id that nothing has */
	for (size_t i = 0; i < known_n; i++)
		there[i] = known[i].object_id;
	TRY(list_member_add(c, l, there, known_n + 1, &added, &added_n));
	for (size_t i = 0; i < added_n; i++)
		out->added[out->added_n++] = added[i].object_id;
	for (size_t i = 0; i < n; i++)
		if (!is_among(known, known_n, ids[i]))
			out->missing[out->missing_n++] = ids[i];
	return OK;
}

static enum err remove_chunk(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, struct list_changes *out)
{
	struct list_member *known, *removed;
	size_t known_n, removed_n;
	TRY(list_member_known(c, l->object_type, desk_sight_of(c, l->object_type), ids, n, &known, &known_n));
	TRY(list_member_remove(c, l->id, ids, n, &removed, &removed_n));
	for (size_t i = 0; i < removed_n; i++)
		out->removed[out->removed_n++] = removed[i].object_id;
	for (size_t i = 0; i < n; i++)
		if (!is_among(known, known_n, ids[i]) && !is_among(removed, removed_n, ids[i]))
			out->missing[out->missing_n++] = ids[i];
	return OK;
}

typedef enum err chunk_fn(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, struct list_changes *out);

static enum err by_chunk(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, chunk_fn *fn,
                         struct list_changes *out)
{
	for (size_t at = 0; at < n; at += LIST_CHUNK)
		TRY(fn(c, l, ids + at, n - at < LIST_CHUNK ? n - at : LIST_CHUNK, out));
	return OK;
}

/* Before anything is written that can be refused. */
static enum err check_size(struct ctx *c, const struct list *l, int64_t added)
{
	if (l->size + added <= MAX_LIST_MEMBERS)
		return OK;
	return fail(c, ERR_BAD_INPUT, "A list has at most %d members.", MAX_LIST_MEMBERS);
}

static enum err keep_size(struct ctx *c, struct list *l, int64_t change)
{
	if (change == 0)
		return OK;
	l->size += change;
	return list_update(c, l);
}

enum err desk_list_change(struct ctx *c, int64_t id, const int64_t *add, size_t add_n, const int64_t *remove,
                          size_t remove_n, struct list_changes *out)
{
	struct list l;
	int64_t *adds, *removes;
	if (add_n + remove_n > MAX_MEMBERS_IN)
		return fail(c, ERR_BAD_INPUT, "More than %d record ids in one call.", MAX_MEMBERS_IN);
	add_n = sorted(c, add, add_n, &adds);
	remove_n = sorted(c, remove, remove_n, &removes);
	*out = (struct list_changes){
		.added = NEW_ARRAY(c->a, add_n, int64_t),
		.removed = NEW_ARRAY(c->a, remove_n, int64_t),
		.missing = NEW_ARRAY(c->a, add_n + remove_n, int64_t),
	};
	TRY(list_begin(c, id, &l));
	TRY(by_chunk(c, &l, removes, remove_n, remove_chunk, out));
	TRY(by_chunk(c, &l, adds, add_n, add_chunk, out));
	l.size -= (int64_t)out->removed_n;
	TRY(check_size(c, &l, (int64_t)out->added_n));
	if (out->added_n + out->removed_n == 0)
		return OK;
	l.size += (int64_t)out->added_n;
	TRY(list_update(c, &l));
	return list_announce(c, EV_LIST_MEMBERS, id);
}

enum err desk_list_clear(struct ctx *c, int64_t id)
{
	struct list l;
	int64_t n;
	TRY(list_begin(c, id, &l));
	TRY(list_member_remove_all(c, id, &n));
	TRY(keep_size(c, &l, -n));
	return n > 0 ? list_announce(c, EV_LIST_MEMBERS, id) : OK;
}

enum err desk_list_copy(struct ctx *c, int64_t id, int64_t source_id)
{
	struct list l, source;
	int64_t n;
	TRY(list_begin(c, id, &l));
	TRY(desk_list_load(c, source_id, &source));
	if (l.object_type != source.object_type)
		return fail_field(c, STR("sourceListId"), STR("INVALID_OPTION"),
		                  "The two lists are of different types of objects.");
	if (source.size > MAX_MEMBERS_IN)
		return fail_field(c, STR("sourceListId"), STR("INVALID_OPTION"),
		                  "The source has more than %d members.", MAX_MEMBERS_IN);
	TRY(list_member_copy(c, source_id, id, &n));
	TRY(check_size(c, &l, n));
	TRY(keep_size(c, &l, n));
	return n > 0 ? list_announce(c, EV_LIST_MEMBERS, id) : OK;
}

enum err desk_list_members(struct ctx *c, int64_t id, const struct list_place *place, int64_t limit, struct list *list_out,
                           struct list_member **out, size_t *n_out)
{
	TRY(desk_list_load(c, id, list_out));
	const struct ticket_access *sight = desk_sight_of(c, list_out->object_type);
	if (sight != NULL)
		return list_member_page_seen(c, sight, id, place, limit, out, n_out);
	return list_member_page(c, id, place, limit, out, n_out);
}

enum err desk_lists_of(struct ctx *c, const struct type_def *t, int64_t object_id, struct list_of_object **out,
                       size_t *n_out)
{
	struct object o;
	TRY(desk_object_load(c, t, object_id, false, &o));
	return list_of_object(c, o.id, MAX_LISTS_OF_OBJECT, out, n_out);
}

enum err desk_list_forget(struct ctx *c, int64_t object_id)
{
	return list_member_forget(c, object_id);
}

enum err desk_list_replace(struct ctx *c, int64_t object_id, int64_t by_id)
{
	return list_member_replace(c, object_id, by_id);
}
