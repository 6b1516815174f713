#include "store/calculate.h"

#include "store/all_sql.h"

static const struct field message_sums_fields[] = {
	FIELD(struct message_sums, sent_n, F_INT),
	FIELD(struct message_sums, first_sent_at, F_TIME),
	FIELD(struct message_sums, last_sent_at, F_TIME),
	FIELD(struct message_sums, last_received_at, F_TIME),
	FIELD(struct message_sums, latest_at, F_TIME),
};
static const struct shape message_sums_shape = SHAPE("MessageSums", struct message_sums, message_sums_fields);

static const struct field activity_sums_fields[] = {
	FIELD(struct activity_sums, n, F_INT),
	FIELD(struct activity_sums, latest_at, F_TIME),
	FIELD(struct activity_sums, latest_spoken_at, F_TIME),
	FIELD(struct activity_sums, contacted_n, F_INT),
	FIELD(struct activity_sums, latest_contact_at, F_TIME),
	FIELD(struct activity_sums, next_at, F_TIME),
	FIELD(struct activity_sums, wake_at, F_TIME),
};
static const struct shape activity_sums_shape = SHAPE("ActivitySums", struct activity_sums, activity_sums_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
static const struct shape number_shape = SHAPE("Number", struct number, number_fields);

static const struct field linked_fields[] = {
	FIELD(struct linked, id, F_ID),
	FIELD(struct linked, label, F_STR),
	FIELD(struct linked, unique_key, F_STR, .flags = F_NULL),
	FIELD(struct linked, props, F_JSON),
};
static const struct shape linked_shape = SHAPE("LinkedObject", struct linked, linked_fields);

static const struct field newest_fields[] = {
	FIELD(struct newest_message, direction, F_STR),
	FIELD(struct newest_message, text, F_STR),
};
static const struct shape newest_shape = SHAPE("NewestMessage", struct newest_message, newest_fields);

#define SENT     "FILTER (WHERE m.type = 'MESSAGE' AND m.direction = 'OUTGOING')"
#define RECEIVED "FILTER (WHERE m.type = 'MESSAGE' AND m.direction = 'INCOMING')"
#define MESSAGE_SUMS                                                                                                     \
	"SELECT count(*) " SENT " AS sent_n, COALESCE(min(m.created_at) " SENT ", 0) AS first_sent_at,"                    \
	" COALESCE(max(m.created_at) " SENT ", 0) AS last_sent_at, COALESCE(max(m.created_at) " RECEIVED ", 0)"            \
	" AS last_received_at, COALESCE(max(m.created_at), 0) AS latest_at FROM message m"

/* 18 communications, 27 tasks, 46 notes, 47 meetings, 48 calls, 49 emails. A value in props is looked for as text: its quotes
 * cannot be part of another value, where they would have a backslash. */
#define SPOKEN    "object_type IN (18, 47, 48, 49)"
#define CONTACTED "(object_type IN (18, 47, 48) OR (object_type = 49 AND props LIKE '%\"hs_email_direction\":\"EMAIL\"%'))"
#define PLANNED                                                                                                          \
	"((object_type = 27 AND props NOT LIKE '%\"hs_task_status\":\"COMPLETED\"%')"                                      \
	" OR (object_type = 47 AND props NOT LIKE '%\"hs_meeting_outcome\":\"CANCELED\"%'))"

#define LINKED                                                                                                           \
	" FROM object WHERE archived_at = 0 AND object_type = $2 AND id > $4 AND id IN (SELECT to_id FROM association"     \
	" WHERE from_id = $1 AND to_type = $2 AND (type_id = $3 OR $3 = 0))"

enum { Q_OF_TICKET, Q_OF_CONTACT, Q_ACTIVITIES, Q_COUNT, Q_LIST, Q_THREADS, Q_NEWEST, Q_NEWEST_SPOKEN };
static const struct sql calculate_rows[] = {
	[Q_OF_TICKET] = {MESSAGE_SUMS " WHERE m.ticket_id = $1", &message_sums_shape},
	[Q_OF_CONTACT] = {MESSAGE_SUMS " JOIN thread t ON t.id = m.thread_id WHERE t.contact_id = $1", &message_sums_shape},
	[Q_ACTIVITIES] = {"SELECT count(*) AS n, COALESCE(max(activity_at) FILTER (WHERE activity_at <= $2), 0) AS latest_at,"
	                  " COALESCE(max(activity_at) FILTER (WHERE activity_at <= $2 AND " SPOKEN "), 0) AS latest_spoken_at,"
	                  " count(*) FILTER (WHERE activity_at <= $2 AND " CONTACTED ") AS contacted_n,"
	                  " COALESCE(max(activity_at) FILTER (WHERE activity_at <= $2 AND " CONTACTED "), 0) AS latest_contact_at,"
	                  " COALESCE(min(activity_at) FILTER (WHERE activity_at > $2 AND " PLANNED "), 0) AS next_at,"
	                  " COALESCE(min(activity_at) FILTER (WHERE activity_at > $2), 0) AS wake_at"
	                  " FROM object WHERE archived_at = 0 AND id IN (SELECT to_id FROM association WHERE from_id = $1"
	                  " AND to_type IN (18, 27, 46, 47, 48, 49))", &activity_sums_shape},
	[Q_COUNT] = {"SELECT count(*) AS n" LINKED, &number_shape},
	[Q_LIST] = {"SELECT @cols" LINKED " ORDER BY id LIMIT $5", &linked_shape},
	[Q_THREADS] = {"SELECT count(*) AS n FROM thread WHERE ticket_id = $1 AND archived_at = 0", &number_shape},
	[Q_NEWEST] = {"SELECT @cols FROM message WHERE ticket_id = $1 ORDER BY id DESC LIMIT 1", &newest_shape},
	[Q_NEWEST_SPOKEN] = {"SELECT @cols FROM message WHERE ticket_id = $1 AND type = 'MESSAGE' ORDER BY id DESC LIMIT 1",
	                     &newest_shape},
};
const struct sql_table calculate_sql = SQL_TABLE("calculate", calculate_rows);

enum err messages_of_ticket(struct ctx *c, int64_t ticket_id, struct message_sums *out)
{
	return db_one(c, &calculate_rows[Q_OF_TICKET], ARGS(I(ticket_id)), out);
}

enum err messages_of_contact(struct ctx *c, int64_t contact_id, struct message_sums *out)
{
	return db_one(c, &calculate_rows[Q_OF_CONTACT], ARGS(I(contact_id)), out);
}

enum err activities_of(struct ctx *c, int64_t object_id, struct activity_sums *out)
{
	return db_one(c, &calculate_rows[Q_ACTIVITIES], ARGS(I(object_id), I(c->now)), out);
}

enum err linked_count(struct ctx *c, int64_t object_id, int64_t other_type, int64_t type_id, int64_t *out)
{
	struct number number;
	TRY(db_one(c, &calculate_rows[Q_COUNT], ARGS(I(object_id), I(other_type), I(type_id), I(0)), &number));
	*out = number.n;
	return OK;
}

enum err thread_count(struct ctx *c, int64_t ticket_id, int64_t *out)
{
	struct number number;
	TRY(db_one(c, &calculate_rows[Q_THREADS], ARGS(I(ticket_id)), &number));
	*out = number.n;
	return OK;
}

enum err linked_list(struct ctx *c, int64_t object_id, int64_t other_type, int64_t type_id, int64_t after, int64_t limit,
                     struct linked **out, size_t *n_out)
{
	return db_all(c, &calculate_rows[Q_LIST], ARGS(I(object_id), I(other_type), I(type_id), I(after), I(limit)), out, n_out);
}

enum err newest_of_ticket(struct ctx *c, int64_t ticket_id, bool is_spoken, struct newest_message *out)
{
	return db_one(c, &calculate_rows[is_spoken ? Q_NEWEST_SPOKEN : Q_NEWEST], ARGS(I(ticket_id)), out);
}
