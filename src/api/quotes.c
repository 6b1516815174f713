/* Quotes with their lines in one piece. As objects of the types quotes and line_items they are in api/objects.c too. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/quote.h"
#include "text/json_read.h"

enum { MAX_NUMBER_BYTES = 64 };

static void write_version(struct json *j, const struct quote_version *v)
{
	json_object_begin(j);
	json_add_int(j, "version", v->version);
	json_add_string(j, "number", v->number);
	json_add_string(j, "state", v->state);
	json_add_time(j, "publishedAt", v->published_at);
	json_add_id(j, "publishedBy", v->published_by);
	json_add_time(j, "expiresAt", v->expires_at);
	json_add_time(j, "viewedAt", v->viewed_at);
	json_add_time(j, "answeredAt", v->answered_at);
	json_add_string(j, "answerName", v->answer_name);
	json_add_string(j, "answerReason", v->answer_reason);
	json_add_time(j, "recalledAt", v->recalled_at);
	json_add_id(j, "recalledBy", v->recalled_by);
	json_object_end(j);
}

static void write_links(struct json *j, const struct quote *q)
{
	json_key(j, "links");
	json_object_begin(j);
	for (int i = 0; i < QUOTE_LINK_N; i++) {
		if (q->links[i].id == 0)
			continue;
		json_key(j, quote_link_names[i]);
		json_object_begin(j);
		json_add_id(j, "id", q->links[i].id);
		json_add_string(j, "label", q->links[i].label);
		json_object_end(j);
	}
	json_object_end(j);
}

static enum err give(struct ctx *c, struct res *r, const struct quote *q)
{
	struct json *j = &r->j;
	bool has_link = q->version_n > 0 && !str_eq(q->state, QUOTE_DRAFT);
	json_object_begin(j);
	json_add_id(j, "id", q->object.id);
	json_add_int(j, "objectVersion", q->object.version);
	json_add_string(j, "state", q->state);
	json_add_id(j, "ownerId", q->object.owner_id);
	json_add_time(j, "createdAt", q->object.created_at);
	json_add_time(j, "updatedAt", q->object.updated_at);
	if (has_link)
		json_add_string(j, "url", quote_url(c, q->versions[0].token));
	json_add_string(j, "fault", q->fault);
	write_links(j, q);
	json_key(j, "paper");
	json_object_begin(j);
	quote_paper_write(j, &q->paper);
	json_object_end(j);
	json_key(j, "versions");
	json_array_begin(j);
	for (size_t i = 0; i < q->version_n; i++)
		write_version(j, &q->versions[i]);
	json_array_end(j);
	json_object_end(j);
	return OK;
}

/* Reading ------------------------------------------------------------------------------------------------------------------ */

static enum err not_text(struct ctx *c, struct str field)
{
	return fail_field(c, field, STR("INVALID_STRING"), STR_FMT " is text.", STR_ARG(field));
}

/* Numbers may come as JSON numbers too; null is empty. */
static enum err read_text(struct ctx *c, const json_t *object, const char *name, struct str field, struct str *out)
{
	const json_t *value = json_object_get(object, name);
	*out = STR_NULL;
	if (value == NULL)
		return OK;
	if (json_is_object(value) || json_is_array(value) || json_is_boolean(value))
		return not_text(c, field);
	struct str text = json_scalar_text(c, value);
	*out = str_is_null(text) ? STR("") : text;
	return OK;
}

static enum err read_line(struct ctx *c, const json_t *entry, size_t index, struct quote_paper_line *out)
{
	const struct {
		const char *name;
		struct str *to;
		bool is_number;
	} members[] = {
		{"name", &out->name, false},       {"description", &out->description, false},
		{"sku", &out->sku, false},         {"quantity", &out->quantity, true},
		{"price", &out->price, true},      {"discount", &out->discount, true},
		{"discountPercentage", &out->discount_percentage, true}, {"taxRate", &out->tax_rate, true},
	};
	if (!json_is_object(entry))
		return fail_field(c, STR("lines"), STR("INVALID_TYPE"), "lines is a list of lines.");
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		struct str field = str_fmt(c->a, "lines[%zu].%s", index, members[i].name);
		TRY(read_text(c, entry, members[i].name, field, members[i].to));
		if (members[i].is_number && members[i].to->n > MAX_NUMBER_BYTES)
			return fail_field(c, field, STR("INVALID_NUMBER"), "Line %zu: %s is too long for a number.", index + 1, members[i].name);
	}
	out->id = json_get_id(entry, "id");
	out->product_id = json_get_id(entry, "productId");
	return OK;
}

static enum err read_lines(struct ctx *c, const json_t *body, struct quote_in *in)
{
	const json_t *list = json_object_get(body, "lines");
	size_t n = json_array_size(list);
	if (list == NULL)
		return OK;
	if (!json_is_array(list))
		return fail_field(c, STR("lines"), STR("INVALID_TYPE"), "lines is a list of lines.");
	if (n > MAX_QUOTE_LINES)
		return fail_field(c, STR("lines"), STR("TOO_MANY"), "A quote has at most %d lines.", MAX_QUOTE_LINES);
	struct quote_paper_line *lines = NEW_ARRAY(c->a, n + 1, struct quote_paper_line);
	for (size_t i = 0; i < n; i++)
		TRY(read_line(c, json_array_get(list, i), i, &lines[i]));
	in->lines = lines;
	in->line_n = n;
	return OK;
}

static enum err read_link(struct ctx *c, const json_t *body, const char *name, int64_t *out)
{
	const json_t *value = json_object_get(body, name);
	struct str text;
	*out = value == NULL ? -1 : 0;
	TRY(read_text(c, body, name, str_c(name), &text));
	if (text.n > 0 && !num_parse_id(text, out))
		return fail_field(c, str_c(name), STR("INVALID_LONG"), "%s is an id.", name);
	return OK;
}

static enum err read_quote(struct ctx *c, const struct req *q, struct quote_in *in)
{
	const json_t *body = q->json;
	const struct {
		const char *name;
		struct str *to;
	} members[] = {
		{"title", &in->title},       {"currency", &in->currency}, {"language", &in->language},
		{"expiresAt", &in->expires_at}, {"terms", &in->terms},    {"comments", &in->comments},
	};
	TRY(body_need_object(c, body));
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		TRY(read_text(c, body, members[i].name, str_c(members[i].name), members[i].to));
	for (int i = 0; i < QUOTE_LINK_N; i++)
		TRY(read_link(c, body, quote_link_names[i], &in->links[i]));
	in->if_version = json_get_id(body, "objectVersion");
	return read_lines(c, body, in);
}

enum err api_quote_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct quote quote;
	int64_t id;
	TRY(req_id(c, q, "quoteId", &id));
	TRY(desk_quote(c, id, &quote));
	return give(c, r, &quote);
}

enum err api_quote_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct quote_in in = {.line_n = 0};
	struct quote quote;
	TRY(read_quote(c, q, &in));
	TRY(desk_quote_create(c, &in, &quote));
	return give(c, r, &quote);
}

enum err api_quote_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct quote_in in = {.line_n = 0};
	struct quote quote;
	int64_t id;
	TRY(req_id(c, q, "quoteId", &id));
	TRY(read_quote(c, q, &in));
	TRY(desk_quote_update(c, id, &in, &quote));
	return give(c, r, &quote);
}

static enum err act(struct ctx *c, const struct req *q, struct res *r, enum err (*verb)(struct ctx *c, int64_t id, struct quote *out))
{
	struct quote quote;
	int64_t id;
	TRY(req_id(c, q, "quoteId", &id));
	TRY(verb(c, id, &quote));
	return give(c, r, &quote);
}

enum err api_quote_publish(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, desk_quote_publish);
}

enum err api_quote_recall(struct ctx *c, const struct req *q, struct res *r)
{
	return act(c, q, r, desk_quote_recall);
}

enum err api_quote_pdf(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "quoteId", &id));
	TRY(desk_quote_pdf(c, id, &r->raw));
	r->content_type = STR("application/pdf");
	res_header(r, STR("Content-Disposition"), STR("inline; filename=\"quote.pdf\""));
	return OK;
}
