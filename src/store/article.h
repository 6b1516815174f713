#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/shape.h"
#include "store/word_index.h"

/* Knowledge articles as rows. Whoever writes any of them calls article_lock first. */

struct article {
	int64_t id;
	int64_t category_id; /* 0: none */
	struct str lang;     /* the governing language */
	int64_t user_id;     /* who made it */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

/* What it is in one language. */
struct article_text {
	int64_t id;
	int64_t article_id;
	struct str lang;
	struct str slug;
	bool has_own_slug;
	int64_t draft_id;     /* the newest version */
	int64_t published_id; /* 0: nobody outside reads it */
	int64_t first_published_at;
	int64_t published_at;
	int64_t version; /* grows with every change */
	int64_t user_id; /* who changed it last */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

/* What it says. */
struct article_version {
	int64_t id;
	int64_t text_id;
	struct str title;
	struct str subtitle;
	struct str body;     /* HTML, cleaned */
	struct str tags;     /* JSON */
	struct str products; /* JSON */
	bool is_machine;
	int64_t user_id;
	int64_t created_at;
	int64_t updated_at;
	int64_t published_at;
};

/* A text with what lists show of its newest version. */
struct article_line {
	int64_t id;
	int64_t article_id;
	struct str lang;
	struct str slug;
	int64_t draft_id;
	int64_t published_id;
	int64_t published_at;
	int64_t version;
	int64_t updated_at;
	int64_t archived_at;
	struct str title;
	struct str subtitle;
	bool is_machine;
};

enum err article_lock(struct ctx *c);

enum err article_insert(struct ctx *c, struct article *a);
enum err article_update(struct ctx *c, struct article *a);
/* ERR_NOT_FOUND. Archived ones are found. */
enum err article_load(struct ctx *c, int64_t id, struct article *out);
enum err article_count(struct ctx *c, int64_t *out);

enum err article_text_insert(struct ctx *c, struct article_text *t);
enum err article_text_update(struct ctx *c, struct article_text *t);
enum err article_text_load(struct ctx *c, int64_t id, struct article_text *out);
enum err article_text_by_lang(struct ctx *c, int64_t article_id, struct str lang, struct article_text *out);
/* Of one article, by age. */
enum err article_text_list(struct ctx *c, int64_t article_id, struct article_text **out, size_t *n_out);

enum article_state { ARTICLE_ANY, ARTICLE_DRAFT, ARTICLE_PUBLISHED, ARTICLE_ARCHIVED };
/* What to list. Null strings, -1 and NULL leave a condition out; archived ones only where they are asked for. */
struct article_find {
	enum article_state state;
	struct str lang;
	int64_t category_id;
	const struct word_query *words;
	int64_t before_at, before_id; /* the last of the page before; 0: from the newest */
	int64_t limit;
};
/* Articles with a text that fits, the newest change first. */
enum err article_find(struct ctx *c, const struct article_find *find, struct article **out, size_t *n_out);
/* The texts of these articles; those that fit the words, language and state of find into fit_ids. */
enum err article_line_list(struct ctx *c, const int64_t *ids, size_t n, struct article_line **out, size_t *n_out);
enum err article_line_fits(struct ctx *c, const int64_t *ids, size_t n, const struct article_find *find, int64_t **fit_ids,
                           size_t *n_out);

/* words: each with a blank before and behind. */
enum err article_words_put(struct ctx *c, int64_t text_id, struct str words);
