#include "desk/inbox.h"

#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "store/schema.h"
#include "text/html_clean.h"
#include "text/mail_addr.h"

static enum err announce(struct ctx *c, int64_t inbox_id)
{
	return bus_emit(c, EV_INBOX_CHANGED, &(struct event_about){.about_id = inbox_id});
}

static enum err check_name(struct ctx *c, struct str name)
{
	if (name.n == 0)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "Some required fields were not set: [name]");
	if (name.n > MAX_INBOX_NAME_BYTES || !utf8_is_valid(name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name has at most %d bytes.", MAX_INBOX_NAME_BYTES);
	return OK;
}

static enum err check_inbox_name(struct ctx *c, struct str name, int64_t own_id, size_t *n_out)
{
	struct inbox *all;
	TRY(check_name(c, name));
	TRY(inbox_list(c, &all, n_out));
	for (size_t i = 0; i < *n_out; i++)
		if (all[i].id != own_id && str_eq_nocase(all[i].name, name))
			return fail(c, ERR_CONFLICT, "There is an inbox \"" STR_FMT "\". Existing ID: %lld", STR_ARG(name),
			            (long long)all[i].id);
	return OK;
}

enum err desk_inbox_add(struct ctx *c, struct str name, struct str type, struct inbox *out)
{
	size_t n;
	*out = (struct inbox){.name = str_trim(name), .type = type.n ? type : STR("HELP_DESK")};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	if (!str_eq(out->type, STR("HELP_DESK")) && !str_eq(out->type, STR("INBOX")))
		return fail_field(c, STR("type"), STR("INVALID_OPTION"), "type is HELP_DESK or INBOX.");
	TRY(check_inbox_name(c, out->name, 0, &n));
	if (n >= MAX_INBOXES)
		return fail(c, ERR_BAD_INPUT, "There are at most %d inboxes.", MAX_INBOXES);
	TRY(inbox_insert(c, out));
	return announce(c, out->id);
}

static enum err load_inbox(struct ctx *c, int64_t id, struct inbox *out)
{
	TRY(inbox_load(c, id, out));
	return out->archived_at == 0 ? OK : fail(c, ERR_NOT_FOUND, "resource not found");
}

enum err desk_inbox_rename(struct ctx *c, int64_t id, struct str name, struct inbox *out)
{
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(load_inbox(c, id, out));
	TRY(check_inbox_name(c, str_trim(name), id, &n));
	out->name = str_trim(name);
	TRY(inbox_update(c, out));
	return announce(c, id);
}

enum err desk_inbox_archive(struct ctx *c, int64_t id)
{
	struct channel_account *accounts;
	struct inbox *all, inbox;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(load_inbox(c, id, &inbox));
	TRY(inbox_list(c, &all, &n));
	if (n == 1)
		return fail(c, ERR_CONFLICT, "The last inbox stays.");
	TRY(channel_account_list(c, &accounts, &n));
	for (size_t i = 0; i < n; i++)
		if (accounts[i].inbox_id == id)
			return fail(c, ERR_CONFLICT, "The inbox still has the channel account \"" STR_FMT "\". Move or delete it first.",
			            STR_ARG(accounts[i].name));
	inbox.archived_at = c->now;
	TRY(inbox_update(c, &inbox));
	return announce(c, id);
}

/* Channel accounts --------------------------------------------------------------------------------------------------- */

static enum err set_inbox(struct ctx *c, int64_t id, struct channel_account *a)
{
	struct inbox inbox;
	enum err e = load_inbox(c, id, &inbox);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, STR("inboxId"), STR("NOT_FOUND"), "There is no inbox %lld.", (long long)id);
	}
	TRY(e);
	a->inbox_id = id;
	return OK;
}

static enum err set_address(struct ctx *c, struct str address, struct channel_account *a)
{
	struct channel_account other;
	address = str_lower(c->a, str_trim(address));
	if (!mail_addr_is_sendable(address))
		return fail_field(c, STR("address"), STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
		                  STR_ARG(str_head(address, 254)));
	enum err e = channel_account_by_address(c, CHANNEL_EMAIL, address, &other);
	if (e == OK && other.id != a->id)
		return fail(c, ERR_CONFLICT, "Another channel account has this address. Existing ID: %lld", (long long)other.id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	a->address = address;
	return OK;
}

static enum err set_place(struct ctx *c, const struct account_in *in, struct channel_account *a)
{
	struct stage stage, *stages;
	size_t n;
	struct str pipeline = in->pipeline_id.n ? in->pipeline_id : a->pipeline_id, wanted = in->stage_id;
	if (wanted.n == 0 && str_eq(pipeline, a->pipeline_id))
		wanted = a->stage_id;
	TRY(stage_list(c, TYPE_TICKET, &stages, &n));
	for (size_t i = 0; i < n && wanted.n == 0; i++)
		if (str_eq(stages[i].pipeline_id, pipeline))
			wanted = stages[i].id;
	enum err e = wanted.n > 0 ? stage_hold(c, TYPE_TICKET, pipeline, wanted, &stage) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, in->stage_id.n ? STR("stageId") : STR("pipelineId"), STR("INVALID_OPTION"),
		                  "There is no such pipeline and stage of tickets.");
	}
	TRY(e);
	a->pipeline_id = pipeline;
	a->stage_id = wanted;
	return OK;
}

enum err desk_signature_clean(struct ctx *c, struct str field, struct str html, struct str *out)
{
	const struct html_clean_options held = {.images = HTML_IMAGES_HELD};
	if (html.n > MAX_SIGNATURE_BYTES)
		return fail_field(c, field, STR("INVALID_LENGTH"), "A signature has at most %d bytes.", MAX_SIGNATURE_BYTES);
	return html_clean(c, html, &held, out);
}

static enum err set_signature(struct ctx *c, const struct account_in *in, struct channel_account *a)
{
	if (!str_is_null(in->signature))
		TRY(desk_signature_clean(c, STR("signature"), in->signature, &a->signature));
	if (str_is_null(in->signature_of))
		return OK;
	if (!str_eq(in->signature_of, STR("TEAM")) && !str_eq(in->signature_of, STR("USER")) &&
	    !str_eq(in->signature_of, STR("NONE")))
		return fail_field(c, STR("signatureOf"), STR("INVALID_OPTION"), "signatureOf is TEAM, USER or NONE.");
	a->signature_of = in->signature_of;
	return OK;
}

static enum err take(struct ctx *c, const struct account_in *in, struct channel_account *a)
{
	if (in->inbox_id != 0)
		TRY(set_inbox(c, in->inbox_id, a));
	if (!str_is_null(in->name)) {
		TRY(check_name(c, str_trim(in->name)));
		a->name = str_trim(in->name);
	}
	if (!str_is_null(in->address))
		TRY(set_address(c, in->address, a));
	TRY(set_place(c, in, a));
	TRY(set_signature(c, in, a));
	if (in->is_active >= 0)
		a->is_active = in->is_active;
	return OK;
}

enum err desk_account_create(struct ctx *c, const struct account_in *in, struct channel_account *out)
{
	struct channel_account *all;
	size_t n;
	*out = (struct channel_account){.channel_id = CHANNEL_EMAIL, .pipeline_id = STR("0"), .stage_id = STR_NULL, .is_active = true};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	if (in->inbox_id == 0)
		return fail_field(c, STR("inboxId"), STR("REQUIRED_FIELD"), "Some required fields were not set: [inboxId]");
	if (str_is_null(in->address))
		return fail_field(c, STR("address"), STR("REQUIRED_FIELD"), "Some required fields were not set: [address]");
	TRY(channel_account_list(c, &all, &n));
	if (n >= MAX_CHANNEL_ACCOUNTS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d channel accounts.", MAX_CHANNEL_ACCOUNTS);
	out->name = str_trim(in->address);
	TRY(take(c, in, out));
	TRY(channel_account_insert(c, out));
	return announce(c, out->inbox_id);
}

static enum err load_account(struct ctx *c, int64_t id, struct channel_account *out)
{
	TRY(channel_account_load(c, id, out));
	if (out->archived_at > 0 || out->channel_id != CHANNEL_EMAIL)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return OK;
}

enum err desk_account_update(struct ctx *c, int64_t id, const struct account_in *in, struct channel_account *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(load_account(c, id, out));
	TRY(take(c, in, out));
	TRY(channel_account_update(c, out));
	return announce(c, out->inbox_id);
}

enum err desk_account_archive(struct ctx *c, int64_t id)
{
	struct channel_account a;
	struct mailbox *mailboxes;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(load_account(c, id, &a));
	TRY(mailbox_list(c, &mailboxes, &n));
	for (size_t i = 0; i < n; i++)
		if (mailboxes[i].channel_account_id == id)
			return fail(c, ERR_CONFLICT, "A mailbox feeds this channel account. Disconnect mailbox %lld first.",
			            (long long)mailboxes[i].id);
	a.archived_at = c->now;
	a.is_active = false;
	TRY(channel_account_update(c, &a));
	return announce(c, a.inbox_id);
}
