/* Schema changes on PostgreSQL. */

#include "db/migrate_int.h"

static enum err open_own(struct ctx *c, const struct db_config *config, void **own_out)
{
	(void)own_out;
	return fail(c, ERR_BUSY, "cannot open " STR_FMT ": this build has no PostgreSQL", STR_ARG(config->url));
}

const struct migrate_engine migrate_pg = {.open = open_own};
