/* What articles are made with: their pictures, and the categories that they are in. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/upload.h"
#include "desk/article.h"
#include "desk/can.h"
#include "desk/file.h"
#include "text/json_read.h"

/* Pictures ---------------------------------------------------------------------------------------------------------------- */

struct image_work {
	const struct file *file;
	struct article_image out;
};

static enum err add_image(struct ctx *c, void *arg)
{
	struct image_work *w = arg;
	return desk_article_image_add(c, w->file, &w->out);
}

enum err api_article_image_upload(struct ctx *c, const struct req *q, struct res *r)
{
	struct upload_in in = {.folder_path = STR("/articles"), .access = STR("PRIVATE")};
	struct file f;
	struct image_work w = {.file = &f};
	TRY(upload_check(c, q));
	TRY(desk_can(c, CAN_WRITE_ARTICLES, NULL));
	struct str name = upload_file_name(q->upload);
	in.name = name.n ? name : STR("picture.png");
	in.content_type = upload_content_type(q->upload);
	TRY(desk_file_upload(c, upload_draft(q->upload), &in, &f));
	TRY(c->run->write(c->run->self, c, add_image, &w));
	json_object_begin(&r->j);
	json_add_string(&r->j, "key", w.out.link_key);
	json_add_int(&r->j, "width", f.width);
	json_add_int(&r->j, "height", f.height);
	json_add_string(&r->j, "url", str_fmt(c->a, "/desk/v1/article-images/" STR_FMT, STR_ARG(w.out.link_key)));
	json_object_end(&r->j);
	return OK;
}

enum err api_article_image_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	struct http_file answer = {.fd = -1};
	TRY(desk_article_image(c, req_param(q, "imageKey"), &f));
	answer.name = file_full_name(c, &f);
	answer.etag = f.blob;
	TRY(desk_file_open(c, &f, &answer.fd));
	return res_file(c, q, r, &answer);
}

/* Categories -------------------------------------------------------------------------------------------------------------- */

static void write_category(struct json *j, const struct article_category *k)
{
	json_object_begin(j);
	json_add_id(j, "id", k->id);
	json_add_raw(j, "names", k->names);
	json_add_int(j, "place", k->sort_order);
	json_object_end(j);
}

enum err api_article_categories_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_category *all;
	size_t n;
	(void)q;
	TRY(desk_article_categories(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_category(&r->j, &all[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_article_categories_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct article_category k;
	TRY(desk_article_category_create(c, IN(q, struct article_category_body)->names, &k));
	write_category(&r->j, &k);
	return OK;
}

enum err api_article_categories_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct article_category_body *in = IN(q, struct article_category_body);
	struct article_category k;
	int64_t id;
	bool has_place = json_is_integer(json_object_get(q->json, "place"));
	TRY(req_id(c, q, "categoryId", &id));
	TRY(desk_article_category_update(c, id, in->names, has_place ? in->place : -1, &k));
	write_category(&r->j, &k);
	return OK;
}

enum err api_article_categories_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "categoryId", &id));
	TRY(desk_article_category_archive(c, id));
	return res_nothing(r);
}
