/* Files that hang on messages: those that came with one, and those that an agent sends along. */

#include "desk/file_int.h"

#include "base/arena.h"
#include "base/rand.h"
#include "desk/env.h"
#include "store/blob.h"
#include "store/thread.h"

static void split(struct ctx *c, struct str full, struct file *f)
{
	/* the parser has cleaned it; whatever is still no name for a file keeps it as it is */
	if (file_split_name(c, STR("name"), full, &f->name, &f->extension) != OK) {
		fail_clear(c);
		f->name = full;
		f->extension = STR("");
	}
}

enum err file_of_attachment(struct ctx *c, struct attachment *a)
{
	struct str content_type = a->content_type;
	struct file f = {
		.folder_id = FOLDER_NONE,
		.content_type = a->content_type,
		.size_bytes = a->size_bytes,
		.access = STR("HIDDEN_PRIVATE"),
		.blob = a->blob,
		.link_key = rand_token(c->a, LINK_KEY_BYTES),
		.user_id = c->who.user_id,
	};
	split(c, a->name, &f);
	f.encoding = f.extension;
	file_type_of(f.extension, &f.type, &content_type);
	TRY(blob_hold(c, c->env->data_dir, a->blob, a->size_bytes));
	TRY(file_insert(c, &f));
	a->file_id = f.id;
	return OK;
}

static enum err load(struct ctx *c, int64_t id, struct file *out)
{
	enum err e = file_load(c, id, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("attachments"), STR("NOT_FOUND"), "There is no file %lld.", (long long)id);
}

/* A picture that the text does not show any more hangs beside it. */
static bool is_shown(struct ctx *c, const struct message *m, struct str content_id)
{
	return content_id.n > 0 && str_find(m->html, str_fmt(c->a, "data-cid=\"" STR_FMT "\"", STR_ARG(content_id))) >= 0;
}

/* What was uploaded for a message stays as long as the message. */
static enum err keep(struct ctx *c, struct file *f)
{
	if (f->folder_id != FOLDER_NONE || f->expires_at == 0)
		return OK;
	f->expires_at = 0;
	return file_update(c, f);
}

enum err file_attach_check(struct ctx *c, const int64_t *file_ids, size_t n)
{
	int64_t bytes = 0;
	if (n > MAX_MESSAGE_FILES)
		return fail_field(c, STR("attachments"), STR("TOO_MANY"), "A message has at most %d files.", MAX_MESSAGE_FILES);
	for (size_t i = 0; i < n; i++) {
		struct file f;
		TRY(load(c, file_ids[i], &f));
		bytes += f.size_bytes;
	}
	if (bytes > MAX_MESSAGE_FILE_BYTES)
		return fail_field(c, STR("attachments"), STR("INVALID_LENGTH"),
		                  "The files of a message have at most %d MB together.", MAX_MESSAGE_FILE_BYTES >> 20);
	return OK;
}

enum err file_attach(struct ctx *c, const struct message *m, const int64_t *file_ids, const struct str *content_ids, size_t n)
{
	TRY(file_attach_check(c, file_ids, n));
	for (size_t i = 0; i < n; i++) {
		struct file f;
		TRY(load(c, file_ids[i], &f));
		struct attachment row = {
			.message_id = m->id,
			.ticket_id = m->ticket_id,
			.name = file_full_name(c, &f),
			.content_type = f.content_type,
			.size_bytes = f.size_bytes,
			.blob = f.blob,
			.file_id = f.id,
		};
		if (content_ids != NULL && is_shown(c, m, content_ids[i])) {
			row.content_id = content_ids[i];
			row.is_inline = true;
		}
		TRY(blob_hold(c, c->env->data_dir, f.blob, f.size_bytes));
		TRY(attachment_insert(c, &row));
		TRY(keep(c, &f));
	}
	return OK;
}
