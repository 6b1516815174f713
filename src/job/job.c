#include "job/job.h"

#include "base/clock.h"
#include "base/shape.h"
#include "db/db.h"
#include "job/job_int.h"
#include "store/all_sql.h"

enum { MAX_BACK_OFF_DAYS = 1 };

static const struct field job_fields[] = {
	FIELD(struct job, id, F_ID),
	FIELD(struct job, kind, F_STR),
	FIELD(struct job, lane, F_INT),
	FIELD(struct job, about_id, F_ID),
	FIELD(struct job, body, F_JSON, .flags = F_NULL),
	FIELD(struct job, run_at, F_TIME),
	FIELD(struct job, tries, F_INT),
	FIELD(struct job, lease_until, F_TIME),
	FIELD(struct job, last_error, F_STR, .flags = F_NULL),
	FIELD(struct job, put_aside_at, F_TIME),
	FIELD(struct job, created_at, F_TIME),
};
static const struct shape job_shape = SHAPE("JobRow", struct job, job_fields);

struct job_key {
	int64_t id;
};
static const struct field job_key_fields[] = {FIELD(struct job_key, id, F_ID)};
static const struct shape job_key_shape = SHAPE("JobKey", struct job_key, job_key_fields);

struct job_counts {
	int64_t waiting;
	int64_t put_aside;
};
static const struct field job_counts_fields[] = {
	FIELD(struct job_counts, waiting, F_INT),
	FIELD(struct job_counts, put_aside, F_INT),
};
static const struct shape job_counts_shape = SHAPE("JobCounts", struct job_counts, job_counts_fields);

enum { Q_INSERT, Q_REMOVE, Q_AGAIN, Q_HURRY, Q_HURRY_LANE, Q_IS_DUE, Q_DUE, Q_LEASE, Q_FAILED, Q_PUT_ASIDE, Q_RELEASE_ALL, Q_COUNT };
static const struct sql job_rows[] = {
	[Q_INSERT] = {"INSERT INTO job (kind, lane, about_id, body, run_at, tries, lease_until, put_aside_at, created_at)"
	              " VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)", NULL},
	[Q_REMOVE] = {"DELETE FROM job WHERE id = $1", NULL},
	[Q_AGAIN] = {"UPDATE job SET run_at = $2, lease_until = 0, tries = 0, last_error = $3 WHERE id = $1", NULL},
	[Q_HURRY] = {"UPDATE job SET run_at = $3, put_aside_at = 0 WHERE kind = $1 AND about_id = $2", NULL},
	[Q_HURRY_LANE] = {"UPDATE job SET run_at = $2 WHERE put_aside_at = 0 AND lane = $1 AND run_at > $2", NULL},
	[Q_IS_DUE] = {"SELECT id FROM job WHERE put_aside_at = 0 AND lane = $1 AND run_at <= $2 AND lease_until < $2 LIMIT 1",
	              &job_key_shape},
	[Q_DUE] = {"SELECT @cols FROM job WHERE put_aside_at = 0 AND lane = $1 AND run_at <= $2 AND lease_until < $2"
	           " ORDER BY run_at, id LIMIT $3 @skip_locked", &job_shape},
	[Q_LEASE] = {"UPDATE job SET lease_until = $2, tries = tries + 1 WHERE id = $1", NULL},
	[Q_FAILED] = {"UPDATE job SET run_at = $2, lease_until = 0, last_error = $3 WHERE id = $1", NULL},
	[Q_PUT_ASIDE] = {"UPDATE job SET put_aside_at = $2, lease_until = 0, last_error = $3 WHERE id = $1", NULL},
	[Q_RELEASE_ALL] = {"UPDATE job SET lease_until = 0 WHERE lease_until > 0", NULL},
	[Q_COUNT] = {"SELECT (SELECT count(*) FROM (SELECT 1 FROM job WHERE put_aside_at = 0 AND lane <> $1 LIMIT 10000) AS w)"
	             " AS waiting,"
	             " (SELECT count(*) FROM (SELECT 1 FROM job WHERE put_aside_at > 0 LIMIT 10000) AS p) AS put_aside",
	             &job_counts_shape},
};
const struct sql_table job_sql = SQL_TABLE("job", job_rows);

enum err job_add(struct ctx *c, const struct job_kind *kind, int64_t about_id, struct str body, int64_t run_at)
{
	TRY(db_exec(
		c, &job_rows[Q_INSERT],
		ARGS(S(str_c(kind->kind)), I(kind->lane), I(about_id), S(body), I(run_at ? run_at : c->now), I(c->now)),
		NULL));
	return db_notify(c);
}

enum err job_finish(struct ctx *c, struct job *job)
{
	int64_t removed = 0;
	job->is_settled = true;
	TRY(db_exec(c, &job_rows[Q_REMOVE], ARGS(I(job->id)), &removed));
	return removed == 1 ? OK
	                    : fail(c, ERR_STALE, "this job was done by somebody else, after its lease had run out");
}

enum err job_again_at(struct ctx *c, struct job *job, int64_t run_at, struct str why)
{
	job->is_settled = true;
	return db_exec(c, &job_rows[Q_AGAIN], ARGS(I(job->id), I(run_at), S(why)), NULL);
}

enum err job_hurry_lane(struct ctx *c, enum job_lane lane)
{
	TRY(db_exec(c, &job_rows[Q_HURRY_LANE], ARGS(I(lane), I(c->now)), NULL));
	return db_notify(c);
}

enum err job_hurry(struct ctx *c, const struct job_kind *kind, int64_t about_id, bool *is_there_out)
{
	int64_t changed = 0;
	TRY(db_exec(c, &job_rows[Q_HURRY], ARGS(S(str_c(kind->kind)), I(about_id), I(c->now)), &changed));
	*is_there_out = changed > 0;
	return db_notify(c);
}

enum err job_count(struct ctx *c, int64_t *waiting_out, int64_t *put_aside_out)
{
	struct job_counts counts;
	TRY(db_one(c, &job_rows[Q_COUNT], ARGS(I(LANE_UPKEEP)), &counts));
	*waiting_out = counts.waiting;
	*put_aside_out = counts.put_aside;
	return OK;
}

enum err job_is_due(struct ctx *c, enum job_lane lane, bool *is_due_out)
{
	struct job_key key;
	enum err e = db_one(c, &job_rows[Q_IS_DUE], ARGS(I(lane), I(c->now)), &key);
	*is_due_out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* What was tried before runs alone: if it takes the process with it, no other job loses a try. */
static size_t only_fresh(const struct job *jobs, size_t n)
{
	size_t fresh = 0;
	while (fresh < n && jobs[fresh].tries == 0)
		fresh++;
	return fresh > 0 || n == 0 ? fresh : 1;
}

enum err job_lease(struct ctx *c, enum job_lane lane, int64_t limit, int64_t lease_until, struct job **out,
                   size_t *n_out)
{
	TRY(db_all(c, &job_rows[Q_DUE], ARGS(I(lane), I(c->now), I(limit)), out, n_out));
	*n_out = only_fresh(*out, *n_out);
	for (size_t i = 0; i < *n_out; i++) {
		TRY(db_exec(c, &job_rows[Q_LEASE], ARGS(I((*out)[i].id), I(lease_until)), NULL));
		(*out)[i].tries++;
	}
	return OK;
}

static int64_t back_off_ms(const struct job_kind *kind, int64_t tries)
{
	int64_t ms = kind->back_off_ms;
	for (int64_t i = 1; i < tries && ms < DAYS(MAX_BACK_OFF_DAYS); i++)
		ms *= 2;
	return ms < DAYS(MAX_BACK_OFF_DAYS) ? ms : DAYS(MAX_BACK_OFF_DAYS);
}

enum err job_failed(struct ctx *c, const struct job_kind *kind, struct job *job, struct str why)
{
	if (job->tries >= kind->tries)
		return db_exec(c, &job_rows[Q_PUT_ASIDE], ARGS(I(job->id), I(c->now), S(why)), NULL);
	return db_exec(c, &job_rows[Q_FAILED], ARGS(I(job->id), I(c->now + back_off_ms(kind, job->tries)), S(why)),
	               NULL);
}

enum err job_release_all(struct ctx *c)
{
	return db_exec(c, &job_rows[Q_RELEASE_ALL], NO_ARGS, NULL);
}
