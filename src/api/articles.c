/* Knowledge articles: as agents write them. What customers see is src/page/article.c. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/upload.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/article.h"
#include "desk/can.h"
#include "desk/file.h"
#include "text/json_read.h"

enum { DEFAULT_ARTICLES = 50, DEFAULT_VERSIONS = 50, MAX_VERSIONS_PAGE = 100 };

/* Answers --------------------------------------------------------------------------------------------------------------- */

static void write_line(struct ctx *c, struct json *j, const struct article *a, const struct article_line *l)
{
	json_object_begin(j);
	json_add_string(j, "lang", l->lang);
	json_add_bool(j, "isGoverning", str_eq(l->lang, a->lang));
	json_add_string(j, "state", article_state_name(a, l->published_id, l->archived_at));
	json_add_bool(j, "hasChanges", l->published_id > 0 && l->published_id != l->draft_id);
	json_add_bool(j, "isMachineTranslated", l->is_machine);
	json_add_string(j, "title", l->title);
	json_add_string(j, "subtitle", l->subtitle);
	json_add_string(j, "slug", l->slug);
	json_add_string(j, "url", article_url(c, l->lang, l->slug));
	json_add_int(j, "version", l->version);
	json_add_time(j, "publishedAt", l->published_at);
	json_add_time(j, "updatedAt", l->updated_at);
	json_object_end(j);
}

static void add_article(struct ctx *c, struct json *j, const struct article *a)
{
	json_add_id(j, "id", a->id);
	json_add_string(j, "lang", a->lang);
	json_add_id_or_null(j, "categoryId", a->category_id);
	json_add_id(j, "userId", a->user_id);
	json_add_bool(j, "mayEdit", desk_may(c, CAN_WRITE_ARTICLES, NULL));
	json_add_bool(j, "mayPublish", desk_may(c, CAN_PUBLISH_ARTICLES, NULL));
	json_add_time(j, "createdAt", a->created_at);
	json_add_time(j, "updatedAt", a->updated_at);
	json_add_time(j, "archivedAt", a->archived_at);
}

static void write_full(struct ctx *c, struct json *j, const struct article_full *f)
{
	json_object_begin(j);
	add_article(c, j, &f->article);
	json_key(j, "shown");
	write_line(c, j, &f->article, &f->lines[f->shown]);
	json_key(j, "texts");
	json_array_begin(j);
	for (size_t i = 0; i < f->line_n; i++)
		write_line(c, j, &f->article, &f->lines[i]);
	json_array_end(j);
	json_object_end(j);
}

static void write_said(struct json *j, const struct article_version *v)
{
	json_add_id(j, "versionId", v->id);
	json_add_string(j, "title", v->title);
	json_add_string(j, "subtitle", v->subtitle);
	json_add_string(j, "body", v->body);
	json_add_raw(j, "tags", v->tags);
	json_add_raw(j, "products", v->products);
	json_add_bool(j, "isMachineTranslated", v->is_machine);
}

static void write_version(struct json *j, const struct article_version *v)
{
	json_object_begin(j);
	write_said(j, v);
	json_add_id(j, "userId", v->user_id);
	json_add_time(j, "createdAt", v->created_at);
	json_add_time(j, "updatedAt", v->updated_at);
	json_add_time(j, "publishedAt", v->published_at);
	json_object_end(j);
}

static void write_former(struct json *j, const struct article_page *p)
{
	json_key(j, "formerSlugs");
	json_array_begin(j);
	for (size_t i = 0; i < p->slug_n; i++)
		if (!str_eq(p->slugs[i].slug, p->text.slug))
			json_str(j, p->slugs[i].slug);
	json_array_end(j);
}

static void write_page(struct ctx *c, struct json *j, const struct article_page *p)
{
	const struct article_text *t = &p->text;
	json_object_begin(j);
	json_add_id(j, "articleId", p->article.id);
	json_add_string(j, "lang", t->lang);
	json_add_bool(j, "isGoverning", str_eq(t->lang, p->article.lang));
	json_add_string(j, "state", article_state_name(&p->article, t->published_id, t->archived_at));
	json_add_bool(j, "hasChanges", t->published_id > 0 && t->published_id != t->draft_id);
	json_add_string(j, "slug", t->slug);
	json_add_bool(j, "hasOwnSlug", t->has_own_slug);
	json_add_string(j, "url", article_url(c, t->lang, t->slug));
	json_add_int(j, "version", t->version);
	json_add_id(j, "userId", t->user_id);
	json_add_time(j, "publishedAt", t->published_at);
	json_add_time(j, "createdAt", t->created_at);
	json_add_time(j, "updatedAt", t->updated_at);
	write_said(j, &p->draft);
	json_add_id_or_null(j, "publishedVersionId", t->published_id);
	write_former(j, p);
	json_add_bool(j, "mayEdit", desk_may(c, CAN_WRITE_ARTICLES, NULL));
	json_add_bool(j, "mayPublish", desk_may(c, CAN_PUBLISH_ARTICLES, NULL));
	json_object_end(j);
}

/* Lists ------------------------------------------------------------------------------------------------------------------- */

static enum err read_ask(struct ctx *c, const struct req *q, struct article_ask *ask)
{
	struct str category = req_query(c, q, "categoryId"), rest = req_query(c, q, "after");
	*ask = (struct article_ask){.category_id = -1, .query = req_query(c, q, "q")};
	struct str lang = req_query(c, q, "lang");
	ask->lang = lang.n > 0 ? lang : STR_NULL;
	if (!article_state_read(req_query(c, q, "state"), &ask->state))
		return fail_field(c, STR("state"), STR("INVALID_OPTION"), "state is DRAFT, PUBLISHED or ARCHIVED.");
	if (category.n > 0 && (!num_parse_int(category, &ask->category_id) || ask->category_id < 0))
		return fail_field(c, STR("categoryId"), STR("INVALID_LONG"), "categoryId is a number; 0: articles without one.");
	if (rest.n > 0 && (!num_parse_int(str_cut(&rest, STR("-")), &ask->before_at) || !num_parse_id(rest, &ask->before_id)))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return req_int(c, q, "limit", DEFAULT_ARTICLES, 1, MAX_ARTICLE_PAGE, &ask->limit);
}

enum err api_articles_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_ask ask;
	struct article_full *all;
	size_t n;
	TRY(read_ask(c, q, &ask));
	int64_t limit = ask.limit++;
	TRY(desk_article_list(c, &ask, &all, &n));
	bool has_more = n > (size_t)limit;
	n -= has_more;
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_full(c, &r->j, &all[i]);
	res_list_end(r, "after", !has_more ? STR_NULL : str_fmt(c->a, "%lld-%lld", (long long)all[n - 1].article.updated_at,
	                                                        (long long)all[n - 1].article.id));
	return OK;
}

enum err api_article_languages(struct ctx *c, const struct req *q, struct res *r)
{
	struct str lang;
	(void)c;
	(void)q;
	res_list_begin(r);
	for (size_t i = 0; (lang = article_lang_at(i)).n > 0; i++) {
		json_object_begin(&r->j);
		json_add_string(&r->j, "lang", lang);
		json_add_string(&r->j, "dir", article_lang_is_rtl(lang) ? STR("rtl") : STR("ltr"));
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

/* Articles ---------------------------------------------------------------------------------------------------------------- */

static enum err give_full(struct ctx *c, struct res *r, const struct article_full *f)
{
	write_full(c, &r->j, f);
	return OK;
}

static enum err give_page(struct ctx *c, struct res *r, const struct article_page *p)
{
	write_page(c, &r->j, p);
	return OK;
}

static enum err read_strings(struct ctx *c, const struct req *q, const char *name, size_t most, const struct str **out, size_t *n_out)
{
	const json_t *list = json_object_get(q->json, name);
	if (list == NULL || json_is_null(list))
		return OK;
	if (!json_is_array(list))
		return fail_field(c, str_c(name), STR("INVALID_LIST"), "%s is a list of texts.", name);
	if (json_array_size(list) > most)
		return fail_field(c, str_c(name), STR("TOO_MANY"), "%s takes no more than %zu.", name, most);
	struct str *all = NEW_ARRAY(c->a, json_array_size(list) + 1, struct str);
	for (size_t i = 0; i < json_array_size(list); i++) {
		all[i] = json_text(json_array_get(list, i));
		if (str_is_null(all[i]))
			return fail_field(c, str_c(name), STR("INVALID_LIST"), "%s is a list of texts.", name);
	}
	*out = all;
	*n_out = json_array_size(list);
	return OK;
}

static enum err read_in(struct ctx *c, const struct req *q, struct article_in *out)
{
	const struct article_body *in = IN(q, struct article_body);
	bool says_machine = json_is_boolean(json_object_get(q->json, "isMachineTranslated"));
	*out = (struct article_in){
		.title = in->title,
		.subtitle = in->subtitle,
		.body = in->body,
		.slug = in->slug,
		.is_machine = says_machine ? &in->is_machine : NULL,
		.version = in->version,
		.is_new_version = in->is_new_version,
	};
	TRY(read_strings(c, q, "tags", MAX_ARTICLE_TAGS, &out->tags, &out->tag_n));
	return read_strings(c, q, "products", MAX_ARTICLE_PRODUCTS, &out->products, &out->product_n);
}

enum err api_articles_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_body *body = IN(q, struct article_body);
	struct article_in in;
	struct article_page page;
	TRY(read_in(c, q, &in));
	TRY(desk_article_create(c, body->lang, body->category_id, &in, &page));
	return give_page(c, r, &page);
}

enum err api_articles_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_full f;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article(c, id, &f));
	return give_full(c, r, &f);
}

enum err api_articles_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_change_body *in = IN(q, struct article_change_body);
	struct article_full f;
	int64_t id;
	bool has_category = json_object_get(q->json, "categoryId") != NULL;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_update(c, id, in->lang.n > 0 ? in->lang : STR_NULL, has_category ? in->category_id : -1, &f));
	return give_full(c, r, &f);
}

enum err api_articles_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_full f;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_archive(c, id, &f));
	return give_full(c, r, &f);
}

enum err api_articles_restore(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_full f;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_restore(c, id, &f));
	return give_full(c, r, &f);
}

/* Texts ------------------------------------------------------------------------------------------------------------------- */

enum err api_article_text_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_text_body *in = IN(q, struct article_text_body);
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_translate(c, id, in->lang, &in->is_machine, &page));
	return give_page(c, r, &page);
}

enum err api_article_text_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_page(c, id, req_param(q, "lang"), &page));
	return give_page(c, r, &page);
}

enum err api_article_text_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_in in;
	struct article_page page;
	int64_t id;
	TRY(req_id(c, q, "articleId", &id));
	TRY(read_in(c, q, &in));
	TRY(desk_article_write(c, id, req_param(q, "lang"), &in, &page));
	return give_page(c, r, &page);
}

static enum err act(struct ctx *c, const struct req *q, struct res *r, enum article_act what)
{
	struct article_page page;
	int64_t id, version = q->json ? json_get_int(q->json, "version", 0) : 0;
	TRY(req_id(c, q, "articleId", &id));
	TRY(desk_article_act(c, id, req_param(q, "lang"), what, version, &page));
	return give_page(c, r, &page);
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
	return give_page(c, r, &page);
}

/* Pictures ---------------------------------------------------------------------------------------------------------------- */

struct image_work {
	const struct file *file;
	struct article_image out;
};

static enum err add_image(struct ctx *c, void *arg)
{
	struct image_work *w = arg;
	return desk_article_image_add(c, w->file, &w->out);
}

static enum err may_write(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_can(c, CAN_WRITE_ARTICLES, NULL);
}

enum err api_article_image_upload(struct ctx *c, const struct req *q, struct res *r)
{
	struct upload_in in = {.folder_path = STR("/articles"), .access = STR("PRIVATE")};
	struct file f;
	struct image_work w = {.file = &f};
	TRY(upload_check(c, q));
	TRY(may_write(c, NULL));
	struct str name = upload_file_name(q->upload);
	in.name = name.n ? name : STR("picture.png");
	in.content_type = upload_content_type(q->upload);
	TRY(desk_file_upload(c, upload_draft(q->upload), &in, &f));
	TRY(c->run->write(c->run->self, c, add_image, &w));
	json_object_begin(&r->j);
	json_add_string(&r->j, "key", w.out.link_key);
	json_add_int(&r->j, "width", f.width);
	json_add_int(&r->j, "height", f.height);
	json_add_string(&r->j, "url", str_fmt(c->a, "/desk/v1/article-images/" STR_FMT, STR_ARG(w.out.link_key)));
	json_object_end(&r->j);
	return OK;
}

enum err api_article_image_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	struct http_file answer = {.fd = -1};
	TRY(desk_article_image(c, req_param(q, "imageKey"), &f));
	answer.name = file_full_name(c, &f);
	answer.etag = f.blob;
	TRY(desk_file_open(c, &f, &answer.fd));
	return res_file(c, q, r, &answer);
}

/* Categories -------------------------------------------------------------------------------------------------------------- */

static void write_category(struct json *j, const struct article_category *k)
{
	json_object_begin(j);
	json_add_id(j, "id", k->id);
	json_add_raw(j, "names", k->names);
	json_add_int(j, "place", k->sort_order);
	json_object_end(j);
}

enum err api_article_categories_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_category *all;
	size_t n;
	(void)q;
	TRY(desk_article_categories(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_category(&r->j, &all[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_article_categories_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_category k;
	TRY(desk_article_category_create(c, IN(q, struct article_category_body)->names, &k));
	write_category(&r->j, &k);
	return OK;
}

enum err api_article_categories_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_category_body *in = IN(q, struct article_category_body);
	struct article_category k;
	int64_t id;
	bool has_place = json_is_integer(json_object_get(q->json, "place"));
	TRY(req_id(c, q, "categoryId", &id));
	TRY(desk_article_category_update(c, id, in->names, has_place ? in->place : -1, &k));
	write_category(&r->j, &k);
	return OK;
}

enum err api_article_categories_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "categoryId", &id));
	TRY(desk_article_category_archive(c, id));
	return res_nothing(r);
}
