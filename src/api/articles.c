/* Knowledge articles: as agents write them. What one says in a language is article_texts.c, its pictures and the categories
 * article_parts.c. What customers see is src/page/article.c. */

#include "api/article_json.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/num.h"
#include "desk/can.h"
#include "text/json_read.h"

enum { DEFAULT_ARTICLES = 50 };

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

enum err api_articles_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_body *body = IN(q, struct article_body);
	struct article_in in;
	struct article_page page;
	TRY(article_read_in(c, q, &in));
	TRY(desk_article_create(c, body->lang, body->category_id, &in, &page));
	return article_give_page(c, r, &page);
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
