#pragma once

#include "store/article.h"

/* Versions of a text, where it is found, its pictures, and what customers see of it. */

enum err article_version_insert(struct ctx *c, struct article_version *v);
enum err article_version_update(struct ctx *c, struct article_version *v);
/* ERR_NOT_FOUND: the text has no such version. */
enum err article_version_load(struct ctx *c, int64_t text_id, int64_t id, struct article_version *out);

/* One without what it says. */
struct article_moment {
	int64_t id;
	struct str title;
	int64_t user_id;
	int64_t created_at;
	int64_t updated_at;
	int64_t published_at;
};
/* The newest first, with id < before; 0: from the newest. */
enum err article_moment_list(struct ctx *c, int64_t text_id, int64_t before, int64_t limit, struct article_moment **out, size_t *n_out);
/* Only the newest keep stay, beside the draft and what is published. */
enum err article_version_cut(struct ctx *c, const struct article_text *t, int64_t keep);

struct article_slug {
	struct str lang;
	struct str slug;
	int64_t text_id;
	int64_t created_at;
};
enum err article_slug_load(struct ctx *c, struct str lang, struct str slug, struct article_slug *out);
enum err article_slug_put(struct ctx *c, const struct article_slug *s);
enum err article_slug_remove(struct ctx *c, struct str lang, struct str slug);
/* Those of a text, the oldest first. */
enum err article_slug_list(struct ctx *c, int64_t text_id, struct article_slug **out, size_t *n_out);

struct article_image {
	int64_t id;
	struct str link_key;
	int64_t file_id;
	int64_t user_id;
	int64_t created_at;
};
enum err article_image_insert(struct ctx *c, struct article_image *i);
enum err article_image_by_key(struct ctx *c, struct str key, struct article_image *out);
enum err article_image_count(struct ctx *c, int64_t *out);
/* Does a published text show it? */
enum err article_image_is_public(struct ctx *c, int64_t image_id, bool *out);
/* The published text shows exactly these. */
enum err article_image_use_set(struct ctx *c, int64_t text_id, const int64_t *image_ids, size_t n);

/* A published text, for lists that customers see. */
struct article_shown {
	int64_t article_id;
	struct str lang;
	struct str slug;
	struct str title;
	struct str subtitle;
	int64_t category_id;
	int64_t published_at;
};
/* The languages of an article. */
enum err article_shown_of(struct ctx *c, int64_t article_id, struct article_shown **out, size_t *n_out);
/* All in a language, by title. */
enum err article_shown_in(struct ctx *c, struct str lang, int64_t limit, struct article_shown **out, size_t *n_out);
/* The languages that there are some in, in members lang; the others stay empty. */
enum err article_shown_langs(struct ctx *c, struct article_shown **out, size_t *n_out);
/* The others of a category, the newest first. */
enum err article_shown_beside(struct ctx *c, struct str lang, int64_t category_id, int64_t article_id, int64_t limit,
                              struct article_shown **out, size_t *n_out);

struct article_category {
	int64_t id;
	struct str names; /* JSON: language to name */
	int64_t sort_order;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
enum err article_category_insert(struct ctx *c, struct article_category *k);
enum err article_category_update(struct ctx *c, struct article_category *k);
enum err article_category_load(struct ctx *c, int64_t id, struct article_category *out);
/* Those that are not archived, in their order. */
enum err article_category_list(struct ctx *c, struct article_category **out, size_t *n_out);
