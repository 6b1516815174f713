/* Inboxes and channel accounts, for administrators. They are read at /conversations/v3/conversations. */

#include "api/conversations_json.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/inbox.h"

enum err api_inbox_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct inbox_body *b = IN(q, struct inbox_body);
	struct inbox inbox;
	TRY(desk_inbox_add(c, b->name, b->type, &inbox));
	write_inbox(&r->j, &inbox);
	return OK;
}

enum err api_inbox_rename(struct ctx *c, const struct req *q, struct res *r)
{
	struct inbox inbox;
	int64_t id;
	TRY(req_id(c, q, "inboxId", &id));
	TRY(desk_inbox_rename(c, id, IN(q, struct inbox_body)->name, &inbox));
	write_inbox(&r->j, &inbox);
	return OK;
}

enum err api_inbox_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "inboxId", &id));
	TRY(desk_inbox_archive(c, id));
	return res_nothing(r);
}

static struct account_in account_of(const struct req *q)
{
	const struct channel_account_body *b = IN(q, struct channel_account_body);
	const json_t *active = json_object_get(q->json, "active");
	return (struct account_in){
		.inbox_id = b->inbox_id,
		.name = b->name,
		.address = b->address,
		.pipeline_id = b->pipeline_id,
		.stage_id = b->stage_id,
		.signature = b->signature,
		.signature_of = b->signature_of,
		.is_active = active != NULL && !json_is_null(active) ? b->active : -1,
	};
}

enum err api_channel_account_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct account_in in = account_of(q);
	struct channel_account a;
	TRY(desk_account_create(c, &in, &a));
	write_channel_account(&r->j, &a);
	return OK;
}

enum err api_channel_account_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct account_in in = account_of(q);
	struct channel_account a;
	int64_t id;
	TRY(req_id(c, q, "channelAccountId", &id));
	TRY(desk_account_update(c, id, &in, &a));
	write_channel_account(&r->j, &a);
	return OK;
}

enum err api_channel_account_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "channelAccountId", &id));
	TRY(desk_account_archive(c, id));
	return res_nothing(r);
}
