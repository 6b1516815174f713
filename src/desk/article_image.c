/* Pictures in articles: files of their own, known by a key that nobody can guess. From outside one is seen while a published text
 * shows it, and only then. */

#include "desk/article_int.h"

#include "base/arena.h"
#include "base/rand.h"
#include "desk/can.h"
#include "desk/file.h"
#include "text/html_scan.h"

enum { IMAGE_KEY_BYTES = 18 };

static bool is_shown_by_browsers(struct str content_type)
{
	static const struct str types[] = {STR("image/png"), STR("image/jpeg"), STR("image/gif"), STR("image/webp")};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(types[i], content_type))
			return true;
	return false;
}

enum err desk_article_image_add(struct ctx *c, const struct file *f, struct article_image *out)
{
	int64_t n;
	TRY(desk_can(c, CAN_WRITE_ARTICLES, NULL));
	if (!is_shown_by_browsers(f->content_type) || f->width == 0)
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "Pictures in articles are PNG, JPEG, GIF or WebP.");
	if (f->size_bytes > MAX_ARTICLE_IMAGE_BYTES)
		return fail_field(c, STR("file"), STR("TOO_LARGE"), "A picture in an article has at most %d MB.", MAX_ARTICLE_IMAGE_BYTES >> 20);
	TRY(article_lock(c));
	TRY(article_image_count(c, &n));
	if (n >= MAX_ARTICLE_IMAGES)
		return fail(c, ERR_CONFLICT, "Articles have at most %d pictures.", MAX_ARTICLE_IMAGES);
	*out = (struct article_image){
		.link_key = str_cat(c->a, STR("a."), rand_token(c->a, IMAGE_KEY_BYTES)), /* told from other content ids */
		.file_id = f->id,
		.user_id = c->who.user_id,
		.created_at = c->now,
	};
	return article_image_insert(c, out);
}

static enum err load(struct ctx *c, struct str key, struct article_image *out)
{
	enum err e = article_image_by_key(c, key, out);
	if (e == ERR_NOT_FOUND)
		return fail(c, e, "There is no such picture.");
	return e;
}

enum err desk_article_image(struct ctx *c, struct str key, struct file *out)
{
	struct article_image i;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(load(c, key, &i));
	return file_load(c, i.file_id, out);
}

enum err desk_article_image_see(struct ctx *c, struct str key, struct file *out)
{
	struct article_image i;
	bool is_public;
	TRY(load(c, key, &i));
	TRY(article_image_is_public(c, i.id, &is_public));
	if (!is_public)
		return fail(c, ERR_NOT_FOUND, "There is no such picture.");
	return file_load(c, i.file_id, out);
}

static enum err add_key(struct ctx *c, struct str key, int64_t *ids, size_t *n)
{
	struct article_image i;
	enum err e = article_image_by_key(c, key, &i);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c); /* a key of nothing: it shows nothing */
		return OK;
	}
	TRY(e);
	if (*n == MAX_IMAGES_OF_ARTICLE)
		return fail_field(c, STR("body"), STR("TOO_MANY"), "An article has at most %d pictures.", MAX_IMAGES_OF_ARTICLE);
	ids[(*n)++] = i.id;
	return OK;
}

enum err article_body_images(struct ctx *c, struct str body, int64_t **ids_out, size_t *n_out)
{
	struct html_scan scan = html_scan_begin(body);
	struct html_token token;
	struct str name, value;
	int64_t *ids = NEW_ARRAY(c->a, MAX_IMAGES_OF_ARTICLE, int64_t);
	size_t n = 0;
	while (html_scan_next(&scan, &token)) {
		if (token.kind != HTML_OPEN || !str_eq(token.name, STR("img")))
			continue;
		while (html_attr_next(&token.attrs, &name, &value))
			if (str_eq(name, STR("data-cid")))
				TRY(add_key(c, value, ids, &n));
	}
	*ids_out = ids;
	*n_out = n;
	return OK;
}
