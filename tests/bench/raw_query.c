/* raw_query DATABASE SECONDS STATEMENT…: one connection runs the statements, one after another and all rows read, over and over. DATABASE
 * is an SQLite file, or the postgres:// URL of a server. Every statement is prepared once and has no parameters.
 *
 * Prints one line of JSON; a time is that of all statements together. */

#include <libpq-fe.h>
#include <string.h>

#include "bench.h"

enum { MAX_STATEMENTS = 8, MAX_SAMPLES = 4 << 20 };

static float took_ms[MAX_SAMPLES];
static int took_n;
static int row_n; /* of the last turn */

static int by_size(const void *a, const void *b)
{
	float x, y;
	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static void note(double from_s)
{
	if (took_n < MAX_SAMPLES)
		took_ms[took_n++] = (float)((now_s() - from_s) * 1e3);
}

static void read_all(sqlite3_stmt *q)
{
	while (sqlite3_step(q) == SQLITE_ROW) {
		row_n++;
		for (int i = 0; i < sqlite3_column_count(q); i++)
			(void)sqlite3_column_text(q, i);
	}
	need(sqlite3_reset(q) == SQLITE_OK, sqlite3_sql(q));
}

static void on_sqlite(const char *file, double until_s, char **statements, int n)
{
	sqlite3_stmt *q[MAX_STATEMENTS];
	sqlite3 *s = open_durable(file);
	for (int i = 0; i < n; i++)
		q[i] = prepare(s, statements[i]);
	while (now_s() < until_s) {
		double from_s = now_s();
		row_n = 0;
		for (int i = 0; i < n; i++)
			read_all(q[i]);
		note(from_s);
	}
	for (int i = 0; i < n; i++)
		sqlite3_finalize(q[i]);
	sqlite3_close(s);
}

static void check_pg(PGconn *pg, PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	need(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, PQerrorMessage(pg));
	row_n += PQntuples(result);
	PQclear(result);
}

static void on_pg(const char *url, double until_s, char **statements, int n)
{
	char name[16];
	PGconn *pg = PQconnectdb(url);
	need(PQstatus(pg) == CONNECTION_OK, PQerrorMessage(pg));
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "q%d", i);
		check_pg(pg, PQprepare(pg, name, statements[i], 0, NULL));
	}
	while (now_s() < until_s) {
		double from_s = now_s();
		row_n = 0;
		for (int i = 0; i < n; i++) {
			snprintf(name, sizeof(name), "q%d", i);
			check_pg(pg, PQexecPrepared(pg, name, 0, NULL, NULL, NULL, 0));
		}
		note(from_s);
	}
	PQfinish(pg);
}

int main(int argc, char **argv)
{
	need(argc >= 4 && argc - 3 <= MAX_STATEMENTS, "raw_query DATABASE SECONDS STATEMENT…");
	double from_s = now_s(), until_s = from_s + atof(argv[2]);
	if (strncmp(argv[1], "postgres", 8) == 0)
		on_pg(argv[1], until_s, argv + 3, argc - 3);
	else
		on_sqlite(argv[1], until_s, argv + 3, argc - 3);
	double took_s = now_s() - from_s;
	qsort(took_ms, (size_t)took_n, sizeof(took_ms[0]), by_size);
	printf("{\"perSecond\":%.1f,\"n\":%d,\"rows\":%d,\"p50Ms\":%.3f,\"p99Ms\":%.3f}\n", took_n / took_s, took_n, row_n,
	       (double)took_ms[took_n / 2], (double)took_ms[took_n * 99 / 100]);
	return 0;
}
