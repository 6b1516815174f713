/* What db.h and sqlb.h promise of statements and rows, on SQLite, and on PostgreSQL where BELLHOP_TEST_PG names a server. */

#include "base/test.h"
#include "db/db_test_int.h"

#include "db/db_int.h"
#include "db/sqlb.h"

enum {
	Q_INSERT,
	Q_UPDATE,
	Q_LOAD,
	Q_COUNT,
	Q_LATE,
	Q_SERIES,
	Q_NULL_BOSS,
	Q_UPDATE_NAMES,
	Q_LIKE,
};

static const struct sql test_sql[] = {
	[Q_INSERT] = {"INSERT INTO person @insert @back", &person_shape},
	[Q_UPDATE] = {"UPDATE person SET @update WHERE id = @key @back", &person_shape},
	[Q_LOAD] = {"SELECT @cols FROM person WHERE id = $1", &person_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM person", &number_shape},
	[Q_LATE] = {"INSERT INTO late (person_id) VALUES ($1)", NULL},
	[Q_SERIES] = {"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < $1) SELECT n FROM s", &number_shape},
	[Q_NULL_BOSS] = {"SELECT boss_id AS n FROM person WHERE id = $1", &number_shape},
	[Q_UPDATE_NAMES] = {"UPDATE person SET name = $1 WHERE age >= $2", NULL},
	[Q_LIKE] = {"SELECT count(*) AS n FROM person WHERE email LIKE $1", &number_shape},
};

static enum err put(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[Q_INSERT], arg, arg);
}

static enum err put_again(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[Q_UPDATE], arg, arg);
}

static enum err load(struct ctx *c, void *arg)
{
	struct person *p = arg;
	return db_one(c, &test_sql[Q_LOAD], ARGS(I(p->id)), p);
}

static enum err count(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_one(c, &test_sql[Q_COUNT], NO_ARGS, &n));
	*(int64_t *)arg = n.n;
	return OK;
}

static int64_t count_of(struct env *env)
{
	int64_t n = -1;
	assert_int_equal(db_read(env->db, &env->c, count, &n), OK);
	return n;
}

#define assert_str(s, literal) assert_true(str_eq((s), STR(literal)) && !str_is_null(s))

static void comes_back(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("ada@example.org"), .name = STR("Ада 京都 é"), .age = INT64_MAX, .is_nice = true,
	                   .photo = STR("\0\xff\n'\\x"), .seen_at = -1, .not_in_the_shape = 7};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_true(p.id > 0);
	assert_int_equal(p.not_in_the_shape, 7);
	struct person q = {.id = p.id, .not_in_the_shape = 7};
	assert_int_equal(db_read(env->db, &env->c, load, &q), OK);
	assert_null(env->c.tx);
	assert_int_equal(q.id, p.id);
	assert_str(q.email, "ada@example.org");
	assert_str(q.name, "Ада 京都 é");
	assert_true(q.age == INT64_MAX && q.boss_id == 0 && q.is_nice && q.seen_at == -1);
	assert_str(q.photo, "\0\xff\n'\\x");
	assert_int_equal(q.not_in_the_shape, 0);
}

static void nulls(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR_NULL, .name = STR_NULL, .photo = STR("")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_str(p.email, ""); /* may not be null, so it is empty */
	assert_true(str_is_null(p.name));
	assert_str(p.photo, "");
	p.name = STR("");
	p.photo = STR_NULL;
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), OK);
	assert_str(p.name, "");
	assert_true(str_is_null(p.photo));
}

static enum err load_null_boss(struct ctx *c, void *arg)
{
	struct number n;
	(void)arg;
	return db_one(c, &test_sql[Q_NULL_BOSS], ARGS(I(1)), &n);
}

static void unexpected_null(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(p.id, 1);
	assert_int_equal(db_read(env->db, &env->c, load_null_boss, NULL), ERR_INTERNAL);
	assert_true(str_find(env->c.why.detail, STR("NULL")) >= 0);
}

static void update(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a"), .age = 1}, other = {.email = STR("b"), .age = 2};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &other), OK);
	p.age = 10;
	p.boss_id = other.id;
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), OK);
	struct person q = {.id = p.id};
	assert_int_equal(db_read(env->db, &env->c, load, &q), OK);
	assert_true(q.age == 10 && q.boss_id == other.id);
	assert_int_equal(db_read(env->db, &env->c, load, &other), OK);
	assert_int_equal(other.age, 2);
	p.id = 999;
	p.email = STR("c");
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), ERR_NOT_FOUND);
	assert_int_equal(p.id, 999);
	assert_int_equal(db_read(env->db, &env->c, load, &p), ERR_NOT_FOUND);
}

struct rename_all {
	struct str name;
	int64_t least_age;
	int64_t changed;
};

static enum err rename_all(struct ctx *c, void *arg)
{
	struct rename_all *r = arg;
	return db_exec(c, &test_sql[Q_UPDATE_NAMES], ARGS(S(r->name), I(r->least_age)), &r->changed);
}

static void bad_text(void **state)
{
	struct env *env = *state;
	struct str bad[] = {STR("12345678\0"), STR("a\0b"), STR("12345678\xff"), STR("\xc0\x80"), STR("\xed\xa0\x80")};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *exact = malloc(bad[i].n); /* so that ASan sees a byte too far */
		memcpy(exact, bad[i].p, bad[i].n);
		struct rename_all r = {.name = {exact, bad[i].n}};
		assert_int_equal(db_write(env->db, &env->c, rename_all, &r), ERR_BAD_INPUT);
		free(exact);
	}
	struct rename_all good = {.name = STR("12345678é1234567"), .changed = -1};
	assert_int_equal(db_write(env->db, &env->c, rename_all, &good), OK);
	assert_int_equal(good.changed, 0);
}

static void changed_rows(void **state)
{
	struct env *env = *state;
	for (int i = 0; i < 3; i++) {
		struct person p = {.email = str_fmt(env->a, "%d", i), .age = i};
		assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	}
	struct rename_all r = {.name = STR("x"), .least_age = 1};
	assert_int_equal(db_write(env->db, &env->c, rename_all, &r), OK);
	assert_int_equal(r.changed, 2);
}

static enum err put_late(struct ctx *c, void *arg)
{
	return db_exec(c, &test_sql[Q_LATE], ARGS(I(*(int64_t *)arg)), NULL);
}

static void constraints(void **state)
{
	struct env *env = *state;
	int64_t nobody = 999;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &p), ERR_CONFLICT); /* unique */
	struct person q = {.email = STR("b"), .boss_id = nobody};
	assert_int_equal(db_write(env->db, &env->c, put, &q), ERR_CONFLICT); /* foreign key */
	q = (struct person){.email = STR("c"), .age = -1};
	assert_int_equal(db_write(env->db, &env->c, put, &q), ERR_INTERNAL); /* check */
	assert_int_equal(db_write(env->db, &env->c, put_late, &nobody), ERR_CONFLICT); /* deferred foreign key */
	assert_int_equal(db_write(env->db, &env->c, put_late, &p.id), OK);
	assert_int_equal(count_of(env), 1);
}

static enum err try_statement(struct ctx *c, void *arg)
{
	struct person p;
	return db_one(c, arg, ARGS(I(1)), &p);
}

static void drift(void **state)
{
	struct env *env = *state;
	static const struct sql bad[] = {
		{"SELECT id, email, name FROM person WHERE id = $1", &person_shape},
		{"SELECT id, email, age, name, boss_id, is_nice, photo, seen_at FROM person WHERE id = $1", &person_shape},
		{"SELECT @cols FROM person WHERE id = $1 AND age = $2", &person_shape},
		{"SELECT @cols FROM person", &person_shape},
		{"SELECT @cols FROM person WHERE id = @nothing", &person_shape},
		{"SELECT @cols FROM person WHERE id = $1; SELECT 1", &person_shape},
		{"SELECT @cols FROM nowhere WHERE id = $1", &person_shape},
		{"SELECT @cols FROM person WHERE \"nocolumn\" = $1", &person_shape},
		{"", &person_shape},
		{"SELECT email AS n FROM person WHERE id = $1", &number_shape},
		{"SELECT id, email, name, age, boss_id, is_nice, email AS photo, seen_at FROM person WHERE id = $1", &person_shape},
	};
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(p.id, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(db_read(env->db, &env->c, try_statement, (void *)(uintptr_t)&bad[i]), ERR_INTERNAL);
		assert_true(env->c.why.detail.n > 0);
	}
}

static enum err check_table(struct ctx *c, void *arg)
{
	return db_check_sql(c, arg);
}

static void checked_table(void **state)
{
	struct env *env = *state;
	static const struct sql bad_sql[] = {{NULL, NULL}, {"SELECT 1 AS n", &number_shape}, {"SELECT 1 AS m", &number_shape}};
	struct sql_table good = {"test", test_sql, sizeof(test_sql) / sizeof(test_sql[0])};
	struct sql_table bad = {"bad", bad_sql, 3};
	assert_int_equal(db_read(env->db, &env->c, check_table, &good), OK);
	assert_int_equal(db_read(env->db, &env->c, check_table, &bad), ERR_INTERNAL);
	assert_true(str_starts(env->c.why.detail, STR("bad[2]: ")));

	/* types are known before there is a row, where columns have types */
	static const struct sql typed_sql[] = {{"SELECT email AS n FROM person", &number_shape}};
	struct sql_table typed = {"typed", typed_sql, 1};
	assert_int_equal(db_read(env->db, &env->c, check_table, &typed), env->is_pg ? ERR_INTERNAL : OK);
}

static enum err at_one_address(struct ctx *c, void *arg)
{
	struct sql q = {"SELECT 1 AS n", &number_shape};
	struct number n;
	(void)arg;
	TRY(db_one(c, &q, NO_ARGS, &n));
	q.text = "SELECT 2 AS n";
	TRY(db_one(c, &q, NO_ARGS, &n));
	assert_int_equal(n.n, 2);
	return OK;
}

static void same_address(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_read(env->db, &env->c, at_one_address, NULL), OK);
}

static enum err series(struct ctx *c, void *arg)
{
	int64_t *n = arg;
	struct number *rows;
	size_t row_n;
	TRY(db_all(c, &test_sql[Q_SERIES], ARGS(I(*n)), &rows, &row_n));
	assert_true(row_n == (size_t)*n && rows[row_n - 1].n == *n && rows[0].n == 1);
	return OK;
}

static void too_many_rows(void **state)
{
	struct env *env = *state;
	int64_t few = 33, most = MAX_ROWS, more = MAX_ROWS + 1;
	assert_int_equal(db_read(env->db, &env->c, series, &few), OK);
	assert_int_equal(db_read(env->db, &env->c, series, &most), OK);
	assert_int_equal(db_read(env->db, &env->c, series, &more), ERR_INTERNAL);
}

/* A statement that is forgotten may have others waiting in front of it. */
static enum err many_lists(struct ctx *c, void *arg)
{
	bool is_locking = arg != NULL;
	for (int round = 0; round < 2; round++)
		for (int n = 0; n < MAX_CACHED_TEXTS + 20; n++) { /* texts that differ in their length */
			struct sqlb b;
			struct person *rows;
			size_t row_n;
			if (is_locking)
				TRY(db_lock_later(c, 1000 * (round + 1) + n));
			sqlb_init(&b, c->a);
			sqlb_add(&b, "SELECT @cols FROM person WHERE age >= ?", ARGS(I(1)));
			for (int i = 0; i < n; i++)
				sqlb_add(&b, " AND age <> ?", ARGS(I(1000 + i)));
			sqlb_add(&b, " AND (email = ? OR email = ?) ORDER BY id", ARGS(S(STR("1")), S(STR("2"))));
			TRY(sqlb_all(c, &b, &person_shape, &rows, &row_n));
			assert_int_equal(row_n, 2);
			assert_str(rows[1].email, "2");
		}
	assert_int_equal(c->tx->conn->stmts.made_n, MAX_CACHED_TEXTS);
	struct sqlb b;
	struct number n;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT count(*) AS n FROM person", NO_ARGS);
	TRY(sqlb_one(c, &b, &number_shape, &n));
	assert_int_equal(n.n, 3);
	return OK;
}

static void made_statements(void **state)
{
	struct env *env = *state;
	for (int i = 0; i < 3; i++) {
		struct person p = {.email = str_fmt(env->a, "%d", i), .age = i};
		assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	}
	assert_int_equal(db_read(env->db, &env->c, many_lists, NULL), OK);
	assert_int_equal(db_write(env->db, &env->c, many_lists, env), OK);
}

static enum err like(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_one(c, &test_sql[Q_LIKE], ARGS(S(STR("A%"))), &n));
	*(int64_t *)arg = n.n;
	return OK;
}

static void like_knows_case(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("Ada")}, q = {.email = STR("adam")};
	int64_t n = 0;
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &q), OK);
	assert_int_equal(db_read(env->db, &env->c, like, &n), OK);
	assert_int_equal(n, 1);
}

#define PROMISE(sentence, f) {sentence, f, env_set_up, env_tear_down, NULL}

static const struct CMUnitTest promises[] = {
	PROMISE("a row comes back as it was put, with its id", comes_back),
	PROMISE("0 and the null string are NULL where the shape allows it, and the empty string stays empty", nulls),
	PROMISE("a NULL that the shape does not allow is refused", unexpected_null),
	PROMISE("an update changes its row only, and finds none where there is none", update),
	PROMISE("text with NUL or broken UTF-8 is refused, not cut", bad_text),
	PROMISE("a statement tells how many rows it changed", changed_rows),
	PROMISE("a broken constraint is a conflict when another row is the reason", constraints),
	PROMISE("a statement that does not fit its shape or its values is refused", drift),
	PROMISE("checking a table of statements names the bad one", checked_table),
	PROMISE("two statements at one address are two statements", same_address),
	PROMISE("more than MAX_ROWS rows are refused", too_many_rows),
	PROMISE("statements made at run time take their values in order, and old ones make room", made_statements),
	PROMISE("LIKE knows upper and lower case", like_knows_case),
};

int main(void)
{
	return ENV_RUN("db", promises);
}
