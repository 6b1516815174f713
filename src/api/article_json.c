#include "api/article_json.h"

#include "api/call.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "desk/can.h"
#include "text/json_read.h"

/* Answers --------------------------------------------------------------------------------------------------------------- */

void article_json_said(struct json *j, const struct article_version *v)
{
	json_add_id(j, "versionId", v->id);
	json_add_string(j, "title", v->title);
	json_add_string(j, "subtitle", v->subtitle);
	json_add_string(j, "body", v->body);
	json_add_raw(j, "tags", v->tags);
	json_add_raw(j, "products", v->products);
	json_add_bool(j, "isMachineTranslated", v->is_machine);
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
	article_json_said(j, &p->draft);
	json_add_id_or_null(j, "publishedVersionId", t->published_id);
	write_former(j, p);
	json_add_bool(j, "mayEdit", desk_may(c, CAN_WRITE_ARTICLES, NULL));
	json_add_bool(j, "mayPublish", desk_may(c, CAN_PUBLISH_ARTICLES, NULL));
	json_object_end(j);
}

enum err article_give_page(struct ctx *c, struct res *r, const struct article_page *p)
{
	write_page(c, &r->j, p);
	return OK;
}

/* Requests -------------------------------------------------------------------------------------------------------------- */

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

enum err article_read_in(struct ctx *c, const struct req *q, struct article_in *out)
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
