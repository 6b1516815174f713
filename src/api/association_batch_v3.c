/* The older form of the batches: a link is { from, to, type }, and a type is called by its name ("ticket_to_contact"). */

#include "api/association_batch_int.h"
#include "api/association_json.h"
#include "api/body.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "text/json_read.h"

/* The type's id, by its name or as a number. */
static enum err read_type(struct ctx *c, const struct link_batch *b, const json_t *input, int64_t *out)
{
	struct str name = json_scalar_text(c, json_object_get(input, "type"));
	if (name.n == 0)
		return body_lacks(c, "type");
	return desk_association_type_named(c, b->from_type->row.id, b->to_type->row.id, name, out);
}

static enum err create_one(struct ctx *c, struct link_batch *b, const json_t *input, const struct link_pair *pair)
{
	struct json *j = &b->r->j;
	struct association_type type;
	struct object from, to;
	int64_t type_id;
	TRY(read_type(c, b, input, &type_id));
	TRY(link_batch_ends(c, b, pair, &from, &to));
	TRY(desk_associate_also(c, &from, &to, type_id, &b->work));
	TRY(desk_association_type(c, type_id, &type));
	json_object_begin(j);
	link_batch_from(j, "from", from.id);
	link_batch_from(j, "to", to.id);
	json_add_string(j, "type", type.name);
	json_object_end(j);
	return OK;
}

enum err api_link_batch_create_v3(struct ctx *c, const struct req *q, struct res *r)
{
	return link_batch_write(c, q, r, create_one, 207);
}

static enum err remove_one(struct ctx *c, struct link_batch *b, const json_t *input, const struct link_pair *pair)
{
	struct object from, to;
	int64_t type_id;
	TRY(read_type(c, b, input, &type_id));
	enum err e = link_batch_ends(c, b, pair, &from, &to);
	if (e == ERR_BAD_INPUT) {
		fail_clear(c); /* what is not there has no links */
		return OK;
	}
	TRY(e);
	return desk_dissociate_type(c, &from, &to, type_id, &b->work);
}

enum err api_link_batch_archive_v3(struct ctx *c, const struct req *q, struct res *r)
{
	return link_batch_remove(c, q, r, remove_one);
}

static enum err write_links(struct ctx *c, struct link_batch *b, const struct object *from,
                            const struct association *links, size_t n)
{
	struct json *j = &b->r->j;
	size_t i;
	json_object_begin(j);
	link_batch_from(j, "from", from->id);
	json_key(j, "to");
	json_array_begin(j);
	TRY(link_names_json(c, j, links, n, LINKS_PER_INPUT, &i));
	json_array_end(j);
	if (i < n)
		link_paging_json(c, j, b->from_type, from->id, b->to_type, links[i - 1].to_id);
	json_object_end(j);
	return OK;
}

enum err api_link_batch_read_v3(struct ctx *c, const struct req *q, struct res *r)
{
	struct link_batch b;
	TRY(link_batch_begin(c, q, r, MAX_LINKS_READ, &b));
	for (size_t i = 0; i < b.n; i++) {
		struct association *links;
		struct object from;
		size_t n;
		TRY(link_batch_links(c, &b, json_array_get(b.inputs, i), 0, &from, &links, &n));
		if (n > 0)
			TRY(write_links(c, &b, &from, links, n));
	}
	return link_batch_end(c, &b, 207);
}
