/* Folders of the library: one level, each of one kind. */

#include "desk/library_int.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "text/fold.h"

static struct library_shelf shelf_of(const struct ctx *c, const struct library_folder *f)
{
	return (struct library_shelf){.folder = *f, .may_edit = library_may_edit(c, f->user_id)};
}

enum err desk_library_folders(struct ctx *c, enum library_kind kind, struct library_shelf **out, size_t *n_out)
{
	struct library_folder *folders;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(library_folder_list(c, library_kind_name(kind), &folders, n_out));
	struct library_shelf *shelves = NEW_ARRAY(c->a, *n_out, struct library_shelf);
	for (size_t i = 0; i < *n_out; i++)
		shelves[i] = shelf_of(c, &folders[i]);
	*out = shelves;
	return OK;
}

static enum err take_name(struct ctx *c, struct str name, struct library_folder *f)
{
	struct library_folder *others;
	size_t n;
	f->name = str_trim(name);
	TRY(library_check_name(c, f->name));
	f->name_key = text_fold(c->a, f->name);
	TRY(library_folder_list(c, f->kind, &others, &n));
	if (f->id == 0 && n >= MAX_LIBRARY_FOLDERS)
		return fail(c, ERR_CONFLICT, "There are at most %d folders.", MAX_LIBRARY_FOLDERS);
	for (size_t i = 0; i < n; i++)
		if (others[i].id != f->id && str_eq(others[i].name_key, f->name_key))
			return fail_field(c, STR("name"), STR("DUPLICATE"), "There is a folder \"" STR_FMT "\".", STR_ARG(others[i].name));
	return OK;
}

static enum err tell(struct ctx *c, const struct library_folder *f)
{
	return bus_emit(c, EV_LIBRARY_FOLDER, &(struct event_about){.about_id = f->id});
}

enum err desk_library_folder_create(struct ctx *c, enum library_kind kind, struct str name, struct library_shelf *out)
{
	struct library_folder f = {.kind = library_kind_name(kind), .user_id = c->who.user_id};
	TRY(desk_can(c, CAN_EDIT, NULL));
	if (!desk_may_make(c))
		return fail(c, ERR_NOT_ALLOWED, "Only users have a library.");
	TRY(library_lock(c));
	TRY(take_name(c, name, &f));
	TRY(library_folder_insert(c, &f));
	*out = shelf_of(c, &f);
	return tell(c, &f);
}

static enum err load_own(struct ctx *c, int64_t id, struct library_folder *out)
{
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(library_lock(c));
	enum err e = library_folder_load(c, id, out);
	if (e == ERR_NOT_FOUND)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(e);
	return library_may_edit(c, out->user_id) ? OK : fail(c, ERR_NOT_ALLOWED, "A folder is changed by who made it, and by administrators.");
}

enum err desk_library_folder_rename(struct ctx *c, int64_t id, struct str name, struct library_shelf *out)
{
	struct library_folder f;
	TRY(load_own(c, id, &f));
	TRY(take_name(c, name, &f));
	TRY(library_folder_update(c, &f));
	*out = shelf_of(c, &f);
	return tell(c, &f);
}

enum err desk_library_folder_remove(struct ctx *c, int64_t id)
{
	struct library_folder f;
	TRY(load_own(c, id, &f));
	TRY(library_folder_remove(c, id));
	return tell(c, &f);
}
