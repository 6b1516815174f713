/* The row of a bulk is locked by each part and by who stops it, before any ticket: so that a part and a stop come one after the
 * other. The job is added again with each part, behind whatever else waits in its lane. */

#include "desk/bulk.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "desk/access.h"
#include "desk/act_int.h"
#include "desk/can.h"
#include "desk/property.h"
#include "desk/schema.h"
#include "desk/view.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_BULK_BODY_BYTES = 1 << 20, MAX_PART_BYTES = BULK_PART_TICKETS * 21 + 2, MAX_ACTS_BYTES = 4096, MAX_REASON_BYTES = 16384, BULK_TRIES = 20 };

#define RUNNING STR("RUNNING")

/* What is done, as JSON ----------------------------------------------------------------------------------------------- */

static void write_props(struct json *j, const char *key, const struct prop *props, size_t n)
{
	json_key(j, key);
	json_object_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_key_str(j, props[i].name);
		json_str(j, props[i].value.n ? props[i].value : STR(""));
	}
	json_object_end(j);
}

static enum err write_body(struct ctx *c, const struct bulk_in *in, struct str *out)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_BULK_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	write_props(&j, "properties", in->act.props, in->act.prop_n);
	write_props(&j, "lacking", in->lacking, in->lacking_n);
	json_add_time(&j, "until", in->act.until);
	json_add_id(&j, "inboxId", in->act.inbox_id);
	json_object_end(&j);
	*out = buf_str(&b);
	return buf_is_full(&b) ? fail(c, ERR_TOO_BIG, "The properties are longer than %d bytes.", MAX_BULK_BODY_BYTES) : OK;
}

static const struct prop *read_props(struct ctx *c, const json_t *body, const char *key, size_t *n_out)
{
	json_t *map = json_object_get(body, key), *value;
	const char *name;
	struct prop *props = NEW_ARRAY(c->a, json_object_size(map), struct prop);
	*n_out = 0;
	json_object_foreach(map, name, value)
		props[(*n_out)++] = (struct prop){str_c(name), json_text(value)};
	return props;
}

static enum err read_body(struct ctx *c, const struct ticket_bulk *b, struct bulk_in *out)
{
	json_t *body;
	*out = (struct bulk_in){0};
	TRY(json_parse(c, b->body, &body));
	TRY(act_kind_by_name(c, b->kind, &out->act.kind));
	out->act.props = read_props(c, body, "properties", &out->act.prop_n);
	out->lacking = read_props(c, body, "lacking", &out->lacking_n);
	out->act.until = json_get_time(body, "until");
	out->act.inbox_id = json_get_id(body, "inboxId");
	return OK;
}

static struct str ids_json(struct ctx *c, const int64_t *ids, size_t n)
{
	struct buf b;
	buf_init(&b, c->a, MAX_PART_BYTES);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%c%lld", i ? ',' : '[', (long long)ids[i]);
	buf_lit(&b, "]");
	return buf_str(&b);
}

static enum err read_ids(struct ctx *c, struct str text, int64_t **out, size_t *n_out)
{
	json_t *list;
	TRY(json_parse(c, text, &list));
	*n_out = json_array_size(list);
	*out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*out)[i] = json_integer_value(json_array_get(list, i));
	return OK;
}

/* Beginning ------------------------------------------------------------------------------------------------------------ */

static enum err check_act(struct ctx *c, const struct act_in *act)
{
	if (act->kind == ACT_MERGE || act->kind == ACT_RESTORE || act->kind == ACT_SPLIT)
		return fail_field(c, STR("action"), STR("INVALID_OPTION"), "This is not done to all tickets of a list.");
	return act_check(c, act);
}

static enum err check_room(struct ctx *c)
{
	struct ticket_bulk *all;
	size_t n, running_n = 0;
	TRY(ticket_bulk_list(c, c->who.user_id, MAX_BULKS_LISTED, &all, &n));
	for (size_t i = 0; i < n; i++)
		running_n += str_eq(all[i].state, RUNNING);
	if (running_n >= MAX_BULKS_RUNNING)
		return fail(c, ERR_CONFLICT, "You change the tickets of %d lists already: wait for one of them, or stop it.",
		            MAX_BULKS_RUNNING);
	return OK;
}

static enum err find_tickets(struct ctx *c, const struct bulk_in *in, int64_t **ids_out, size_t *n_out)
{
	struct view v;
	TRY(desk_view(c, in->view_id, &v));
	TRY(desk_view_ids(c, &v, &(struct view_ask){.filters = in->filters}, MAX_BULK_TICKETS + 1, ids_out, n_out));
	if (*n_out > MAX_BULK_TICKETS)
		return fail(c, ERR_BAD_INPUT, "These are more than %d tickets: narrow the list first.", MAX_BULK_TICKETS);
	return *n_out > 0 ? OK : fail(c, ERR_BAD_INPUT, "No ticket is in this list any more.");
}

enum err desk_bulk_begin(struct ctx *c, const struct bulk_in *in, struct ticket_bulk *out)
{
	struct ticket_bulk b = {
		.user_id = c->who.user_id,
		.kind = act_kind_name(in->act.kind),
		.state = RUNNING,
		.acts = STR("[]"),
		.created_at = c->now,
	};
	int64_t *ids;
	size_t n;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(check_act(c, &in->act));
	TRY(check_room(c));
	TRY(find_tickets(c, in, &ids, &n));
	TRY(write_body(c, in, &b.body));
	b.total_n = (int64_t)n;
	TRY(ticket_bulk_insert(c, &b));
	for (size_t at = 0; at < n; at += BULK_PART_TICKETS) {
		size_t part_n = n - at < BULK_PART_TICKETS ? n - at : BULK_PART_TICKETS;
		const struct ticket_bulk_part part = {b.id, (int64_t)(at / BULK_PART_TICKETS), ids_json(c, ids + at, part_n)};
		TRY(ticket_bulk_part_insert(c, &part));
	}
	*out = b;
	return job_add(c, &job_bulk, b.id, STR_NULL, 0);
}

/* Looking and stopping ------------------------------------------------------------------------------------------------- */

static enum err own(struct ctx *c, enum err e, const struct ticket_bulk *b)
{
	if (e == ERR_NOT_FOUND || (e == OK && (b->user_id != c->who.user_id || b->user_id == 0))) {
		fail_clear(c);
		return fail(c, ERR_NOT_FOUND, "There is no such change of many tickets of yours.");
	}
	return e;
}

enum err desk_bulk_load(struct ctx *c, int64_t id, struct ticket_bulk *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return own(c, ticket_bulk_load(c, id, out), out);
}

enum err desk_bulk_acts(struct ctx *c, const struct ticket_bulk *b, int64_t **out, size_t *n_out)
{
	return read_ids(c, b->acts, out, n_out);
}

enum err desk_bulk_list(struct ctx *c, struct ticket_bulk **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return ticket_bulk_list(c, c->who.user_id, MAX_BULKS_LISTED, out, n_out);
}

enum err desk_bulk_failures(struct ctx *c, int64_t id, int64_t after, int64_t limit, struct bulk_failure **out, size_t *n_out)
{
	struct ticket_bulk b;
	struct ticket_bulk_failure *rows;
	TRY(desk_bulk_load(c, id, &b));
	TRY(ticket_bulk_failure_list(c, id, after, limit, &rows, n_out));
	*out = NEW_ARRAY(c->a, *n_out, struct bulk_failure);
	for (size_t i = 0; i < *n_out; i++) {
		(*out)[i].why = rows[i];
		TRY(desk_act_label(c, rows[i].ticket_id, &(*out)[i].subject));
	}
	return OK;
}

static enum err end(struct ctx *c, struct ticket_bulk *b, struct str state, struct str problem)
{
	b->state = state;
	b->problem = problem;
	b->ended_at = c->now;
	TRY(ticket_bulk_part_clear(c, b->id));
	return ticket_bulk_update(c, b);
}

enum err desk_bulk_stop(struct ctx *c, int64_t id, struct ticket_bulk *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(own(c, ticket_bulk_lock(c, id, out), out));
	return str_eq(out->state, RUNNING) ? end(c, out, STR("STOPPED"), STR_NULL) : OK;
}

/* Doing a part --------------------------------------------------------------------------------------------------------- */

static bool is_lacking(const struct failure *why)
{
	for (const struct fail_context *entry = why->context; entry != NULL; entry = entry->next)
		if (str_eq(entry->key, STR("properties")))
			return true;
	return false;
}

/* Its new status needs Resolution, Category. */
static struct str needs(struct ctx *c, const struct failure *why)
{
	struct buf b;
	bool is_first = true;
	buf_init(&b, c->a, MAX_REASON_BYTES);
	for (const struct fail_context *entry = why->context; entry != NULL; entry = entry->next) {
		if (!str_eq(entry->key, STR("properties")))
			continue;
		const struct property_def *def = schema_property(schema_type_by_id(c, TYPE_TICKET), entry->value);
		buf_add(&b, is_first ? STR("Its new status needs ") : STR(", "));
		buf_add(&b, def ? def->row.label : entry->value);
		is_first = false;
	}
	buf_lit(&b, ".");
	return buf_str(&b);
}

static struct str reason_of(struct ctx *c, const struct failure *why)
{
	if (is_lacking(why))
		return needs(c, why);
	struct str said = why->fields != NULL ? why->fields->message : why->detail;
	return said.n > 0 ? said : err_sentence(why->code);
}

/* While at most MAX_ACT_TICKETS are meant all of it can be taken back. */
static struct str with_act(struct ctx *c, const struct ticket_bulk *b, int64_t act_id)
{
	struct buf buf;
	if (act_id == 0 || b->total_n > MAX_ACT_TICKETS)
		return b->acts;
	buf_init(&buf, c->a, MAX_ACTS_BYTES);
	buf_add(&buf, str_head(b->acts, b->acts.n - 1));
	buf_fmt(&buf, "%s%lld]", b->acts.n > 2 ? "," : "", (long long)act_id);
	return buf_str(&buf);
}

static enum err count(struct ctx *c, struct ticket_bulk *b, const struct act_out *out)
{
	b->done_n += (int64_t)out->done_n;
	b->acts = with_act(c, b, out->act_id);
	for (size_t i = 0; i < out->failed_n; i++) {
		const struct act_failure *f = &out->failed[i];
		if (b->failed_n++ >= MAX_BULK_FAILURES)
			continue;
		TRY(ticket_bulk_failure_insert(
			c, &(struct ticket_bulk_failure){b->id, f->ticket_id, err_http(f->why.code), reason_of(c, &f->why)}));
	}
	return OK;
}

/* Again, with what their status demands. Who lacks nothing stays refused. */
static enum err do_lacking(struct ctx *c, const struct bulk_in *in, struct ticket_bulk *b, struct act_out *first)
{
	struct act_in act = in->act;
	struct act_out again;
	size_t n = 0, kept_n = 0;
	int64_t *ids = NEW_ARRAY(c->a, first->failed_n, int64_t);
	if (in->lacking_n == 0)
		return OK;
	for (size_t i = 0; i < first->failed_n; i++)
		if (is_lacking(&first->failed[i].why))
			ids[n++] = first->failed[i].ticket_id;
		else
			first->failed[kept_n++] = first->failed[i];
	if (n == 0)
		return OK;
	first->failed_n = kept_n;
	struct prop *props = NEW_ARRAY(c->a, in->act.prop_n + in->lacking_n, struct prop);
	for (size_t i = 0; i < in->lacking_n; i++)
		props[i] = in->lacking[i];
	for (size_t i = 0; i < in->act.prop_n; i++)
		props[in->lacking_n + i] = in->act.props[i];
	act.props = props;
	act.prop_n += in->lacking_n;
	TRY(desk_act(c, &act, ids, n, &again));
	return count(c, b, &again);
}

static enum err become(struct ctx *c, int64_t user_id)
{
	enum err e = desk_actor_of_user(c, user_id, &c->who);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail(c, ERR_NOT_ALLOWED, "Who asked for it is not active any more.");
}

static enum err do_part(struct ctx *c, struct ticket_bulk *b, const struct ticket_bulk_part *part)
{
	struct bulk_in in;
	struct act_out out;
	int64_t *ids;
	size_t n;
	TRY(read_body(c, b, &in));
	TRY(read_ids(c, part->ids, &ids, &n));
	TRY(become(c, b->user_id));
	in.act.is_one_of_many = b->total_n >= MANY_TICKETS;
	TRY(desk_act(c, &in.act, ids, n, &out));
	TRY(do_lacking(c, &in, b, &out));
	TRY(count(c, b, &out));
	TRY(ticket_bulk_part_remove(c, b->id, part->part));
	return ticket_bulk_update(c, b);
}

/* *has_more_out: another part waits. */
static enum err do_next(struct ctx *c, struct ticket_bulk *b, bool *has_more_out)
{
	struct ticket_bulk_part part;
	*has_more_out = false;
	if (!str_eq(b->state, RUNNING))
		return OK;
	enum err e = ticket_bulk_part_next(c, b->id, &part);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return end(c, b, STR("DONE"), STR_NULL);
	}
	TRY(e);
	const struct actor asking = c->who;
	e = do_part(c, b, &part);
	c->who = asking;
	*has_more_out = e == OK;
	return e;
}

static enum err step(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct ticket_bulk b;
	bool has_more;
	enum err e = ticket_bulk_lock(c, job->about_id, &b);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, job);
	}
	TRY(e);
	TRY(do_next(c, &b, &has_more));
	return has_more ? job_again_at(c, job, c->now, STR_NULL) : job_finish(c, job);
}

struct refused {
	struct job *job;
	struct str why;
};

static enum err give_up(struct ctx *c, void *arg)
{
	struct refused *w = arg;
	struct ticket_bulk b;
	TRY(ticket_bulk_lock(c, w->job->about_id, &b));
	if (str_eq(b.state, RUNNING))
		TRY(end(c, &b, STR("FAILED"), w->why));
	return job_finish(c, w->job);
}

/* What the desk itself could not do (a lost database) is tried again; what it refuses as a whole ends it: who asked may do it no more,
 * the inbox is gone. */
static enum err run_bulk(struct ctx *c, struct job *job)
{
	enum err e = c->run->write(c->run->self, c, step, job);
	bool is_ours = e == ERR_STALE || err_http(e) >= 500;
	if (e == OK || (is_ours && job->tries < BULK_TRIES))
		return e;
	struct refused w = {job, is_ours ? err_sentence(e) : reason_of(c, &c->why)};
	fail_clear(c);
	job->is_settled = false;
	return c->run->write(c->run->self, c, give_up, &w);
}

const struct job_kind job_bulk = {
	.kind = "desk.bulk",
	.run = run_bulk,
	.lane = LANE_BULK,
	.tries = BULK_TRIES,
	.back_off_ms = SECONDS(1),
};

enum err desk_bulk_sweep(struct ctx *c, int64_t *removed_out)
{
	return ticket_bulk_sweep(c, c->now - DAYS((int64_t)BULK_DAYS), removed_out);
}
