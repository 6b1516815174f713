/* The statements of bus/ and job/ do not read whole tables, as those of store/ (store/plan_test.c). */

#include "store/test_plan.h"

#include "bus/event.h"
#include "job/job.h"

static const struct sql_table *const tables[] = {&event_sql, &job_sql};
static const struct plan_excuse excuses[] = {
	{"event", "DELETE FROM event WHERE at", "PostgreSQL: only a plan that is not told how few"},
	{"job", "UPDATE job SET lease_until = 0", "when the program starts"},
	{0},
};

static void no_event_or_job_is_found_by_reading_all(void **state)
{
	plan_check_tables(*state, tables, sizeof(tables) / sizeof(tables[0]), excuses);
}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = {ON_SQLITE(no_event_or_job_is_found_by_reading_all)};
	const struct CMUnitTest on_pg[] = {ON_PG(no_event_or_job_is_found_by_reading_all)};
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
