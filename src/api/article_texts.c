/* What an article says in one language: written, published, and as it was. */

#include "api/article_json.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "text/json_read.h"

enum { DEFAULT_VERSIONS = 50, MAX_VERSIONS_PAGE = 100 };

enum err api_article_text_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_text_body *in = IN(q, struct article_text_body);
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_translate(c, id, in->lang, &in->is_machine, &page));
	return article_give_page(c, r, &page);
}

enum err api_article_text_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_page(c, id, req_param(q, "lang"), &page));
	return article_give_page(c, r, &page);
}

enum err api_article_text_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_in in;
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(article_read_in(c, q, &in));
	TRY(desk_article_write(c, id, req_param(q, "lang"), &in, &page));
	return article_give_page(c, r, &page);
}

static enum err act(struct ctx *c, const struct req *q, struct res *r, enum article_act what)
{
	struct article_page page;
	int64_t id, version = q->json ? json_get_int(q->json, "version", 0) : 0;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_act(c, id, req_param(q, "lang"), what, version, &page));
	return article_give_page(c, r, &page);
}

enum err api_article_text_publish(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, ARTICLE_PUBLISH);
}

enum err api_article_text_unpublish(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, ARTICLE_UNPUBLISH);
}

enum err api_article_text_archive(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, ARTICLE_ARCHIVE);
}

enum err api_article_text_restore(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, ARTICLE_RESTORE);
}

/* Versions ---------------------------------------------------------------------------------------------------------------- */

static void write_version(struct json *j, const struct article_version *v)
{
	json_object_begin(j);
	article_json_said(j, v);
	json_add_id(j, "userId", v->user_id);
	json_add_time(j, "createdAt", v->created_at);
	json_add_time(j, "updatedAt", v->updated_at);
	json_add_time(j, "publishedAt", v->published_at);
	json_object_end(j);
}

enum err api_article_versions(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_moment *all;
	int64_t id, before, limit;
	size_t n;
	TRY(req_id(c, q, "articleId", &id));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &before));
	TRY(req_int(c, q, "limit", DEFAULT_VERSIONS, 1, MAX_VERSIONS_PAGE, &limit));
	TRY(desk_article_moments(c, id, req_param(q, "lang"), before, limit + 1, &all, &n));
	bool has_more = n > (size_t)limit;
	n -= has_more;
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "versionId", all[i].id);
		json_add_string(&r->j, "title", all[i].title);
		json_add_id(&r->j, "userId", all[i].user_id);
		json_add_time(&r->j, "createdAt", all[i].created_at);
		json_add_time(&r->j, "updatedAt", all[i].updated_at);
		json_add_time(&r->j, "publishedAt", all[i].published_at);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)all[n - 1].id) : STR_NULL);
	return OK;
}

enum err api_article_version_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_version v;
	int64_t id, version_id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(req_id(c, q, "versionId", &version_id));
	TRY(desk_article_version(c, id, req_param(q, "lang"), version_id, &v));
	write_version(&r->j, &v);
	return OK;
}

enum err api_article_version_restore(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_page page;
	int64_t id, version_id, version = q->json ? json_get_int(q->json, "version", 0) : 0;
	TRY(req_id(c, q, "articleId", &id));
	TRY(req_id(c, q, "versionId", &version_id));
	TRY(desk_article_revert(c, id, req_param(q, "lang"), version_id, version, &page));
	return article_give_page(c, r, &page);
}
