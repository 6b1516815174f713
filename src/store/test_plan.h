#pragma once

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "store/test.h"

/* For *_test.c: a plan of a statement must not read a whole table that grows with customers and their messages, nor sort all objects
 * of a type. */

/* What people define, or are. */
static const char *const small_tables[] = {
	"setting", "desk_user", "owner", "api_token", "object_type", "property", "property_group", "pipeline", "stage", "property_rule",
	"association_type", "inbox", "channel_account", "mailbox", "definition_number", "app",
	"team", "invitation", "webhook_target", "webhook_subscription", "folder", "object_list", "list_folder", "property_rule",
	"custom_channel", "pipeline_access", "team_member", "ticket_view", "ticket_view_team",
	"article", "article_text", "article_category", "article_image", "article_image_use",
	"booking_page",
};

static inline bool plan_is_word(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_';
}

/* The word at p into room. */
static inline const char *plan_word(const char *p, char *room, size_t size)
{
	size_t n = 0;
	while (*p == ' ')
		p++;
	for (; plan_is_word(*p); p++)
		if (n + 1 < size)
			room[n++] = *p;
	room[n] = '\0';
	return p;
}

/* The table that a name of the plan stands for in the statement; the empty string for a subquery. */
static inline void plan_table(const char *text, const char *name, char *table, size_t size)
{
	static const char *const before[] = {"FROM ", "JOIN ", "UPDATE ", "INTO "};
	char first[64], second[64];
	table[0] = '\0';
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		for (const char *p = strstr(text, before[i]); p != NULL; p = strstr(p, before[i])) {
			p = plan_word(p + strlen(before[i]), first, sizeof(first));
			plan_word(p, second, sizeof(second));
			if (strcmp(second, "AS") == 0)
				plan_word(strstr(p, "AS") + 2, second, sizeof(second));
			if (first[0] && (strcmp(first, name) == 0 || strcmp(second, name) == 0))
				snprintf(table, size, "%s", first);
		}
	}
}

/* A common table expression is not a table that is read whole. */
static inline bool plan_is_table(const char *text, const char *name)
{
	char as[100];
	snprintf(as, sizeof(as), "WITH %s AS", name);
	if (strstr(text, as) != NULL)
		return false;
	/* the first few in the order of an index */
	snprintf(as, sizeof(as), "FROM %s ORDER BY ", name);
	if (strstr(text, as) != NULL && strstr(strstr(text, as), " LIMIT ") != NULL)
		return false;
	snprintf(as, sizeof(as), ") AS %s", name);
	return strstr(text, as) == NULL;
}

static inline bool plan_is_small(const char *text, const char *name)
{
	char table[64];
	if (!plan_is_table(text, name))
		return true;
	plan_table(text, name, table, sizeof(table));
	for (size_t i = 0; i < sizeof(small_tables) / sizeof(small_tables[0]); i++)
		if (strcmp(table, small_tables[i]) == 0)
			return true;
	return table[0] == '\0';
}

/* One line of SQLite's plan. */
static inline bool plan_line_is_bad(const char *text, const char *line, bool is_sorted)
{
	char name[64];
	if (strncmp(line, "SCAN ", 5) == 0) {
		plan_word(line + 5, name, sizeof(name));
		if (strcmp(name, "json_each") == 0) /* a list that came with the statement */
			return false;
		return strcmp(name, "CONSTANT") != 0 && !plan_is_small(text, name);
	}
	/* all objects of a type: fine as long as one stops early, or where the index has what is open only */
	return is_sorted && strstr(line, "object_open") == NULL && strncmp(line, "SEARCH object ", 14) == 0 &&
	       (strstr(line, "(object_type=?)") != NULL || strstr(line, "(object_type=? AND archived_at=?)") != NULL);
}

/* One line of PostgreSQL's: a scan of a table, or of an index without a condition. The table is the last but one word, or the last. */
static inline bool plan_node_is_bad(const char *text, const char *line, const char *rest)
{
	char name[64];
	const char *on = strstr(line, " on "), *end = strchr(line, '\n');
	bool is_scan = strstr(line, "Scan") != NULL && strstr(line, "Scan") < end;
	if (!is_scan || on == NULL || on > end || strncmp(line, "Subquery", 8) == 0 || strncmp(line, "CTE", 3) == 0 ||
	    strncmp(line, "Values", 6) == 0 || strncmp(line, "Function", 8) == 0)
		return false;
	plan_word(on + 4, name, sizeof(name));
	/* indexes that have few of many: what is open, archived, snoozed or spam */
	static const char *const few[] = {"object_open", "_archive", "object_by_snooze", "object_by_spam"};
	for (size_t i = 0; i < sizeof(few) / sizeof(few[0]); i++) {
		const char *is = strstr(line, few[i]);
		if (is != NULL && is < end)
			return false;
	}
	if (strncmp(line, "Bitmap Index", 12) == 0 || strncmp(line, "Tid", 3) == 0 || plan_is_small(text, name))
		return false;
	const char *cond = strstr(rest, " Cond:"), *next = strstr(rest, "->");
	return cond == NULL || (next != NULL && next < cond);
}

/* The first bad line; the null string: there is none. */
static inline struct str plan_fault(struct arena *a, bool is_pg, struct str text, struct str plan)
{
	const char *z = str_z(a, text);
	bool is_sorted = str_find(plan, STR("TEMP B-TREE FOR ORDER BY")) >= 0;
	for (struct str rest = plan; rest.n > 0;) {
		struct str line = str_cut(&rest, STR("\n"));
		const char *from = str_z(a, (struct str){line.p, plan.n - (size_t)(line.p - plan.p)});
		const char *node = from + strspn(from, " ->");
		const char *behind = strchr(from, '\n');
		if (is_pg ? plan_node_is_bad(z, node, behind ? behind : "") : plan_line_is_bad(z, str_z(a, line), is_sorted))
			return line;
	}
	return STR_NULL;
}

/* Rows of any content in every table: numbers and their texts, every fourth archived, all objects tickets. */
static const struct sql plan_fills[] = {
	{"DO 'DECLARE t TEXT; BEGIN"
	 " SET LOCAL session_replication_role = replica;"
	 " FOR t IN SELECT relname FROM pg_class WHERE relkind = ''r'' AND relnamespace = ''public''::regnamespace LOOP"
	 "  EXECUTE (SELECT format(''INSERT INTO %I (%s) SELECT %s FROM generate_series(1000, 5000) AS g (i) ON CONFLICT DO NOTHING'', t,"
	 "    string_agg(quote_ident(attname), '',''),"
	 "    string_agg(CASE WHEN attname IN (''closed_at'', ''put_aside_at'') THEN ''0''"
	 "                    WHEN attname = ''archived_at'' THEN ''CASE WHEN i % 4 = 0 THEN i ELSE 0 END''"
	 "                    WHEN attname IN (''object_type'', ''to_type'') THEN ''5'' WHEN attname = ''is_closed'' THEN ''i % 2''"
	 "                    ELSE format(''(i::TEXT)::%s'', format_type(atttypid, NULL)) END, '',''))"
	 "   FROM pg_attribute WHERE attrelid = t::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '''');"
	 " END LOOP; END'", NULL},
	{"ANALYZE", NULL},
};

/* PostgreSQL takes any index of an empty table. */
static inline enum err plan_fill(struct ctx *c, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < sizeof(plan_fills) / sizeof(plan_fills[0]) && tx_engine(c) == DB_PG; i++)
		TRY(db_exec(c, &plan_fills[i], NO_ARGS, NULL));
	return OK;
}

/* A statement that may read all of a table. The last one of a list has no table. */
struct plan_excuse {
	const char *table;
	const char *text; /* how it begins */
	const char *why;
};

struct plan_faults {
	const struct sql_table *const *tables;
	size_t table_n;
	const struct plan_excuse *excuses;
	bool is_pg;
	int n;
};

static inline bool plan_is_excused(const struct plan_excuse *e, const char *table, struct str text)
{
	for (; e != NULL && e->table != NULL; e++)
		if (strcmp(e->table, table) == 0 && str_starts(text, str_c(e->text)))
			return true;
	return false;
}

static inline void plan_judge(struct ctx *c, struct plan_faults *f, const char *table, struct str text, struct str plan)
{
	if (str_is_null(plan_fault(c->a, f->is_pg, text, plan)) || plan_is_excused(f->excuses, table, text))
		return;
	fprintf(stderr, "%s: " STR_FMT "\n" STR_FMT "\n", table, STR_ARG(text), STR_ARG(plan));
	f->n++;
}

static inline enum err plan_judge_tables(struct ctx *c, void *arg)
{
	struct plan_faults *f = arg;
	for (size_t i = 0; i < f->table_n; i++) {
		for (size_t k = 0; k < f->tables[i]->n; k++) {
			struct str plan;
			TRY(db_explain(c, &f->tables[i]->rows[k], &plan));
			plan_judge(c, f, f->tables[i]->name, str_c(f->tables[i]->rows[k].text), plan);
		}
	}
	return OK;
}

static inline void plan_check_tables(struct test_db *t, const struct sql_table *const *tables, size_t n,
                                     const struct plan_excuse *excuses)
{
	struct plan_faults f = {.tables = tables, .table_n = n, .excuses = excuses, .is_pg = t->is_pg};
	assert_ok(test_write(t, plan_fill, NULL));
	assert_ok(test_write(t, plan_judge_tables, &f));
	assert_int_equal(f.n, 0);
}
