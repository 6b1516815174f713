/* What files and folders are asked to do later, in the forms of the wire. */

#include "api/files_int.h"
#include "desk/env.h"

static void write_status_link(struct ctx *c, struct json *j, int64_t id, const char *base)
{
	json_key(j, "links");
	json_object_begin(j);
	json_add_string(j, "status",
	                str_fmt(c->a, STR_FMT "%s%lld/status", STR_ARG(c->env->public_url), base, (long long)id));
	json_object_end(j);
}

void write_task_locator(struct ctx *c, struct json *j, const struct file_task *t, const char *base)
{
	json_object_begin(j);
	json_add_id(j, "id", t->id);
	write_status_link(c, j, t->id, base);
	json_object_end(j);
}

static void write_error(struct json *j, struct str message)
{
	json_add_int(j, "numErrors", 1);
	json_key(j, "errors");
	json_array_begin(j);
	json_object_begin(j);
	json_add_string(j, "status", STR("error"));
	json_add_string(j, "category", STR("VALIDATION_ERROR"));
	json_add_string(j, "message", message);
	json_key(j, "context");
	json_object_begin(j);
	json_object_end(j);
	json_key(j, "links");
	json_object_begin(j);
	json_object_end(j);
	json_key(j, "errors");
	json_array_begin(j);
	json_array_end(j);
	json_object_end(j);
	json_array_end(j);
}

static void write_task(struct ctx *c, struct json *j, const struct file_task *t, const char *base)
{
	bool is_done = str_eq(t->state, STR("COMPLETE"));
	json_add_string(j, "taskId", str_fmt(c->a, "%lld", (long long)t->id));
	json_add_string(j, "status", t->state);
	json_add_time(j, "requestedAt", t->requested_at);
	/* the wire wants both from the start */
	json_add_time(j, "startedAt", t->started_at ? t->started_at : t->requested_at);
	json_add_time(j, "completedAt", is_done ? t->completed_at : t->requested_at);
	write_status_link(c, j, t->id, base);
	if (t->error.n > 0)
		write_error(j, t->error);
}

enum err task_begin(struct ctx *c, const struct req *q, struct res *r, struct str kind, const char *base,
                    struct file_task *out)
{
	int64_t id;
	TRY(req_id(c, q, "taskId", &id));
	TRY(desk_file_task(c, kind, id, out));
	json_object_begin(&r->j);
	write_task(c, &r->j, out, base);
	return OK;
}

enum err task_end(struct ctx *c, struct res *r, enum err e)
{
	json_object_end(&r->j);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}
