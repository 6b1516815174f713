/* raw_commit FILE PRODUCERS SECONDS: the raw limit of group commit. Copies, as fast as SQLite can, the rows that the creation of the
 * newest ticket in FILE left (object, object_change, event) with all their indexes.
 *
 * As many threads as PRODUCERS each wait for their own insert to be on disk before they ask for the next; one writer takes all that
 * wait, gives each a SAVEPOINT, and commits once. With PRODUCERS 0 there is nobody to wait for: groups of 64 without savepoints
 * on one thread, what no server with answers to send can reach.
 * raw_commit FILE byN SECONDS: the same in groups of N.
 * raw_commit FILE fill N: N tickets in groups of 1000, for a database of that size.
 *
 * Prints one line of JSON. */

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "bench.h"

enum { MAX_COLUMNS = 32, MAX_PRODUCERS = 1024, MAX_SAMPLES = 4 << 20, GROUP = 64 };

struct table {
	const char *name;
	const char *newest; /* which row is the pattern */
	sqlite3_stmt *insert;
	sqlite3_value *values[MAX_COLUMNS];
	bool is_ticket_id[MAX_COLUMNS]; /* bound to the id of the new ticket */
	int n;
};

static struct table tables[] = {
	{.name = "object", .newest = "id = (SELECT max(id) FROM object WHERE object_type = 5)"},
	{.name = "object_change", .newest = "object_id = (SELECT max(id) FROM object WHERE object_type = 5) ORDER BY id LIMIT 1"},
	{.name = "event", .newest = "ticket_id = (SELECT max(id) FROM object WHERE object_type = 5) ORDER BY id LIMIT 1"},
};
enum { TABLE_N = sizeof(tables) / sizeof(tables[0]) };

static void load_pattern(sqlite3 *s, struct table *t)
{
	char text[512], names[2048] = "", marks[256] = "";
	snprintf(text, sizeof(text), "SELECT * FROM %s WHERE %s", t->name, t->newest);
	sqlite3_stmt *q = prepare(s, text);
	need(sqlite3_step(q) == SQLITE_ROW, "FILE has no ticket to copy");
	for (int i = 0; i < sqlite3_column_count(q); i++) {
		const char *name = sqlite3_column_name(q, i);
		if (strcmp(name, "id") == 0)
			continue;
		sprintf(names + strlen(names), "%s%s", t->n ? ", " : "", name);
		strcat(marks, t->n ? ", ?" : "?");
		t->is_ticket_id[t->n] = strcmp(name, "object_id") == 0 || strcmp(name, "about_id") == 0 || strcmp(name, "ticket_id") == 0;
		t->values[t->n++] = sqlite3_value_dup(sqlite3_column_value(q, i));
	}
	sqlite3_finalize(q);
	char insert[4096];
	snprintf(insert, sizeof(insert), "INSERT INTO %s (%s) VALUES (%s)", t->name, names, marks);
	t->insert = prepare(s, insert);
}

static void insert_ticket(sqlite3 *s)
{
	int64_t ticket_id = 0;
	for (int k = 0; k < TABLE_N; k++) {
		struct table *t = &tables[k];
		for (int i = 0; i < t->n; i++)
			if (t->is_ticket_id[i])
				sqlite3_bind_int64(t->insert, i + 1, ticket_id);
			else
				sqlite3_bind_value(t->insert, i + 1, t->values[i]);
		run(t->insert);
		if (k == 0)
			ticket_id = sqlite3_last_insert_rowid(s);
	}
}

/* With nobody waiting -------------------------------------------------------------------------------------------------- */

static int insert_groups(sqlite3 *s, int group, double until_s, int most)
{
	int n = 0;
	while (n < most && now_s() < until_s) {
		sqlite3_exec(s, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		for (int i = 0; i < group && n < most; i++, n++)
			insert_ticket(s);
		need(sqlite3_exec(s, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, "COMMIT");
	}
	return n;
}

/* With producers ------------------------------------------------------------------------------------------------------- */

struct producer {
	struct producer *next;
	pthread_t thread;
	pthread_cond_t is_over;
	bool is_done;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static struct producer producers[MAX_PRODUCERS];
static struct producer *waiting;
static bool is_over;
static float took_ms[MAX_SAMPLES];
static int took_n;

static void *produce(void *arg)
{
	struct producer *p = arg;
	pthread_mutex_lock(&lock);
	while (!is_over) {
		double from_s = now_s();
		p->is_done = false;
		p->next = waiting;
		waiting = p;
		pthread_cond_signal(&some);
		while (!p->is_done)
			pthread_cond_wait(&p->is_over, &lock);
		if (took_n < MAX_SAMPLES)
			took_ms[took_n++] = (float)((now_s() - from_s) * 1e3);
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	float x, y;
	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static void answer(struct producer *group)
{
	pthread_mutex_lock(&lock);
	for (struct producer *next; group != NULL; group = next) {
		next = group->next;
		group->is_done = true;
		pthread_cond_signal(&group->is_over);
	}
	pthread_mutex_unlock(&lock);
}

static void write_group(sqlite3 *s, struct producer *group)
{
	static sqlite3_stmt *begin, *commit, *savepoint, *release;
	if (begin == NULL) {
		begin = prepare(s, "BEGIN IMMEDIATE");
		commit = prepare(s, "COMMIT");
		savepoint = prepare(s, "SAVEPOINT one");
		release = prepare(s, "RELEASE one");
	}
	run(begin);
	for (; group != NULL; group = group->next) {
		run(savepoint);
		insert_ticket(s);
		run(release);
	}
	run(commit);
}

static void serve_producers(sqlite3 *s, int n, double seconds)
{
	for (int i = 0; i < n; i++) {
		pthread_cond_init(&producers[i].is_over, NULL);
		need(pthread_create(&producers[i].thread, NULL, produce, &producers[i]) == 0, "thread");
	}
	double until_s = now_s() + seconds;
	for (;;) {
		pthread_mutex_lock(&lock);
		is_over = now_s() >= until_s;
		while (waiting == NULL && !is_over)
			pthread_cond_wait(&some, &lock);
		struct producer *group = waiting;
		waiting = NULL;
		pthread_mutex_unlock(&lock);
		if (group == NULL)
			break;
		write_group(s, group);
		answer(group);
	}
	for (int i = 0; i < n; i++)
		pthread_join(producers[i].thread, NULL);
}

int main(int argc, char **argv)
{
	need(argc == 4, "raw_commit FILE PRODUCERS|byN SECONDS | raw_commit FILE fill N");
	bool is_fill = strcmp(argv[2], "fill") == 0;
	int producer_n = atoi(argv[2]), group = strncmp(argv[2], "by", 2) == 0 ? atoi(argv[2] + 2) : GROUP;
	double seconds = atof(argv[3]), from_s = now_s();
	sqlite3 *s = open_durable(argv[1]);
	need(producer_n >= 0 && producer_n <= MAX_PRODUCERS, "PRODUCERS");
	for (int k = 0; k < TABLE_N; k++)
		load_pattern(s, &tables[k]);
	int n;
	if (is_fill) {
		n = insert_groups(s, 1000, 1e12, atoi(argv[3]));
	} else if (producer_n == 0) {
		n = insert_groups(s, group, from_s + seconds, INT32_MAX);
	} else {
		serve_producers(s, producer_n, seconds);
		n = took_n;
		qsort(took_ms, (size_t)took_n, sizeof(took_ms[0]), by_size);
	}
	printf("{\"perSecond\":%.0f,\"n\":%d,\"p50Ms\":%.2f,\"p99Ms\":%.2f}\n", n / (now_s() - from_s), n,
	       took_n ? took_ms[took_n / 2] : 0, took_n ? took_ms[took_n * 99 / 100] : 0);
	for (int k = 0; k < TABLE_N; k++)
		sqlite3_finalize(tables[k].insert);
	return 0;
}
