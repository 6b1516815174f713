/* The order of things: see how new the database is, take a copy, apply what is missing one by one. A migration and the row that
 * notes it are one transaction, so a crash or a failure leaves the database at the migration before. */

#include "db/migrate.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "db/migrate_int.h"

enum { MAX_MIGRATION_BYTES = 4 << 20 };

static bool is_word_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '_';
}

/* Writes what stands for the token; false when s does not begin with it as a whole word. */
static bool add_token(struct buf *b, struct str *s, struct str token, const char *meaning)
{
	if (!str_starts(*s, token) || (s->n > token.n && is_word_byte(s->p[token.n])))
		return false;
	buf_add(b, str_c(meaning));
	*s = str_skip(*s, token.n);
	return true;
}

static void expand_line(struct buf *b, const struct migrate_engine *engine, struct str line)
{
	while (line.n > 0) {
		if (line.p[0] == '@' && (add_token(b, &line, STR("@id"), engine->id_token) ||
		                         add_token(b, &line, STR("@blob"), engine->blob_token)))
			continue;
		buf_byte(b, line.p[0]);
		line = str_skip(line, 1);
	}
	buf_byte(b, '\n');
}

/* Does the line begin a section? Then whether this engine runs it. */
static bool is_section(struct str line, const struct migrate_engine *engine, bool *is_ours)
{
	static const char *const sections[] = {SECTION_SQLITE, SECTION_PG, SECTION_BOTH};
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		struct str name = str_c(sections[i]);
		if (!str_starts(line, name) || (line.n > name.n && is_word_byte(line.p[name.n])))
			continue;
		*is_ours = str_eq(name, STR(SECTION_BOTH)) || str_eq(name, str_c(engine->section));
		return true;
	}
	return false;
}

static struct str expand(struct ctx *c, const struct migrate_engine *engine, const char *text)
{
	struct buf b;
	bool is_ours = true;
	buf_init(&b, c->a, MAX_MIGRATION_BYTES);
	for (struct str rest = str_c(text); !str_is_null(rest);) {
		struct str line = str_cut(&rest, STR("\n"));
		if (!is_section(line, engine, &is_ours) && is_ours)
			expand_line(&b, engine, line);
	}
	check(!buf_is_full(&b));
	return buf_str(&b);
}

/* Keeps the code and puts the migration's name before the reason. */
static enum err failed(struct ctx *c, enum err e, const struct migration *m)
{
	return fail(c, e, "migration %04d_%s: " STR_FMT, m->number, m->name, STR_ARG(c->why.detail));
}

static enum err apply_missing(struct ctx *c, const struct migrate_engine *engine, void *own,
                              const struct migration *migrations, size_t n, struct migrate_report *report)
{
	TRY(engine->newest(c, own, &report->from));
	report->to = report->from;
	int last = n ? migrations[n - 1].number : 0;
	if (report->from > last)
		return fail(
			c, ERR_CONFLICT,
			"the database is newer than this program (schema %d, the program knows %d): use a newer program",
			report->from, last);
	for (size_t i = 0; i < n; i++) {
		const struct migration *m = &migrations[i];
		check(i == 0 || m->number > migrations[i - 1].number);
		if (m->number <= report->from)
			continue;
		enum err e = OK;
		if (report->from > 0 && report->to == report->from)
			e = engine->copy(c, own, m->number, &report->copy);
		if (e == OK)
			e = engine->apply(c, own, m, expand(c, engine, m->text));
		if (e != OK)
			return failed(c, e, m);
		report->to = m->number;
	}
	return OK;
}

enum err migrate(struct ctx *c, const struct db_config *config, const struct migration *migrations, size_t n,
                 struct migrate_report *out)
{
	const struct migrate_engine *engine = str_is_empty(config->url) ? &migrate_sqlite : &migrate_pg;
	struct migrate_report report = {0};
	void *own;
	TRY(engine->open(c, config, &own));
	enum err e = apply_missing(c, engine, own, migrations, n, &report);
	engine->close(own);
	if (e == OK)
		*out = report;
	return e;
}
