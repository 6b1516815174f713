/* Snippets and templates: two names for the texts of the library (desk/library_text.h). */

#include "api/call.h"
#include "api/handlers.h"
#include "api/library_json.h"
#include "api/shapes.h"
#include "desk/library_text.h"

static void write_members(struct ctx *c, struct json *j, const struct text_entry *e)
{
	library_json_members(c, j, &e->entry);
	if (str_eq(e->entry.item.kind, library_kind_name(LIBRARY_SNIPPET)))
		json_add_string(j, "shortcut", e->entry.item.handle);
	else
		json_add_string(j, "subject", e->text.subject);
	json_add_string(j, "excerpt", e->excerpt);
}

static enum err write_whole(struct ctx *c, struct res *r, const struct text_entry *e)
{
	json_object_begin(&r->j);
	write_members(c, &r->j, e);
	json_add_string(&r->j, "html", e->text.html);
	json_object_end(&r->j);
	return OK;
}

static enum err read_in(struct ctx *c, const struct req *q, struct text_in *out)
{
	const struct library_text_body *body = IN(q, struct library_text_body);
	*out = (struct text_in){.shortcut = body->shortcut, .subject = body->subject, .html = body->html};
	return library_read_in(c, q, &out->common);
}

static enum err list(struct ctx *c, const struct req *q, struct res *r, enum library_kind kind)
{
	struct library_ask ask;
	struct text_entry *texts;
	size_t n;
	TRY(library_read_ask(c, q, kind, &ask));
	TRY(desk_text_list(c, &ask, &texts, &n));
	size_t shown = library_page_n(&ask, n);
	res_list_begin(r);
	for (size_t i = 0; i < shown; i++) {
		json_object_begin(&r->j);
		write_members(c, &r->j, &texts[i]);
		json_object_end(&r->j);
	}
	library_list_end(c, r, &ask, n, shown ? texts[shown - 1].entry.item.id : 0);
	return OK;
}

static enum err create(struct ctx *c, const struct req *q, struct res *r, enum library_kind kind)
{
	struct text_in in;
	struct text_entry e;
	TRY(read_in(c, q, &in));
	TRY(desk_text_create(c, kind, &in, &e));
	return write_whole(c, r, &e);
}

static enum err read_one(struct ctx *c, const struct req *q, struct res *r, enum library_kind kind)
{
	struct text_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_text(c, kind, id, &e));
	return write_whole(c, r, &e);
}

static enum err update(struct ctx *c, const struct req *q, struct res *r, enum library_kind kind)
{
	struct text_in in;
	struct text_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(read_in(c, q, &in));
	TRY(desk_text_update(c, kind, id, &in, &e));
	return write_whole(c, r, &e);
}

#define ROUTES_OF(word, kind)                                                          \
	enum err api_##word##_list(struct ctx *c, const struct req *q, struct res *r)  \
	{                                                                              \
		return list(c, q, r, kind);                                            \
	}                                                                              \
	enum err api_##word##_create(struct ctx *c, const struct req *q, struct res *r) \
	{                                                                              \
		return create(c, q, r, kind);                                          \
	}                                                                              \
	enum err api_##word##_read(struct ctx *c, const struct req *q, struct res *r)  \
	{                                                                              \
		return read_one(c, q, r, kind);                                        \
	}                                                                              \
	enum err api_##word##_update(struct ctx *c, const struct req *q, struct res *r) \
	{                                                                              \
		return update(c, q, r, kind);                                          \
	}
ROUTES_OF(snippets, LIBRARY_SNIPPET)
ROUTES_OF(templates, LIBRARY_TEMPLATE)
