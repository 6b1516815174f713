#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/article_version.h"

/* Knowledge articles: how agents write them (CAN_WRITE_ARTICLES), who decides what customers read (CAN_PUBLISH_ARTICLES), and what
 * these see. Whoever sees the workspace reads all articles, drafts too.
 *
 * An article has a text for each of its languages; that of the governing language counts where they differ. What is written goes into
 * a new version, or into the newest one while the same person goes on with it within MERGE_MINUTES; what is published stays as it is
 * until somebody publishes again. A text that somebody else has changed since it was read is not written over: ERR_CONFLICT, category
 * NEWER_VERSION.
 *
 * A text has an address, /kb/<language>/<slug>. Until it is first published the slug follows the title, unless somebody chose it;
 * after that the addresses it had lead to the new one. */

enum {
	MAX_ARTICLES = 10000,
	MAX_ARTICLE_TITLE_CHARS = 200,
	MAX_ARTICLE_SUBTITLE_CHARS = 500,
	MAX_ARTICLE_BODY_BYTES = 512 << 10,
	MAX_ARTICLE_TAGS = 30,
	MAX_ARTICLE_TAG_CHARS = 60,
	MAX_ARTICLE_PRODUCTS = 20,
	MAX_ARTICLE_PRODUCT_CHARS = 120,
	MAX_ARTICLE_VERSIONS = 200, /* of a text; the oldest go */
	MAX_ARTICLE_SLUGS = 50,     /* of a text; the oldest go */
	MAX_ARTICLE_IMAGES = 20000, /* of the desk */
	MAX_IMAGES_OF_ARTICLE = 200, /* that one text shows */
	MAX_ARTICLE_IMAGE_BYTES = 10 << 20,
	MAX_ARTICLE_CATEGORIES = 200,
	MAX_CATEGORY_NAME_CHARS = 100,
	MAX_ARTICLE_PAGE = 100,
	MAX_ARTICLE_QUERY_BYTES = 200,
	MAX_ARTICLES_SHOWN = 2000, /* in the index of a language */
	MAX_ARTICLES_BESIDE = 5,
	MERGE_MINUTES = 30,
};

/* Languages ----------------------------------------------------------------------------------------------------------- */

/* "en", "zh-TW"; the i-th, the null string behind the last. */
struct str article_lang_at(size_t i);
bool article_lang_is_known(struct str lang);
/* Written from right to left. */
bool article_lang_is_rtl(struct str lang);

/* Reading ------------------------------------------------------------------------------------------------------------- */

struct article_full {
	struct article article;
	struct article_line *lines; /* one for each language, by age */
	size_t line_n;
	size_t shown; /* which of them a list shows: one that fits, the governing one if it does */
};
/* before: "time-id" of the last one; null: the newest. */
struct article_ask {
	enum article_state state;
	struct str lang;     /* null: any */
	int64_t category_id; /* -1: any; 0: those without */
	struct str query;    /* null: none */
	int64_t before_at, before_id;
	int64_t limit;
};
enum err desk_article_list(struct ctx *c, const struct article_ask *ask, struct article_full **out, size_t *n_out);
/* ERR_NOT_FOUND. */
enum err desk_article(struct ctx *c, int64_t id, struct article_full *out);

struct article_page {
	struct article article;
	struct article_text text;
	struct article_version draft;     /* the newest */
	struct article_version published; /* id 0: none */
	struct article_slug *slugs;       /* that it has and had */
	size_t slug_n;
};
enum err desk_article_page(struct ctx *c, int64_t id, struct str lang, struct article_page *out);
enum err desk_article_moments(struct ctx *c, int64_t id, struct str lang, int64_t before, int64_t limit, struct article_moment **out,
                              size_t *n_out);
enum err desk_article_version(struct ctx *c, int64_t id, struct str lang, int64_t version_id, struct article_version *out);

/* The state of a text: "DRAFT", "PUBLISHED", "ARCHIVED". */
struct str article_state_name(const struct article *a, int64_t published_id, int64_t text_archived_at);
bool article_state_read(struct str name, enum article_state *out);
/* Where customers read it: an address on the web. */
struct str article_url(struct ctx *c, struct str lang, struct str slug);
/* And back, of its last part. */
struct str article_slug_of_url(struct ctx *c, struct str raw);

/* Writing ------------------------------------------------------------------------------------------------------------- */

/* What is said of a text; null strings and NULL: nothing, it stays. */
struct article_in {
	struct str title, subtitle;
	struct str body; /* HTML as somebody wrote it */
	struct str slug; /* empty: that of the title */
	const struct str *tags;
	size_t tag_n;
	const struct str *products;
	size_t product_n;
	const bool *is_machine;
	int64_t version;     /* that was read; 0: whatever it is */
	bool is_new_version; /* not into the newest one */
};
/* lang: the governing language. ERR_BAD_INPUT names the field. */
enum err desk_article_create(struct ctx *c, struct str lang, int64_t category_id, const struct article_in *in,
                             struct article_page *out);
/* lang null, category_id -1: stay. The governing language is one that the article has. */
enum err desk_article_update(struct ctx *c, int64_t id, struct str lang, int64_t category_id, struct article_full *out);
/* Another language: it begins with what the governing text says. */
enum err desk_article_translate(struct ctx *c, int64_t id, struct str lang, const bool *is_machine, struct article_page *out);
enum err desk_article_write(struct ctx *c, int64_t id, struct str lang, const struct article_in *in, struct article_page *out);
/* What it said then becomes the newest version. */
enum err desk_article_revert(struct ctx *c, int64_t id, struct str lang, int64_t version_id, int64_t version,
                             struct article_page *out);

enum article_act { ARTICLE_PUBLISH, ARTICLE_UNPUBLISH, ARTICLE_ARCHIVE, ARTICLE_RESTORE };
/* One language. version: that was read; 0: whatever it is. The governing one is archived with the article only. */
enum err desk_article_act(struct ctx *c, int64_t id, struct str lang, enum article_act act, int64_t version, struct article_page *out);
/* All of it: archived (nobody outside reads it any more), and back as drafts. */
enum err desk_article_archive(struct ctx *c, int64_t id, struct article_full *out);
enum err desk_article_restore(struct ctx *c, int64_t id, struct article_full *out);

/* Pictures ------------------------------------------------------------------------------------------------------------ */

struct file;
/* In a text as <img data-cid="link_key">. In a transaction; the file is a picture that was uploaded. ERR_BAD_INPUT: it is none that
 * browsers show. */
enum err desk_article_image_add(struct ctx *c, const struct file *f, struct article_image *out);
enum err desk_article_image(struct ctx *c, struct str key, struct file *out);

/* Categories ---------------------------------------------------------------------------------------------------------- */

enum err desk_article_categories(struct ctx *c, struct article_category **out, size_t *n_out);
/* names: JSON, language to name; one at least. */
enum err desk_article_category_create(struct ctx *c, struct str names, struct article_category *out);
/* names null, place -1: stay. Its place among them, from 0. */
enum err desk_article_category_update(struct ctx *c, int64_t id, struct str names, int64_t place, struct article_category *out);
/* Its articles are without one then. */
enum err desk_article_category_archive(struct ctx *c, int64_t id);
/* Its name in the language, else in English, else any. */
struct str article_category_name(struct ctx *c, const struct article_category *k, struct str lang);

/* What customers see, whoever asks ------------------------------------------------------------------------------------ */

struct article_seen {
	struct article article;
	struct article_text text;
	struct article_version version; /* published */
	struct article_category category; /* id 0: none */
	struct article_shown *langs;    /* those it can be read in, itself among them */
	size_t lang_n;
	struct article_shown *beside;   /* others of its category */
	size_t beside_n;
	bool is_moved; /* the slug is an old one: of the rest nothing but text.slug and text.lang count */
	bool is_gone;  /* it was read here once, and is archived: nothing else counts */
};
/* ERR_NOT_FOUND. */
enum err desk_article_see(struct ctx *c, struct str lang, struct str slug, struct article_seen *out);
struct article_index {
	struct article_shown *all; /* by title */
	size_t n;
	struct article_category *categories;
	size_t category_n;
	struct article_shown *langs; /* members lang: those that articles can be read in */
	size_t lang_n;
};
enum err desk_article_index(struct ctx *c, struct str lang, struct article_index *out);
/* A picture that a published text shows. ERR_NOT_FOUND. */
enum err desk_article_image_see(struct ctx *c, struct str key, struct file *out);
