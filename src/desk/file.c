#include "desk/file_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/num.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/channel.h"
#include "desk/env.h"
#include "store/blob.h"

/* Names and access -------------------------------------------------------------------------------------------------- */

enum err file_split_name(struct ctx *c, struct str field, struct str full, struct str *name_out, struct str *extension_out)
{
	full = str_trim(full);
	if (full.n == 0)
		return fail_field(c, field, STR("REQUIRED_FIELD"), "A file needs a name.");
	if (full.n > MAX_FILE_NAME_BYTES)
		return fail_field(c, field, STR("INVALID_LENGTH"), "A file's name has at most %d bytes.", MAX_FILE_NAME_BYTES);
	for (size_t i = 0; i < full.n; i++)
		if (full.p[i] == '/' || full.p[i] == '\\' || (unsigned char)full.p[i] < ' ' || full.p[i] == 0x7f)
			return fail_field(c, field, STR("INVALID_STRING"), "A file's name has no slashes or control characters.");
	size_t dot = full.n;
	for (size_t i = full.n; i > 1 && dot == full.n; i--)
		if (full.p[i - 1] == '.')
			dot = i - 1;
	struct str extension = str_skip(full, dot + 1);
	bool is_one = extension.n > 0 && extension.n <= MAX_EXTENSION_BYTES;
	for (size_t i = 0; i < extension.n; i++) {
		char byte = extension.p[i];
		is_one = is_one && ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
	}
	*name_out = is_one ? str_head(full, dot) : full;
	*extension_out = is_one ? str_lower(c->a, extension) : STR("");
	return OK;
}

enum err file_check_access(struct ctx *c, struct str access)
{
	static const struct str known[] = {
		STR("PUBLIC_INDEXABLE"), STR("PUBLIC_NOT_INDEXABLE"), STR("HIDDEN_INDEXABLE"), STR("HIDDEN_NOT_INDEXABLE"),
		STR("PRIVATE"),          STR("HIDDEN_PRIVATE"),       STR("SENSITIVE"),        STR("HIDDEN_SENSITIVE"),
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(known[i], access))
			return OK;
	return fail_field(c, STR("access"), STR("INVALID_OPTION"),
	                  "access is PRIVATE, SENSITIVE, PUBLIC_INDEXABLE, PUBLIC_NOT_INDEXABLE, or one of these HIDDEN.");
}

bool file_is_public(const struct file *f)
{
	return str_ends(f->access, STR("INDEXABLE"));
}

bool file_is_indexable(const struct file *f)
{
	return file_is_public(f) && !str_ends(f->access, STR("NOT_INDEXABLE"));
}

struct str file_full_name(struct ctx *c, const struct file *f)
{
	if (f->extension.n == 0)
		return f->name;
	return str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(f->name), STR_ARG(f->extension));
}

struct str file_path(struct ctx *c, const struct file *f)
{
	return str_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(f->folder_path), STR_ARG(file_full_name(c, f)));
}

enum err file_free_name(struct ctx *c, int64_t folder_id, struct str *name, struct str extension)
{
	struct str wanted = *name;
	for (int i = 0; i <= MAX_NAME_TRIES; i++) {
		struct file other;
		enum err e = file_by_name(c, folder_id, *name, extension, &other);
		if (e == ERR_NOT_FOUND)
			fail_clear(c);
		if (e != OK)
			return e == ERR_NOT_FOUND ? OK : e;
		*name = str_fmt(c->a, STR_FMT "-%d", STR_ARG(wanted), i + 1);
	}
	*name = str_fmt(c->a, STR_FMT "-" STR_FMT, STR_ARG(wanted), STR_ARG(rand_token(c->a, 9)));
	return OK;
}

enum err file_announce(struct ctx *c, int64_t id)
{
	return bus_emit(c, EV_FILE_CHANGED, &(struct event_about){.about_id = id});
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

enum err desk_file(struct ctx *c, int64_t id, struct file *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return file_load(c, id, out);
}

enum err desk_file_find(struct ctx *c, const struct file_find *find, struct file **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return file_find(c, find, out, n_out);
}

enum err desk_file_stat(struct ctx *c, struct str path, struct file *file_out, struct folder *folder_out, bool *is_file_out)
{
	struct file *files;
	size_t n;
	TRY(desk_can(c, CAN_VIEW, NULL));
	while (path.n > 0 && path.p[0] == '/')
		path = str_skip(path, 1);
	path = str_cat(c->a, STR("/"), path);
	const struct file_find find = {
		.id = RANGE_ANY, .created_at = RANGE_ANY, .updated_at = RANGE_ANY, .expires_at = RANGE_ANY, .size_bytes = RANGE_ANY,
		.width = RANGE_ANY, .height = RANGE_ANY, .is_usable = -1, .is_public = -1, .path = path, .limit = 1,
	};
	TRY(file_find(c, &find, &files, &n));
	*is_file_out = n > 0;
	if (n == 0)
		return folder_by_path(c, path, folder_out);
	*file_out = files[0];
	return OK;
}

/* Changing ---------------------------------------------------------------------------------------------------------- */

static enum err change_place(struct ctx *c, const struct file_change *change, struct file *f)
{
	struct str name = f->name, extension = f->extension;
	int64_t folder_id = f->folder_id;
	struct file other;
	if (change->name.n > 0) {
		TRY(file_split_name(c, STR("name"), change->name, &name, &extension));
		/* the name alone keeps the extension, and nobody makes a picture into a program by its name */
		if (!str_eq(extension, f->extension)) {
			name = str_trim(change->name);
			extension = f->extension;
		}
	}
	if (change->folder_id >= 0 || !str_is_null(change->folder_path))
		TRY(folder_of(c, change->folder_id, change->folder_path, &folder_id));
	if (str_eq(name, f->name) && folder_id == f->folder_id)
		return OK;
	enum err e = file_by_name(c, folder_id, name, extension, &other);
	if (e == OK && other.id != f->id)
		return fail(c, ERR_CONFLICT, "There is a file \"" STR_FMT "\" in that folder. Existing ID: %lld",
		            STR_ARG(file_full_name(c, &other)), (long long)other.id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	f->name = name;
	f->folder_id = folder_id;
	return OK;
}

enum err desk_file_update(struct ctx *c, int64_t id, const struct file_change *change, struct file *out)
{
	struct file f;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(file_lock(c));
	TRY(file_load(c, id, &f));
	TRY(change_place(c, change, &f));
	if (change->access.n > 0) {
		TRY(file_check_access(c, change->access));
		bool was_public = file_is_public(&f);
		f.access = change->access;
		if (file_is_public(&f) && !was_public)
			f.link_key = rand_token(c->a, LINK_KEY_BYTES); /* who knew an older address does not know this one */
	}
	if (change->expires_at > 0 && change->expires_at <= c->now)
		return fail_field(c, STR("expiresAt"), STR("INVALID_DATE"), "expiresAt is a time to come.");
	if (change->expires_at >= 0)
		f.expires_at = change->expires_at;
	if (change->is_usable >= 0)
		f.is_usable = change->is_usable;
	TRY(file_update(c, &f));
	TRY(file_announce(c, id));
	return file_load(c, id, out);
}

enum err desk_file_archive(struct ctx *c, int64_t id)
{
	struct file f;
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(file_lock(c));
	TRY(file_load(c, id, &f));
	f.archived_at = c->now;
	TRY(file_update(c, &f));
	return file_announce(c, id);
}

enum err file_drop_later(struct ctx *c, struct str blob)
{
	return job_add(c, &job_blob_drop, 0, str_fmt(c->a, "\"" STR_FMT "\"", STR_ARG(blob)), 0);
}

enum err desk_file_erase(struct ctx *c, int64_t id)
{
	struct file f;
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(file_lock(c));
	TRY(file_load_any(c, id, &f));
	if (f.folder_id == FOLDER_LIBRARY)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(file_remove(c, id));
	TRY(file_drop_later(c, f.blob));
	return file_announce(c, id);
}

/* Links ------------------------------------------------------------------------------------------------------------- */

/* The bytes are part of what is signed: a link to what a file was does not open what it became. */
static struct str sign(struct ctx *c, const struct file *f, int64_t expires_s)
{
	struct str text = str_fmt(c->a, "file link\n%lld\n%lld\n" STR_FMT, (long long)f->id, (long long)expires_s, STR_ARG(f->blob));
	return crypt_base64url(c->a, crypt_mac(c->a, c->env->sign_key, text));
}

enum err desk_file_link(struct ctx *c, const struct file *f, int64_t seconds, struct file_link *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	int64_t expires_s = c->now / 1000 + (seconds < MAX_LINK_SECONDS ? seconds : MAX_LINK_SECONDS);
	out->expires_at = expires_s * 1000;
	out->url = str_fmt(c->a, STR_FMT "/files/signed/%lld?expires=%lld&signature=" STR_FMT, STR_ARG(c->env->public_url),
	                   (long long)f->id, (long long)expires_s, STR_ARG(sign(c, f, expires_s)));
	return OK;
}

enum err desk_file_of_link(struct ctx *c, int64_t id, struct str expires, struct str signature, struct file *out)
{
	struct file f;
	int64_t expires_s;
	enum err e = file_load(c, id, &f);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	/* the same answer whether the id or the signature is wrong: nobody learns which files there are */
	if (e == ERR_NOT_FOUND || !num_parse_int(expires, &expires_s) || !crypt_equal(signature, sign(c, &f, expires_s))) {
		fail_clear(c);
		return fail(c, ERR_NOT_ALLOWED, "This link is not valid. Ask for a new one.");
	}
	if (expires_s <= c->now / 1000)
		return fail(c, ERR_NOT_ALLOWED, "This link has expired. Ask for a new one.");
	*out = f;
	return OK;
}

enum err desk_file_of_key(struct ctx *c, struct str key, struct file *out)
{
	struct file f;
	TRY(file_by_key(c, key, &f));
	if (!file_is_public(&f))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	*out = f;
	return OK;
}

enum err desk_file_open(struct ctx *c, const struct file *f, int *fd_out)
{
	return blob_open_fd(c, c->env->data_dir, f->blob, fd_out);
}

/* Cutting back ------------------------------------------------------------------------------------------------------ */

enum err desk_file_sweep(struct ctx *c, int64_t *removed_out)
{
	struct file *over;
	size_t n;
	TRY(file_task_sweep(c, c->now - DAYS(TASK_DAYS)));
	TRY(channel_staging_sweep(c, c->now - DAYS(STAGING_DAYS)));
	TRY(file_list_over(c, c->now - DAYS(FILE_DAYS), FILES_AT_ONCE, &over, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(file_remove(c, over[i].id));
		TRY(file_drop_later(c, over[i].blob));
	}
	*removed_out = (int64_t)n;
	return OK;
}

static enum err drop_all(struct ctx *c, void *arg)
{
	for (const struct str *blob = arg; !str_is_null(*blob); blob++)
		TRY(file_drop_later(c, *blob));
	return OK;
}

enum err desk_draft_sweep(struct ctx *c)
{
	struct str *names;
	size_t n;
	TRY(blob_sweep(c, c->env->data_dir, &names, &n));
	if (n == 0)
		return OK;
	struct str *list = NEW_ARRAY(c->a, n + 1, struct str);
	for (size_t i = 0; i < n; i++)
		list[i] = names[i];
	return c->run->write(c->run->self, c, drop_all, list);
}

static enum err drop_blob(struct ctx *c, void *arg)
{
	struct job *job = arg;
	bool is_gone;
	struct str name = str_head(str_skip(job->body, 1), job->body.n - 2); /* a JSON string */
	TRY(blob_drop(c, c->env->data_dir, name, &is_gone));
	return job_finish(c, job);
}

static enum err run_drop(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, drop_blob, job);
}

const struct job_kind job_blob_drop = {
	.kind = "blob.drop",
	.run = run_drop,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = MINUTES(1),
};
