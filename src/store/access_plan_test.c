/* Who sees some tickets only does not wait for those that he does not see: no list of his reads all tickets, on either engine. */

#include "store/test_plan.h"

#include "store/access.h"
#include "store/association.h"
#include "store/list.h"
#include "store/schema.h"
#include "store/search_int.h"
#include "store/thread.h"
#include "store/view.h"

static const struct plan_excuse excuses[] = {
	{"view", "SELECT count(*) AS n FROM (SELECT 1 FROM (SELECT * FROM (SELECT 1 FROM object WHERE",
	 "PostgreSQL: what is shared, where all tickets together are few and half of them are spam"},
	{0},
};

static const int64_t mates[] = {7, 8, 9};
static const int64_t teams[] = {1, 2};
static const struct str closed[] = {STR("1001"), STR("1002")};

struct asked {
	struct ticket_access access;
	struct plan_faults *faults;
};

static enum err judge(struct ctx *c, struct asked *asked, const char *what)
{
	struct db_plan *plans;
	size_t n;
	TRY(db_explain_made(c, &plans, &n));
	for (size_t i = 0; i < n; i++)
		plan_judge(c, asked->faults, what, plans[i].text, plans[i].plan);
	return OK;
}

static enum err views(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	struct ticket_row *rows;
	size_t n;
	int64_t count;
	for (int state = 0; state < VIEW_ANY_STATE; state++)
		for (int sort = 0; sort < VIEW_CREATED; sort++)
			for (int64_t owner_id = -1; owner_id <= 7; owner_id += 4) {
				const struct view_find find = {.state = (enum view_state)state, .sort = (enum view_sort)sort,
				                               .owner_id = owner_id, .user_id = 7, .limit = 10, .access = &asked->access};
				TRY(view_list(c, &find, &rows, &n));
				TRY(view_count(c, &find, 10, &count));
			}
	return judge(c, asked, "view");
}

static enum err searches(struct ctx *c, void *arg)
{
	static const struct search_value values[] = {{.text = STR("7"), .number = 7}};
	struct asked *asked = arg;
	struct search_group g = {.n = 1};
	g.filters[0] = (struct search_filter){
		.what = {.column = shape_field(&object_shape, STR("stage_id"))}, .op = SEARCH_EQ, .values = values, .value_n = 1};
	for (size_t n = 0; n < 2; n++) {
		const struct search s = {.object_type = 5, .groups = &g, .group_n = n, .limit = 10, .access = &asked->access};
		TRY(search_try_steps(c, &s));
	}
	return judge(c, asked, "search");
}

static enum err lists(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	const struct ticket_access *a = &asked->access;
	const struct thread_find find = {.is_closed = -1, .limit = 10, .access = a};
	const struct list_place place = {.object_id = 1};
	struct object *objects;
	struct thread *threads;
	struct association *links;
	struct list_member *members;
	struct ticket_row *rows;
	size_t n;
	TRY(object_list_seen(c, a, false, 0, 10, &objects, &n));
	TRY(object_list_seen(c, a, true, 0, 10, &objects, &n));
	TRY(thread_list(c, &find, &threads, &n));
	TRY(association_list_seen(c, a, 7, 0, 10, &links, &n));
	TRY(list_member_page_seen(c, a, 7, &place, 10, &members, &n));
	TRY(ticket_row_of_contact(c, a, 7, 8, 10, &rows, &n));
	return judge(c, asked, "list");
}

static void fresh_connection(struct test_db *t)
{
	db_close(t->db);
	const struct db_config config = {.data_dir = str_c(t->dir), .url = t->is_pg ? str_c(t->url) : STR_NULL, .thread_n = 1};
	assert_ok(db_open(&t->c, &config, &t->db));
}

static void who_sees_some_tickets_does_not_read_all(void **state)
{
	static work_fn *const asks[] = {views, searches, lists};
	static const enum reach reaches[] = {REACH_OWN, REACH_OWN_AND_NOBODYS, REACH_TEAM, REACH_TEAM_AND_NOBODYS};
	struct test_db *t = *state;
	struct plan_faults f = {.excuses = excuses, .is_pg = t->is_pg};
	assert_ok(test_write(t, plan_fill, NULL));
	for (size_t i = 0; i < sizeof(reaches) / sizeof(reaches[0]); i++)
		for (size_t k = 0; k < sizeof(asks) / sizeof(asks[0]); k++) {
			struct asked asked = {{.user_id = 7, .owner_id = 7, .view = reaches[i], .mates = mates, .mate_n = 3,
			                       .teams = teams, .team_n = 2, .closed = closed, .closed_n = i % 2 ? 2 : 0}, &f};
			fresh_connection(t);
			assert_ok(test_write(t, asks[k], &asked));
		}
	assert_int_equal(f.n, 0);
}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = {ON_SQLITE(who_sees_some_tickets_does_not_read_all)};
	const struct CMUnitTest on_pg[] = {ON_PG(who_sees_some_tickets_does_not_read_all)};
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
