/* Which rows have the words, newest first, the same on both engines: also where PostgreSQL does not ask its index, and where SQLite
 * does not look a beginning up. */

#include "store/test.h"

#include "base/buf.h"
#include "db/sqlb.h"
#include "store/word_index.h"

enum { ROWS = 8000, MANY = 10 };

struct asked {
	const char *words; /* blanks: all; |: one of them; *: what begins so */
	int64_t below;
	int64_t limit;
	int64_t *ids;
	size_t n;
};

/* Every row has "common", every 10th "tenth", every 3000th "rare", each one of 400 words that begin with many, and its number. */
static enum err fill(struct ctx *c, void *arg)
{
	const int *n = arg;
	for (int i = 1; i <= *n; i++)
		TRY(word_put(c, WORDS_OF_MESSAGES, i,
		             str_fmt(c->a, "common%s many%03d n%d%s \xe8\xab\x8b\xe6\xb1\x82 10_50", i % 3000 == 0 ? " rare" : "", i % 400, i,
		                     i % MANY == 0 ? " tenth tenths" : "")));
	return word_put(c, WORDS_OF_OBJECTS, 1, STR("common object"));
}

static enum err ask(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	struct word_query q = {.n = 0};
	for (struct str rest = str_c(asked->words); !str_is_null(rest);) {
		struct str group = str_cut(&rest, STR(" "));
		struct word *words = NEW_ARRAY(c->a, 8, struct word);
		struct word_group *g = &q.groups[q.n++];
		for (g->words = words; !str_is_null(group); g->n++) {
			struct str word = str_cut(&group, STR("|"));
			words[g->n].is_prefix = str_ends(word, STR("*"));
			words[g->n].text = str_head(word, word.n - words[g->n].is_prefix);
		}
	}
	return word_find(c, WORDS_OF_MESSAGES, &q, asked->below, asked->limit, &asked->ids, &asked->n);
}

static const struct {
	const char *words;
	int64_t below;
	int64_t limit;
	size_t n;
	int64_t first, last;
} rows[] = {
	{"common", INT64_MAX, 50, 50, ROWS, ROWS - 49},
	{"common", 5000, 50, 50, 4999, 4950},
	{"common", 1, 50, 0, 0, 0},
	{"common", INT64_MAX, ROWS * 2, ROWS, ROWS, 1},
	{"rare", INT64_MAX, 50, 2, 6000, 3000},
	{"rare common", INT64_MAX, 1, 1, 6000, 6000},
	{"rare", 6000, 50, 1, 3000, 3000},
	{"tenth", INT64_MAX, 50, 50, ROWS, ROWS - 490},
	{"tenth", INT64_MAX, 500, 500, ROWS, ROWS - 4990},
	{"tenth rare", INT64_MAX, 50, 2, 6000, 3000},
	{"rar* ten*", INT64_MAX, 50, 2, 6000, 3000},
	{"n7|n9 common", INT64_MAX, 50, 2, 9, 7},
	{"many0*", INT64_MAX, 150, 150, ROWS, 7251},
	{"many* n3", INT64_MAX, 30, 1, 3, 3},
	{"n12*", INT64_MAX, 500, 111, 1299, 12},
	{"\xe8\xab\x8b*", INT64_MAX, 2, 2, ROWS, ROWS - 1},
	{"10_50", INT64_MAX, 1, 1, ROWS, ROWS},
	{"nowhere", INT64_MAX, 50, 0, 0, 0},
	{"nowhere*", INT64_MAX, 50, 0, 0, 0},
	{"object", INT64_MAX, 50, 0, 0, 0},
};

static void the_newest_that_have_the_words_are_found(void **state)
{
	struct test_db *t = *state;
	int row_n = ROWS;
	assert_ok(test_write(t, fill, &row_n));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct asked asked = {.words = rows[i].words, .below = rows[i].below, .limit = rows[i].limit};
		assert_ok(test_read(t, ask, &asked));
		bool is_right = asked.n == rows[i].n && (asked.n == 0 || asked.ids[0] == rows[i].first);
		for (size_t k = 1; k < asked.n; k++)
			is_right = is_right && asked.ids[k] < asked.ids[k - 1];
		is_right = is_right && (asked.n == 0 || asked.ids[asked.n - 1] == rows[i].last);
		if (!is_right)
			test_fail(__FILE__, __LINE__, "\"%s\": %zu, %lld .. %lld", rows[i].words, asked.n,
			          asked.n ? (long long)asked.ids[0] : 0, asked.n ? (long long)asked.ids[asked.n - 1] : 0);
	}
}

/* Sixty-four beginnings that each stand for hundreds of words. */
static enum err ask_much(struct ctx *c, void *arg)
{
	struct word_query q = {.n = 0};
	int64_t *ids;
	size_t *n = arg;
	for (int i = 0; i < MAX_WORD_GROUPS; i++) {
		struct word *words = NEW_ARRAY(c->a, 2, struct word);
		words[0] = (struct word){i % 2 ? STR("man") : STR("n"), true};
		words[1] = (struct word){str_fmt(c->a, "n%d", i), true};
		q.groups[q.n++] = (struct word_group){words, 2};
	}
	return word_find(c, WORDS_OF_MESSAGES, &q, INT64_MAX, 20, &ids, n);
}

static void a_query_of_many_beginnings_is_answered(void **state)
{
	struct test_db *t = *state;
	size_t n;
	int row_n = MANY * 80;
	assert_ok(test_write(t, fill, &row_n));
	assert_ok(test_read(t, ask_much, &n));
	assert_int_equal(n, 20);
}

static enum err change(struct ctx *c, void *arg)
{
	(void)arg;
	TRY(word_put(c, WORDS_OF_MESSAGES, 7, STR("old")));
	TRY(word_put(c, WORDS_OF_MESSAGES, 7, STR("new")));
	TRY(word_put(c, WORDS_OF_MESSAGES, 7, STR("new")));
	TRY(word_put(c, WORDS_OF_MESSAGES, 8, STR("new")));
	TRY(word_remove(c, WORDS_OF_MESSAGES, 8));
	return word_remove(c, WORDS_OF_MESSAGES, 9);
}

static void words_that_were_replaced_or_removed_find_nothing(void **state)
{
	struct test_db *t = *state;
	struct asked old = {.words = "old", .below = INT64_MAX, .limit = 10}, new = {.words = "new", .below = INT64_MAX, .limit = 10};
	assert_ok(test_write(t, change, NULL));
	assert_ok(test_read(t, ask, &old));
	assert_ok(test_read(t, ask, &new));
	assert_int_equal(old.n, 0);
	assert_int_equal(new.n, 1);
	assert_int_equal(new.ids[0], 7);
}

enum { LONG_ROWS = 900, LONG_ROW_WORDS = 300 };

/* More than one step merges, and rows whose words go again. */
static enum err fill_and_replace(struct ctx *c, void *arg)
{
	(void)arg;
	for (int i = 1; i <= LONG_ROWS; i++) {
		struct buf b;
		buf_init(&b, c->a, MAX_INDEXED_BYTES);
		buf_lit(&b, "common");
		for (int k = 0; k < LONG_ROW_WORDS; k++)
			buf_fmt(&b, " row%dword%d", i, k);
		TRY(word_put(c, WORDS_OF_MESSAGES, i, buf_str(&b)));
	}
	TRY(word_put(c, WORDS_OF_MESSAGES, LONG_ROWS + 1, STR("removedword")));
	TRY(word_put(c, WORDS_OF_OBJECTS, 1, STR("replacedword")));
	return word_put(c, WORDS_OF_OBJECTS, 2, STR("otherword"));
}

static enum err remove_words(struct ctx *c, void *arg)
{
	(void)arg;
	TRY(word_put(c, WORDS_OF_OBJECTS, 1, STR("newword")));
	return word_remove(c, WORDS_OF_MESSAGES, LONG_ROWS + 1);
}

struct merging {
	enum word_merge step;
	bool is_done[WORD_KIND_N];
};

static enum err merge_step(struct ctx *c, void *arg)
{
	struct merging *m = arg;
	for (int kind = 0; kind < WORD_KIND_N; kind++)
		TRY(word_merge(c, (enum word_kind)kind, m->step, &m->is_done[kind]));
	return OK;
}

struct found_words {
	int64_t n;
};
static const struct field found_words_fields[] = {FIELD(struct found_words, n, F_INT)};
static const struct shape found_words_shape = SHAPE("FoundWords", struct found_words, found_words_fields);

/* Blocks of the index that have one of the words, whether it finds something or not. */
static enum err look_into_index(struct ctx *c, void *arg)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT (SELECT count(*) FROM message_index_data WHERE instr(block, CAST('removedword' AS BLOB)) > 0)"
	         " + (SELECT count(*) FROM object_index_data WHERE instr(block, CAST('replacedword' AS BLOB)) > 0) AS n", NO_ARGS);
	return sqlb_one(c, &b, &found_words_shape, arg);
}

static void words_that_were_removed_leave_the_index_in_steps(void **state)
{
	enum { MANY_STEPS = 1000 };
	struct test_db *t = *state;
	struct merging m = {.step = WORD_MERGE_BEGIN};
	struct found_words left = {0};
	struct asked common = {.words = "common", .below = INT64_MAX, .limit = 2 * LONG_ROWS};
	bool is_sqlite = db_engine_of(t->db) == DB_SQLITE;
	int step_n = 1;
	assert_ok(test_write(t, fill_and_replace, NULL));
	assert_ok(test_write(t, remove_words, NULL));
	if (is_sqlite) {
		assert_ok(test_read(t, look_into_index, &left));
		assert_true(left.n > 0);
	}
	assert_ok(test_write(t, merge_step, &m));
	m.step = WORD_MERGE_ON;
	for (m.is_done[0] = false; !(m.is_done[0] && m.is_done[1]) && step_n < MANY_STEPS; step_n++)
		assert_ok(test_write(t, merge_step, &m));
	assert_true(m.is_done[0] && m.is_done[1]);
	if (is_sqlite) {
		assert_ok(test_read(t, look_into_index, &left));
		assert_int_equal(left.n, 0);
		assert_true(step_n > 2);
	}
	assert_ok(test_read(t, ask, &common));
	assert_int_equal(common.n, LONG_ROWS);
}

struct queue {
	struct word_due *due;
	size_t n;
	int64_t newest, oldest, again_n;
};

static enum err add_due(struct ctx *c, void *arg)
{
	int64_t last;
	(void)arg;
	TRY(word_due_again(c, WORDS_OF_MESSAGES, 0, 100, &last));
	assert_int_equal(last, 0);
	TRY(word_due_add(c, WORDS_OF_OBJECTS, 3));
	TRY(word_due_add(c, WORDS_OF_OBJECTS, 3));
	return word_due_add(c, WORDS_OF_MESSAGES, 4);
}

static enum err read_due(struct ctx *c, void *arg)
{
	struct queue *q = arg;
	TRY(word_due_list(c, 2, &q->due, &q->n));
	TRY(word_due_newest(c, &q->newest));
	TRY(word_due_oldest(c, &q->oldest));
	return word_due_count_again(c, 10, &q->again_n);
}

static enum err remove_due(struct ctx *c, void *arg)
{
	const struct queue *q = arg;
	for (size_t i = 0; i < q->n; i++)
		TRY(word_due_remove(c, q->due[i].id));
	return OK;
}

static void what_is_due_is_taken_in_order(void **state)
{
	struct test_db *t = *state;
	struct queue first, then;
	assert_ok(test_write(t, add_due, NULL));
	assert_ok(test_read(t, read_due, &first));
	assert_int_equal(first.n, 2);
	assert_int_equal(first.due[0].about_id, 3);
	assert_int_equal(first.newest - first.oldest, 2);
	assert_ok(test_write(t, remove_due, &first));
	assert_ok(test_read(t, read_due, &then));
	assert_int_equal(then.n, 1);
	assert_int_equal(then.due[0].kind, WORDS_OF_MESSAGES);
	assert_int_equal(then.oldest, then.newest);
	assert_int_equal(then.again_n, 0);
}

#define PROMISES(ON)                                                 \
	{                                                            \
		ON(the_newest_that_have_the_words_are_found),        \
		ON(a_query_of_many_beginnings_is_answered),          \
		ON(words_that_were_replaced_or_removed_find_nothing), \
		ON(words_that_were_removed_leave_the_index_in_steps), \
		ON(what_is_due_is_taken_in_order),                   \
	}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = PROMISES(ON_SQLITE);
	const struct CMUnitTest on_pg[] = PROMISES(ON_PG);
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
