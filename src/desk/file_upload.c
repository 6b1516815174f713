/* Bytes become files: first the blob is on disk, outside of any transaction; then the row that points at it. What goes wrong in
 * between leaves a blob that nobody has, and that is dropped at once, or by the sweep when this process dies. */

#include "desk/file_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/env.h"
#include "store/blob.h"
#include "text/image_size.h"
#include "text/video_type.h"

enum { MAX_CONTENT_TYPE_BYTES = 100, KEEP_TRIES = 3 };

enum err desk_draft_begin(struct ctx *c, struct blob_draft **out)
{
	return blob_begin(c, c->env->data_dir, out);
}

enum err desk_draft_add(struct ctx *c, struct blob_draft *d, struct str bytes)
{
	return blob_add(c, d, bytes);
}

struct upload_work {
	const struct upload_in *in;
	struct blob_draft *draft;
	int64_t id; /* of the file that is replaced; 0: a new one */
	struct file f; /* what the bytes and the name say */
	struct image_size image;
	struct file out;
	bool is_unused; /* the bytes belong to no row */
	struct str old_blob;
};

enum err file_read_ttl(struct ctx *c, struct str ttl, int64_t *expires_at)
{
	int64_t days = 0, n;
	struct str rest = ttl;
	bool is_good = rest.n > 2 && rest.p[0] == 'P';
	rest = str_skip(rest, 1);
	while (is_good && rest.n > 0) {
		size_t digits = 0;
		while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
			digits++;
		is_good = digits > 0 && digits < 5 && digits < rest.n && num_parse_int(str_head(rest, digits), &n);
		if (!is_good)
			break;
		char unit = rest.p[digits];
		int64_t unit_days = unit == 'D' ? 1 : unit == 'W' ? 7 : unit == 'M' ? 30 : unit == 'Y' ? 365 : 0;
		is_good = unit_days > 0;
		days += n * unit_days;
		rest = str_skip(rest, digits + 1);
	}
	if (!is_good || days < MIN_TTL_DAYS || days > MAX_TTL_DAYS)
		return fail_field(c, STR("ttl"), STR("INVALID_DURATION"),
		                  "ttl is an ISO 8601 duration of a day to a year, as P3M or P14D.");
	*expires_at = c->now + DAYS(days);
	return OK;
}

static bool is_media_type(struct str s)
{
	bool has_slash = false;
	for (size_t i = 0; i < s.n; i++) {
		char b = s.p[i];
		bool is_word = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == '_';
		if (b == '/' && !has_slash && i > 0 && i + 1 < s.n)
			has_slash = true;
		else if (!is_word)
			return false;
	}
	return has_slash && s.n <= MAX_CONTENT_TYPE_BYTES;
}

/* What the bytes say counts more than the name. */
static void describe_bytes(struct upload_work *w, struct str head)
{
	struct video_type video;
	struct file *f = &w->f;
	if (video_type(head, &video)) {
		f->type = STR("MOVIE");
		f->content_type = video.content_type;
		f->encoding = video.encoding;
	}
	if (!image_size(head, &w->image))
		return;
	f->type = STR("IMG");
	f->content_type = w->image.content_type;
	f->encoding = w->image.encoding;
	f->width = w->image.width;
	f->height = w->image.height;
}

/* Checks what does not need the database, and fills in what name and bytes say. */
static enum err describe(struct ctx *c, struct upload_work *w)
{
	struct str head, type = w->in->content_type;
	struct file *f = &w->f;
	TRY(file_split_name(c, STR("fileName"), w->in->name, &f->name, &f->extension));
	if (w->in->access.n > 0)
		TRY(file_check_access(c, w->in->access));
	f->access = w->in->access;
	f->expires_at = w->in->expires_at;
	if (!str_is_null(w->in->ttl))
		TRY(file_read_ttl(c, w->in->ttl, &f->expires_at));
	if (f->expires_at > 0 && f->expires_at <= c->now)
		return fail_field(c, STR("expiresAt"), STR("INVALID_DATE"), "expiresAt is a time to come.");
	type = str_lower(c->a, str_trim(str_cut(&type, STR(";"))));
	f->content_type = is_media_type(type) ? type : STR("application/octet-stream");
	file_type_of(f->extension, &f->type, &f->content_type);
	f->encoding = f->extension;
	TRY(blob_head(c, w->draft, IMAGE_HEAD_BYTES, &head));
	describe_bytes(w, head);
	return w->in->check ? w->in->check(c, head, blob_size(w->draft), f) : OK;
}

/* A duplicate that is answered or refused. */
static enum err check_duplicates(struct ctx *c, struct upload_work *w, bool *is_answered)
{
	struct file other;
	*is_answered = false;
	if (w->in->duplicates == DUPLICATES_KEPT)
		return OK;
	enum err e = file_by_bytes(c, w->f.blob, w->in->is_scope_folder ? w->f.folder_id : FOLDER_NONE, &other);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (w->in->duplicates == DUPLICATES_REFUSED)
		return fail(c, ERR_CONFLICT, "A file with these bytes already exists. Existing ID: %lld", (long long)other.id);
	w->out = other;
	*is_answered = w->is_unused = true;
	return OK;
}

/* The bytes and what is known of them; name, folder and address of the file stay. */
static enum err put_bytes(struct ctx *c, struct upload_work *w, struct file *f)
{
	w->old_blob = f->blob;
	f->blob = w->f.blob;
	f->size_bytes = w->f.size_bytes;
	f->type = w->f.type;
	f->content_type = w->f.content_type;
	f->encoding = w->f.encoding;
	f->width = w->f.width;
	f->height = w->f.height;
	f->access = w->f.access.n ? w->f.access : f->access;
	f->expires_at = w->f.expires_at ? w->f.expires_at : f->expires_at;
	TRY(file_update(c, f));
	if (!str_eq(w->old_blob, f->blob))
		TRY(file_drop_later(c, w->old_blob));
	return OK;
}

static enum err insert(struct ctx *c, struct upload_work *w)
{
	struct file f = w->f, other;
	enum err e = file_by_name(c, f.folder_id, f.name, f.extension, &other);
	if (e == OK && w->in->overwrite) {
		TRY(put_bytes(c, w, &other));
		w->f.id = other.id;
		return OK;
	}
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(file_free_name(c, f.folder_id, &f.name, f.extension));
	f.access = f.access.n ? f.access : STR("PRIVATE");
	f.is_usable = true;
	f.user_id = w->in->user_id ? w->in->user_id : c->who.user_id;
	f.link_key = rand_token(c->a, LINK_KEY_BYTES);
	TRY(file_insert(c, &f));
	w->f.id = f.id;
	return OK;
}

/* A file for a message, or for an item of the library, has its own name, whatever others are called. */
static enum err insert_apart(struct ctx *c, struct upload_work *w)
{
	struct file f = w->f;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(blob_hold(c, c->env->data_dir, f.blob, f.size_bytes));
	f.folder_id = w->in->is_for_library ? FOLDER_LIBRARY : FOLDER_NONE;
	f.access = STR("HIDDEN_PRIVATE");
	f.expires_at = c->now + (w->in->is_for_library ? HOURS(UNTAKEN_FILE_HOURS) : DAYS(UNSENT_FILE_DAYS));
	f.user_id = c->who.user_id;
	f.link_key = rand_token(c->a, LINK_KEY_BYTES);
	TRY(file_insert(c, &f));
	return file_load_any(c, f.id, &w->out);
}

static enum err upload_row(struct ctx *c, void *arg)
{
	struct upload_work *w = arg;
	bool is_answered;
	if (w->in->is_for_message || w->in->is_for_library)
		return insert_apart(c, w);
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(file_lock(c));
	TRY(blob_hold(c, c->env->data_dir, w->f.blob, w->f.size_bytes));
	TRY(folder_of(c, w->in->folder_id, w->in->folder_path, &w->f.folder_id));
	TRY(check_duplicates(c, w, &is_answered));
	if (is_answered)
		return OK;
	TRY(insert(c, w));
	TRY(file_announce(c, w->f.id));
	return file_load_any(c, w->f.id, &w->out);
}

static enum err replace_row(struct ctx *c, void *arg)
{
	struct upload_work *w = arg;
	struct file f;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(file_lock(c));
	TRY(blob_hold(c, c->env->data_dir, w->f.blob, w->f.size_bytes));
	TRY(file_load(c, w->id, &f));
	if (!str_eq(f.extension, w->f.extension))
		return fail_field(c, STR("file"), STR("INVALID_EXTENSION"),
		                  "The new file has to have the extension of the old one (\"" STR_FMT "\").", STR_ARG(f.extension));
	TRY(put_bytes(c, w, &f));
	TRY(file_announce(c, f.id));
	return file_load_any(c, f.id, &w->out);
}

static enum err drop_row(struct ctx *c, void *arg)
{
	struct upload_work *w = arg;
	return file_drop_later(c, w->f.blob);
}

/* The same bytes may just have been those of somebody else, and be dropped between the two steps. */
static enum err keep_held(struct ctx *c, struct upload_work *w, work_fn *row)
{
	enum err e = ERR_BUSY;
	for (int i = 0; i < KEEP_TRIES && e == ERR_BUSY; i++) {
		fail_clear(c);
		TRY(blob_keep(c, w->draft, &w->f.blob, &w->f.size_bytes));
		e = c->run->write(c->run->self, c, row, w);
	}
	return e;
}

static enum err keep(struct ctx *c, struct upload_work *w, work_fn *row)
{
	struct failure why;
	TRY(describe(c, w));
	enum err e = keep_held(c, w, row);
	if (e == OK && !w->is_unused)
		return OK;
	why = c->why;
	if (c->run->write(c->run->self, c, drop_row, w) != OK)
		fail_clear(c); /* the sweep finds it */
	c->why = why;
	return e;
}

enum err desk_file_upload(struct ctx *c, struct blob_draft *draft, const struct upload_in *in, struct file *out)
{
	struct upload_work *w = NEW(c->a, struct upload_work);
	w->in = in;
	w->draft = draft;
	TRY(keep(c, w, upload_row));
	*out = w->out;
	return OK;
}

enum err desk_file_replace(struct ctx *c, struct blob_draft *draft, int64_t id, const struct upload_in *in, struct file *out)
{
	struct upload_work *w = NEW(c->a, struct upload_work);
	w->in = in;
	w->draft = draft;
	w->id = id;
	TRY(keep(c, w, replace_row));
	*out = w->out;
	return OK;
}
