#include "channel/file_import.h"

#include "base/arena.h"
#include "base/clock.h"
#include "desk/env.h"
#include "desk/file.h"
#include "net/http_call.h"
#include "net/http_query.h"
#include "text/json_read.h"

enum { CALL_MS = 120000, MAX_REDIRECTS = 3, MAX_FETCH_TRIES = 3 };

struct import_work {
	struct job *job;
	struct file_task task;
	struct upload_in in;
	struct str url;
	struct file file;
	struct str error; /* null: the file is there */
};

static enum err load(struct ctx *c, void *arg)
{
	struct import_work *w = arg;
	return desk_import_load(c, w->job->about_id, &w->task, &w->in, &w->url);
}

/* "https://x.example/a/b%20c.png?size=2" is "b c.png". */
static struct str name_of(struct ctx *c, struct str url)
{
	struct str rest = url, last = STR_NULL, name;
	str_cut(&rest, STR("://"));
	rest = str_cut(&rest, STR("?"));
	rest = str_cut(&rest, STR("#"));
	for (str_cut(&rest, STR("/")); !str_is_null(rest);)
		last = str_cut(&rest, STR("/"));
	return last.n > 0 && http_segment(c->a, last, &name) ? name : STR("file");
}

/* A wish without an extension gets that of the address. */
static struct str settle_name(struct ctx *c, struct str wanted, struct str found)
{
	struct str rest = found, last = STR_NULL;
	if (wanted.n == 0 || str_find_byte(wanted, '.') >= 0)
		return wanted.n ? wanted : found;
	for (str_cut(&rest, STR(".")); !str_is_null(rest);)
		last = str_cut(&rest, STR("."));
	return last.n ? str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(wanted), STR_ARG(last)) : wanted;
}

static enum err fetch(struct ctx *c, struct import_work *w, struct http_result *out)
{
	const struct http_caller_config config = {.allow = c->env->allow_internal};
	struct http_caller *caller;
	const struct http_request request = {
		.url = w->url,
		.total_ms = CALL_MS,
		.max_answer_bytes = MAX_IMPORT_BYTES,
		.redirect_n = MAX_REDIRECTS,
	};
	TRY(http_caller_open(c, &config, &caller));
	enum err e = http_call(c, caller, &request, out);
	http_caller_close(caller);
	TRY(e);
	if (out->status != 200)
		return fail(c, ERR_BAD_INPUT, "The server answered %d.", out->status);
	if (out->is_cut)
		return fail(c, ERR_TOO_BIG, "The file is larger than %d MB.", MAX_IMPORT_BYTES >> 20);
	return OK;
}

static enum err import(struct ctx *c, struct import_work *w)
{
	struct http_result result;
	struct blob_draft *draft;
	TRY(fetch(c, w, &result));
	w->in.name = settle_name(c, w->in.name, name_of(c, w->url));
	w->in.content_type = result.content_type;
	TRY(desk_draft_begin(c, &draft));
	TRY(desk_draft_add(c, draft, result.body));
	return desk_file_upload(c, draft, &w->in, &w->file);
}

static enum err settle(struct ctx *c, void *arg)
{
	struct import_work *w = arg;
	TRY(desk_file_task_done(c, &w->task, w->file.id, w->error));
	return job_finish(c, w->job);
}

static enum err run_import(struct ctx *c, struct job *job)
{
	struct import_work *w = NEW(c->a, struct import_work);
	w->job = job;
	TRY(c->run->read(c->run->self, c, load, w));
	w->task.started_at = c->now;
	enum err e = import(c, w);
	if (e != OK && err_is_worth_retrying(e) && job->tries < MAX_FETCH_TRIES)
		return e;
	w->error = e == OK ? STR_NULL : c->why.detail.n ? c->why.detail : err_sentence(e);
	fail_clear(c);
	c->now = clock_ms();
	return c->run->write(c->run->self, c, settle, w);
}

const struct job_kind job_file_import = {
	.kind = "file.import",
	.run = run_import,
	.lane = LANE_MAIL_OUT,
	.tries = MAX_FETCH_TRIES + 2,
	.back_off_ms = SECONDS(10),
};
