/* No statement of store/ reads a whole table that grows, on either engine: those of the static tables, and those that are made for
 * lists and searches, with each operator, type of filter and order. */

#include "store/test_plan.h"

#include "store/all_sql.h"
#include "store/schema.h"
#include "store/search_int.h"
#include "store/thread.h"
#include "store/view.h"

static const struct plan_excuse excuses[] = {
	{"session", "DELETE FROM session WHERE expires_at", "once an hour, and sessions are few"},
	{"throttle", "DELETE FROM sign_in_failure", "once an hour, and rows live for minutes"},
	{"association_type", "SELECT association.from_id AS number", "when a type that users define is deleted"},
	{"grant", "DELETE FROM app_", "once an hour, and an app has one for each of its users"},
	{"channel_staging", "DELETE FROM channel_staging", "once an hour, and rows live for a day"},
	{"object_type", "DELETE FROM list_member", "when a type that users define is purged"},
	{"file_task", "DELETE FROM file_task WHERE requested_at", "once an hour, and rows live for a day"},
	{"webhook_batch", "UPDATE webhook_batch SET lease_until = 0", "when the program starts"},
	{"webhook_batch", "SELECT t.app_id", "PostgreSQL: an index that has only what waits"},
	{"grant", "DELETE FROM app_access WHERE grant_id IN", "once an hour, and grants are few"},
	{"grant", "DELETE FROM app_grant", "once an hour, and grants are few"},
	{"purge", "SELECT @cols FROM object WHERE object_type = $1 AND archived_at > 0", "when a type that users define is purged; an index has only what is archived"},
	{"channel_staging", "DELETE FROM channel_staging WHERE created_at", "once an hour, and rows live for a day"},
	{"object_type", "DELETE FROM list_member WHERE list_id IN", "when a type that users define is purged"},
	{"kept_answer", "DELETE FROM kept_answer", "PostgreSQL: only a plan that is not told how few"},
	{"share_visit", "DELETE FROM share_visit", "once an hour; PostgreSQL: only a plan that is not told how few"},
	{"object", "SELECT @cols FROM object WHERE id IN (SELECT id", "PostgreSQL: only a plan that is not told how long a page is"},
	{"erase", "DELETE FROM kept_answer", "when a person is erased; answers are kept for a day"},
	{"association_report", "SELECT many.from_id", "a job, when somebody asks for a report on all links"},
	{"article_shown", "WITH RECURSIVE used", "one seek in an index for each language; what is scanned is their list"},
	{0},
};

static void no_statement_reads_a_whole_table_that_grows(void **state)
{
	plan_check_tables(*state, store_sql, store_sql_n, excuses);
}

static enum err judge_made(struct ctx *c, struct plan_faults *f, const char *what)
{
	struct db_plan *plans;
	size_t n;
	TRY(db_explain_made(c, &plans, &n));
	check(n > 0 && n < MAX_CACHED_TEXTS);
	for (size_t i = 0; i < n; i++)
		plan_judge(c, f, what, plans[i].text, plans[i].plan);
	return OK;
}

static enum err list_threads(struct ctx *c, void *arg)
{
	for (int bits = 0; bits < 64; bits++) {
		struct thread *threads;
		size_t n;
		const struct thread_find find = {
			.inbox_id = bits & 1 ? 7 : 0,
			.contact_id = bits & 2 ? 7 : 0,
			.ticket_id = bits & 4 ? 7 : 0,
			.is_closed = bits & 8 ? 1 : -1,
			.is_archived = bits & 16,
			.is_by_latest = bits & 32,
			.limit = 10,
		};
		TRY(thread_list(c, &find, &threads, &n));
	}
	return judge_made(c, arg, "thread_list");
}

/* A rare inbox or state among many threads: not by walking all ids. */
static enum err look_for_walks(struct ctx *c, void *arg)
{
	struct plan_faults *f = arg;
	struct db_plan *plans;
	size_t n;
	TRY(list_threads(c, arg));
	TRY(db_explain_made(c, &plans, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_filtered = str_find(plans[i].text, STR("_id = $")) >= 0 || str_find(plans[i].text, STR("is_closed =")) >= 0 ||
		                   str_find(plans[i].text, STR("archived_at > 0")) >= 0;
		bool is_walk = str_find(plans[i].plan, STR("(rowid>?)")) >= 0 ||
		               str_find(plans[i].plan, STR("(archived_at=? AND latest_at>?)")) >= 0;
		if (!is_filtered || !is_walk)
			continue;
		fprintf(stderr, STR_FMT "\n" STR_FMT "\n", STR_ARG(plans[i].text), STR_ARG(plans[i].plan));
		f->n++;
	}
	return OK;
}

static void no_filter_of_threads_reads_all_of_them(void **state)
{
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	assert_ok(test_write(t, look_for_walks, &f));
	assert_int_equal(f.n, 0);
}

/* Searches -------------------------------------------------------------------------------------------------------------- */

static const char *const hot_columns[] = {"pipeline_id", "stage_id", "owner_id", "priority", "activity_at", "updated_at",
                                          "created_at", "id", "unique_key", "closed_at"};
enum { HOT_N = sizeof(hot_columns) / sizeof(hot_columns[0]), ORDER_N = 4 };
static const char *const orders[ORDER_N] = {"activity_at", "updated_at", "created_at", NULL};

static struct search_filter filter_on(const char *column, enum search_op op)
{
	static const struct search_value values[] = {{.text = STR("7"), .number = 7}, {.text = STR("8"), .number = 8}};
	return (struct search_filter){
		.what = {.column = shape_field(&object_shape, str_c(column)), .as = SEARCH_AS_IS},
		.op = op,
		.values = values,
		.value_n = op == SEARCH_HAS || op == SEARCH_HAS_NOT ? 0 : op == SEARCH_EQ ? 1 : 2,
	};
}

struct asked {
	struct plan_faults *faults;
	struct search_group groups[2];
	size_t group_n;
};

static enum err search_in_each_order(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	for (int i = 0; i < 2 * ORDER_N; i++) {
		struct search s = {.object_type = 5, .groups = asked->groups, .group_n = asked->group_n, .limit = 10};
		if (orders[i / 2] != NULL)
			s.order = (struct search_what){.column = shape_field(&object_shape, str_c(orders[i / 2]))};
		s.is_descending = i % 2;
		TRY(search_try_steps(c, &s));
	}
	return judge_made(c, asked->faults, "search");
}

/* It keeps the statements of this search only. */
static void fresh_connection(struct test_db *t)
{
	db_close(t->db);
	const struct db_config config = {.data_dir = str_c(t->dir), .url = t->is_pg ? str_c(t->url) : STR_NULL, .thread_n = 1};
	assert_ok(db_open(&t->c, &config, &t->db));
}

static void search_for(struct test_db *t, struct asked *asked)
{
	fresh_connection(t);
	assert_ok(test_write(t, search_in_each_order, asked));
}

static void no_search_by_one_or_two_hot_columns_reads_all_objects(void **state)
{
	static const enum search_op ops[] = {SEARCH_EQ, SEARCH_IN};
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	for (size_t i = 0; i < HOT_N; i++) {
		for (size_t k = i; k < HOT_N; k++) {
			for (size_t o = 0; o < 2; o++) {
				struct asked asked = {.faults = &f, .group_n = 1};
				enum search_op op = ops[o];
				if (k == i && strcmp(hot_columns[i], "closed_at") == 0)
					op = SEARCH_HAS_NOT;
				asked.groups[0].filters[asked.groups[0].n++] = filter_on(hot_columns[i], op);
				if (k != i)
					asked.groups[0].filters[asked.groups[0].n++] = filter_on(hot_columns[k], op);
				search_for(t, &asked);
			}
		}
	}
	assert_int_equal(f.n, 0);
}

/* Each operator on a text in props, on one in a column, and on numbers, beside a stage. */
static void no_operator_beside_a_hot_column_reads_all_objects(void **state)
{
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	for (int op = 0; op < SEARCH_LINKED; op++) {
		struct asked asked = {.faults = &f, .group_n = 2};
		struct search_group *g = &asked.groups[0];
		g->filters[g->n++] = filter_on("stage_id", SEARCH_EQ);
		g->filters[g->n++] = filter_on("label", (enum search_op)op);
		g->filters[1].what.as = SEARCH_WITHOUT_CASE;
		g->filters[g->n++] = filter_on("label", (enum search_op)op);
		g->filters[2].what = (struct search_what){.name = STR("content"), .as = SEARCH_WITHOUT_CASE};
		g->filters[g->n++] = filter_on("label", (enum search_op)op);
		g->filters[3].what = (struct search_what){.name = STR("amount"), .as = SEARCH_AS_NUMBER};
		asked.groups[1].filters[asked.groups[1].n++] = filter_on("priority", SEARCH_EQ);
		search_for(t, &asked);
	}
	assert_int_equal(f.n, 0);
}

static void properties_of_what_is_linked_are_asked_of_each_candidate(void **state)
{
	static const struct search_value open = {.number = 0};
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	struct asked asked = {.faults = &f, .group_n = 1};
	struct search_group *g = &asked.groups[0];
	g->filters[g->n++] = filter_on("is_closed", SEARCH_EQ);
	g->filters[0].values = &open;
	g->filters[g->n++] = filter_on("label", SEARCH_EQ);
	g->filters[1].of_type = 1;
	search_for(t, &asked);
	assert_int_equal(f.n, 0);
}

static void links_are_read_from_their_other_end(void **state)
{
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	struct asked asked = {.faults = &f, .group_n = 1};
	struct search_group *g = &asked.groups[0];
	g->filters[g->n++] = filter_on("id", SEARCH_IN);
	g->filters[0] = (struct search_filter){.op = SEARCH_LINKED, .other_type = 1, .values = g->filters[0].values, .value_n = 2};
	g->filters[g->n++] = filter_on("stage_id", SEARCH_EQ);
	search_for(t, &asked);
	assert_int_equal(f.n, 0);
}

/* Views ----------------------------------------------------------------------------------------------------------------- */

static enum err list_views(struct ctx *c, const struct view_find *find, struct plan_faults *f)
{
	struct ticket_row *rows;
	size_t n;
	int64_t count;
	TRY(view_list(c, find, &rows, &n));
	TRY(view_count(c, find, 10, &count));
	return judge_made(c, f, "view");
}

/* Only kinds that begin with a table of their own ask for any state. */
static bool is_asked(enum view_of of, enum view_state state)
{
	return state != VIEW_ANY_STATE || of > VIEW_OF_TEAM;
}

struct views_asked {
	struct plan_faults *faults;
	struct view_find find;
};

static enum err list_in_each_order(struct ctx *c, void *arg)
{
	struct views_asked *asked = arg;
	static const int64_t ids[] = {7, 8};
	for (int sort = 0; sort < VIEW_SORT_N; sort++) {
		asked->find.sort = (enum view_sort)sort;
		for (int is_behind = 0; is_behind < 2; is_behind++) {
			asked->find.after = (struct view_place){.rank = 1, .at = 7, .id = is_behind ? 7 : 0};
			asked->find.id_n = 0;
			TRY(list_views(c, &asked->find, asked->faults));
			asked->find.ids = ids;
			asked->find.id_n = 2;
			TRY(list_views(c, &asked->find, asked->faults));
		}
	}
	return OK;
}

static void no_view_in_any_order_reads_all_objects(void **state)
{
	struct test_db *t = *state;
	struct plan_faults f = {.is_pg = t->is_pg};
	assert_ok(test_write(t, plan_fill, NULL));
	for (int of = 0; of < VIEW_OF_N; of++)
		for (int view_state = 0; view_state <= VIEW_ANY_STATE; view_state++)
			for (int64_t owner_id = -1; owner_id <= 1 && is_asked((enum view_of)of, (enum view_state)view_state); owner_id++) {
				struct views_asked asked = {&f, {.of = (enum view_of)of, .state = (enum view_state)view_state,
				                                 .owner_id = owner_id, .user_id = 7, .team_id = STR("7"), .limit = 10}};
				fresh_connection(t);
				assert_ok(test_write(t, list_in_each_order, &asked));
			}
	assert_int_equal(f.n, 0);
}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = {
		ON_SQLITE(no_statement_reads_a_whole_table_that_grows),
		ON_SQLITE(no_filter_of_threads_reads_all_of_them),
		ON_SQLITE(no_search_by_one_or_two_hot_columns_reads_all_objects),
		ON_SQLITE(no_operator_beside_a_hot_column_reads_all_objects),
		ON_SQLITE(links_are_read_from_their_other_end),
		ON_SQLITE(properties_of_what_is_linked_are_asked_of_each_candidate),
		ON_SQLITE(no_view_in_any_order_reads_all_objects),
	};
	const struct CMUnitTest on_pg[] = {
		ON_PG(no_statement_reads_a_whole_table_that_grows),
		ON_PG(no_filter_of_threads_reads_all_of_them),
		ON_PG(no_search_by_one_or_two_hot_columns_reads_all_objects),
		ON_PG(no_operator_beside_a_hot_column_reads_all_objects),
		ON_PG(links_are_read_from_their_other_end),
		ON_PG(properties_of_what_is_linked_are_asked_of_each_candidate),
		ON_PG(no_view_in_any_order_reads_all_objects),
	};
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
