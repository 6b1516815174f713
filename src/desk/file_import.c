/* Files from an address: asked for here, fetched by channel/file_import.c. What can be wrong is said at once where it can be known. */

#include "desk/file_int.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_URL_BYTES = 2000, MAX_ASKED_BYTES = 16 << 10 };

static enum err check(struct ctx *c, const struct upload_in *in, struct str url)
{
	bool is_web = str_starts_nocase(url, STR("http://")) || str_starts_nocase(url, STR("https://"));
	struct str name, extension;
	int64_t folder_id;
	if (!is_web || url.n > MAX_URL_BYTES)
		return fail_field(c, STR("url"), STR("INVALID_URL"), "url is an address that begins with http:// or https://.");
	if (in->access.n == 0)
		return fail_field(c, STR("access"), STR("REQUIRED_FIELD"), "Some required fields were not set: [access]");
	TRY(file_check_access(c, in->access));
	if (in->name.n > 0)
		TRY(file_split_name(c, STR("name"), in->name, &name, &extension));
	if (!str_is_null(in->ttl)) {
		int64_t expires_at;
		TRY(file_read_ttl(c, in->ttl, &expires_at));
	}
	return str_is_null(in->folder_path) ? folder_of(c, in->folder_id, STR_NULL, &folder_id) : OK;
}

enum err desk_file_import(struct ctx *c, const struct upload_in *in, struct str url, struct file_task *out)
{
	struct buf b;
	struct json j;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(check(c, in, url));
	buf_init(&b, c->a, MAX_ASKED_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "url", url);
	json_add_string(&j, "name", in->name);
	json_add_int(&j, "folderId", in->folder_id);
	json_add_string(&j, "folderPath", in->folder_path);
	json_add_string(&j, "access", in->access);
	json_add_int(&j, "expiresAt", in->expires_at);
	json_add_string(&j, "ttl", in->ttl);
	json_add_bool(&j, "overwrite", in->overwrite);
	json_add_int(&j, "duplicates", in->duplicates);
	json_add_bool(&j, "isScopeFolder", in->is_scope_folder);
	json_object_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_BAD_INPUT, "What is asked is longer than %d bytes.", MAX_ASKED_BYTES);
	*out = (struct file_task){.kind = STR("file.import"), .body = buf_str(&b), .user_id = c->who.user_id};
	TRY(file_task_insert(c, out));
	TRY(file_announce(c, 0));
	return job_add(c, &job_file_import, out->id, STR_NULL, 0);
}

enum err desk_import_load(struct ctx *c, int64_t task_id, struct file_task *out, struct upload_in *in_out, struct str *url_out)
{
	json_t *asked;
	TRY(file_task_load(c, task_id, out));
	TRY(json_parse(c, out->body, &asked));
	*url_out = json_get_str(asked, "url");
	*in_out = (struct upload_in){
		.name = json_get_str(asked, "name"),
		.folder_id = json_get_int(asked, "folderId", 0),
		.folder_path = json_get_str(asked, "folderPath"),
		.access = json_get_str(asked, "access"),
		.expires_at = json_get_int(asked, "expiresAt", 0),
		.ttl = json_get_str(asked, "ttl"),
		.overwrite = json_get_bool(asked, "overwrite", false),
		.duplicates = (enum duplicates)json_get_int(asked, "duplicates", DUPLICATES_KEPT),
		.is_scope_folder = json_get_bool(asked, "isScopeFolder", false),
		.user_id = out->user_id,
	};
	return OK;
}

enum err desk_file_task_done(struct ctx *c, struct file_task *t, int64_t result_id, struct str error)
{
	t->error = error;
	t->result_id = result_id;
	t->state = STR("COMPLETE");
	t->completed_at = c->now;
	return file_task_update(c, t);
}
