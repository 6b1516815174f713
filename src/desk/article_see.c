/* What customers see of articles: published texts, whoever asks. */

#include "desk/article_int.h"

#include "base/arena.h"

static enum err none(struct ctx *c)
{
	return fail(c, ERR_NOT_FOUND, "There is no such article.");
}

static enum err find_text(struct ctx *c, struct str lang, struct str slug, struct article_text *out)
{
	struct article_slug found;
	enum err e = article_slug_load(c, lang, slug, &found);
	if (e == ERR_NOT_FOUND)
		return none(c);
	TRY(e);
	return article_text_load(c, found.text_id, out);
}

static enum err load_category(struct ctx *c, int64_t id, struct article_category *out)
{
	if (id == 0)
		return OK;
	TRY(article_category_load(c, id, out));
	if (out->archived_at > 0)
		*out = (struct article_category){.id = 0};
	return OK;
}

enum err desk_article_see(struct ctx *c, struct str lang, struct str slug, struct article_seen *out)
{
	*out = (struct article_seen){.is_moved = false};
	TRY(find_text(c, lang, slug, &out->text));
	TRY(article_load(c, out->text.article_id, &out->article));
	out->is_gone = out->text.first_published_at > 0 && (out->text.archived_at > 0 || out->article.archived_at > 0);
	if (out->is_gone)
		return OK;
	if (out->text.published_id == 0)
		return none(c);
	out->is_moved = !str_eq(out->text.slug, slug);
	if (out->is_moved)
		return OK;
	TRY(article_version_load(c, out->text.id, out->text.published_id, &out->version));
	TRY(load_category(c, out->article.category_id, &out->category));
	TRY(article_shown_of(c, out->article.id, &out->langs, &out->lang_n));
	if (out->category.id == 0)
		return OK;
	return article_shown_beside(c, lang, out->category.id, out->article.id, MAX_ARTICLES_BESIDE, &out->beside, &out->beside_n);
}

enum err desk_article_index(struct ctx *c, struct str lang, struct article_index *out)
{
	TRY(article_category_list(c, &out->categories, &out->category_n));
	TRY(article_shown_langs(c, &out->langs, &out->lang_n));
	return article_shown_in(c, lang, MAX_ARTICLES_SHOWN, &out->all, &out->n);
}
