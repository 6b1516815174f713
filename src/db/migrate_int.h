#pragma once

#include "db/migrate.h"

/* What each engine does for migrate(). own is the engine's state between open and close. Between them nobody else migrates this
 * database. */

struct migrate_engine {
	const char *section; /* of a migration: the line before what only this engine runs */
	const char *id_token;
	const char *blob_token;
	enum err (*open)(struct ctx *c, const struct db_config *config, void **own_out);
	/* The number of the newest migration in the database, 0: none. */
	enum err (*newest)(struct ctx *c, void *own, int *number_out);
	enum err (*copy)(struct ctx *c, void *own, int number, struct str *copy_out);
	/* Runs text and notes the migration, in one transaction. */
	enum err (*apply)(struct ctx *c, void *own, const struct migration *m, struct str text);
	void (*close)(void *own);
};

extern const struct migrate_engine migrate_sqlite;
extern const struct migrate_engine migrate_pg;

/* The lines that begin a section. */
#define SECTION_SQLITE "-- @sqlite"
#define SECTION_PG     "-- @postgresql"
#define SECTION_BOTH   "-- @both"

/* One text for both engines. */
#define SQL_MIGRATION_TABLE \
	"CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)"
#define SQL_NEWEST_MIGRATION "SELECT coalesce(max(number), 0) FROM schema_migration"
#define SQL_NOTE_MIGRATION   "INSERT INTO schema_migration (number, name, at) VALUES ($1, $2, $3)"
