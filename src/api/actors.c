/* Who takes part in conversations. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "desk/actor.h"
#include "text/json_read.h"

enum { MAX_ACTORS = 100, MAX_ACTOR_ID_SHOWN = 320 };

static void write_actor(struct json *j, const struct actor_card *a)
{
	json_object_begin(j);
	json_add_string(j, "id", a->id);
	json_add_string(j, "type", a->type);
	json_add_string(j, "name", a->name);
	json_add_string(j, "email", a->email);
	json_object_end(j);
}

enum err api_actors_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct actor_card a;
	TRY(desk_actor_card(c, req_param(q, "actorId"), &a));
	write_actor(&r->j, &a);
	return OK;
}

static enum err read_inputs(struct ctx *c, const struct req *q, const json_t **out)
{
	size_t n;
	TRY(batch_inputs(c, q, MAX_ACTORS, out, &n));
	for (size_t i = 0; i < n; i++)
		if (!json_is_string(json_array_get(*out, i)))
			return fail_field(c, STR("inputs"), STR("INVALID_TYPE"), "inputs is a list of ids of actors, like A-1.");
	return OK;
}

/* All that nobody has are one error. */
static void end_batch(struct ctx *c, struct res *r, const struct str *missing, size_t n)
{
	struct failure why = {0};
	for (size_t i = 0; i < n; i++)
		fail_context(c, STR("ids"), missing[i]);
	if (n > 0)
		why = batch_failure(
			c, fail(c, ERR_NOT_FOUND, "Could not get some actors, they may be deleted or not exist."));
	res_batch_end(c, r, &why, n > 0, 207);
}

enum err api_actors_batch_read(struct ctx *c, const struct req *q, struct res *r)
{
	const json_t *inputs;
	struct str missing[MAX_ACTORS];
	size_t missing_n = 0;
	TRY(read_inputs(c, q, &inputs));
	res_list_begin(r);
	for (size_t i = 0; i < json_array_size(inputs); i++) {
		struct actor_card a;
		struct str id = json_text(json_array_get(inputs, i));
		enum err e = desk_actor_card(c, id, &a);
		if (e == OK)
			write_actor(&r->j, &a);
		else if (e != ERR_NOT_FOUND)
			return e;
		else
			missing[missing_n++] = str_head(id, MAX_ACTOR_ID_SHOWN);
	}
	fail_clear(c);
	end_batch(c, r, missing, missing_n);
	return OK;
}
