/* Folders know their path, so that looking one up is one query; moving one rewrites the paths below it in one statement. */

#include "desk/file_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/can.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_TASK_BYTES = 4096 };

static int64_t depth_of(struct str path)
{
	int64_t n = 0;
	for (size_t i = 0; i < path.n; i++)
		n += path.p[i] == '/';
	return n;
}

static enum err check_name(struct ctx *c, struct str name)
{
	if (name.n == 0)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "A folder needs a name.");
	if (name.n > MAX_FILE_NAME_BYTES)
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A folder's name has at most %d bytes.", MAX_FILE_NAME_BYTES);
	bool is_dots = str_eq(name, STR(".")) || str_eq(name, STR(".."));
	for (size_t i = 0; i < name.n; i++)
		if (is_dots || name.p[i] == '/' || name.p[i] == '\\' || (unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
			return fail_field(c, STR("name"), STR("INVALID_STRING"), "A folder's name has no slashes or control characters.");
	return OK;
}

static enum err check_path(struct ctx *c, size_t bytes, int64_t depth)
{
	if (depth > MAX_FOLDER_DEPTH)
		return fail_field(c, STR("parentFolderId"), STR("TOO_DEEP"), "Folders go at most %d deep.", MAX_FOLDER_DEPTH);
	if (bytes > MAX_FOLDER_PATH_BYTES)
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "The path of a folder has at most %d bytes.", MAX_FOLDER_PATH_BYTES);
	return OK;
}

static enum err load_parent(struct ctx *c, struct str field, int64_t id, struct folder *out)
{
	*out = (struct folder){.path = STR("")};
	if (id == FOLDER_ROOT)
		return OK;
	enum err e = folder_load(c, id, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, field, STR("NOT_FOUND"), "There is no folder %lld.", (long long)id);
}

static enum err insert(struct ctx *c, const struct folder *parent, struct str name, struct folder *out)
{
	int64_t n;
	TRY(check_name(c, name));
	*out = (struct folder){.parent_id = parent->id, .name = name};
	out->path = str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(parent->path), STR_ARG(name));
	TRY(check_path(c, out->path.n, depth_of(out->path)));
	TRY(folder_count(c, &n));
	if (n >= MAX_FOLDERS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d folders.", MAX_FOLDERS);
	TRY(folder_insert(c, out));
	return bus_emit(c, EV_FOLDER_CHANGED, &(struct event_about){.about_id = out->id});
}

static enum err check_free(struct ctx *c, struct str path, int64_t own_id)
{
	struct folder other;
	enum err e = folder_by_path(c, path, &other);
	if (e == OK && other.id != own_id)
		return fail(c, ERR_CONFLICT, "There is a folder \"" STR_FMT "\". Existing ID: %lld", STR_ARG(path), (long long)other.id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* Down the path, making what is missing. */
static enum err make_path(struct ctx *c, struct str path, struct folder *out)
{
	*out = (struct folder){.path = STR("")};
	if (path.n > MAX_FOLDER_PATH_BYTES)
		return check_path(c, path.n, 0);
	for (struct str rest = path; !str_is_null(rest);) {
		struct str name = str_trim(str_cut(&rest, STR("/")));
		struct folder next;
		if (name.n == 0)
			continue;
		enum err e = folder_by_path(c, str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(out->path), STR_ARG(name)), &next);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			e = insert(c, out, name, &next);
		}
		TRY(e);
		*out = next;
	}
	return OK;
}

enum err folder_of(struct ctx *c, int64_t id, struct str path, int64_t *out)
{
	struct folder f;
	if (str_is_null(path))
		TRY(load_parent(c, STR("folderId"), id, &f));
	else
		TRY(make_path(c, path, &f));
	*out = f.id;
	return OK;
}

enum err desk_folder_create(struct ctx *c, struct str name, int64_t parent_id, struct str parent_path, struct folder *out)
{
	struct folder parent;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(file_lock(c));
	name = str_trim(name);
	if (str_is_null(parent_path))
		TRY(load_parent(c, STR("parentFolderId"), parent_id, &parent));
	else
		TRY(make_path(c, parent_path, &parent));
	TRY(check_free(c, str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(parent.path), STR_ARG(name)), 0));
	return insert(c, &parent, name, out);
}

enum err desk_folder(struct ctx *c, int64_t id, struct folder *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return folder_load(c, id, out);
}

enum err desk_folder_by_path(struct ctx *c, struct str path, struct folder *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	while (path.n > 0 && path.p[0] == '/')
		path = str_skip(path, 1);
	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	return folder_by_path(c, str_cat(c->a, STR("/"), path), out);
}

enum err desk_folder_find(struct ctx *c, const struct file_find *find, struct folder **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return folder_find(c, find, out, n_out);
}

/* Is the new place below the old one, or too deep? */
static enum err check_move(struct ctx *c, const struct folder *f, const struct folder *parent, struct str new_path)
{
	int64_t longest, deepest;
	if (parent->id == f->id || str_starts(parent->path, str_cat(c->a, f->path, STR("/"))))
		return fail_field(c, STR("parentFolderId"), STR("INVALID_PARENT"), "A folder cannot be inside of itself.");
	TRY(check_free(c, new_path, f->id));
	TRY(folder_below(c, f->path, &longest, &deepest));
	int64_t deeper = deepest > 0 ? deepest - depth_of(f->path) : 0;
	/* characters below, bytes here: four bytes each at the most */
	size_t more = longest > 0 ? (size_t)(longest * 4) : 0;
	TRY(check_path(c, new_path.n, depth_of(new_path) + deeper));
	return more <= f->path.n ? OK : check_path(c, new_path.n + (more - f->path.n) / 4, 0);
}

static enum err move(struct ctx *c, struct folder *f, struct str name, int64_t parent_id)
{
	struct folder parent;
	struct str old_path = f->path;
	TRY(check_name(c, name));
	TRY(load_parent(c, STR("parentFolderId"), parent_id, &parent));
	struct str new_path = str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(parent.path), STR_ARG(name));
	TRY(check_move(c, f, &parent, new_path));
	f->name = name;
	f->parent_id = parent.id;
	f->path = new_path;
	TRY(folder_update(c, f));
	if (!str_eq(old_path, new_path))
		TRY(folder_move_below(c, old_path, new_path));
	return bus_emit(c, EV_FOLDER_CHANGED, &(struct event_about){.about_id = f->id});
}

enum err desk_folder_update(struct ctx *c, int64_t id, struct str name, int64_t parent_id, struct folder *out)
{
	struct folder f;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(file_lock(c));
	TRY(folder_load(c, id, &f));
	TRY(move(c, &f, str_is_null(name) ? f.name : str_trim(name), parent_id < 0 ? f.parent_id : parent_id));
	*out = f;
	return OK;
}

enum err desk_folder_archive(struct ctx *c, int64_t id)
{
	struct folder f;
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(file_lock(c));
	TRY(folder_load(c, id, &f));
	TRY(folder_archive(c, f.path));
	return bus_emit(c, EV_FOLDER_CHANGED, &(struct event_about){.about_id = id});
}

/* Later ------------------------------------------------------------------------------------------------------------- */

enum err desk_folder_update_later(struct ctx *c, int64_t id, struct str name, int64_t parent_id, struct file_task *out)
{
	struct buf b;
	struct json j;
	struct folder f;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(folder_load(c, id, &f));
	if (!str_is_null(name))
		TRY(check_name(c, str_trim(name)));
	buf_init(&b, c->a, MAX_TASK_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_id(&j, "id", id);
	json_add_string(&j, "name", name);
	json_add_int(&j, "parentFolderId", parent_id);
	json_object_end(&j);
	*out = (struct file_task){.kind = STR("folder.update"), .body = buf_str(&b), .user_id = c->who.user_id};
	TRY(file_task_insert(c, out));
	return job_add(c, &job_folder_update, out->id, STR_NULL, 0);
}

enum err desk_file_task(struct ctx *c, struct str kind, int64_t id, struct file_task *out)
{
	struct file_task t;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(file_task_load(c, id, &t));
	if (!str_eq(t.kind, kind))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	*out = t;
	return OK;
}

/* What was right when it was asked may be wrong now: then the task says why, and nothing has changed. */
static enum err update_folder(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct file_task t;
	struct folder f;
	json_t *asked;
	TRY(file_task_load(c, job->about_id, &t));
	TRY(json_parse(c, t.body, &asked));
	t.started_at = c->now;
	enum err e = desk_folder_update(c, json_get_id(asked, "id"), json_get_str(asked, "name"),
	                                json_get_int(asked, "parentFolderId", -1), &f);
	if (e != OK && err_http(e) >= 500)
		return e;
	struct str why = e == OK ? STR_NULL : c->why.detail.n ? c->why.detail : err_sentence(e);
	fail_clear(c);
	TRY(desk_file_task_done(c, &t, e == OK ? f.id : 0, why));
	return job_finish(c, job);
}

static enum err run_update(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, update_folder, job);
}

const struct job_kind job_folder_update = {
	.kind = "folder.update",
	.run = run_update,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = MINUTES(1),
};
