#include "desk/channel_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/inbox.h"
#include "text/json_read.h"
#include "text/mail_addr.h"

bool is_custom_channel(int64_t channel_id)
{
	return channel_id >= FIRST_CUSTOM_CHANNEL;
}

static enum err announce(struct ctx *c, int64_t id)
{
	return bus_emit(c, EV_CHANNEL_CHANGED, &(struct event_about){.about_id = id});
}

/* Channels ---------------------------------------------------------------------------------------------------------- */

static enum err check_url(struct ctx *c, const char *field, struct str url)
{
	bool is_web = str_starts(url, STR("https://")) || str_starts(url, STR("http://"));
	if (url.n == 0)
		return OK;
	for (size_t i = 0; i < url.n; i++)
		is_web = is_web && url.p[i] > ' ' && url.p[i] != 0x7f;
	if (!is_web || url.n > MAX_CHANNEL_URL_BYTES)
		return fail_field(c, str_c(field), STR("INVALID_URL"), "%s is an address like https://bridge.example.org/in.", field);
	return OK;
}

static bool is_identifier_type(struct str type)
{
	static const struct str known[] = {STR("HS_EMAIL_ADDRESS"), STR("HS_PHONE_NUMBER"), STR("HS_SHORT_CODE"),
	                                   STR("CHANNEL_SPECIFIC_OPAQUE_ID")};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(known[i], type))
			return true;
	return false;
}

static enum err check_capabilities(struct ctx *c, struct str text)
{
	json_t *o;
	TRY(json_parse(c, text, &o));
	const json_t *types = json_get_array(o, "deliveryIdentifierTypes");
	struct str model = json_get_str(o, "threadingModel");
	bool is_good = json_is_object(o) && text.n <= MAX_CAPABILITIES_BYTES;
	for (size_t i = 0; types != NULL && i < json_array_size(types); i++)
		is_good = is_good && is_identifier_type(json_text(json_array_get(types, i)));
	if (!is_good)
		return fail_field(c, STR("capabilities"), STR("INVALID_OPTION"),
		                  "capabilities is an object; its deliveryIdentifierTypes are of those that are known.");
	if (model.n > 0 && !str_eq(model, STR("INTEGRATION_THREAD_ID")) && !str_eq(model, STR("DELIVERY_IDENTIFIER")))
		return fail_field(c, STR("capabilities"), STR("INVALID_OPTION"),
		                  "threadingModel is INTEGRATION_THREAD_ID or DELIVERY_IDENTIFIER.");
	return OK;
}

/* An empty text takes a value away. */
static void put(struct str in, struct str *out)
{
	if (!str_is_null(in))
		*out = in.n ? in : STR_NULL;
}

static enum err take(struct ctx *c, const struct channel_in *in, struct custom_channel *ch)
{
	put(str_is_null(in->name) ? STR_NULL : str_trim(in->name), &ch->name);
	put(in->capabilities, &ch->capabilities);
	put(in->webhook_url, &ch->webhook_url);
	put(in->redirect_url, &ch->redirect_url);
	put(in->description, &ch->description);
	put(in->logo_url, &ch->logo_url);
	if (ch->name.n == 0)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "Some required fields were not set: [name]");
	if (ch->name.n > MAX_INBOX_NAME_BYTES)
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name has at most %d bytes.", MAX_INBOX_NAME_BYTES);
	if (ch->capabilities.n == 0)
		return fail_field(c, STR("capabilities"), STR("REQUIRED_FIELD"), "Some required fields were not set: [capabilities]");
	TRY(check_capabilities(c, ch->capabilities));
	TRY(check_url(c, "webhookUrl", ch->webhook_url));
	TRY(check_url(c, "channelAccountConnectionRedirectUrl", ch->redirect_url));
	return check_url(c, "channelLogoUrl", ch->logo_url);
}

enum err desk_channel_create(struct ctx *c, const struct channel_in *in, struct custom_channel *out)
{
	struct custom_channel *all;
	struct connected_app app;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(channel_lock(c));
	*out = (struct custom_channel){.app_id = in->app_id};
	TRY(take(c, in, out));
	if (in->app_id != 0 && desk_app_load(c, in->app_id, &app) != OK) {
		fail_clear(c);
		return fail_field(c, STR("appId"), STR("NOT_FOUND"), "There is no app %lld.", (long long)in->app_id);
	}
	TRY(custom_channel_list(c, &all, &n));
	if (n >= MAX_CUSTOM_CHANNELS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d custom channels.", MAX_CUSTOM_CHANNELS);
	TRY(custom_channel_insert(c, out));
	return announce(c, out->id);
}

enum err desk_channel_update(struct ctx *c, int64_t id, const struct channel_in *in, struct custom_channel *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(channel_lock(c));
	TRY(custom_channel_load(c, id, out));
	TRY(take(c, in, out));
	TRY(custom_channel_update(c, out));
	TRY(announce(c, id));
	return custom_channel_load(c, id, out);
}

enum err desk_channel_load(struct ctx *c, int64_t id, struct custom_channel *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return custom_channel_load(c, id, out);
}

enum err desk_channel_list(struct ctx *c, struct custom_channel **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return custom_channel_list(c, out, n_out);
}

enum err desk_channel_archive(struct ctx *c, int64_t id)
{
	struct custom_channel ch;
	struct channel_account *accounts;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(channel_lock(c));
	TRY(custom_channel_load(c, id, &ch));
	TRY(channel_account_list(c, &accounts, &n));
	for (size_t i = 0; i < n; i++) {
		if (accounts[i].channel_id != id)
			continue;
		accounts[i].archived_at = c->now;
		TRY(channel_account_update(c, &accounts[i]));
	}
	ch.archived_at = c->now;
	TRY(custom_channel_update(c, &ch));
	return announce(c, id);
}

/* Accounts ---------------------------------------------------------------------------------------------------------- */

enum err channel_check_identifier(struct ctx *c, struct str field, const struct identifier *id)
{
	if (!is_identifier_type(id->type))
		return fail_field(c, field, STR("INVALID_OPTION"),
		                  "The type of a deliveryIdentifier is HS_EMAIL_ADDRESS, HS_PHONE_NUMBER, HS_SHORT_CODE or"
		                  " CHANNEL_SPECIFIC_OPAQUE_ID.");
	if (id->value.n == 0 || id->value.n > MAX_IDENTIFIER_BYTES)
		return fail_field(c, field, STR("INVALID_LENGTH"), "The value of a deliveryIdentifier has 1 to %d bytes.",
		                  MAX_IDENTIFIER_BYTES);
	if (str_eq(id->type, STR("HS_EMAIL_ADDRESS")) && !mail_addr_is_sendable(id->value))
		return fail_field(c, field, STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid", STR_ARG(str_head(id->value, 254)));
	return OK;
}

static enum err take_account(struct ctx *c, const struct channel_account_in *in, struct channel_account *a)
{
	struct channel_account other;
	if (!str_is_null(in->name))
		a->name = str_trim(in->name);
	if (a->name.n == 0 || a->name.n > MAX_INBOX_NAME_BYTES)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "An account needs a name of at most %d bytes.",
		                  MAX_INBOX_NAME_BYTES);
	if (in->is_authorized >= 0)
		a->is_authorized = a->is_active = in->is_authorized;
	if (str_is_null(in->identifier.type))
		return OK;
	TRY(channel_check_identifier(c, STR("deliveryIdentifier"), &in->identifier));
	enum err e = channel_account_by_address(c, a->channel_id, in->identifier.value, &other);
	if (e == OK && other.id != a->id)
		return fail(c, ERR_CONFLICT, "Another account of this channel has this identifier. Existing ID: %lld", (long long)other.id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	a->identifier_type = in->identifier.type;
	a->address = in->identifier.value;
	return OK;
}

static enum err check_inbox(struct ctx *c, int64_t id)
{
	struct inbox inbox;
	enum err e = id ? inbox_load(c, id, &inbox) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND || (e == OK && inbox.archived_at > 0)) {
		fail_clear(c);
		return fail_field(c, STR("inboxId"), STR("NOT_FOUND"), "There is no inbox %lld.", (long long)id);
	}
	return e;
}

static enum err add_account(struct ctx *c, int64_t channel_id, int64_t inbox_id, const struct channel_account_in *in,
                            struct channel_account *out)
{
	struct channel_account *all;
	size_t n;
	TRY(check_inbox(c, inbox_id));
	TRY(channel_account_list(c, &all, &n));
	if (n >= MAX_CHANNEL_ACCOUNTS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d channel accounts.", MAX_CHANNEL_ACCOUNTS);
	*out = (struct channel_account){
		.inbox_id = inbox_id,
		.channel_id = channel_id,
		.address = STR(""),
		.pipeline_id = STR("0"),
		.stage_id = STR("1"),
		.identifier_type = STR("CHANNEL_SPECIFIC_OPAQUE_ID"),
		.is_active = true,
		.is_authorized = true,
	};
	TRY(take_account(c, in, out));
	TRY(channel_account_insert(c, out));
	return announce(c, channel_id);
}

enum err desk_channel_account_add(struct ctx *c, int64_t channel_id, const struct channel_account_in *in, struct channel_account *out)
{
	struct custom_channel ch;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(custom_channel_load(c, channel_id, &ch));
	return add_account(c, channel_id, in->inbox_id, in, out);
}

static enum err load_account(struct ctx *c, int64_t channel_id, int64_t id, struct channel_account *out)
{
	TRY(channel_account_load(c, id, out));
	if (out->channel_id != channel_id || out->archived_at > 0)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return OK;
}

enum err desk_channel_account_of(struct ctx *c, int64_t channel_id, int64_t id, struct channel_account *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return load_account(c, channel_id, id, out);
}

enum err desk_channel_account_change(struct ctx *c, int64_t channel_id, int64_t id, const struct channel_account_in *in,
                                     struct channel_account *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(load_account(c, channel_id, id, out));
	TRY(take_account(c, in, out));
	TRY(channel_account_update(c, out));
	return announce(c, channel_id);
}

enum err channel_account_ready(struct ctx *c, int64_t channel_id, int64_t id, struct channel_account *out)
{
	enum err e = load_account(c, channel_id, id, out);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, STR("channelAccountId"), STR("NOT_FOUND"), "This channel has no account %lld.", (long long)id);
	}
	TRY(e);
	if (!out->is_authorized)
		return fail_field(c, STR("channelAccountId"), STR("NOT_AUTHORIZED"), "The account is not connected any more.");
	return OK;
}

/* Connecting -------------------------------------------------------------------------------------------------------- */

enum err desk_channel_stage(struct ctx *c, int64_t channel_id, int64_t inbox_id, struct channel_staging *out)
{
	struct custom_channel ch;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(custom_channel_load(c, channel_id, &ch));
	TRY(check_inbox(c, inbox_id));
	*out = (struct channel_staging){
		.token = rand_token(c->a, 24),
		.channel_id = channel_id,
		.inbox_id = inbox_id,
		.user_id = c->who.user_id,
		.created_at = c->now,
	};
	TRY(channel_staging_insert(c, out));
	return announce(c, channel_id);
}

enum err desk_channel_connect(struct ctx *c, int64_t channel_id, struct str token, const struct channel_account_in *in,
                              struct channel_staging *out)
{
	struct channel_account account;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(inbox_lock(c));
	TRY(channel_staging_load(c, token, out));
	if (out->channel_id != channel_id || out->created_at < c->now - DAYS(STAGING_DAYS))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(add_account(c, channel_id, out->inbox_id, in, &account));
	return channel_staging_remove(c, token);
}
