#include "desk/association_report.h"

#include "base/buf.h"
#include "base/clock.h"
#include "desk/associate.h"
#include "desk/can.h"
#include "text/json.h"

enum { MAX_REPORT_BYTES = 4 << 20 };

enum err desk_link_report_ask(struct ctx *c, int64_t user_id, struct association_report *out, struct user *user_out)
{
	struct association_report *others, r = {.user_id = user_id, .asked_by = c->who.user_id, .asked_at = c->now, .body = STR("[]")};
	size_t n;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(user_load(c, user_id, user_out));
	if (user_id != c->who.user_id)
		TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(association_report_list(c, user_id, MAX_REPORTS_KEPT, &others, &n));
	if (n > 0 && others[0].made_at == 0) {
		*out = others[0];
		return OK;
	}
	if (n == MAX_REPORTS_KEPT)
		TRY(association_report_trim(c, user_id, others[n - 2].id));
	TRY(association_report_insert(c, &r));
	*out = r;
	return job_add(c, &job_link_report, r.id, STR_NULL, 0);
}

enum err desk_link_reports(struct ctx *c, struct association_report **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return association_report_list(c, c->who.user_id, MAX_REPORTS_KEPT, out, n_out);
}

/* Making one --------------------------------------------------------------------------------------------------------- */

struct making {
	struct job *job;
	struct buf b;
	struct json j;
	bool is_complete;
};

/* type NULL: links of every type. */
static void write_usage(struct ctx *c, struct json *j, const struct link_usage *u, const struct association_type *type,
                        int64_t most)
{
	json_object_begin(j);
	json_add_id(j, "objectId", u->from_id);
	json_add_string(j, "objectTypeId", schema_type_by_id(c, u->from_type)->row.type_id);
	json_add_string(j, "toObjectTypeId", schema_type_by_id(c, u->to_type)->row.type_id);
	if (type != NULL) {
		json_add_int(j, "associationTypeId", type->type_id);
		json_add_string(j, "label", type->label);
	}
	json_add_int(j, "associations", u->n);
	json_add_int(j, "limit", most);
	json_add_int(j, "percent", u->n * 100 / most);
	json_object_end(j);
}

static int64_t least_of(int64_t most)
{
	return (most * HIGH_USAGE_PERCENT + 99) / 100;
}

static enum err add_all_links(struct ctx *c, struct making *m)
{
	struct link_usage *high;
	size_t n;
	TRY(link_usage_high(c, least_of(MAX_LINKS), MAX_REPORT_ROWS + 1, &high, &n));
	m->is_complete = m->is_complete && n <= MAX_REPORT_ROWS;
	for (size_t i = 0; i < n && i < MAX_REPORT_ROWS; i++)
		write_usage(c, &m->j, &high[i], NULL, MAX_LINKS);
	return OK;
}

static enum err add_limited(struct ctx *c, struct making *m, const struct association_type *type)
{
	struct link_usage *high;
	size_t n;
	int64_t most = type->max_to_objects;
	TRY(link_usage_of_type(c, type->type_id, least_of(most), MAX_REPORT_ROWS + 1, &high, &n));
	m->is_complete = m->is_complete && n <= MAX_REPORT_ROWS;
	/* a type among objects of one type may be that of both directions: each end is told of */
	for (size_t i = 0; i < n && i < MAX_REPORT_ROWS; i++)
		write_usage(c, &m->j, &high[i], type, most);
	return OK;
}

static enum err collect(struct ctx *c, void *arg)
{
	struct making *m = arg;
	size_t n;
	const struct association_type *types = schema_link_types(c, &n);
	buf_init(&m->b, c->a, MAX_REPORT_BYTES);
	json_init(&m->j, &m->b);
	m->is_complete = true;
	json_array_begin(&m->j);
	TRY(add_all_links(c, m));
	for (size_t i = 0; i < n; i++)
		if (types[i].max_to_objects > 0)
			TRY(add_limited(c, m, &types[i]));
	json_array_end(&m->j);
	return buf_is_full(&m->b) ? fail(c, ERR_TOO_BIG, "the report is longer than %d bytes", MAX_REPORT_BYTES) : OK;
}

static enum err keep(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct association_report r;
	enum err e = association_report_load(c, m->job->about_id, &r);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, m->job);
	}
	TRY(e);
	r.made_at = c->now;
	r.is_complete = m->is_complete;
	r.body = buf_str(&m->b);
	TRY(association_report_update(c, &r));
	return job_finish(c, m->job);
}

static enum err run(struct ctx *c, struct job *job)
{
	struct making m = {.job = job};
	TRY(c->run->read(c->run->self, c, collect, &m));
	return c->run->write(c->run->self, c, keep, &m);
}

const struct job_kind job_link_report = {
	.kind = "desk.link_report",
	.run = run,
	.lane = LANE_UPKEEP,
	.tries = 10,
	.back_off_ms = MINUTES(1),
};
