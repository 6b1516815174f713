/* PostgreSQL. */

#include <stdlib.h>

#include "base/ctx.h"
#include "db/db_int.h"

static enum err open_engine(struct ctx *c, struct db *db)
{
	return fail(c, ERR_BUSY, "cannot open %s: this build has no PostgreSQL", db->url);
}

static void close_engine(struct db *db)
{
	(void)db;
}

const struct engine pg_engine = {.kind = DB_PG, .open = open_engine, .close = close_engine};
