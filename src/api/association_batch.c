/* Many links in one call, in the form of v4; association_batch_v3.c has the older one, and uses what begins and ends a batch here. */

#include "api/association_batch_int.h"

#include "api/association_json.h"
#include "api/body.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/num.h"
#include "text/json_read.h"

enum err link_batch_begin(struct ctx *c, const struct req *q, struct res *r, size_t most, struct link_batch *b)
{
	*b = (struct link_batch){.r = r};
	TRY(req_type(c, q, "fromObjectType", &b->from_type));
	TRY(req_type(c, q, "toObjectType", &b->to_type));
	TRY(batch_inputs(c, q, most, &b->inputs, &b->n));
	TRY(batch_need_objects(c, b->inputs));
	b->failed = NEW_ARRAY(c->a, b->n, struct failure);
	res_list_begin(r);
	return OK;
}

enum err link_batch_end(struct ctx *c, struct link_batch *b, int status_with_errors)
{
	TRY(desk_associate_done(c, &b->work));
	res_batch_end(c, b->r, b->failed, b->failed_n, status_with_errors);
	return OK;
}

enum err link_batch_end_empty(struct ctx *c, struct link_batch *b)
{
	TRY(desk_associate_done(c, &b->work));
	buf_init(&b->r->body, c->a, MAX_ANSWER_BYTES);
	return res_nothing(b->r);
}

enum err link_batch_settle(struct ctx *c, struct link_batch *b, enum err e)
{
	if (e == OK || err_http(e) >= 500)
		return e;
	b->failed[b->failed_n++] = batch_failure(c, e);
	return OK;
}

enum err link_batch_id(struct ctx *c, const json_t *input, const char *key, int64_t *out)
{
	const json_t *end = json_get_object(input, key);
	if (end == NULL || json_object_get(end, "id") == NULL)
		return body_lacks(c, key);
	*out = json_get_id(end, "id");
	return OK;
}

enum err link_batch_pairs(struct ctx *c, const struct link_batch *b, struct link_pair **out)
{
	struct link_pair *pairs = NEW_ARRAY(c->a, b->n, struct link_pair);
	for (size_t i = 0; i < b->n; i++) {
		TRY(link_batch_id(c, json_array_get(b->inputs, i), "from", &pairs[i].from_id));
		TRY(link_batch_id(c, json_array_get(b->inputs, i), "to", &pairs[i].to_id));
	}
	*out = pairs;
	return desk_associate_lock(c, pairs, b->n);
}

static enum err load_from(struct ctx *c, struct link_batch *b, int64_t id)
{
	if (b->from.asked_id == id && id != 0)
		return OK;
	b->from.asked_id = 0;
	TRY(desk_object_load(c, b->from_type, id, false, &b->from.object));
	b->from.asked_id = id;
	return OK;
}

static enum err load_to(struct ctx *c, struct link_batch *b, int64_t id)
{
	if (b->to.asked_id == id && id != 0)
		return OK;
	b->to.asked_id = 0;
	TRY(desk_associate_end(c, b->to_type, id, &b->to.object));
	b->to.asked_id = id;
	return OK;
}

enum err link_batch_ends(struct ctx *c, struct link_batch *b, const struct link_pair *pair, struct object *from, struct object *to)
{
	enum err e = load_from(c, b, pair->from_id);
	if (e == OK) {
		TRY(load_to(c, b, pair->to_id));
		*from = b->from.object;
		*to = b->to.object;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	fail_context(c, STR("INVALID_OBJECT_IDS"),
	             str_fmt(c->a, STR_FMT "=%lld is not valid", STR_ARG(b->from_type->error_label),
	                     (long long)pair->from_id));
	return fail(c, ERR_BAD_INPUT, "One or more associations are invalid");
}

enum err link_batch_write(struct ctx *c, const struct req *q, struct res *r, link_one_fn *one, int status_with_errors)
{
	struct link_batch b;
	struct link_pair *pairs;
	TRY(link_batch_begin(c, q, r, MAX_LINKS_WRITTEN, &b));
	TRY(link_batch_pairs(c, &b, &pairs));
	for (size_t i = 0; i < b.n; i++)
		TRY(link_batch_settle(c, &b, one(c, &b, json_array_get(b.inputs, i), &pairs[i])));
	return link_batch_end(c, &b, status_with_errors);
}

enum err link_batch_remove(struct ctx *c, const struct req *q, struct res *r, link_one_fn *one)
{
	struct link_batch b;
	struct link_pair *pairs;
	TRY(link_batch_begin(c, q, r, MAX_LINKS_WRITTEN, &b));
	TRY(link_batch_pairs(c, &b, &pairs));
	for (size_t i = 0; i < b.n; i++)
		TRY(one(c, &b, json_array_get(b.inputs, i), &pairs[i]));
	return link_batch_end_empty(c, &b);
}

/* Writing ----------------------------------------------------------------------------------------------------------- */

static enum err read_types(struct ctx *c, const json_t *input, int64_t *ids, size_t *n_out)
{
	const json_t *list = json_get_array(input, "types");
	size_t n = list ? json_array_size(list) : 0;
	if (n == 0)
		return body_lacks(c, "types");
	if (n > MAX_TYPES_PER_LINK)
		return fail(c, ERR_BAD_INPUT, "More than %d association types.", MAX_TYPES_PER_LINK);
	TRY(link_types_read(c, list, ids));
	*n_out = n;
	return OK;
}

static enum err create_one(struct ctx *c, struct link_batch *b, const json_t *input, const struct link_pair *pair)
{
	struct object from, to;
	int64_t ids[MAX_TYPES_PER_LINK];
	size_t n = 0;
	TRY(read_types(c, input, ids, &n));
	TRY(link_batch_ends(c, b, pair, &from, &to));
	TRY(desk_associate_as(c, &from, &to, ids, n, &b->work));
	return link_json(c, &b->r->j, &from, &to, ids, n);
}

enum err api_link_batch_create(struct ctx *c, const struct req *q, struct res *r)
{
	return link_batch_write(c, q, r, create_one, 207);
}

static enum err default_one(struct ctx *c, struct link_batch *b, const json_t *input, const struct link_pair *pair)
{
	struct object from, to;
	(void)input;
	TRY(link_batch_ends(c, b, pair, &from, &to));
	TRY(desk_associate_also(c, &from, &to, 0, &b->work));
	link_default_json(&b->r->j, &from, &to, schema_plain_link(c, from.object_type, to.object_type));
	return OK;
}

/* The only status that clients know here is 200, with errors or without. */
enum err api_link_batch_default(struct ctx *c, const struct req *q, struct res *r)
{
	return link_batch_write(c, q, r, default_one, 200);
}

/* Removing ---------------------------------------------------------------------------------------------------------- */

static enum err read_targets(struct ctx *c, const json_t *input, struct link_pair *pairs, size_t *n)
{
	int64_t from_id;
	const json_t *list = json_get_array(input, "to");
	TRY(link_batch_id(c, input, "from", &from_id));
	if (list == NULL)
		return body_lacks(c, "to");
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (*n == MAX_LINKS_WRITTEN)
			return fail(c, ERR_BAD_INPUT, "More than %d associations in one call.", MAX_LINKS_WRITTEN);
		pairs[(*n)++] = (struct link_pair){from_id, json_get_id(json_array_get(list, i), "id")};
	}
	return OK;
}

enum err api_link_batch_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct link_batch b;
	struct link_pair *pairs = NEW_ARRAY(c->a, MAX_LINKS_WRITTEN, struct link_pair);
	size_t n = 0;
	TRY(link_batch_begin(c, q, r, MAX_LINKS_WRITTEN, &b));
	for (size_t i = 0; i < b.n; i++)
		TRY(read_targets(c, json_array_get(b.inputs, i), pairs, &n));
	TRY(desk_associate_lock(c, pairs, n));
	for (size_t i = 0; i < n; i++) {
		struct object from, to;
		enum err e = link_batch_ends(c, &b, &pairs[i], &from, &to);
		if (e == OK)
			TRY(desk_dissociate(c, &from, &to, &b.work));
		else if (e != ERR_BAD_INPUT)
			return e;
		fail_clear(c); /* what is not there has no links */
	}
	return link_batch_end_empty(c, &b);
}

static enum err remove_labels(struct ctx *c, struct link_batch *b, const json_t *input,
                              const struct link_pair *pair)
{
	struct object from, to;
	int64_t ids[MAX_TYPES_PER_LINK];
	size_t n = 0;
	TRY(read_types(c, input, ids, &n));
	enum err e = link_batch_ends(c, b, pair, &from, &to);
	if (e == ERR_BAD_INPUT) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	for (size_t i = 0; i < n; i++)
		TRY(desk_dissociate_type(c, &from, &to, ids[i], &b->work));
	return OK;
}

enum err api_link_batch_labels_archive(struct ctx *c, const struct req *q, struct res *r)
{
	return link_batch_remove(c, q, r, remove_labels);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

static enum err no_links(struct ctx *c, const struct link_batch *b, struct str id)
{
	const struct object_type *from = &b->from_type->row, *to = &b->to_type->row;
	fail_context(c, STR("fromObjectId"), str_head(id, 100));
	fail_context(c, STR("fromObjectType"), from->singular);
	fail_context(c, STR("toObjectType"), to->singular);
	enum err e = fail(c, ERR_NOT_FOUND, "No " STR_FMT " is associated with " STR_FMT " " STR_FMT ".",
	                  STR_ARG(to->singular), STR_ARG(from->singular), STR_ARG(str_head(id, 100)));
	c->why.sub_category = STR("crm.associations.NO_ASSOCIATIONS_FOUND");
	return e;
}

enum err link_batch_links(struct ctx *c, struct link_batch *b, const json_t *input, int64_t after, struct object *from,
                          struct association **out, size_t *n_out)
{
	int64_t id;
	struct str text = json_scalar_text(c, json_object_get(input, "id"));
	*n_out = 0;
	if (str_is_null(text))
		return body_lacks(c, "id");
	if (!num_parse_id(text, &id))
		return link_batch_settle(c, b, no_links(c, b, text));
	enum err e = desk_object_load(c, b->from_type, id, false, from);
	if (e == OK)
		e = desk_association_list(c, from, b->to_type->row.id, after, LINKS_PER_INPUT + 1, out, n_out);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	if (e == ERR_NOT_FOUND || (e == OK && *n_out == 0))
		return link_batch_settle(c, b, no_links(c, b, text));
	return e;
}

void link_batch_from(struct json *j, const char *key, int64_t id)
{
	json_key(j, key);
	json_object_begin(j);
	json_add_id(j, "id", id);
	json_object_end(j);
}

/* The types of the links to one object. */
static enum err write_target(struct ctx *c, struct json *j, const struct association *links, size_t n)
{
	json_object_begin(j);
	json_add_id(j, "toObjectId", links[0].to_id);
	json_key(j, "associationTypes");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		struct association_type type;
		TRY(desk_association_type(c, links[i].type_id, &type));
		link_type_json(j, &type);
	}
	json_array_end(j);
	json_object_end(j);
	return OK;
}

static enum err write_links(struct ctx *c, struct link_batch *b, const struct object *from,
                            const struct association *links, size_t n)
{
	struct json *j = &b->r->j;
	size_t i = 0, objects = 0;
	json_object_begin(j);
	link_batch_from(j, "from", from->id);
	json_key(j, "to");
	json_array_begin(j);
	while (i < n && objects++ < LINKS_PER_INPUT) {
		size_t first = i;
		while (i < n && links[i].to_id == links[first].to_id)
			i++;
		TRY(write_target(c, j, &links[first], i - first));
	}
	json_array_end(j);
	if (i < n)
		link_paging_json(c, j, b->from_type, from->id, b->to_type, links[i - 1].to_id);
	json_object_end(j);
	return OK;
}

static enum err read_after(struct ctx *c, const json_t *input, int64_t *out)
{
	struct str text = json_scalar_text(c, json_object_get(input, "after"));
	*out = 0;
	if (text.n == 0 || (num_parse_int(text, out) && *out >= 0))
		return OK;
	return fail_field(c, STR("after"), STR("INVALID_INTEGER"), "after is what paging.next.after was.");
}

enum err api_link_batch_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct link_batch b;
	TRY(link_batch_begin(c, q, r, MAX_LINKS_READ, &b));
	for (size_t i = 0; i < b.n; i++) {
		const json_t *input = json_array_get(b.inputs, i);
		struct association *links;
		struct object from;
		size_t n;
		int64_t after;
		TRY(read_after(c, input, &after));
		TRY(link_batch_links(c, &b, input, after, &from, &links, &n));
		if (n > 0)
			TRY(write_links(c, &b, &from, links, n));
	}
	return link_batch_end(c, &b, 207);
}
