#pragma once

#include "store/test.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "desk/conversation.h"
#include "desk/definitions.h"
#include "desk/env.h"
#include "desk/invite.h"
#include "desk/mail.h"
#include "desk/object.h"
#include "desk/people.h"
#include "desk/quote.h"
#include "desk/reply_token.h"
#include "desk/notification.h"
#include "desk/seed.h"
#include "desk/setting.h"
#include "store/blob.h"

/* A desk on a fresh database for each test of src/desk: seeded, with one inbox, support@desk.test, and one agent. */

/* What these jobs do is in channel/, which tests of desk/ do not see. */
const struct job_kind job_mail_parse = {
	.kind = "mail.parse", .lane = LANE_MAIL_IN, .tries = 8, .back_off_ms = SECONDS(1)};
const struct job_kind job_mail_send = {
	.kind = "mail.send", .lane = LANE_MAIL_OUT, .tries = 1000, .back_off_ms = MINUTES(1)};

const struct job_kind job_channel_send = {
	.kind = "channel.send", .lane = LANE_MAIL_OUT, .tries = 1000, .back_off_ms = MINUTES(1)};

const struct job_kind job_file_import = {
	.kind = "file.import", .lane = LANE_MAIL_OUT, .tries = 5, .back_off_ms = SECONDS(10)};

const struct job_kind job_invite = {
	.kind = "mail.invite", .lane = LANE_MAIL_OUT, .tries = 12, .back_off_ms = MINUTES(1)};

const struct job_kind job_notify_mail = {
	.kind = "mail.notify", .lane = LANE_MAIL_OUT, .tries = 10, .back_off_ms = MINUTES(1)};

const struct job_kind job_quote_mail = {
	.kind = "mail.quote", .lane = LANE_MAIL_OUT, .tries = 12, .back_off_ms = MINUTES(1)};
const struct job_kind job_booking_mail = {
	.kind = "mail.booking", .lane = LANE_MAIL_OUT, .tries = 12, .back_off_ms = MINUTES(1)};

struct test_desk {
	struct test_db t;
	struct env env;
	struct channel_account account;
	struct actor agent;
};
static struct test_desk desk;
static struct test_db *const t = &desk.t;

static inline enum err desk_fill(struct ctx *c, void *arg)
{
	struct user_in in = {.email = STR("agent@desk.test"),
	                     .first_name = STR("Alex"),
	                     .last_name = STR("Agent"),
	                     .role = ROLE_AGENT};
	struct user user;
	struct owner owner;
	(void)arg;
	TRY(desk_seed(c));
	TRY(definitions_open(c, &desk.env.definitions));
	TRY(desk_inbox_create(c, STR("Support"), STR("support@desk.test"), &desk.account));
	TRY(desk_user_create(c, &in, STR("no hash"), &user));
	TRY(desk_owner_load(c, user.id, true, &owner));
	desk.agent = (struct actor){.kind = ACTOR_USER, .user_id = user.id, .owner_id = owner.id, .role = ROLE_AGENT};
	return OK;
}

static inline int desk_set_up(void **state)
{
	static const char key[33] = "0123456789abcdefghijklmnopqrstuv";
	(void)state;
	crypt_start();
	test_db_open(t, false);
	desk.env = (struct env){
		.version = STR("test"),
		.data_dir = str_c(t->dir),
		.public_url = STR("https://desk.test"),
		.mail_host = STR("desk.test"),
		.sign_key = {key, 32},
		.seal_key = {key, 32},
	};
	t->c.env = &desk.env;
	assert_ok(blob_open(&t->c, desk.env.data_dir));
	assert_ok(test_write(t, desk_fill, NULL));
	return 0;
}

static inline int desk_tear_down(void **state)
{
	(void)state;
	return test_db_close(t);
}

#define DESK_TEST(fn) cmocka_unit_test_setup_teardown(fn, desk_set_up, desk_tear_down)

/* A write to an object as the test's actor. */
struct object_work {
	int64_t type;
	int64_t id; /* 0: create */
	struct object_in in;
	struct object out;
};

static inline enum err object_write(struct ctx *c, void *arg)
{
	struct object_work *w = arg;
	const struct type_def *type = schema_type_by_id(c, w->type);
	return w->id ? desk_object_update(c, type, w->id, &w->in, &w->out)
	             : desk_object_create(c, type, &w->in, &w->out);
}

#define PROPS(...) \
	((const struct prop[]){__VA_ARGS__}), sizeof((const struct prop[]){__VA_ARGS__}) / sizeof(struct prop)
#define P(name, value) {STR(name), STR(value)}

static inline enum err try_create(int64_t type, const struct prop *props, size_t n, struct object *out)
{
	struct object_work w = {.type = type, .in = {.props = props, .prop_n = n, .source_type = STR("CRM_UI")}};
	enum err e = test_write(t, object_write, &w);
	*out = w.out;
	return e;
}

static inline enum err try_update(struct object *o, const struct prop *props, size_t n)
{
	struct object_work w = {
		.type = o->object_type, .id = o->id, .in = {.props = props, .prop_n = n, .source_type = STR("CRM_UI")}};
	enum err e = test_write(t, object_write, &w);
	if (e == OK)
		*o = w.out;
	return e;
}

static inline struct object new_ticket(const char *subject)
{
	struct object o;
	const struct prop props[] = {{STR("subject"), str_c(subject)}, P("hs_pipeline_stage", "1")};
	assert_ok(try_create(TYPE_TICKET, props, 2, &o));
	return o;
}

/* The value that a property of o has. */
static inline struct str value_of(const struct object *o, const char *name)
{
	const struct property_def *def = schema_property(schema_type_by_id(&t->c, o->object_type), str_c(name));
	check(def != NULL);
	return property_value(&t->c, o, def);
}

struct object_key {
	int64_t type;
	int64_t id;
	bool is_archived;
	struct object out;
};

static inline enum err object_read(struct ctx *c, void *arg)
{
	struct object_key *k = arg;
	return desk_object_load(c, schema_type_by_id(c, k->type), k->id, k->is_archived, &k->out);
}

static inline struct object reload(const struct object *o)
{
	struct object_key k = {.type = o->object_type, .id = o->id};
	assert_ok(test_read(t, object_read, &k));
	return k.out;
}
