#include "db/db.h"

struct finding {
	struct str integrity_check;
};
static const struct field finding_fields[] = {FIELD(struct finding, integrity_check, F_STR)};
static const struct shape finding_shape = SHAPE("Finding", struct finding, finding_fields);

static const struct sql integrity = {"PRAGMA integrity_check(1)", &finding_shape};

enum err db_check_integrity(struct ctx *c, void *arg)
{
	struct finding first;
	(void)arg;
	if (tx_engine(c) == DB_PG)
		return OK;
	TRY(db_one(c, &integrity, NO_ARGS, &first));
	if (!str_eq(first.integrity_check, STR("ok")))
		return fail(c, ERR_INTERNAL, "the database file is damaged: " STR_FMT, STR_ARG(first.integrity_check));
	return OK;
}
