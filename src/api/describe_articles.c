/* Knowledge articles. */

#include "api/describe_int.h"

/* clang-format off */
#define LINE                                                                                            \
	NEED("lang", "string", "en, de, zh-TW, …"),                                                    \
	NEED("isGoverning", "boolean", "where the languages differ this one counts"),                 \
	NEED("state", "string", "DRAFT, PUBLISHED or ARCHIVED"),                                       \
	NEED("hasChanges", "boolean", "what is written is not what is published"),                     \
	NEED("isMachineTranslated", "boolean", "readers are told so"),                                 \
	NEED("title", "string", ""),                                                                   \
	NEED("subtitle", "string", ""),                                                                \
	NEED("slug", "string", "the end of its address"),                                              \
	NEED("url", "string", "where customers read it once it is published"),                         \
	NEED("version", "integer", "grows with every change: to be sent with the next one"),           \
	MAY("publishedAt", "time", "the last time"),                                                   \
	NEED("updatedAt", "time", "")

static const struct model_field line_fields[] = {LINE};
static const struct model_field article_fields[] = {
	NEED("id", "id", ""),
	NEED("lang", "string", "the governing language"),
	NEED("categoryId", "id", "null: none"),
	NEED("userId", "id", "who made it"),
	NEED("mayEdit", "boolean", "you"),
	NEED("mayPublish", "boolean", "you"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", "of any of its texts"),
	MAY("archivedAt", "time", ""),
	NEED("shown", "ArticleLine", "the text that was found: the governing one where it fits"),
	NEED("texts", "[ArticleLine]", "one for each language"),
};
static const struct model_field text_fields[] = {
	LINE,
	NEED("articleId", "id", ""),
	NEED("hasOwnSlug", "boolean", "somebody chose it; else it follows the title until the text is published"),
	NEED("userId", "id", "who changed it last"),
	NEED("createdAt", "time", ""),
	NEED("versionId", "id", "the newest version, whose content this is"),
	NEED("publishedVersionId", "id", "what customers read; null: nothing"),
	NEED("body", "string", "HTML; a picture is <img data-cid=\"its key\">"),
	NEED("tags", "[string]", "words it is found by"),
	NEED("products", "[string]", "what it is available with"),
	NEED("formerSlugs", "[string]", "they lead to the new one"),
	NEED("mayEdit", "boolean", "you"),
	NEED("mayPublish", "boolean", "you"),
};
static const struct model_field moment_fields[] = {
	NEED("versionId", "id", ""),
	NEED("title", "string", "as it was then"),
	NEED("userId", "id", "who wrote it"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", "the same person goes on with a version for half an hour"),
	MAY("publishedAt", "time", ""),
};
static const struct model_field version_fields[] = {
	NEED("versionId", "id", ""),
	NEED("title", "string", ""),
	NEED("subtitle", "string", ""),
	NEED("body", "string", "HTML"),
	NEED("tags", "[string]", ""),
	NEED("products", "[string]", ""),
	NEED("isMachineTranslated", "boolean", ""),
	NEED("userId", "id", "who wrote it"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	MAY("publishedAt", "time", ""),
};
static const struct model_field category_fields[] = {
	NEED("id", "id", ""),
	NEED("names", "{string}", "language to name"),
	NEED("place", "integer", "its place among them"),
};
static const struct model_field image_fields[] = {
	NEED("key", "string", "for data-cid"),
	NEED("width", "integer", ""),
	NEED("height", "integer", ""),
	NEED("url", "string", "for who is signed in; customers see it while a published text shows it"),
};
static const struct model_field image_in_fields[] = {
	NEED("file", "string", "PNG, JPEG, GIF or WebP"),
};
static const struct model_field language_fields[] = {
	NEED("lang", "string", ""),
	NEED("dir", "string", "ltr or rtl"),
};
static const struct model models[] = {
	MODEL("Article", "A knowledge article with its texts, without what they say.", article_fields),
	MODEL("ArticleLine", "A text of an article as lists show it.", line_fields),
	MODEL("ArticleText", "A text of an article, as it is being written.", text_fields),
	MODEL("ArticleMoment", "A version of a text, without what it says.", moment_fields),
	MODEL("ArticleVersion", "What a text said.", version_fields),
	MODEL("ArticleCategory", "What articles are sorted into.", category_fields),
	MODEL("ArticleImage", "A picture for articles.", image_fields),
	MODEL("ArticleImageIn", "A form with the picture.", image_in_fields),
	MODEL("ArticleLanguage", "A language that articles can be written in.", language_fields),
};
#define ARTICLES "/desk/v1/articles"
#define TEXT     ARTICLES "/{articleId}/texts/{lang}"
static const struct description descriptions[] = {
	{"GET " ARTICLES,                                       "q state lang categoryId limit after", NO_BODY, "Article", AS_LIST},
	{"POST " ARTICLES,                                      NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"GET " ARTICLES "/languages",                          NULL,         NO_BODY, "ArticleLanguage", AS_LIST},
	{"GET " ARTICLES "/{articleId}",                        NULL,         NO_BODY, "Article", AS_IT_IS},
	{"PATCH " ARTICLES "/{articleId}",                      NULL,         NO_BODY, "Article", AS_IT_IS},
	{"POST " ARTICLES "/{articleId}/archive",               NULL,         NO_BODY, "Article", AS_IT_IS},
	{"POST " ARTICLES "/{articleId}/restore",               NULL,         NO_BODY, "Article", AS_IT_IS},
	{"POST " ARTICLES "/{articleId}/texts",                 NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"GET " TEXT,                                           NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"PATCH " TEXT,                                         NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"POST " TEXT "/publish",                               NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"POST " TEXT "/unpublish",                             NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"POST " TEXT "/archive",                               NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"POST " TEXT "/restore",                               NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"GET " TEXT "/versions",                               "limit after", NO_BODY, "ArticleMoment", AS_LIST},
	{"GET " TEXT "/versions/{versionId}",                   NULL,         NO_BODY, "ArticleVersion", AS_IT_IS},
	{"POST " TEXT "/versions/{versionId}/restore",          NULL,         NO_BODY, "ArticleText", AS_IT_IS},
	{"POST /desk/v1/article-images",                        NULL,         "ArticleImageIn", AS_FILE, "ArticleImage", AS_IT_IS},
	{"GET /desk/v1/article-images/{imageKey}",              NULL,         NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/article-categories",                     NULL,         NO_BODY, "ArticleCategory", AS_LIST},
	{"POST /desk/v1/article-categories",                    NULL,         NO_BODY, "ArticleCategory", AS_IT_IS},
	{"PATCH /desk/v1/article-categories/{categoryId}",      NULL,         NO_BODY, "ArticleCategory", AS_IT_IS},
	{"DELETE /desk/v1/article-categories/{categoryId}",     NULL,         NO_BODY, NO_ANSWER},
};
/* clang-format on */

const struct chapter describe_articles = CHAPTER(models, descriptions);
