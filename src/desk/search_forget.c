/* How far it is stands in the setting search_forget: "asked:begun". asked grows with everyone who asks, and is at least the newest change
 * that waited to be indexed then. When nothing so old waits any more the parts of the index are merged, and what was asked for is
 * begun; who asks meanwhile has it begin anew. Each step is a transaction, so that it is interrupted by anything. */

#include "base/clock.h"
#include "base/num.h"
#include "desk/search_index.h"
#include "desk/setting.h"
#include "store/erase.h"
#include "store/setting.h"

enum { FORGET_PAUSE_MS = 500 };

struct place {
	int64_t asked, begun;
};

static enum err load_place(struct ctx *c, struct place *out)
{
	struct str rest;
	TRY(setting_lock(c, SETTING_FORGET));
	TRY(setting_load(c, SETTING_FORGET, &rest));
	struct str asked = str_cut(&rest, STR(":"));
	if (!num_parse_int(asked, &out->asked) || !num_parse_int(rest, &out->begun))
		*out = (struct place){0};
	return OK;
}

static enum err put_place(struct ctx *c, const struct place *p)
{
	return setting_put(c, SETTING_FORGET, str_fmt(c->a, "%lld:%lld", (long long)p->asked, (long long)p->begun));
}

static enum err merge(struct ctx *c, enum word_merge step, bool *is_done_out)
{
	*is_done_out = true;
	for (int kind = 0; kind < WORD_KIND_N; kind++) {
		bool is_done;
		TRY(word_merge(c, (enum word_kind)kind, step, &is_done));
		*is_done_out = *is_done_out && is_done;
	}
	return OK;
}

static enum err begin(struct ctx *c, struct job *job, struct place *p)
{
	int64_t oldest;
	bool is_done;
	TRY(word_due_oldest(c, &oldest));
	if (oldest != 0 && oldest <= p->asked)
		return job_again_at(c, job, c->now + FORGET_PAUSE_MS, STR_NULL);
	TRY(merge(c, WORD_MERGE_BEGIN, &is_done));
	p->begun = p->asked;
	TRY(put_place(c, p));
	return job_again_at(c, job, c->now, STR_NULL);
}

static enum err go_on(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct place p;
	bool is_done;
	TRY(load_place(c, &p));
	if (p.begun < p.asked)
		return begin(c, job, &p);
	TRY(merge(c, WORD_MERGE_ON, &is_done));
	if (!is_done)
		return job_again_at(c, job, c->now, STR_NULL);
	TRY(erase_for_good(c));
	return job_finish(c, job);
}

static enum err run_forget(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, go_on, job);
}

const struct job_kind job_forget_words = {
	.kind = "desk.forget_words",
	.run = run_forget,
	.lane = LANE_UPKEEP,
	.tries = 1000000, /* a promise about a person is kept however long it takes */
	.back_off_ms = SECONDS(10),
};

enum err desk_forget_words(struct ctx *c)
{
	struct place p;
	int64_t newest;
	bool is_there;
	TRY(load_place(c, &p));
	TRY(word_due_newest(c, &newest));
	p.asked = newest > p.asked ? newest : p.asked + 1;
	TRY(put_place(c, &p));
	TRY(job_hurry(c, &job_forget_words, 0, &is_there));
	return is_there ? OK : job_add(c, &job_forget_words, 0, STR_NULL, 0);
}
