/* Which channels are on for which topic: built in, set by administrators for all, chosen by each user for himself. */

#include "desk/notify.h"

#include "bus/event.h"
#include "desk/can.h"
#include "desk/preference.h"
#include "desk/setting.h"
#include "store/setting.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_MATRIX_BYTES = 4096 };

static const char *const topic_names[TOPIC_N] = {
	[TOPIC_ASSIGNED] = "ASSIGNED", [TOPIC_MENTION] = "MENTION",   [TOPIC_REPLY] = "REPLY",
	[TOPIC_REMINDER] = "REMINDER",
	[TOPIC_COMMENT] = "COMMENT",   [TOPIC_QUOTE] = "QUOTE",       [TOPIC_SHARED] = "SHARED",
	[TOPIC_MEETING] = "MEETING",   [TOPIC_FOLLOWED] = "FOLLOWED",
};

static const char *const channel_names[NOTIFY_CHANNEL_N] = {
	[NOTIFY_BELL] = "bell",
	[NOTIFY_POPUP] = "popup",
	[NOTIFY_BROWSER] = "browser",
	[NOTIFY_EMAIL] = "email",
};

/* Mail for what is meant for one person; the rest waits in the bell. */
static const struct notify_matrix built_in = {{
	/*                   bell  popup  browser email */
	[TOPIC_ASSIGNED] = {true, true,  true,   true},
	[TOPIC_MENTION] =  {true, true,  true,   true},
	[TOPIC_REMINDER] = {true, true,  true,   true},
	[TOPIC_REPLY] =    {true, false, true,   false},
	[TOPIC_COMMENT] =  {true, false, false,  false},
	[TOPIC_QUOTE] =    {true, true,  true,   true},
	[TOPIC_SHARED] =   {true, true,  false,  false},
	[TOPIC_MEETING] =  {true, true,  true,   true},
	[TOPIC_FOLLOWED] = {true, false, false,  false},
}};

bool notify_is_fixed(enum topic t, enum notify_channel ch)
{
	return t == TOPIC_REMINDER && ch == NOTIFY_BELL;
}

/* Whatever was said, by whom and when. */
static void keep_fixed(struct notify_matrix *m)
{
	for (int t = 0; t < TOPIC_N; t++)
		for (int ch = 0; ch < NOTIFY_CHANNEL_N; ch++)
			m->is_on[t][ch] |= notify_is_fixed((enum topic)t, (enum notify_channel)ch);
}

struct str topic_name(enum topic t)
{
	return str_c(topic_names[t]);
}

static int find(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (str_eq(str_c(names[i]), str_c(name)))
			return i;
	return -1;
}

static enum err bad(struct ctx *c, const char *name)
{
	return fail_field(c, STR("notifications"), STR("INVALID_OPTION"),
	                  "\"%.60s\" is not a topic with channels that are on (true) or off (false).", name);
}

static enum err read_topic(struct ctx *c, const char *name, json_t *channels, bool *is_on)
{
	const char *channel;
	json_t *value;
	if (!json_is_object(channels))
		return bad(c, name);
	json_object_foreach(channels, channel, value)
	{
		int ch = find(channel_names, NOTIFY_CHANNEL_N, channel);
		if (ch < 0 || !json_is_boolean(value))
			return bad(c, channel);
		is_on[ch] = json_is_true(value);
	}
	return OK;
}

static enum err read_object(struct ctx *c, json_t *object, struct notify_matrix *matrix)
{
	struct notify_matrix m = *matrix;
	const char *name;
	json_t *channels;
	json_object_foreach(object, name, channels)
	{
		int topic = find(topic_names, TOPIC_N, name);
		if (topic < 0)
			return bad(c, name);
		TRY(read_topic(c, name, channels, m.is_on[topic]));
	}
	*matrix = m;
	return OK;
}

enum err notify_matrix_read(struct ctx *c, struct str json, struct notify_matrix *matrix)
{
	json_t *object;
	TRY(json_parse(c, json, &object));
	if (!json_is_object(object))
		return bad(c, "…");
	return read_object(c, object, matrix);
}

struct str notify_matrix_json(struct ctx *c, const struct notify_matrix *matrix)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_MATRIX_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (int t = 0; t < TOPIC_N; t++) {
		json_key(&j, topic_names[t]);
		json_object_begin(&j);
		for (int ch = 0; ch < NOTIFY_CHANNEL_N; ch++)
			json_add_bool(&j, channel_names[ch], matrix->is_on[t][ch]);
		json_object_end(&j);
	}
	json_object_end(&j);
	return buf_str(&b);
}

struct str notify_fixed_json(struct ctx *c)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_MATRIX_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (int t = 0; t < TOPIC_N; t++) {
		json_key(&j, topic_names[t]);
		json_array_begin(&j);
		for (int ch = 0; ch < NOTIFY_CHANNEL_N; ch++)
			if (notify_is_fixed((enum topic)t, (enum notify_channel)ch))
				json_str(&j, str_c(channel_names[ch]));
		json_array_end(&j);
	}
	json_object_end(&j);
	return buf_str(&b);
}

enum err desk_notify_defaults(struct ctx *c, struct notify_matrix *out)
{
	struct str json;
	*out = built_in;
	TRY(setting_load(c, SETTING_NOTIFICATIONS, &json));
	if (json.n > 0)
		TRY(notify_matrix_read(c, json, out));
	keep_fixed(out);
	return OK;
}

enum err desk_notify_defaults_set(struct ctx *c, struct str json, struct notify_matrix *out)
{
	struct notify_matrix m;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(setting_lock(c, SETTING_NOTIFICATIONS));
	TRY(desk_notify_defaults(c, &m));
	TRY(notify_matrix_read(c, json, &m));
	for (int t = 0; t < TOPIC_N; t++)
		for (int ch = 0; ch < NOTIFY_CHANNEL_N; ch++)
			if (notify_is_fixed((enum topic)t, (enum notify_channel)ch) && !m.is_on[t][ch])
				return fail_field(c, STR("notifications"), STR("INVALID_OPTION"), "%s of %s cannot be switched off.", channel_names[ch],
				                  topic_names[t]);
	TRY(setting_put(c, SETTING_NOTIFICATIONS, notify_matrix_json(c, &m)));
	*out = m;
	return bus_emit(c, EV_ACCOUNT_CHANGED, &(struct event_about){0});
}

/* What a user has stored that means nothing to us, ever since or any more, counts for nothing. */
enum err desk_notify_matrix(struct ctx *c, int64_t user_id, struct notify_matrix *out)
{
	json_t *own;
	TRY(desk_notify_defaults(c, out));
	TRY(desk_preference_of(c, user_id, "notifications", &own));
	if (json_is_object(own) && read_object(c, own, out) != OK)
		fail_clear(c);
	keep_fixed(out);
	return OK;
}
