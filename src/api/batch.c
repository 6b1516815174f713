/* Many objects of one type in one request. A write is all or nothing, answered like a single one (4xx), but where the input at
 * fault carries an objectWriteTraceId: that one is then reported beside the results (207). Ids of reads and updates that nothing
 * has are reported together (207), and the others are done: clients of the wire send updates of what may be gone meanwhile, and
 * do not expect an error for it. Everything is one transaction. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/object_in.h"
#include "api/object_json.h"
#include "api/scope.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/object.h"
#include "desk/restore.h"
#include "text/json_read.h"

enum { MAX_BATCH = 100 };

struct batch {
	const struct type_def *type;
	const json_t *inputs;
	size_t n;
	struct str by; /* read: the body's idProperty */
	struct failure failed[MAX_BATCH + 1]; /* and one for all that are missing */
	size_t failed_n;
	struct str missing[MAX_BATCH]; /* ids */
	size_t missing_n;
	struct stage held; /* by the inputs so far */
	struct res *r;
};

static enum err batch_begin(struct ctx *c, const struct req *q, struct res *r, struct batch *b)
{
	*b = (struct batch){.r = r, .by = json_get_str(q->json, "idProperty")};
	TRY(req_type(c, q, "objectType", &b->type));
	TRY(batch_inputs(c, q, MAX_BATCH, &b->inputs, &b->n));
	TRY(batch_need_objects(c, b->inputs));
	res_list_begin(r);
	return OK;
}

/* What becomes of an input that ended with e: reported if it is the caller's fault and he can tell which one it was. */
static enum err settle(struct ctx *c, struct batch *b, const json_t *input, enum err e)
{
	struct str trace_id = json_get_str(input, "objectWriteTraceId");
	if (e == OK || err_http(e) >= 500 || trace_id.n == 0)
		return e;
	fail_context(c, STR("objectWriteTraceId"), trace_id);
	b->failed[b->failed_n++] = batch_failure(c, e);
	return OK;
}

/* All that are missing are one error. */
static void report_missing(struct ctx *c, struct batch *b)
{
	if (b->missing_n == 0)
		return;
	for (size_t i = 0; i < b->missing_n; i++)
		fail_context(c, STR("ids"), str_head(b->missing[i], 100));
	enum err e = fail(c, ERR_NOT_FOUND,
	                  "Could not get some " STR_FMT
	                  " objects, they may be deleted or not exist. Check that ids are valid.",
	                  STR_ARG(b->type->error_label));
	b->failed[b->failed_n++] = batch_failure(c, e);
}

static enum err batch_end(struct ctx *c, struct batch *b)
{
	report_missing(c, b);
	res_batch_end(c, b->r, b->failed, b->failed_n, 207);
	return OK;
}

static struct str input_id(struct ctx *c, const json_t *input)
{
	struct str id = json_scalar_text(c, json_object_get(input, "id"));
	return str_is_null(id) ? STR("") : id;
}

/* The object that an input names by its id, or by the value of a unique property. */
static enum err find(struct ctx *c, const struct type_def *t, struct str by, struct str id, bool is_archived,
                     struct object *out)
{
	int64_t number;
	if (by.n > 0 && !str_eq(by, STR("hs_object_id")))
		return desk_object_by(c, t, by, id, out);
	if (num_parse_id(id, &number))
		return desk_object_load(c, t, number, is_archived, out);
	fail_context(c, STR("id"), str_head(id, 100));
	return fail(c, ERR_NOT_FOUND, "Object not found.  objectId are usually numeric.");
}

/* The keys of the values that an input gives, or is found by. */
static void add_keys(struct ctx *c, const struct type_def *t, const json_t *input, struct str *keys, size_t *n)
{
	const json_t *props = json_get_object(input, "properties");
	struct str by = json_get_str(input, "idProperty");
	const char *unique = str_z(c->a, t->row.unique_property);
	if (unique[0] != '\0')
		keys[(*n)++] = desk_object_key(c, t, t->row.unique_property, json_scalar_text(c, json_object_get(props, unique)));
	for (size_t i = 0; i < t->key_n; i++) {
		struct str name = t->keys[i]->row.name;
		keys[(*n)++] = desk_object_key(c, t, name, json_scalar_text(c, json_object_get(props, str_z(c->a, name))));
	}
	keys[(*n)++] = by.n > 0 ? desk_object_key(c, t, by, input_id(c, input)) : STR_NULL;
}

static size_t links_of(const struct batch *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		const json_t *links = json_get_array(json_array_get(b->inputs, i), "associations");
		n += links ? json_array_size(links) : 0;
	}
	return n;
}

/* Whoever is linked is locked too. */
static void add_linked(const struct batch *b, int64_t *ids)
{
	for (size_t i = 0; i < b->n; i++) {
		const json_t *links = json_get_array(json_array_get(b->inputs, i), "associations");
		for (size_t k = 0; links != NULL && k < json_array_size(links); k++)
			*ids++ = json_get_id(json_get_object(json_array_get(links, k), "to"), "id");
	}
}

/* Before anything is written. Inputs that name nothing yet are none of its business. */
static enum err lock_inputs(struct ctx *c, const struct batch *b)
{
	size_t id_n = b->n + links_of(b);
	int64_t *ids = NEW_ARRAY(c->a, id_n, int64_t);
	struct str *keys = NEW_ARRAY(c->a, b->n * (b->type->key_n + 2), struct str);
	size_t key_n = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct object o;
		const json_t *input = json_array_get(b->inputs, i);
		struct str by = json_get_str(input, "idProperty"), id = input_id(c, input);
		add_keys(c, b->type, input, keys, &key_n);
		if (by.n == 0) {
			num_parse_id(id, &ids[i]);
			continue;
		}
		enum err e = find(c, b->type, by, id, false, &o);
		if (e != OK && err_http(e) >= 500)
			return e;
		fail_clear(c);
		if (e == OK)
			ids[i] = o.id;
	}
	add_linked(b, ids + b->n);
	return desk_object_lock_all(c, ids, id_n, keys, key_n);
}

static enum err write_result(struct ctx *c, struct batch *b, const json_t *input, const struct object_in *in,
                             const struct object *o, const bool *is_new)
{
	struct object_view view;
	object_view_written(c, b->type, in->props, in->prop_n, &view);
	view.trace_id = json_get_str(input, "objectWriteTraceId");
	view.with_new = is_new != NULL;
	view.is_new = is_new && *is_new;
	return object_json(c, &b->r->j, &view, o);
}

static enum err read_input(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in)
{
	TRY(object_in_read(c, input, in));
	in->held = &b->held;
	return OK;
}

static enum err update_one(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in,
                           struct object *o, bool *is_new_out)
{
	(void)is_new_out;
	TRY(find(c, b->type, json_get_str(input, "idProperty"), input_id(c, input), false, o));
	TRY(read_input(c, b, input, in));
	if (in->prop_n == 0)
		return fail(c, ERR_BAD_INPUT, "No properties found to update, please provide at least one.");
	return desk_object_update(c, b->type, o->id, in, o);
}

static enum err restore_one(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in, struct object *o,
                            bool *is_new_out)
{
	int64_t id;
	(void)is_new_out;
	*in = (struct object_in){0};
	if (!num_parse_id(input_id(c, input), &id))
		return fail(c, ERR_NOT_FOUND, "Object not found.  objectId are usually numeric.");
	return desk_object_restore(c, b->type, id, o);
}

/* Writes what one input says; is_new_out is of upserts. */
typedef enum err write_fn(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in, struct object *o,
                          bool *is_new_out);

static enum err write_one(struct ctx *c, struct batch *b, const json_t *input, write_fn *write, bool is_upsert)
{
	struct object_in in;
	struct object o;
	bool is_new = false;
	enum err e = write(c, b, input, &in, &o, &is_new);
	bool is_missing = e == ERR_NOT_FOUND && (write == update_one || write == restore_one) && json_get_str(input, "objectWriteTraceId").n == 0;
	if (is_missing) {
		fail_clear(c);
		b->missing[b->missing_n++] = input_id(c, input);
		return OK;
	}
	TRY(settle(c, b, input, e));
	return e == OK ? write_result(c, b, input, &in, &o, is_upsert ? &is_new : NULL) : OK;
}

static enum err write_all(struct ctx *c, const struct req *q, struct res *r, write_fn *write, bool is_upsert)
{
	struct batch *b = NEW(c->a, struct batch);
	TRY(batch_begin(c, q, r, b));
	TRY(lock_inputs(c, b));
	for (size_t i = 0; i < b->n; i++)
		TRY(write_one(c, b, json_array_get(b->inputs, i), write, is_upsert));
	return batch_end(c, b);
}

static enum err create_one(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in,
                           struct object *o, bool *is_new_out)
{
	(void)is_new_out;
	TRY(read_input(c, b, input, in));
	TRY(scope_need_links(c, in->links, in->link_n));
	return desk_object_create(c, b->type, in, o);
}

enum err api_batch_create(struct ctx *c, const struct req *q, struct res *r)
{
	return write_all(c, q, r, create_one, false);
}

enum err api_batch_update(struct ctx *c, const struct req *q, struct res *r)
{
	return write_all(c, q, r, update_one, false);
}

/* The value that it was not found by is one of the new object's. */
static void add_id_property(struct ctx *c, struct str name, struct str value, struct object_in *in)
{
	for (size_t i = 0; i < in->prop_n; i++)
		if (str_eq(in->props[i].name, name))
			return;
	struct prop *props = NEW_ARRAY(c->a, in->prop_n + 1, struct prop);
	for (size_t i = 0; i < in->prop_n; i++)
		props[i] = in->props[i];
	props[in->prop_n++] = (struct prop){name, value};
	in->props = props;
}

static enum err upsert_one(struct ctx *c, struct batch *b, const json_t *input, struct object_in *in,
                           struct object *o, bool *is_new_out)
{
	struct str by = json_get_str(input, "idProperty"), id = input_id(c, input);
	bool is_by_key = by.n > 0 && !str_eq(by, STR("hs_object_id"));
	if (id.n == 0)
		return body_lacks(c, "id");
	enum err e = find(c, b->type, by, id, false, o);
	*is_new_out = e == ERR_NOT_FOUND && is_by_key;
	if (!*is_new_out) {
		TRY(e);
		return update_one(c, b, input, in, o, is_new_out);
	}
	fail_clear(c);
	TRY(read_input(c, b, input, in));
	add_id_property(c, by, id, in);
	TRY(scope_need_links(c, in->links, in->link_n));
	return desk_object_create(c, b->type, in, o);
}

enum err api_batch_upsert(struct ctx *c, const struct req *q, struct res *r)
{
	return write_all(c, q, r, upsert_one, true);
}

enum err api_batch_restore(struct ctx *c, const struct req *q, struct res *r)
{
	return write_all(c, q, r, restore_one, false);
}

enum err api_batch_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct batch *b = NEW(c->a, struct batch);
	int64_t id;
	TRY(batch_begin(c, q, r, b));
	TRY(lock_inputs(c, b));
	for (size_t i = 0; i < b->n; i++)
		if (num_parse_id(input_id(c, json_array_get(b->inputs, i)), &id))
			TRY(desk_object_archive(c, b->type, id));
	buf_init(&r->body, c->a, MAX_ANSWER_BYTES);
	return res_nothing(r);
}

enum err api_batch_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct batch *b = NEW(c->a, struct batch);
	struct object_view view;
	bool is_archived;
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(batch_begin(c, q, r, b));
	object_view_body(c, q->json, b->type, &view);
	for (size_t i = 0; i < b->n; i++) {
		struct object o;
		struct str id = input_id(c, json_array_get(b->inputs, i));
		enum err e = find(c, b->type, b->by, id, is_archived, &o);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			b->missing[b->missing_n++] = id;
			continue;
		}
		TRY(e);
		TRY(object_json(c, &r->j, &view, &o));
	}
	return batch_end(c, b);
}
