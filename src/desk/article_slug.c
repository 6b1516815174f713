/* Addresses of articles: each leads to one text of its language, now and later. */

#include "desk/article_int.h"

#include "base/arena.h"
#include "base/rand.h"
#include "text/slug.h"

enum { MAX_SLUG_TRIES = 50, SLUG_ENDING_BYTES = 6 };

/* Nobody else's. One that it had before is its own. */
static enum err is_free(struct ctx *c, const struct article_text *t, struct str slug, bool *out)
{
	struct article_slug taken;
	enum err e = article_slug_load(c, t->lang, slug, &taken);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*out = true;
		return OK;
	}
	TRY(e);
	*out = taken.text_id == t->id;
	return OK;
}

/* That of the title, or with a number behind it. */
static enum err free_slug(struct ctx *c, const struct article_text *t, struct str title, struct str *out)
{
	struct str base = slug_of(c->a, title);
	bool is_good;
	if (base.n == 0)
		base = STR("article");
	*out = base;
	for (int n = 2; n < MAX_SLUG_TRIES; n++) {
		TRY(is_free(c, t, *out, &is_good));
		if (is_good)
			return OK;
		*out = str_fmt(c->a, STR_FMT "-%d", STR_ARG(base), n);
	}
	*out = slug_of(c->a, str_fmt(c->a, STR_FMT "-" STR_FMT, STR_ARG(base), STR_ARG(rand_token(c->a, SLUG_ENDING_BYTES))));
	return OK;
}

static enum err wanted_slug(struct ctx *c, const struct article_text *t, struct str wanted, struct str *out)
{
	bool is_good;
	if (wanted.n > MAX_SLUG_BYTES * 4)
		return fail_field(c, STR("slug"), STR("INVALID_LENGTH"), "An address has at most %d bytes.", MAX_SLUG_BYTES);
	*out = slug_of(c->a, wanted);
	if (out->n == 0)
		return fail_field(c, STR("slug"), STR("INVALID_STRING"), "An address has letters or digits.");
	TRY(is_free(c, t, *out, &is_good));
	if (!is_good)
		return fail_field(c, STR("slug"), STR("ALREADY_EXISTS"), "Another article has the address \"" STR_FMT "\".", STR_ARG(*out));
	return OK;
}

/* The oldest of those that it had. */
static enum err cut(struct ctx *c, const struct article_text *t)
{
	struct article_slug *all;
	size_t n;
	TRY(article_slug_list(c, t->id, &all, &n));
	for (size_t i = 0; i < n && n - i > MAX_ARTICLE_SLUGS; i++)
		if (!str_eq(all[i].slug, t->slug))
			TRY(article_slug_remove(c, t->lang, all[i].slug));
	return OK;
}

enum err article_slug_choose(struct ctx *c, struct article_text *t, struct str wanted, struct str title)
{
	struct str slug;
	wanted = str_trim(wanted);
	if (wanted.n > 0)
		TRY(wanted_slug(c, t, wanted, &slug));
	else
		TRY(free_slug(c, t, title, &slug));
	t->has_own_slug = wanted.n > 0;
	if (str_eq(slug, t->slug))
		return OK;
	/* nobody outside knows it */
	if (t->slug.n > 0 && t->first_published_at == 0)
		TRY(article_slug_remove(c, t->lang, t->slug));
	t->slug = slug;
	TRY(article_slug_put(c, &(struct article_slug){t->lang, slug, t->id, c->now}));
	return cut(c, t);
}
