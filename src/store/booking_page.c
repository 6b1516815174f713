#include "store/booking_page.h"

#include "store/all_sql.h"

static const struct field booking_page_fields[] = {
	FIELD(struct booking_page, id, F_ID),
	FIELD(struct booking_page, slug, F_STR),
	FIELD(struct booking_page, title, F_STR),
	FIELD(struct booking_page, description, F_STR),
	FIELD(struct booking_page, lengths, F_JSON),
	FIELD(struct booking_page, buffer_before, F_INT),
	FIELD(struct booking_page, buffer_after, F_INT),
	FIELD(struct booking_page, notice_minutes, F_INT),
	FIELD(struct booking_page, ahead_days, F_INT),
	FIELD(struct booking_page, max_per_day, F_INT),
	FIELD(struct booking_page, location, F_STR),
	FIELD(struct booking_page, confirmation, F_STR),
	FIELD(struct booking_page, is_active, F_BOOL),
	FIELD(struct booking_page, user_id, F_ID),
	FIELD(struct booking_page, team_id, F_ID),
	FIELD(struct booking_page, created_at, F_TIME),
	FIELD(struct booking_page, updated_at, F_TIME),
	FIELD(struct booking_page, archived_at, F_TIME),
};
static const struct shape booking_page_shape = SHAPE("BookingPageRow", struct booking_page, booking_page_fields);

static const struct field availability_fields[] = {
	FIELD(struct availability_row, user_id, F_ID),
	FIELD(struct availability_row, time_zone, F_STR),
	FIELD(struct availability_row, hours, F_JSON),
	FIELD(struct availability_row, days_off, F_JSON),
	FIELD(struct availability_row, updated_at, F_TIME),
};
static const struct shape availability_shape = SHAPE("AvailabilityRow", struct availability_row, availability_fields);

struct page_count {
	int64_t n;
};
static const struct field count_fields[] = {
	FIELD(struct page_count, n, F_INT),
};
static const struct shape count_shape = SHAPE("BookingPageCount", struct page_count, count_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_BY_SLUG, Q_LIST, Q_COUNT };
static const struct sql page_rows[] = {
	[Q_INSERT] = {"INSERT INTO booking_page @insert @back", &booking_page_shape},
	[Q_UPDATE] = {"UPDATE booking_page SET @update WHERE id = @key @back", &booking_page_shape},
	[Q_LOAD] = {"SELECT @cols FROM booking_page WHERE id = $1", &booking_page_shape},
	[Q_BY_SLUG] = {"SELECT @cols FROM booking_page WHERE slug = $1", &booking_page_shape},
	[Q_LIST] = {"SELECT @cols FROM booking_page WHERE archived_at = 0 ORDER BY title, id", &booking_page_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM booking_page", &count_shape},
};
const struct sql_table booking_page_sql = SQL_TABLE("booking_page", page_rows);

enum { Q_AVAILABILITY, Q_AVAILABILITY_PUT };
static const struct sql availability_rows[] = {
	[Q_AVAILABILITY] = {"SELECT @cols FROM availability WHERE user_id = $1", &availability_shape},
	[Q_AVAILABILITY_PUT] = {"INSERT INTO availability (user_id, time_zone, hours, days_off, updated_at) VALUES ($1, $2, $3, $4, $5)"
	                        " ON CONFLICT (user_id) DO UPDATE SET time_zone = excluded.time_zone, hours = excluded.hours,"
	                        " days_off = excluded.days_off, updated_at = excluded.updated_at", NULL},
};
const struct sql_table availability_sql = SQL_TABLE("availability", availability_rows);

enum err booking_page_insert(struct ctx *c, struct booking_page *p)
{
	p->created_at = p->updated_at = c->now;
	return db_put(c, &page_rows[Q_INSERT], p, p);
}

enum err booking_page_update(struct ctx *c, struct booking_page *p)
{
	p->updated_at = c->now;
	return db_put(c, &page_rows[Q_UPDATE], p, p);
}

enum err booking_page_load(struct ctx *c, int64_t id, struct booking_page *out)
{
	return db_one(c, &page_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err booking_page_by_slug(struct ctx *c, struct str slug, struct booking_page *out)
{
	return db_one(c, &page_rows[Q_BY_SLUG], ARGS(S(slug)), out);
}

enum err booking_page_list(struct ctx *c, struct booking_page **out, size_t *n_out)
{
	return db_all(c, &page_rows[Q_LIST], NO_ARGS, out, n_out);
}

enum err booking_page_count(struct ctx *c, int64_t *out)
{
	struct page_count count;
	TRY(db_one(c, &page_rows[Q_COUNT], NO_ARGS, &count));
	*out = count.n;
	return OK;
}

enum err booking_lock(struct ctx *c)
{
	enum { LOCK_KEY = -240024 };
	return db_lock(c, LOCK_KEY);
}

enum err availability_load(struct ctx *c, int64_t user_id, struct availability_row *out)
{
	return db_one(c, &availability_rows[Q_AVAILABILITY], ARGS(I(user_id)), out);
}

enum err availability_put(struct ctx *c, const struct availability_row *a)
{
	return db_exec(c, &availability_rows[Q_AVAILABILITY_PUT],
	               ARGS(I(a->user_id), S(a->time_zone), S(a->hours), S(a->days_off), I(c->now)), NULL);
}
