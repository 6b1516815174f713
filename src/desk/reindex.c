/* Where the making anew stands is the setting search_reindex: "kind:id", the last that was put into the queue. It waits while the
 * queue is full, so that the queue stays small. When the end is reached the version of the words is noted, and not before. */

#include "base/clock.h"
#include "base/num.h"
#include "desk/search_index.h"
#include "desk/setting.h"
#include "store/setting.h"
#include "text/words.h"

enum { REINDEX_PAUSE_MS = 500 };

static struct str words_version(struct ctx *c)
{
	return str_fmt(c->a, "%d", WORDS_VERSION);
}

static enum err put_place(struct ctx *c, int64_t kind, int64_t after)
{
	return setting_put(c, SETTING_REINDEX, str_fmt(c->a, "%lld:%lld", (long long)kind, (long long)after));
}

static enum err load_place(struct ctx *c, int64_t *kind_out, int64_t *after_out)
{
	struct str rest;
	*kind_out = *after_out = 0;
	TRY(setting_load(c, SETTING_REINDEX, &rest));
	struct str kind = str_cut(&rest, STR(":"));
	if (!num_parse_int(kind, kind_out) || !num_parse_int(rest, after_out))
		*kind_out = *after_out = 0;
	return OK;
}

static enum err go_on(struct ctx *c, void *arg)
{
	struct job *job = arg;
	int64_t kind, after, last, waiting_n;
	TRY(setting_lock(c, SETTING_REINDEX));
	TRY(word_due_count_again(c, REINDEX_AT_ONCE, &waiting_n));
	if (waiting_n == REINDEX_AT_ONCE)
		return job_again_at(c, job, c->now + REINDEX_PAUSE_MS, STR_NULL);
	TRY(load_place(c, &kind, &after));
	if (kind < 0 || kind >= WORD_KIND_N) {
		TRY(setting_put(c, SETTING_WORDS_VERSION, words_version(c)));
		return job_finish(c, job);
	}
	TRY(word_due_again(c, (enum word_kind)kind, after, REINDEX_AT_ONCE, &last));
	TRY(put_place(c, last > 0 ? kind : kind + 1, last));
	return job_again_at(c, job, c->now, STR_NULL);
}

static enum err run_reindex(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, go_on, job);
}

const struct job_kind job_reindex = {
	.kind = "desk.reindex",
	.run = run_reindex,
	.lane = LANE_UPKEEP,
	.tries = 1000000, /* it goes on when the database is there again */
	.back_off_ms = SECONDS(10),
};

enum err desk_reindex(struct ctx *c)
{
	bool is_there;
	TRY(setting_lock(c, SETTING_REINDEX));
	TRY(put_place(c, 0, 0));
	TRY(job_hurry(c, &job_reindex, 0, &is_there));
	return is_there ? OK : job_add(c, &job_reindex, 0, STR_NULL, 0);
}

enum err desk_reindex_if_old(struct ctx *c)
{
	struct str version;
	bool is_there;
	TRY(setting_load(c, SETTING_WORDS_VERSION, &version));
	if (str_eq(version, words_version(c)))
		return OK;
	TRY(job_hurry(c, &job_reindex, 0, &is_there));
	return is_there ? OK : desk_reindex(c);
}
