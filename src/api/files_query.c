/* Searching files and folders: what the query may say. */

#include "api/files_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"

struct wanted req_wanted(struct ctx *c, const struct req *q)
{
	struct wanted w = {0};
	w.n = req_list(c, q, "properties", &w.names);
	return w;
}

bool is_wanted(const struct wanted *w, const char *name)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->names[i], str_c(name)))
			return true;
	return w->n == 0;
}

static enum err read_one(struct ctx *c, const struct req *q, const char *name, bool is_time, int64_t *out)
{
	struct str value = req_query(c, q, name);
	if (value.n == 0)
		return OK;
	if (is_time ? !time_parse(value, out) : !num_parse_int(value, out) || *out < 0)
		return fail_field(c, str_c(name), is_time ? STR("INVALID_DATE") : STR("INVALID_INTEGER"), "%s is %s.", name,
		                  is_time ? "a time" : "a number of at least 0");
	return OK;
}

/* name, nameGte and nameLte. */
static enum err read_range(struct ctx *c, const struct req *q, const char *name, bool is_time, struct range *out)
{
	int64_t exactly = -1;
	*out = (struct range)RANGE_ANY;
	TRY(read_one(c, q, str_fmt(c->a, "%sGte", name).p, is_time, &out->from));
	TRY(read_one(c, q, str_fmt(c->a, "%sLte", name).p, is_time, &out->to));
	TRY(read_one(c, q, name, is_time, &exactly));
	if (exactly >= 0)
		*out = (struct range){exactly, exactly};
	return OK;
}

static enum err read_ids(struct ctx *c, const struct req *q, const char *name, const int64_t **out, size_t *n_out)
{
	struct str *texts;
	size_t n = req_list(c, q, name, &texts);
	if (n > MAX_FIND_IDS)
		return fail_field(c, str_c(name), STR("TOO_MANY"), "%s has at most %d ids.", name, MAX_FIND_IDS);
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		if (!num_parse_int(texts[i], &ids[i]) || ids[i] < 0)
			return fail_field(c, str_c(name), STR("INVALID_INTEGER"), "%s is a list of ids.", name);
	*out = ids;
	*n_out = n;
	return OK;
}

static enum err read_flag(struct ctx *c, const struct req *q, const char *name, int *out)
{
	bool value;
	TRY(req_bool(c, q, name, &value));
	*out = req_query(c, q, name).n > 0 ? value : -1;
	return OK;
}

static enum err read_sorts(struct ctx *c, const struct req *q, enum find_of what, struct file_find *find)
{
	static const struct str names[SORT_N] = {
		[SORT_ID] = STR("id"),
		[SORT_CREATED] = STR("createdAt"),
		[SORT_UPDATED] = STR("updatedAt"),
		[SORT_NAME] = STR("name"),
		[SORT_PATH] = STR("path"),
		[SORT_SIZE] = STR("size"),
		[SORT_WIDTH] = STR("width"),
		[SORT_HEIGHT] = STR("height"),
		[SORT_TYPE] = STR("type"),
		[SORT_EXTENSION] = STR("extension"),
		[SORT_ENCODING] = STR("encoding"),
		[SORT_EXPIRES] = STR("expiresAt"),
	};
	struct str *texts;
	size_t n = req_list(c, q, "sort", &texts);
	if (n > MAX_FIND_SORTS)
		return fail_field(c, STR("sort"), STR("TOO_MANY"), "sort has at most %d names.", MAX_FIND_SORTS);
	for (size_t i = 0; i < n; i++) {
		bool is_falling = str_starts(texts[i], STR("-"));
		int by = 0, end = what == FIND_FILES ? SORT_N : SORT_PATH + 1;
		while (by < end && !str_eq(names[by], str_skip(texts[i], is_falling)))
			by++;
		if (by == end)
			return fail_field(c, STR("sort"), STR("INVALID_OPTION"), "Nothing is sorted by \"" STR_FMT "\".",
			                  STR_ARG(str_head(texts[i], 100)));
		find->sorts[i].by = (enum file_sort)by;
		find->sorts[i].is_falling = is_falling;
	}
	find->sort_n = n;
	return OK;
}

/* A page begins at after, or ends in front of before. */
static enum err read_page(struct ctx *c, const struct req *q, struct file_find *find)
{
	int64_t before, limit;
	TRY(req_int(c, q, "limit", DEFAULT_FILES_PAGE, 1, MAX_FILES_PAGE, &limit));
	TRY(req_int(c, q, "after", 0, 0, MAX_FILES_REACHED, &find->offset));
	TRY(req_int(c, q, "before", -1, 0, MAX_FILES_REACHED, &before));
	if (before >= 0) {
		find->offset = before > limit ? before - limit : 0;
		limit = before - find->offset;
	}
	if (limit > MAX_FILES_REACHED - find->offset)
		limit = MAX_FILES_REACHED - find->offset;
	find->limit = limit + 1;
	return OK;
}

/* The key in the address of a public file; of any other address, one that no file has. */
static struct str key_of_url(struct str url)
{
	ptrdiff_t at = str_find(url, STR("/files/public/"));
	if (str_is_null(url) || at < 0)
		return str_is_null(url) ? STR_NULL : STR("");
	struct str rest = str_skip(url, (size_t)at + STR("/files/public/").n);
	return str_cut(&rest, STR("/"));
}

static enum err read_file_filters(struct ctx *c, const struct req *q, struct file_find *find)
{
	TRY(read_range(c, q, "expiresAt", true, &find->expires_at));
	TRY(read_range(c, q, "size", false, &find->size_bytes));
	TRY(read_range(c, q, "width", false, &find->width));
	TRY(read_range(c, q, "height", false, &find->height));
	find->encoding = req_query(c, q, "encoding");
	find->type = req_query(c, q, "type");
	find->extension = req_query(c, q, "extension");
	find->link_key = key_of_url(req_query(c, q, "url"));
	TRY(read_flag(c, q, "isUsableInContent", &find->is_usable));
	TRY(read_flag(c, q, "allowsAnonymousAccess", &find->is_public));
	if (req_query(c, q, "fileMd5").n > 0)
		return fail_field(c, STR("fileMd5"), STR("UNKNOWN_FIELD"), "This desk keeps no MD5 of files.");
	return OK;
}

enum err req_file_find(struct ctx *c, const struct req *q, enum find_of what, struct file_find *out)
{
	*out = (struct file_find){.is_usable = -1, .is_public = -1};
	TRY(read_ids(c, q, "ids", &out->ids, &out->id_n));
	TRY(read_ids(c, q, "parentFolderIds", &out->folder_ids, &out->folder_id_n));
	TRY(read_range(c, q, "id", false, &out->id));
	TRY(read_range(c, q, "createdAt", true, &out->created_at));
	TRY(read_range(c, q, "updatedAt", true, &out->updated_at));
	out->name = req_query(c, q, "name");
	out->path = req_query(c, q, "path");
	if (out->path.n > 0 && out->path.p[0] != '/')
		out->path = str_cat(c->a, STR("/"), out->path);
	if (what == FIND_FILES)
		TRY(read_file_filters(c, q, out));
	TRY(read_sorts(c, q, what, out));
	return read_page(c, q, out);
}

void res_file_paging(struct ctx *c, struct res *r, const struct file_find *find, bool has_more)
{
	int64_t next = find->offset + find->limit - 1;
	has_more = has_more && next < MAX_FILES_REACHED;
	json_array_end(&r->j);
	if (has_more || find->offset > 0) {
		json_key(&r->j, "paging");
		json_object_begin(&r->j);
		if (has_more) {
			json_key(&r->j, "next");
			json_object_begin(&r->j);
			json_add_string(&r->j, "after", str_fmt(c->a, "%lld", (long long)next));
			json_object_end(&r->j);
		}
		if (find->offset > 0) {
			json_key(&r->j, "prev");
			json_object_begin(&r->j);
			json_add_string(&r->j, "before", str_fmt(c->a, "%lld", (long long)find->offset));
			json_object_end(&r->j);
		}
		json_object_end(&r->j);
	}
	json_object_end(&r->j);
}
