#pragma once

#include "desk/article.h"

/* Between the files article*.c. */

/* In the transaction of a change, behind it. */
enum err article_announce(struct ctx *c, int64_t id);
/* An article that may be seen. ERR_NOT_FOUND. */
enum err article_get(struct ctx *c, int64_t id, struct article *out);
enum err article_get_text(struct ctx *c, int64_t id, struct str lang, struct article *a, struct article_text *out);
/* A text as its writer sees it. */
enum err article_page_of(struct ctx *c, const struct article *a, const struct article_text *t, struct article_page *out);

/* Fills the slug of a text and notes it; the one before leads there if customers knew it. wanted empty: that of the title. */
enum err article_slug_choose(struct ctx *c, struct article_text *t, struct str wanted, struct str title);

/* The pictures that a text shows. */
enum err article_body_images(struct ctx *c, struct str body, int64_t **ids_out, size_t *n_out);
enum err article_category_check(struct ctx *c, int64_t id);
