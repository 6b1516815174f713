/* PostgreSQL draws an identity value when a row is inserted, and two transactions may commit in the other order: a reader that
 * has seen 8 would then step over a late 7. So bus_emit takes a lock that is held until the commit before it draws the id.
 * SQLite has one writer and needs none. */

#include "bus/event.h"

#include "base/shape.h"
#include "db/db.h"
#include "store/all_sql.h"

enum { BUS_LOCK = -0x62757301 }; /* positive keys are objects (store/object.h) */

static const struct field event_fields[] = {
	FIELD(struct event, id, F_ID),
	FIELD(struct event, kind, F_STR),
	FIELD(struct event, at, F_TIME),
	FIELD(struct event, user_id, F_ID),
	FIELD(struct event, about_id, F_ID),
	FIELD(struct event, ticket_id, F_ID),
	FIELD(struct event, message_id, F_ID),
	FIELD(struct event, body, F_JSON, .flags = F_NULL),
};
static const struct shape event_shape = SHAPE("EventRow", struct event, event_fields);

struct newest {
	int64_t id;
};
static const struct field newest_fields[] = {FIELD(struct newest, id, F_ID)};
static const struct shape newest_shape = SHAPE("Newest", struct newest, newest_fields);

enum { Q_INSERT, Q_LIST, Q_NEWEST, Q_OLDEST, Q_SWEEP };
static const struct sql event_rows[] = {
	[Q_INSERT] = {"INSERT INTO event (kind, at, user_id, about_id, ticket_id, message_id, body)"
	              " VALUES ($1, $2, $3, $4, $5, $6, $7)", NULL},
	[Q_LIST] = {"SELECT @cols FROM event WHERE id > $1 ORDER BY id LIMIT $2", &event_shape},
	[Q_NEWEST] = {"SELECT coalesce(max(id), 0) AS id FROM event", &newest_shape},
	[Q_OLDEST] = {"SELECT coalesce(min(id), 0) AS id FROM event", &newest_shape},
	[Q_SWEEP] = {"DELETE FROM event WHERE at < $1 AND id IN (SELECT id FROM event ORDER BY id LIMIT $2)", NULL},
};
const struct sql_table event_sql = SQL_TABLE("event", event_rows);

static const struct str kind_names[] = {
#define EVENT(name, kind) {kind, sizeof(kind) - 1},
#include "bus/event.def"
#undef EVENT
};

struct str event_kind_name(enum event_kind kind)
{
	return kind_names[kind];
}

enum err bus_emit(struct ctx *c, enum event_kind kind, const struct event_about *about)
{
	TRY(db_lock_later(c, BUS_LOCK));
	TRY(db_exec_later(c, &event_rows[Q_INSERT],
	                  ARGS(S(kind_names[kind]), I(c->now), I(c->who.user_id), I(about->about_id), I(about->ticket_id),
	                       I(about->message_id), S(about->body))));
	return db_notify(c);
}

enum err bus_list(struct ctx *c, int64_t after, int64_t limit, struct event **out, size_t *n_out)
{
	return db_all(c, &event_rows[Q_LIST], ARGS(I(after), I(limit)), out, n_out);
}

enum err bus_newest(struct ctx *c, int64_t *id_out)
{
	struct newest newest;
	TRY(db_one(c, &event_rows[Q_NEWEST], NO_ARGS, &newest));
	*id_out = newest.id;
	return OK;
}

enum err bus_oldest(struct ctx *c, int64_t *id_out)
{
	struct newest oldest;
	TRY(db_one(c, &event_rows[Q_OLDEST], NO_ARGS, &oldest));
	*id_out = oldest.id;
	return OK;
}

enum err bus_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out)
{
	return db_exec(c, &event_rows[Q_SWEEP], ARGS(I(before), I(limit)), removed_out);
}
