#include "desk/desk_test_int.h"

#include "bus/event.h"

/* Values ------------------------------------------------------------------------------------------------------------ */

static void each_type_of_property_takes_its_values_only(void **state)
{
	static const struct {
		int64_t type;
		struct prop in;
		const char *code; /* NULL: taken */
		const char *kept;
	} cases[] = {
		{TYPE_TICKET, P("hs_ticket_priority", "HIGH"), NULL, "HIGH"},
		{TYPE_TICKET, P("hs_ticket_priority", "high"), "INVALID_OPTION", NULL},
		{TYPE_TICKET, P("hs_ticket_category", "BILLING_ISSUE;PRODUCT_ISSUE"), NULL,
	         "BILLING_ISSUE;PRODUCT_ISSUE"},
		{TYPE_TICKET, P("hs_ticket_category", "BILLING_ISSUE;NONE"), "INVALID_OPTION", NULL},
		{TYPE_TICKET, P("source_ref", "  kept as it is "), NULL, "  kept as it is "},
		{TYPE_TICKET, P("source_ref", "a\0b"), "INVALID_STRING", NULL},
		{TYPE_TICKET, P("source_ref", "\xff"), "INVALID_STRING", NULL},
		{TYPE_TICKET, P("created_by", "-1.5e3"), NULL, "-1.5e3"},
		{TYPE_TICKET, P("created_by", "many"), "INVALID_LONG", NULL},
		{TYPE_TICKET, P("createdate", "2020-02-29T12:00:00+02:00"), NULL, "2020-02-29T10:00:00.000Z"},
		{TYPE_TICKET, P("createdate", "1582970400000"), NULL, "2020-02-29T10:00:00.000Z"},
		{TYPE_TICKET, P("createdate", "yesterday"), "INVALID_DATE", NULL},
		{TYPE_TICKET, P("no_such_property", "x"), "PROPERTY_DOESNT_EXIST", NULL},
		{TYPE_TICKET, P("hs_lastmodifieddate", "2020-01-01"), "READ_ONLY_VALUE", NULL},
		{TYPE_TICKET, P("hubspot_owner_id", "4711"), "INVALID_OWNER_ID", NULL},
		{TYPE_TICKET, P("hs_pipeline", "9"), "INVALID_OPTION", NULL},
		{TYPE_TICKET, P("hs_pipeline_stage", "9"), "INVALID_OPTION", NULL},
		{TYPE_CONTACT, P("email", " Ada@Example.TEST "), NULL, "ada@example.test"},
		{TYPE_CONTACT, P("email", "ada"), "INVALID_EMAIL", NULL},
		{TYPE_CONTACT, P("email", "a@x.test\r\nBcc: b@x.test"), "INVALID_EMAIL", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct object o;
		struct prop props[] = {P("subject", "s"), P("hs_pipeline_stage", "1"), cases[i].in};
		bool is_ticket = cases[i].type == TYPE_TICKET;
		enum err e = try_create(cases[i].type, is_ticket ? props : props + 2, is_ticket ? 3 : 1, &o);
		if (cases[i].code == NULL) {
			assert_ok(e);
			assert_text(value_of(&o, cases[i].in.name.p), cases[i].kept);
			continue;
		}
		assert_int_equal(e, ERR_BAD_INPUT);
		assert_non_null(t->c.why.fields);
		assert_text(t->c.why.fields->code, cases[i].code);
		assert_true(str_eq(t->c.why.fields->field, cases[i].in.name));
	}
}

static void a_value_over_the_maximum_is_refused_and_one_of_it_is_kept(void **state)
{
	struct object o = new_ticket("s");
	char *text = arena_alloc(t->c.a, MAX_PROPERTY_CHARS + 1);
	(void)state;
	memset(text, 'x', MAX_PROPERTY_CHARS + 1);
	assert_int_equal(try_update(&o, PROPS({STR("content"), {text, MAX_PROPERTY_CHARS + 1}})), ERR_BAD_INPUT);
	assert_text(t->c.why.fields->code, "INVALID_LENGTH");
	assert_ok(try_update(&o, PROPS({STR("content"), {text, MAX_PROPERTY_CHARS}})));
	assert_int_equal(value_of(&o, "content").n, MAX_PROPERTY_CHARS);
}

static void all_faults_of_a_write_are_told_at_once_in_order(void **state)
{
	struct object o;
	(void)state;
	assert_int_equal(try_create(TYPE_TICKET,
	                            PROPS(P("nonsense", "1"), P("subject", "fine"), P("hs_ticket_priority", "x"),
	                                  P("createdate", "y")),
	                            &o),
	                 ERR_BAD_INPUT);
	const struct field_fault *f = t->c.why.fields;
	assert_true(t->c.why.are_properties);
	assert_text(f->field, "nonsense");
	assert_text(f->next->field, "hs_ticket_priority");
	assert_text(f->next->next->field, "createdate");
	assert_null(f->next->next->next);
}

static void what_a_type_requires_has_to_be_there(void **state)
{
	struct object o;
	(void)state;
	assert_int_equal(try_create(TYPE_TICKET, PROPS(P("subject", "s")), &o), ERR_BAD_INPUT);
	assert_text(t->c.why.detail, "Error creating TICKET. Some required properties were not set.");
	assert_text(t->c.why.context->value, "hs_pipeline_stage");
	assert_int_equal(try_create(TYPE_TICKET, PROPS(P("subject", "  "), P("hs_pipeline_stage", "1")), &o),
	                 ERR_BAD_INPUT);
	assert_int_equal(try_create(TYPE_CONTACT, PROPS(P("phone", "1")), &o), ERR_BAD_INPUT);
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("lastname", "Lovelace")), &o));
}

static void more_properties_than_allowed_are_refused(void **state)
{
	enum { TOO_MANY = 1001 };
	struct object o;
	struct prop *props = NEW_ARRAY(t->c.a, TOO_MANY, struct prop);
	(void)state;
	for (int i = 0; i < TOO_MANY; i++)
		props[i] = (struct prop)P("subject", "s");
	assert_int_equal(try_create(TYPE_TICKET, props, TOO_MANY, &o), ERR_TOO_BIG);
}

static void a_write_leaves_other_properties_as_they_are_and_an_empty_value_clears(void **state)
{
	struct object o = new_ticket("s");
	(void)state;
	assert_ok(try_update(&o, PROPS(P("content", "text"), P("source_ref", "ref"))));
	assert_ok(try_update(&o, PROPS(P("source_ref", ""))));
	o = reload(&o);
	assert_text(value_of(&o, "content"), "text");
	assert_true(str_is_null(value_of(&o, "source_ref")));
	assert_text(value_of(&o, "subject"), "s");
	assert_ok(try_update(&o, PROPS(P("content", "first"), P("content", "second"))));
	assert_text(value_of(&o, "content"), "second");
}

/* History ----------------------------------------------------------------------------------------------------------- */

struct history {
	int64_t id;
	struct str property;
	struct history_entry *entries;
	size_t n;
};

static enum err read_history(struct ctx *c, void *arg)
{
	struct history *h = arg;
	return desk_object_history(c, h->id, h->property, &h->entries, &h->n);
}

static void every_value_a_property_had_is_in_its_history_newest_first(void **state)
{
	struct object o = new_ticket("first");
	(void)state;
	t->c.now += 1000;
	t->c.who = desk.agent;
	assert_ok(try_update(&o, PROPS(P("subject", "second"))));
	assert_ok(try_update(&o, PROPS(P("content", "elsewhere"))));
	assert_ok(try_update(&o, PROPS(P("content", ""))));
	struct history subject = {.id = o.id, .property = STR("subject")},
		       content = {.id = o.id, .property = STR("content")};
	assert_ok(test_read(t, read_history, &subject));
	assert_int_equal(subject.n, 2);
	assert_text(subject.entries[0].value, "second");
	assert_text(subject.entries[0].source_type, "CRM_UI");
	assert_int_equal(subject.entries[0].user_id, desk.agent.user_id);
	assert_int_equal(subject.entries[0].at, TEST_NOW + 1000);
	assert_text(subject.entries[1].value, "first");
	assert_int_equal(subject.entries[1].user_id, 0);
	assert_ok(test_read(t, read_history, &content));
	assert_int_equal(content.n, 2);
	assert_text(content.entries[0].value, "");
}

/* Stages ------------------------------------------------------------------------------------------------------------ */

static void closing_a_ticket_sets_its_dates_and_reopening_clears_them(void **state)
{
	struct object o = new_ticket("s");
	(void)state;
	t->c.now += HOURS(2);
	assert_ok(try_update(&o, PROPS(P("hs_pipeline_stage", "4"))));
	assert_true(o.is_closed);
	assert_text(value_of(&o, "closed_date"), "2026-11-21T11:30:00.000Z");
	assert_text(value_of(&o, "time_to_close"), "7200000");
	t->c.now += HOURS(1);
	assert_ok(try_update(&o, PROPS(P("hs_pipeline_stage", "2"))));
	assert_false(o.is_closed);
	assert_true(str_is_null(value_of(&o, "closed_date")));
	assert_true(str_is_null(value_of(&o, "time_to_close")));
	assert_text(value_of(&o, "hs_last_closed_date"), "2026-11-21T11:30:00.000Z");
	assert_text(value_of(&o, "hs_ticket_reopened_at"), "2026-11-21T12:30:00.000Z");
	t->c.now += HOURS(1);
	assert_ok(try_update(&o, PROPS(P("hs_pipeline_stage", "4"))));
	assert_text(value_of(&o, "closed_date"), "2026-11-21T13:30:00.000Z");
}

static void a_refused_stage_names_those_that_are_there(void **state)
{
	struct object o = new_ticket("s");
	(void)state;
	assert_int_equal(try_update(&o, PROPS(P("hs_pipeline_stage", "7"))), ERR_BAD_INPUT);
	assert_text(t->c.why.fields->message, "7 was not one of the allowed options: [1, 2, 3, 4]");
	assert_text(value_of(&(struct object[]){reload(&o)}[0], "hs_pipeline_stage"), "1");
}

static void an_owner_is_noted_with_the_time_of_his_assignment(void **state)
{
	struct object o = new_ticket("s");
	struct str owner = str_fmt(t->c.a, "%lld", (long long)desk.agent.owner_id);
	(void)state;
	assert_ok(try_update(&o, PROPS({STR("hubspot_owner_id"), owner})));
	assert_int_equal(o.owner_id, desk.agent.owner_id);
	assert_text(value_of(&o, "hubspot_owner_assigneddate"), "2026-11-21T09:30:00.000Z");
	assert_ok(try_update(&o, PROPS(P("hubspot_owner_id", ""))));
	assert_int_equal(o.owner_id, 0);
	assert_true(str_is_null(value_of(&o, "hubspot_owner_assigneddate")));
}

/* Contacts ---------------------------------------------------------------------------------------------------------- */

static void a_contact_is_called_by_name_or_else_by_address(void **state)
{
	struct object o;
	(void)state;
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "ada@x.test")), &o));
	assert_text(o.label, "ada@x.test");
	assert_ok(try_update(&o, PROPS(P("lastname", "Lovelace"))));
	assert_text(o.label, "Lovelace");
	assert_ok(try_update(&o, PROPS(P("firstname", "Ada"))));
	assert_text(o.label, "Ada Lovelace");
	assert_ok(try_update(&o, PROPS(P("firstname", ""), P("lastname", ""))));
	assert_text(o.label, "ada@x.test");
}

static void two_contacts_never_have_one_address_in_whatever_case(void **state)
{
	struct object first, second;
	(void)state;
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "ada@x.test")), &first));
	assert_int_equal(try_create(TYPE_CONTACT, PROPS(P("email", "ADA@X.test")), &second), ERR_CONFLICT);
	assert_true(str_eq(t->c.why.detail,
	                   str_fmt(t->c.a, "Contact already exists. Existing ID: %lld", (long long)first.id)));
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "bob@x.test")), &second));
	assert_int_equal(try_update(&second, PROPS(P("email", "ada@x.test"))), ERR_CONFLICT);
	assert_ok(try_update(&second, PROPS(P("email", "Bob@x.test"))));
}

/* Versions, recycle bin, rights ------------------------------------------------------------------------------------- */

static void a_write_to_a_version_that_was_passed_is_stale(void **state)
{
	struct object o = new_ticket("s");
	const struct prop props[] = {P("subject", "t")};
	struct object_work w = {
		.type = TYPE_TICKET, .id = o.id, .in = {.props = props, .prop_n = 1, .if_version = o.version}};
	(void)state;
	assert_ok(test_write(t, object_write, &w));
	assert_int_equal(w.out.version, o.version + 1);
	assert_int_equal(test_write(t, object_write, &w), ERR_STALE);
	w.in.if_version = 0;
	assert_ok(test_write(t, object_write, &w));
}

static enum err archive(struct ctx *c, void *arg)
{
	return desk_object_archive(c, schema_type_by_id(c, TYPE_CONTACT), *(int64_t *)arg);
}

static void what_is_archived_is_in_the_recycle_bin_only(void **state)
{
	struct object o, again;
	(void)state;
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "ada@x.test")), &o));
	int64_t id = o.id;
	assert_ok(test_write(t, archive, &id));
	assert_ok(test_write(t, archive, &id));
	struct object_key k = {.type = TYPE_CONTACT, .id = id};
	assert_int_equal(test_read(t, object_read, &k), ERR_NOT_FOUND);
	k.is_archived = true;
	assert_ok(test_read(t, object_read, &k));
	assert_int_equal(try_update(&o, PROPS(P("firstname", "Ada"))), ERR_NOT_FOUND);
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "ada@x.test")), &again));
	id = 999999;
	assert_ok(test_write(t, archive, &id));
}

static void an_object_is_found_by_its_own_type_only(void **state)
{
	struct object o = new_ticket("s");
	struct object_key k = {.type = TYPE_CONTACT, .id = o.id};
	(void)state;
	assert_int_equal(test_read(t, object_read, &k), ERR_NOT_FOUND);
}

static void who_is_not_signed_in_writes_nothing(void **state)
{
	struct object o;
	(void)state;
	t->c.who = (struct actor){.kind = ACTOR_NOBODY};
	assert_int_equal(try_create(TYPE_CONTACT, PROPS(P("email", "a@x.test")), &o), ERR_NOT_SIGNED_IN);
	t->c.who = (struct actor){.kind = ACTOR_USER, .user_id = 1, .role = ROLE_NONE};
	assert_int_equal(try_create(TYPE_CONTACT, PROPS(P("email", "a@x.test")), &o), ERR_NOT_ALLOWED);
	t->c.who = desk.agent;
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "a@x.test")), &o));
}

struct listing {
	struct event *events;
	size_t n;
};

static enum err list_events(struct ctx *c, void *arg)
{
	struct listing *l = arg;
	return bus_list(c, 0, 100, &l->events, &l->n);
}

static void every_write_leaves_its_event_and_a_refused_one_none(void **state)
{
	struct listing l;
	struct object o = new_ticket("s"), contact;
	int64_t id;
	(void)state;
	assert_ok(try_update(&o, PROPS(P("subject", "t"))));
	assert_int_equal(try_update(&o, PROPS(P("hs_pipeline_stage", "9"))), ERR_BAD_INPUT);
	assert_ok(try_create(TYPE_CONTACT, PROPS(P("email", "a@x.test")), &contact));
	id = contact.id;
	assert_ok(test_write(t, archive, &id));
	assert_ok(test_read(t, list_events, &l));
	static const char *const kinds[] = {"ticket.created", "ticket.changed", "contact.created", "contact.deleted"};
	assert_int_equal(l.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_text(l.events[i].kind, kinds[i]);
	assert_int_equal(l.events[1].ticket_id, o.id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(each_type_of_property_takes_its_values_only),
		DESK_TEST(a_value_over_the_maximum_is_refused_and_one_of_it_is_kept),
		DESK_TEST(all_faults_of_a_write_are_told_at_once_in_order),
		DESK_TEST(what_a_type_requires_has_to_be_there),
		DESK_TEST(more_properties_than_allowed_are_refused),
		DESK_TEST(a_write_leaves_other_properties_as_they_are_and_an_empty_value_clears),
		DESK_TEST(every_value_a_property_had_is_in_its_history_newest_first),
		DESK_TEST(closing_a_ticket_sets_its_dates_and_reopening_clears_them),
		DESK_TEST(a_refused_stage_names_those_that_are_there),
		DESK_TEST(an_owner_is_noted_with_the_time_of_his_assignment),
		DESK_TEST(a_contact_is_called_by_name_or_else_by_address),
		DESK_TEST(two_contacts_never_have_one_address_in_whatever_case),
		DESK_TEST(a_write_to_a_version_that_was_passed_is_stale),
		DESK_TEST(what_is_archived_is_in_the_recycle_bin_only),
		DESK_TEST(an_object_is_found_by_its_own_type_only),
		DESK_TEST(who_is_not_signed_in_writes_nothing),
		DESK_TEST(every_write_leaves_its_event_and_a_refused_one_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
