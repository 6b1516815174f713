/* Files, in the forms of the wire; uploads come through upload.c, bytes leave through file_answer.c. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/files_int.h"
#include "api/handlers.h"
#include "api/upload.h"
#include "base/num.h"
#include "desk/env.h"
#include "desk/file.h"
#include "net/http_query.h"
#include "text/json_read.h"

enum { MAX_URL_NAME_BYTES = 2000, MAX_LINK_SECONDS_ASKED = 365 * 86400 };

/* A file name as one segment of a path (RFC 3986 section 3.3). */
static struct str url_name(struct ctx *c, struct str name)
{
	struct buf b;
	buf_init(&b, c->a, MAX_URL_NAME_BYTES);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char byte = (unsigned char)name.p[i];
		bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
		                byte == '.' || byte == '-' || byte == '_';
		if (is_plain)
			buf_byte(&b, (char)byte);
		else
			buf_fmt(&b, "%%%02X", byte);
	}
	return buf_str(&b);
}

/* Of a public file the address for everybody, of others one that asks who you are. */
static struct str url_of(struct ctx *c, const struct file *f)
{
	struct str base = c->env->public_url;
	if (!file_is_public(f))
		return str_fmt(c->a, STR_FMT "/desk/v1/files/%lld/content", STR_ARG(base), (long long)f->id);
	return str_fmt(c->a, STR_FMT "/files/public/" STR_FMT "/" STR_FMT, STR_ARG(base), STR_ARG(f->link_key),
	               STR_ARG(url_name(c, file_full_name(c, f))));
}

static void add_string(struct json *j, const struct wanted *w, const char *name, struct str value)
{
	if (is_wanted(w, name) && value.n > 0)
		json_add_string(j, name, value);
}

static void write_file(struct ctx *c, struct json *j, const struct file *f, const struct wanted *w)
{
	json_object_begin(j);
	json_add_id(j, "id", f->id);
	json_add_time(j, "createdAt", f->created_at);
	json_add_time(j, "updatedAt", f->updated_at);
	json_add_time(j, "archivedAt", f->archived_at);
	json_add_bool(j, "archived", f->archived_at > 0);
	json_add_string(j, "access", f->access);
	add_string(j, w, "name", f->name);
	add_string(j, w, "extension", f->extension);
	if (f->folder_id >= 0)
		add_string(j, w, "path", file_path(c, f));
	if (f->folder_id > 0)
		add_string(j, w, "parentFolderId", str_fmt(c->a, "%lld", (long long)f->folder_id));
	if (is_wanted(w, "size"))
		json_add_int(j, "size", f->size_bytes);
	if (f->width > 0 && is_wanted(w, "width"))
		json_add_int(j, "width", f->width);
	if (f->height > 0 && is_wanted(w, "height"))
		json_add_int(j, "height", f->height);
	add_string(j, w, "encoding", f->encoding);
	add_string(j, w, "type", f->type);
	add_string(j, w, "url", url_of(c, f));
	add_string(j, w, "defaultHostingUrl", url_of(c, f));
	if (is_wanted(w, "isUsableInContent"))
		json_add_bool(j, "isUsableInContent", f->is_usable);
	if (f->expires_at > 0 && is_wanted(w, "expiresAt"))
		json_add_int(j, "expiresAt", f->expires_at);
	json_object_end(j);
}

/* Uploading --------------------------------------------------------------------------------------------------------- */

static enum err read_duplicates(struct ctx *c, const json_t *options, struct upload_in *in)
{
	struct str strategy = json_get_str(options, "duplicateValidationStrategy");
	struct str scope = json_get_str(options, "duplicateValidationScope");
	if (str_eq(strategy, STR("REJECT")))
		in->duplicates = DUPLICATES_REFUSED;
	else if (str_eq(strategy, STR("RETURN_EXISTING")))
		in->duplicates = DUPLICATES_ANSWERED;
	else if (strategy.n > 0 && !str_eq(strategy, STR("NONE")))
		return fail_field(c, STR("duplicateValidationStrategy"), STR("INVALID_OPTION"),
		                  "duplicateValidationStrategy is NONE, REJECT or RETURN_EXISTING.");
	in->is_scope_folder = str_eq(scope, STR("EXACT_FOLDER"));
	if (scope.n > 0 && !in->is_scope_folder && !str_eq(scope, STR("ENTIRE_PORTAL")))
		return fail_field(c, STR("duplicateValidationScope"), STR("INVALID_OPTION"),
		                  "duplicateValidationScope is ENTIRE_PORTAL or EXACT_FOLDER.");
	return OK;
}

static enum err read_wishes(struct ctx *c, const json_t *options, struct upload_in *in)
{
	in->access = json_get_str(options, "access");
	in->ttl = json_get_str(options, "ttl");
	in->expires_at = json_get_time(options, "expiresAt");
	in->overwrite = json_get_bool(options, "overwrite", false);
	return read_duplicates(c, options, in);
}

static enum err read_options(struct ctx *c, struct str text, struct upload_in *in)
{
	json_t *options;
	if (str_trim(text).n == 0)
		return OK;
	TRY(json_parse(c, text, &options));
	if (!json_is_object(options))
		return fail_field(c, STR("options"), STR("INVALID_TYPE"), "options is a JSON object.");
	return read_wishes(c, options, in);
}

static enum err read_form(struct ctx *c, const struct req *q, struct upload_in *in)
{
	const struct upload *u = q->upload;
	TRY(upload_check(c, q));
	struct str folder_id = upload_field(u, "folderId"), folder_path = upload_field(u, "folderPath");
	struct str name = upload_field(u, "fileName");
	*in = (struct upload_in){.content_type = upload_content_type(u)};
	in->name = name.n ? name : upload_file_name(u).n ? upload_file_name(u) : STR("file");
	if (name.n > 0 && str_find_byte(name, '.') < 0) {
		/* a wish for a name without extension means that of the file */
		struct str rest = upload_file_name(u), last = STR_NULL;
		for (str_cut(&rest, STR(".")); !str_is_null(rest);)
			last = str_cut(&rest, STR("."));
		if (last.n > 0)
			in->name = str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(name), STR_ARG(last));
	}
	if (folder_id.n > 0 && folder_path.n > 0)
		return fail_field(c, STR("folderPath"), STR("INVALID_OPTION"), "Either folderId or folderPath, not both.");
	if (folder_id.n > 0 && (!num_parse_int(folder_id, &in->folder_id) || in->folder_id < 0))
		return fail_field(c, STR("folderId"), STR("INVALID_INTEGER"), "folderId is the id of a folder.");
	if (folder_path.n > 0)
		in->folder_path = folder_path;
	return read_options(c, upload_field(u, "options"), in);
}

enum err api_files_upload(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct upload_in in;
	struct file f;
	TRY(read_form(c, q, &in));
	TRY(desk_file_upload(c, upload_draft(q->upload), &in, &f));
	write_file(c, &r->j, &f, &all);
	return OK;
}

enum err api_files_replace(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct upload_in in;
	struct file f;
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	TRY(read_form(c, q, &in));
	TRY(desk_file_replace(c, upload_draft(q->upload), id, &in, &f));
	write_file(c, &r->j, &f, &all);
	return OK;
}

/* From an address --------------------------------------------------------------------------------------------------- */

#define IMPORT_TASKS "/files/v3/files/import-from-url/async/tasks/"

enum err api_files_import(struct ctx *c, const struct req *q, struct res *r)
{
	struct upload_in in = {.name = json_get_str(q->json, "name"), .folder_path = json_get_str(q->json, "folderPath")};
	struct file_task t;
	struct str folder = json_scalar_text(c, json_object_get(q->json, "folderId"));
	if (in.folder_path.n == 0)
		in.folder_path = STR_NULL;
	if (folder.n > 0 && in.folder_path.n > 0)
		return fail_field(c, STR("folderPath"), STR("INVALID_OPTION"), "Either folderId or folderPath, not both.");
	if (folder.n > 0 && (!num_parse_int(folder, &in.folder_id) || in.folder_id < 0))
		return fail_field(c, STR("folderId"), STR("INVALID_INTEGER"), "folderId is the id of a folder.");
	TRY(read_wishes(c, q->json, &in));
	TRY(desk_file_import(c, &in, json_get_str(q->json, "url"), &t));
	write_task_locator(c, &r->j, &t, IMPORT_TASKS);
	return OK;
}

enum err api_files_import_status(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct file_task t;
	struct file f;
	TRY(task_begin(c, q, r, STR("file.import"), IMPORT_TASKS, &t));
	enum err e = t.result_id ? desk_file(c, t.result_id, &f) : ERR_NOT_FOUND;
	if (e == OK) {
		json_key(&r->j, "result");
		write_file(c, &r->j, &f, &all);
	}
	return task_end(c, r, e);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

static enum err load(struct ctx *c, const struct req *q, struct file *out)
{
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	return desk_file(c, id, out);
}

enum err api_files_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted w = req_wanted(c, q);
	struct file f;
	TRY(load(c, q, &f));
	write_file(c, &r->j, &f, &w);
	return OK;
}

enum err api_files_search(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted w = req_wanted(c, q);
	struct file_find find;
	struct file *files;
	size_t n;
	TRY(req_file_find(c, q, FIND_FILES, &find));
	TRY(desk_file_find(c, &find, &files, &n));
	bool has_more = n == (size_t)find.limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_file(c, &r->j, &files[i], &w);
	res_file_paging(c, r, &find, has_more);
	return OK;
}

enum err api_files_stat(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted w = req_wanted(c, q);
	struct folder folder;
	struct file f;
	bool is_file;
	TRY(desk_file_stat(c, req_param(q, "path"), &f, &folder, &is_file));
	json_object_begin(&r->j);
	json_key(&r->j, is_file ? "file" : "folder");
	if (is_file)
		write_file(c, &r->j, &f, &w);
	else
		write_folder(&r->j, &folder, &w);
	json_object_end(&r->j);
	return OK;
}

/* Changing ---------------------------------------------------------------------------------------------------------- */

enum err api_files_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	const json_t *body = q->json;
	struct file_change change = {.folder_id = -1, .expires_at = -1, .is_usable = -1};
	struct file f;
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	change.name = json_get_str(body, "name");
	change.access = json_get_str(body, "access");
	change.folder_path = json_get_str(body, "parentFolderPath");
	struct str folder = json_scalar_text(c, json_object_get(body, "parentFolderId"));
	if (folder.n > 0 && change.folder_path.n > 0)
		return fail_field(c, STR("parentFolderPath"), STR("INVALID_OPTION"),
		                  "Either parentFolderId or parentFolderPath, not both.");
	if (folder.n > 0 && (!num_parse_int(folder, &change.folder_id) || change.folder_id < 0))
		return fail_field(c, STR("parentFolderId"), STR("INVALID_INTEGER"), "parentFolderId is the id of a folder.");
	if (json_is_boolean(json_object_get(body, "isUsableInContent")))
		change.is_usable = json_get_bool(body, "isUsableInContent", true);
	const json_t *expires = json_object_get(body, "expiresAt");
	if (expires != NULL && !json_is_null(expires) && (change.expires_at = json_get_time(body, "expiresAt")) <= 0)
		return fail_field(c, STR("expiresAt"), STR("INVALID_DATE"), "expiresAt is a time.");
	if (json_get_bool(body, "clearExpires", false))
		change.expires_at = 0;
	TRY(desk_file_update(c, id, &change, &f));
	write_file(c, &r->j, &f, &all);
	return OK;
}

enum err api_files_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	TRY(desk_file_archive(c, id));
	return res_nothing(r);
}

enum err api_files_erase(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	TRY(desk_file_erase(c, id));
	return res_nothing(r);
}

/* Bytes ------------------------------------------------------------------------------------------------------------- */

/* Pictures are not scaled here: whatever size is asked for, the link is to the whole one. */
static enum err check_size(struct ctx *c, struct str size)
{
	static const struct str known[] = {STR("thumb"), STR("icon"), STR("medium"), STR("preview")};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (size.n == 0 || str_eq(known[i], size))
			return OK;
	return fail_field(c, STR("size"), STR("INVALID_OPTION"), "size is thumb, icon, medium or preview.");
}

enum err api_files_signed_url(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	struct file_link link;
	int64_t seconds;
	bool upscale;
	TRY(req_int(c, q, "expirationSeconds", MAX_LINK_SECONDS, 1, MAX_LINK_SECONDS_ASKED, &seconds));
	TRY(check_size(c, req_query(c, q, "size")));
	TRY(req_bool(c, q, "upscale", &upscale));
	TRY(load(c, q, &f));
	TRY(desk_file_link(c, &f, seconds, &link));
	json_object_begin(&r->j);
	json_add_string(&r->j, "url", link.url);
	json_add_time(&r->j, "expiresAt", link.expires_at);
	json_add_string(&r->j, "name", f.name);
	json_add_string(&r->j, "extension", f.extension);
	json_add_string(&r->j, "type", f.type);
	json_add_int(&r->j, "size", f.size_bytes);
	if (f.width > 0)
		json_add_int(&r->j, "width", f.width);
	if (f.height > 0)
		json_add_int(&r->j, "height", f.height);
	json_object_end(&r->j);
	return OK;
}

static enum err give_bytes(struct ctx *c, const struct req *q, struct res *r, const struct file *f)
{
	struct http_file answer = {.name = file_full_name(c, f), .etag = f->blob, .is_for_robots = file_is_indexable(f)};
	TRY(desk_file_open(c, f, &answer.fd));
	return res_file(c, q, r, &answer);
}

enum err api_files_by_link(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	int64_t id;
	TRY(req_id(c, q, "fileId", &id));
	TRY(desk_file_of_link(c, id, req_query(c, q, "expires"), req_query(c, q, "signature"), &f));
	return give_bytes(c, q, r, &f);
}

enum err api_files_by_key(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	TRY(desk_file_of_key(c, req_param(q, "fileKey"), &f));
	return give_bytes(c, q, r, &f);
}

enum err api_files_content(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	TRY(load(c, q, &f));
	return give_bytes(c, q, r, &f);
}
