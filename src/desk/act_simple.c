/* Recycle bin and back, from one inbox to another, and following. */

#include "base/arena.h"
#include "base/buf.h"
#include "desk/act_int.h"
#include "desk/announce.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/follow.h"
#include "desk/restore.h"
#include "store/inbox.h"
#include "store/thread.h"
#include "text/json_read.h"

/* Recycle bin -------------------------------------------------------------------------------------------------------- */

static enum err into_bin(struct ctx *c, int64_t id)
{
	struct object ticket;
	TRY(act_ticket(c, id, &ticket));
	TRY(desk_can(c, CAN_DELETE, &ticket));
	return desk_object_archive(c, schema_type_by_id(c, TYPE_TICKET), id);
}

static enum err out_of_bin(struct ctx *c, int64_t id)
{
	struct object ticket;
	return desk_object_restore(c, schema_type_by_id(c, TYPE_TICKET), id, &ticket);
}

enum err act_delete(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	(void)in;
	TRY(into_bin(c, id));
	out->body = STR("{}");
	return OK;
}

enum err act_restore(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	(void)in;
	TRY(out_of_bin(c, id));
	out->body = STR("{}");
	return OK;
}

enum err act_delete_undo(struct ctx *c, const struct ticket_act_row *row)
{
	return out_of_bin(c, row->ticket_id);
}

enum err act_restore_undo(struct ctx *c, const struct ticket_act_row *row)
{
	return into_bin(c, row->ticket_id);
}

/* Inboxes ------------------------------------------------------------------------------------------------------------ */

/* From which answers go out there. */
static enum err account_of_inbox(struct ctx *c, int64_t inbox_id, struct channel_account *out)
{
	struct channel_account *accounts;
	size_t n;
	TRY(channel_account_list(c, &accounts, &n));
	for (size_t i = 0; i < n; i++)
		if (accounts[i].inbox_id == inbox_id && accounts[i].channel_id == CHANNEL_EMAIL && accounts[i].is_active &&
		    accounts[i].archived_at == 0) {
			*out = accounts[i];
			return OK;
		}
	return fail(c, ERR_BAD_INPUT, "This inbox has no email address: answers could not go out from it.");
}

static enum err set_inbox(struct ctx *c, int64_t ticket_id, struct str inbox_id)
{
	const struct prop prop = {STR("hs_inbox_id"), inbox_id};
	const struct object_in in = {.props = &prop, .prop_n = 1, .source_type = STR("CRM_UI"), .by_rule = true};
	struct object o;
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, &in, &o);
}

static struct str inbox_of(struct ctx *c, const struct object *ticket)
{
	const struct property_def *def = schema_property(schema_type_by_id(c, TYPE_TICKET), STR("hs_inbox_id"));
	struct str value = def ? property_value(c, ticket, def) : STR_NULL;
	return value.n > 0 ? value : STR("");
}

/* Conversations by email; a chat stays in its channel. What it takes to undo it: [inbox, [[thread, inbox, account], …]]. */
enum err act_move(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	struct channel_account account = {0};
	struct thread *threads;
	struct buf b;
	size_t n, moved_n = 0;
	TRY(act_ticket(c, id, &ticket));
	TRY(account_of_inbox(c, in->inbox_id, &account));
	TRY(thread_list_of_ticket(c, id, &threads, &n));
	buf_init(&b, c->a, MAX_ACT_BODY_BYTES);
	buf_add(&b, str_fmt(c->a, "[\"" STR_FMT "\",[", STR_ARG(inbox_of(c, &ticket))));
	for (size_t i = 0; i < n; i++) {
		if (threads[i].channel_id != CHANNEL_EMAIL || threads[i].inbox_id == in->inbox_id)
			continue;
		buf_add(&b, str_fmt(c->a, "%s[%lld,%lld,%lld]", moved_n++ ? "," : "", (long long)threads[i].id,
		                    (long long)threads[i].inbox_id, (long long)threads[i].channel_account_id));
		threads[i].inbox_id = in->inbox_id;
		threads[i].channel_account_id = account.id;
		TRY(thread_update(c, &threads[i]));
	}
	buf_add(&b, STR("]]"));
	out->body = buf_str(&b);
	return set_inbox(c, id, str_fmt(c->a, "%lld", (long long)in->inbox_id));
}

enum err act_move_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object ticket;
	json_t *body;
	TRY(act_ticket(c, row->ticket_id, &ticket));
	TRY(json_parse(c, row->body, &body));
	const json_t *list = json_array_get(body, 1);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		struct thread t;
		TRY(thread_load(c, json_integer_value(json_array_get(entry, 0)), &t));
		t.inbox_id = json_integer_value(json_array_get(entry, 1));
		t.channel_account_id = json_integer_value(json_array_get(entry, 2));
		TRY(thread_update(c, &t));
	}
	return set_inbox(c, ticket.id, json_text(json_array_get(body, 0)));
}

/* Following ---------------------------------------------------------------------------------------------------------- */

/* Everybody for himself; what it takes to undo it: nothing but the other way round. */
static enum err follow(struct ctx *c, int64_t id, bool is_wanted, bool *is_changed)
{
	struct object ticket;
	struct followers now;
	TRY(act_ticket(c, id, &ticket));
	TRY(desk_followers(c, &ticket, &now));
	*is_changed = now.is_following != is_wanted;
	return *is_changed ? desk_follow(c, id, is_wanted, &now) : OK;
}

enum err act_follow(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	bool is_changed, is_wanted = in->kind == ACT_FOLLOW;
	TRY(follow(c, id, is_wanted, &is_changed));
	if (is_changed)
		out->body = is_wanted ? STR("[1]") : STR("[0]");
	return OK;
}

enum err act_follow_undo(struct ctx *c, const struct ticket_act_row *row)
{
	bool is_changed;
	TRY(follow(c, row->ticket_id, str_eq(row->body, STR("[0]")), &is_changed));
	return is_changed ? OK : act_is_old(c);
}
