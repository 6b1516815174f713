/* The PDF of a quote. It is drawn outside of transactions from what was kept at publishing, and kept itself: what somebody accepted can
 * be shown as it was, whatever fonts come later. */

#include "base/arena.h"
#include "base/clock.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/quote_int.h"
#include "store/blob.h"
#include "text/quote_pdf.h"

static enum err draw(struct ctx *c, const struct quote_paper *paper, struct str *out)
{
	return quote_pdf(c, paper, MAX_QUOTE_PDF_BYTES, out);
}

enum err desk_quote_version_pdf(struct ctx *c, const struct quote_version *v, struct str *out)
{
	struct quote_paper paper;
	if (v->pdf_blob.n > 0)
		return blob_get(c, c->env->data_dir, v->pdf_blob, out);
	TRY(quote_paper_read(c, v->body, &paper));
	return draw(c, &paper, out);
}

struct looking {
	int64_t id;
	struct quote quote;
};

static enum err look(struct ctx *c, void *arg)
{
	struct looking *w = arg;
	return desk_quote(c, w->id, &w->quote);
}

enum err desk_quote_pdf(struct ctx *c, int64_t id, struct str *out)
{
	struct looking w = {.id = id};
	TRY(c->run->read(c->run->self, c, look, &w));
	if (str_eq(w.quote.state, QUOTE_DRAFT))
		return draw(c, &w.quote.paper, out);
	return desk_quote_version_pdf(c, &w.quote.versions[0], out);
}

/* The job -------------------------------------------------------------------------------------------------------------------- */

struct pdf_work {
	struct job *job;
	struct quote_version version;
	bool is_there;
	struct str blob;
	int64_t size_bytes;
};

static enum err load(struct ctx *c, void *arg)
{
	struct pdf_work *w = arg;
	enum err e = quote_version_load(c, w->job->about_id, &w->version);
	w->is_there = e == OK && w->version.pdf_blob.n == 0;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err keep(struct ctx *c, void *arg)
{
	struct pdf_work *w = arg;
	struct quote_version v;
	if (!w->is_there)
		return job_finish(c, w->job);
	TRY(object_lock(c, w->version.quote_id));
	enum err e = quote_version_load(c, w->version.id, &v);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, w->job);
	}
	TRY(e);
	TRY(blob_hold(c, c->env->data_dir, w->blob, w->size_bytes));
	v.pdf_blob = w->blob;
	v.pdf_size_bytes = w->size_bytes;
	TRY(quote_version_update(c, &v));
	return job_finish(c, w->job);
}

static enum err run(struct ctx *c, struct job *job)
{
	struct pdf_work w = {.job = job};
	struct str bytes;
	TRY(c->run->read(c->run->self, c, load, &w));
	if (w.is_there) {
		TRY(desk_quote_version_pdf(c, &w.version, &bytes));
		TRY(blob_put(c, c->env->data_dir, bytes, &w.blob));
		w.size_bytes = (int64_t)bytes.n;
	}
	return c->run->write(c->run->self, c, keep, &w);
}

const struct job_kind job_quote_pdf = {
	.kind = "quote.pdf",
	.run = run,
	.lane = LANE_UPKEEP,
	.tries = 10,
	.back_off_ms = SECONDS(10),
};
