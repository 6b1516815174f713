#include "desk/webhook.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/schema.h"
#include "store/app.h"
#include "store/webhook_delivery.h"

static enum err announce(struct ctx *c, int64_t app_id)
{
	return bus_emit(c, EV_WEBHOOK_CHANGED, &(struct event_about){.about_id = app_id});
}

/* Is it there, and may he? An app that asks for another one is told that he may not, whether that is there or not. */
static enum err check_app(struct ctx *c, int64_t app_id)
{
	struct connected_app app;
	TRY(desk_can_app(c, app_id));
	return connected_app_load(c, app_id, &app);
}

/* Targets ----------------------------------------------------------------------------------------------------------- */

/* What it leads to is judged when it is called (net/http_call.h). */
static bool is_url(struct str url)
{
	struct str rest = url;
	bool is_web = str_starts_nocase(url, STR("https://")) || str_starts_nocase(url, STR("http://"));
	str_cut(&rest, STR("://"));
	struct str host = str_is_null(rest) ? STR("") : str_cut(&rest, STR("/"));
	if (!is_web || host.n == 0 || str_find_byte(host, '@') >= 0 || url.n > MAX_TARGET_URL_BYTES)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7f || url.p[i] == '#')
			return false;
	return true;
}

enum err desk_webhook_target(struct ctx *c, int64_t app_id, struct webhook_target *out)
{
	TRY(check_app(c, app_id));
	return webhook_target_load(c, app_id, out);
}

enum err desk_webhook_target_set(struct ctx *c, int64_t app_id, const struct webhook_target_in *in, struct webhook_target *out)
{
	TRY(check_app(c, app_id));
	if (!is_url(in->target_url))
		return fail_field(c, STR("targetUrl"), STR("INVALID_URL"),
		                  "targetUrl is an address like https://app.example.org/webhooks of at most %d characters.",
		                  MAX_TARGET_URL_BYTES);
	if (in->max_concurrent < 1 || in->max_concurrent > MAX_CONCURRENT)
		return fail_field(c, STR("maxConcurrentRequests"), STR("INVALID_INTEGER"),
		                  "maxConcurrentRequests is a number from 1 to %d.", MAX_CONCURRENT);
	TRY(webhook_target_put(c, &(struct webhook_target){
		.app_id = app_id, .target_url = in->target_url, .max_concurrent = in->max_concurrent}));
	TRY(announce(c, app_id));
	return webhook_target_load(c, app_id, out);
}

enum err desk_webhook_target_clear(struct ctx *c, int64_t app_id)
{
	TRY(check_app(c, app_id));
	TRY(webhook_target_remove(c, app_id));
	return announce(c, app_id);
}

/* Subscriptions ----------------------------------------------------------------------------------------------------- */

static bool is_one_of(struct str word, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, words[i]))
			return true;
	return false;
}
#define IS_ONE_OF(word, words) is_one_of((word), (words), sizeof(words) / sizeof((words)[0]))

static bool is_event_type(struct str subject, struct str verb)
{
	static const struct str types[] = {STR("contact"), STR("company"),   STR("deal"),  STR("ticket"),
	                                   STR("product"), STR("line_item"), STR("object")};
	static const struct str verbs[] = {STR("creation"), STR("deletion"),       STR("merge"),
	                                   STR("restore"),  STR("propertyChange"), STR("associationChange")};
	static const struct str talks[] = {STR("creation"), STR("deletion"), STR("privacyDeletion"), STR("propertyChange"),
	                                   STR("newMessage")};
	if (str_eq(subject, STR("conversation")))
		return IS_ONE_OF(verb, talks);
	if (str_eq(subject, STR("contact")) && str_eq(verb, STR("privacyDeletion")))
		return true;
	if (str_eq(subject, STR("product")) && str_eq(verb, STR("associationChange")))
		return false;
	return IS_ONE_OF(subject, types) && IS_ONE_OF(verb, verbs);
}

static enum err not_a_type(struct ctx *c)
{
	return fail_field(c, STR("objectTypeId"), STR("INVALID_OPTION"),
	                  "object.… needs objectTypeId, the id of a type of objects, like 0-5.");
}

/* Of object.*: which type is meant. */
static enum err check_type(struct ctx *c, struct str object_type_id, const struct type_def **out)
{
	enum err e = object_type_id.n > 0 ? schema_type(c, object_type_id, out) : ERR_BAD_INPUT;
	if (e == ERR_BAD_INPUT || e == ERR_NOT_FOUND) {
		fail_clear(c);
		return not_a_type(c);
	}
	return e;
}

static enum err check_property(struct ctx *c, struct str subject, const struct type_def *type, struct str name)
{
	static const struct str of_threads[] = {STR("assignedTo"), STR("status"), STR("isArchived")};
	static const struct str never[] = {STR("hs_lastmodifieddate"), STR("lastmodifieddate"),
	                                   STR("num_unique_conversion_events")};
	if (name.n == 0)
		return fail_field(c, STR("propertyName"), STR("REQUIRED_FIELD"), "propertyChange needs propertyName.");
	if (str_eq(subject, STR("conversation"))) {
		if (!IS_ONE_OF(name, of_threads))
			return fail_field(c, STR("propertyName"), STR("INVALID_OPTION"),
			                  "propertyName is one of: assignedTo, status, isArchived.");
		return OK;
	}
	if (IS_ONE_OF(name, never))
		return fail_field(c, STR("propertyName"), STR("INVALID_OPTION"),
		                  "Property \"" STR_FMT "\" cannot be subscribed to.", STR_ARG(name));
	if (type != NULL && schema_property(type, name) == NULL)
		return fail_field(c, STR("propertyName"), STR("PROPERTY_DOESNT_EXIST"),
		                  "Property \"" STR_FMT "\" does not exist", STR_ARG(str_head(name, 200)));
	return OK;
}

static enum err take(struct ctx *c, const struct webhook_subscription_in *in, struct webhook_subscription *s)
{
	struct str verb = in->event_type;
	const struct type_def *type = NULL;
	struct str subject = str_cut(&verb, STR("."));
	bool is_any = str_eq(subject, STR("object")), is_property = str_eq(verb, STR("propertyChange"));
	if (str_is_null(verb) || !is_event_type(subject, verb))
		return fail_field(c, STR("eventType"), STR("INVALID_OPTION"), "\"" STR_FMT "\" is not an event type.",
		                  STR_ARG(str_head(in->event_type, 100)));
	if (is_any)
		TRY(check_type(c, in->object_type_id, &type));
	else if (!str_eq(subject, STR("conversation")))
		TRY(schema_type(c, subject, &type));
	if (is_property)
		TRY(check_property(c, subject, type, in->property_name));
	s->event_type = in->event_type;
	s->object_type_id = is_any ? type->row.type_id : STR_NULL;
	s->property_name = is_property ? in->property_name : STR_NULL;
	s->is_active = in->is_active;
	return OK;
}

static enum err check_new(struct ctx *c, const struct webhook_subscription *s)
{
	struct webhook_subscription *others;
	size_t n;
	TRY(webhook_subscription_list(c, s->app_id, MAX_SUBSCRIPTIONS, &others, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(others[i].event_type, s->event_type) && str_eq(others[i].property_name, s->property_name) &&
		    str_eq(others[i].object_type_id, s->object_type_id))
			return fail(c, ERR_CONFLICT, "There is a subscription for this already. Existing ID: %lld",
			            (long long)others[i].id);
	if (n >= MAX_SUBSCRIPTIONS)
		return fail(c, ERR_BAD_INPUT, "An app has at most %d subscriptions.", MAX_SUBSCRIPTIONS);
	return OK;
}

enum err desk_webhook_subscribe(struct ctx *c, int64_t app_id, const struct webhook_subscription_in *in,
                                struct webhook_subscription *out)
{
	struct webhook_subscription s = {.app_id = app_id};
	TRY(check_app(c, app_id));
	TRY(take(c, in, &s));
	TRY(check_new(c, &s));
	TRY(bus_newest(c, &s.after_event_id));
	TRY(webhook_subscription_insert(c, &s));
	*out = s;
	return announce(c, app_id);
}

enum err desk_webhook_subscriptions(struct ctx *c, int64_t app_id, struct webhook_subscription **out, size_t *n_out)
{
	TRY(check_app(c, app_id));
	return webhook_subscription_list(c, app_id, MAX_SUBSCRIPTIONS, out, n_out);
}

enum err desk_webhook_subscription(struct ctx *c, int64_t app_id, int64_t id, struct webhook_subscription *out)
{
	TRY(check_app(c, app_id));
	return webhook_subscription_load(c, app_id, id, out);
}

enum err desk_webhook_switch(struct ctx *c, int64_t app_id, int64_t id, bool is_active, struct webhook_subscription *out)
{
	struct webhook_subscription s;
	TRY(desk_webhook_subscription(c, app_id, id, &s));
	if (is_active && !s.is_active)
		TRY(bus_newest(c, &s.after_event_id));
	s.is_active = is_active;
	TRY(webhook_subscription_update(c, &s));
	*out = s;
	return announce(c, app_id);
}

enum err desk_webhook_unsubscribe(struct ctx *c, int64_t app_id, int64_t id)
{
	TRY(check_app(c, app_id));
	TRY(webhook_subscription_remove(c, app_id, id));
	TRY(webhook_delivery_give_up(c, app_id, id, STR("The subscription was removed.")));
	return announce(c, app_id);
}

enum err desk_webhook_end(struct ctx *c, int64_t app_id)
{
	TRY(webhook_subscription_remove_all(c, app_id));
	TRY(webhook_target_remove(c, app_id));
	return webhook_delivery_give_up_all(c, app_id, STR("The app was removed."));
}
