#include "store/booking.h"

#include "store/all_sql.h"

static const struct field booking_fields[] = {
	FIELD(struct booking, id, F_ID),
	FIELD(struct booking, page_id, F_ID),
	FIELD(struct booking, user_id, F_ID),
	FIELD(struct booking, contact_id, F_ID),
	FIELD(struct booking, meeting_id, F_ID),
	FIELD(struct booking, ticket_id, F_ID),
	FIELD(struct booking, token, F_STR),
	FIELD(struct booking, name, F_STR),
	FIELD(struct booking, email, F_STR),
	FIELD(struct booking, note, F_STR),
	FIELD(struct booking, language, F_STR),
	FIELD(struct booking, time_zone, F_STR),
	FIELD(struct booking, start_at, F_TIME),
	FIELD(struct booking, end_at, F_TIME),
	FIELD(struct booking, busy_from, F_TIME),
	FIELD(struct booking, busy_to, F_TIME),
	FIELD(struct booking, sequence, F_INT),
	FIELD(struct booking, state, F_STR),
	FIELD(struct booking, created_at, F_TIME),
	FIELD(struct booking, updated_at, F_TIME),
};
static const struct shape booking_shape = SHAPE("BookingRow", struct booking, booking_fields);

static const struct field load_fields[] = {
	FIELD(struct booking_load_of_user, upcoming_n, F_INT),
	FIELD(struct booking_load_of_user, newest_at, F_TIME),
};
static const struct shape load_shape = SHAPE("BookingLoad", struct booking_load_of_user, load_fields);

enum {
	Q_INSERT, Q_UPDATE, Q_LOAD, Q_BY_TOKEN, Q_OF_USER, Q_UPCOMING, Q_UPCOMING_OF_USER, Q_UPCOMING_OF_PAGE, Q_OF_EMAIL,
	Q_LOAD_OF, Q_ERASE,
};
static const struct sql booking_rows[] = {
	[Q_INSERT] = {"INSERT INTO booking @insert @back", &booking_shape},
	[Q_UPDATE] = {"UPDATE booking SET @update WHERE id = @key @back", &booking_shape},
	[Q_LOAD] = {"SELECT @cols FROM booking WHERE id = $1", &booking_shape},
	[Q_BY_TOKEN] = {"SELECT @cols FROM booking WHERE token = $1", &booking_shape},
	[Q_OF_USER] = {"SELECT @cols FROM booking WHERE user_id = $1 AND state = 'SCHEDULED' AND start_at >= $2 AND start_at < $3"
	               " ORDER BY start_at", &booking_shape},
	[Q_UPCOMING] = {"SELECT @cols FROM booking WHERE state = 'SCHEDULED' AND start_at >= $1"
	                " AND (start_at > $2 OR (start_at = $2 AND id > $3)) ORDER BY start_at, id LIMIT $4", &booking_shape},
	[Q_UPCOMING_OF_USER] = {"SELECT @cols FROM booking WHERE user_id = $5 AND state = 'SCHEDULED' AND start_at >= $1"
	                        " AND (start_at > $2 OR (start_at = $2 AND id > $3)) ORDER BY start_at, id LIMIT $4", &booking_shape},
	[Q_UPCOMING_OF_PAGE] = {"SELECT @cols FROM booking WHERE page_id = $5 AND state = 'SCHEDULED' AND start_at >= $1"
	                        " AND (start_at > $2 OR (start_at = $2 AND id > $3)) ORDER BY start_at, id LIMIT $4", &booking_shape},
	[Q_OF_EMAIL] = {"SELECT count(*) AS upcoming_n, 0 AS newest_at FROM booking WHERE email = $1 AND start_at >= $2 AND state = 'SCHEDULED'",
	                &load_shape},
	[Q_LOAD_OF] = {"SELECT (SELECT count(*) FROM booking WHERE user_id = $1 AND state = 'SCHEDULED' AND start_at >= $2) AS upcoming_n,"
	               " coalesce((SELECT max(created_at) FROM booking WHERE user_id = $1), 0) AS newest_at", &load_shape},
	[Q_ERASE] = {"DELETE FROM booking WHERE contact_id = $1", NULL},
};
const struct sql_table booking_sql = SQL_TABLE("booking", booking_rows);

enum err booking_insert(struct ctx *c, struct booking *b)
{
	b->created_at = b->updated_at = c->now;
	return db_put(c, &booking_rows[Q_INSERT], b, b);
}

enum err booking_update(struct ctx *c, struct booking *b)
{
	b->updated_at = c->now;
	return db_put(c, &booking_rows[Q_UPDATE], b, b);
}

enum err booking_load(struct ctx *c, int64_t id, struct booking *out)
{
	return db_one(c, &booking_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err booking_by_token(struct ctx *c, struct str token, struct booking *out)
{
	return db_one(c, &booking_rows[Q_BY_TOKEN], ARGS(S(token)), out);
}

enum err booking_list_of_user(struct ctx *c, int64_t user_id, int64_t from, int64_t to, struct booking **out, size_t *n_out)
{
	return db_all(c, &booking_rows[Q_OF_USER], ARGS(I(user_id), I(from), I(to)), out, n_out);
}

enum err booking_list_upcoming(struct ctx *c, const struct booking_page_of_list *p, struct booking **out, size_t *n_out)
{
	int q = p->page_id ? Q_UPCOMING_OF_PAGE : p->user_id ? Q_UPCOMING_OF_USER : Q_UPCOMING;
	const struct sql_value args[] = {I(p->from), I(p->after_start), I(p->after_id), I(p->limit),
	                                 I(p->page_id ? p->page_id : p->user_id)};
	return db_all(c, &booking_rows[q], args, q == Q_UPCOMING ? 4 : 5, out, n_out);
}

enum err booking_count_of_email(struct ctx *c, struct str email, int64_t from, int64_t *out)
{
	struct booking_load_of_user load;
	TRY(db_one(c, &booking_rows[Q_OF_EMAIL], ARGS(S(email), I(from)), &load));
	*out = load.upcoming_n;
	return OK;
}

enum err booking_load_of(struct ctx *c, int64_t user_id, int64_t from, struct booking_load_of_user *out)
{
	return db_one(c, &booking_rows[Q_LOAD_OF], ARGS(I(user_id), I(from)), out);
}

enum err booking_erase_contact(struct ctx *c, int64_t contact_id)
{
	return db_exec(c, &booking_rows[Q_ERASE], ARGS(I(contact_id)), NULL);
}
