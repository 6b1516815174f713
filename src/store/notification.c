#include "store/notification.h"

#include "store/all_sql.h"

static const struct field mention_fields[] = {
	FIELD(struct mention, message_id, F_ID),
	FIELD(struct mention, user_id, F_ID),
};
static const struct shape mention_shape = SHAPE("MentionRow", struct mention, mention_fields);

enum { Q_MENTION_PUT, Q_MENTION_LIST, Q_MENTION_REMOVE };
static const struct sql mention_rows[] = {
	[Q_MENTION_PUT] = {"INSERT INTO mention (message_id, user_id) VALUES ($1, $2) ON CONFLICT (message_id, user_id) DO NOTHING",
	                   NULL},
	[Q_MENTION_LIST] = {"SELECT n.message_id, n.user_id FROM mention n JOIN message m ON m.id = n.message_id"
	                    " WHERE n.message_id >= $1 AND n.message_id <= $2 AND m.ticket_id = $3 ORDER BY n.message_id, n.user_id"
	                    " LIMIT 10000", &mention_shape},
	[Q_MENTION_REMOVE] = {"DELETE FROM mention WHERE message_id = $1", NULL},
};
const struct sql_table mention_sql = SQL_TABLE("mention", mention_rows);

static const struct field concerned_fields[] = {
	FIELD(struct concerned, user_id, F_ID),
	FIELD(struct concerned, owner_id, F_ID),
	FIELD(struct concerned, email, F_STR),
	FIELD(struct concerned, first_name, F_STR),
	FIELD(struct concerned, last_name, F_STR),
	FIELD(struct concerned, role, F_INT),
	FIELD(struct concerned, why, F_STR),
};
static const struct shape concerned_shape = SHAPE("Concerned", struct concerned, concerned_fields);

enum { Q_FOLLOW_PUT, Q_FOLLOW_REMOVE, Q_CONCERNED, Q_MENTIONABLE };
static const struct sql follow_rows[] = {
	[Q_FOLLOW_PUT] = {"INSERT INTO follow (ticket_id, user_id, is_following, created_at) VALUES ($1, $2, $3, $4)"
	                  " ON CONFLICT (ticket_id, user_id) DO UPDATE SET is_following = excluded.is_following", NULL},
	[Q_FOLLOW_REMOVE] = {"DELETE FROM follow WHERE ticket_id = $1 AND user_id = $2", NULL},
	[Q_CONCERNED] = {"SELECT u.id AS user_id, o.id AS owner_id, u.email, u.first_name, u.last_name, u.role, w.why FROM"
	                 " (SELECT user_id, 'OWNER' AS why FROM owner WHERE id = $2"
	                 " UNION ALL SELECT user_id, CASE is_following WHEN 1 THEN 'FOLLOWS' ELSE 'OPTED_OUT' END AS why FROM follow"
	                 " WHERE ticket_id = $1"
	                 " UNION ALL SELECT user_id, 'MUTED' AS why FROM ticket_mute WHERE ticket_id = $1"
	                 " UNION ALL SELECT user_id, 'MENTIONED' AS why FROM mention WHERE message_id = $3) AS w"
	                 " JOIN desk_user u ON u.id = w.user_id JOIN owner o ON o.user_id = u.id"
	                 " WHERE u.is_active = 1 ORDER BY u.id LIMIT $4", &concerned_shape},
	[Q_MENTIONABLE] = {"SELECT u.id AS user_id, o.id AS owner_id, u.email, u.first_name, u.last_name, u.role, '' AS why"
	                   " FROM desk_user u JOIN owner o ON o.user_id = u.id WHERE u.is_active = 1"
	                   " ORDER BY u.first_name, u.last_name, u.id LIMIT 10000", &concerned_shape},
};
const struct sql_table follow_sql = SQL_TABLE("follow", follow_rows);

static const struct field notification_fields[] = {
	FIELD(struct notification, id, F_ID),
	FIELD(struct notification, user_id, F_ID),
	FIELD(struct notification, topic, F_STR),
	FIELD(struct notification, happening, F_STR),
	FIELD(struct notification, detail, F_STR, .flags = F_NULL),
	FIELD(struct notification, ticket_id, F_ID),
	FIELD(struct notification, item_id, F_ID),
	FIELD(struct notification, message_id, F_ID),
	FIELD(struct notification, actor_user_id, F_ID),
	FIELD(struct notification, in_bell, F_BOOL),
	FIELD(struct notification, as_popup, F_BOOL),
	FIELD(struct notification, in_browser, F_BOOL),
	FIELD(struct notification, by_mail, F_BOOL),
	FIELD(struct notification, created_at, F_TIME),
	FIELD(struct notification, read_at, F_TIME),
	FIELD(struct notification, mailed_at, F_TIME),
};
const struct shape notification_shape = SHAPE("NotificationRow", struct notification, notification_fields);

static const struct field row_fields[] = {
	FIELD(struct notification_row, id, F_ID),
	FIELD(struct notification_row, topic, F_STR),
	FIELD(struct notification_row, happening, F_STR),
	FIELD(struct notification_row, detail, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, ticket_id, F_ID),
	FIELD(struct notification_row, item_id, F_ID),
	FIELD(struct notification_row, item_kind, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, message_id, F_ID),
	FIELD(struct notification_row, actor_user_id, F_ID),
	FIELD(struct notification_row, actor_first_name, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, actor_last_name, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, actor_name, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, subject, F_STR),
	FIELD(struct notification_row, excerpt, F_STR, .flags = F_NULL),
	FIELD(struct notification_row, is_gone, F_BOOL),
	FIELD(struct notification_row, in_bell, F_BOOL),
	FIELD(struct notification_row, as_popup, F_BOOL),
	FIELD(struct notification_row, in_browser, F_BOOL),
	FIELD(struct notification_row, created_at, F_TIME),
	FIELD(struct notification_row, read_at, F_TIME),
};
static const struct shape row_shape = SHAPE("NotificationShown", struct notification_row, row_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
static const struct shape number_shape = SHAPE("NotificationNumber", struct number, number_fields);

#define SHOWN                                                                                                              \
	"SELECT n.id, n.topic, n.happening, n.detail, n.ticket_id, n.item_id, i.kind AS item_kind, n.message_id, n.actor_user_id," \
	" u.first_name AS actor_first_name, u.last_name AS actor_last_name,"                                                    \
	" CASE WHEN n.item_id > 0 THEN n.detail ELSE m.sender_name END AS actor_name, COALESCE(t.label, i.name, '') AS subject," \
	" SUBSTR(m.text, 1, 300) AS excerpt, CASE WHEN t.archived_at = 0 OR n.item_id > 0 THEN 0 ELSE 1 END AS is_gone,"     \
	" n.in_bell, n.as_popup, n.in_browser, n.created_at, n.read_at FROM notification n"                                  \
	" LEFT JOIN object t ON t.id = n.ticket_id LEFT JOIN library_item i ON i.id = n.item_id"                             \
	" LEFT JOIN message m ON m.id = n.message_id LEFT JOIN desk_user u ON u.id = n.actor_user_id"

enum {
	Q_INSERT,
	Q_LIST,
	Q_LIST_UNREAD,
	Q_COUNT_UNREAD,
	Q_READ,
	Q_READ_TICKET,
	Q_READ_ALL,
	Q_UNREAD,
	Q_SWEEP,
	Q_SWEEP_DAYS,
	Q_REMOVE_MESSAGE,
	Q_IS_TOLD,
	Q_TO_MAIL,
	Q_LAST_MAIL,
	Q_IS_TO_MAIL,
	Q_KEEP_FROM_MAIL,
	Q_SET_MAILED,
	Q_DAY_ADD,
	Q_DAY_COUNT,
};
static const struct sql notification_rows[] = {
	[Q_INSERT] = {"INSERT INTO notification @insert @back", &notification_shape},
	[Q_LIST] = {SHOWN " WHERE n.user_id = $1 AND n.in_bell = 1 AND n.id < $2 AND n.id > $3 ORDER BY n.id DESC LIMIT $4", &row_shape},
	[Q_LIST_UNREAD] = {SHOWN " WHERE n.user_id = $1 AND n.in_bell = 1 AND n.read_at = 0 AND n.id < $2 AND n.id > $3"
	                   " ORDER BY n.id DESC LIMIT $4", &row_shape},
	[Q_COUNT_UNREAD] = {"SELECT COUNT(*) AS n FROM (SELECT id FROM notification WHERE user_id = $1 AND in_bell = 1 AND read_at = 0"
	                    " LIMIT $2) AS unread", &number_shape},
	[Q_READ] = {"UPDATE notification SET read_at = $3 WHERE id = $2 AND user_id = $1 AND read_at = 0", NULL},
	[Q_READ_TICKET] = {"UPDATE notification SET read_at = $3 WHERE ticket_id = $2 AND user_id = $1 AND read_at = 0", NULL},
	[Q_READ_ALL] = {"UPDATE notification SET read_at = $3 WHERE user_id = $1 AND in_bell = 1 AND read_at = 0 AND id <= $2", NULL},
	[Q_UNREAD] = {"UPDATE notification SET read_at = 0 WHERE id = $2 AND user_id = $1 AND read_at > 0", NULL},
	[Q_SWEEP] = {"DELETE FROM notification WHERE created_at < $1", NULL},
	[Q_SWEEP_DAYS] = {"DELETE FROM notification_day WHERE day < $1", NULL},
	[Q_REMOVE_MESSAGE] = {"DELETE FROM notification WHERE ticket_id = $1 AND message_id = $2", NULL},
	[Q_IS_TOLD] = {"SELECT COUNT(*) AS n FROM notification WHERE ticket_id = $2 AND user_id = $1 AND created_at = $3", &number_shape},
	[Q_TO_MAIL] = {SHOWN " WHERE n.ticket_id = $2 AND n.user_id = $1 AND n.by_mail = 1 AND n.read_at = 0 AND n.mailed_at = 0"
	               " ORDER BY n.id LIMIT $3", &row_shape},
	[Q_LAST_MAIL] = {"SELECT COALESCE(MAX(mailed_at), 0) AS n FROM notification WHERE ticket_id = $2 AND user_id = $1", &number_shape},
	[Q_IS_TO_MAIL] = {"SELECT COUNT(*) AS n FROM notification WHERE ticket_id = $2 AND user_id = $1 AND by_mail = 1 AND read_at = 0"
	                  " AND mailed_at = 0", &number_shape},
	[Q_KEEP_FROM_MAIL] = {"UPDATE notification SET by_mail = 0 WHERE ticket_id = $2 AND user_id = $1 AND by_mail = 1"
	                      " AND mailed_at = 0", NULL},
	[Q_SET_MAILED] = {"UPDATE notification SET mailed_at = $4 WHERE ticket_id = $2 AND user_id = $1 AND id <= $3 AND by_mail = 1"
	                  " AND mailed_at = 0", NULL},
	[Q_DAY_ADD] = {"INSERT INTO notification_day (address, topic, day, mail_n) VALUES ($1, $2, $3, 1)"
	               " ON CONFLICT (address, topic, day) DO UPDATE SET mail_n = notification_day.mail_n + 1 RETURNING mail_n AS n",
	               &number_shape},
	[Q_DAY_COUNT] = {"SELECT mail_n AS n FROM notification_day WHERE address = $1 AND topic = $2 AND day = $3", &number_shape},
};
const struct sql_table notification_sql = SQL_TABLE("notification", notification_rows);

enum err mention_put(struct ctx *c, int64_t message_id, int64_t user_id, bool *is_new_out)
{
	int64_t changed;
	TRY(db_exec(c, &mention_rows[Q_MENTION_PUT], ARGS(I(message_id), I(user_id)), &changed));
	*is_new_out = changed > 0;
	return OK;
}

enum err mention_list(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct mention **out, size_t *n_out)
{
	return db_all(c, &mention_rows[Q_MENTION_LIST], ARGS(I(first_id), I(last_id), I(ticket_id)), out, n_out);
}

enum err mention_remove_message(struct ctx *c, int64_t message_id)
{
	return db_exec(c, &mention_rows[Q_MENTION_REMOVE], ARGS(I(message_id)), NULL);
}

enum err follow_put(struct ctx *c, int64_t ticket_id, int64_t user_id, bool is_following)
{
	return db_exec(c, &follow_rows[Q_FOLLOW_PUT], ARGS(I(ticket_id), I(user_id), I(is_following), I(c->now)), NULL);
}

enum err follow_remove(struct ctx *c, int64_t ticket_id, int64_t user_id)
{
	return db_exec(c, &follow_rows[Q_FOLLOW_REMOVE], ARGS(I(ticket_id), I(user_id)), NULL);
}

enum err concerned_list(struct ctx *c, int64_t ticket_id, int64_t owner_id, int64_t message_id, struct concerned **out,
                        size_t *n_out)
{
	return db_all(c, &follow_rows[Q_CONCERNED], ARGS(I(ticket_id), I(owner_id), I(message_id), I(MAX_CONCERNED)), out, n_out);
}

enum err mentionable_list(struct ctx *c, struct concerned **out, size_t *n_out)
{
	return db_all(c, &follow_rows[Q_MENTIONABLE], NO_ARGS, out, n_out);
}

enum err notification_insert(struct ctx *c, struct notification *n)
{
	return db_put(c, &notification_rows[Q_INSERT], n, n);
}

enum err notification_list(struct ctx *c, const struct notification_page *page, struct notification_row **out, size_t *n_out)
{
	return db_all(c, &notification_rows[page->only_unread ? Q_LIST_UNREAD : Q_LIST],
	              ARGS(I(page->user_id), I(page->before), I(page->after), I(page->limit)), out, n_out);
}

static enum err number(struct ctx *c, int query, const struct sql_value *args, size_t arg_n, int64_t *out)
{
	struct number row = {0};
	enum err e = db_one(c, &notification_rows[query], args, arg_n, &row);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	*out = row.n;
	return OK;
}

enum err notification_count_unread(struct ctx *c, int64_t user_id, int64_t limit, int64_t *n_out)
{
	return number(c, Q_COUNT_UNREAD, ARGS(I(user_id), I(limit)), n_out);
}

enum err notification_read(struct ctx *c, int64_t user_id, int64_t id, int64_t *changed_out)
{
	return db_exec(c, &notification_rows[Q_READ], ARGS(I(user_id), I(id), I(c->now)), changed_out);
}

enum err notification_read_ticket(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t *changed_out)
{
	return db_exec(c, &notification_rows[Q_READ_TICKET], ARGS(I(user_id), I(ticket_id), I(c->now)), changed_out);
}

enum err notification_read_all(struct ctx *c, int64_t user_id, int64_t up_to_id, int64_t *changed_out)
{
	return db_exec(c, &notification_rows[Q_READ_ALL], ARGS(I(user_id), I(up_to_id), I(c->now)), changed_out);
}

enum err notification_unread(struct ctx *c, int64_t user_id, int64_t id, int64_t *changed_out)
{
	return db_exec(c, &notification_rows[Q_UNREAD], ARGS(I(user_id), I(id)), changed_out);
}

enum err notification_sweep(struct ctx *c, int64_t before)
{
	TRY(db_exec(c, &notification_rows[Q_SWEEP], ARGS(I(before)), NULL));
	return db_exec(c, &notification_rows[Q_SWEEP_DAYS], ARGS(I(before / (24 * 3600 * 1000))), NULL);
}

enum err notification_remove_message(struct ctx *c, int64_t ticket_id, int64_t message_id)
{
	return db_exec(c, &notification_rows[Q_REMOVE_MESSAGE], ARGS(I(ticket_id), I(message_id)), NULL);
}

enum err notification_is_told(struct ctx *c, int64_t user_id, int64_t ticket_id, bool *is_out)
{
	int64_t n;
	TRY(number(c, Q_IS_TOLD, ARGS(I(user_id), I(ticket_id), I(c->now)), &n));
	*is_out = n > 0;
	return OK;
}

enum err notification_list_to_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t limit,
                                   struct notification_row **out, size_t *n_out)
{
	return db_all(c, &notification_rows[Q_TO_MAIL], ARGS(I(user_id), I(ticket_id), I(limit)), out, n_out);
}

enum err notification_last_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t *at_out)
{
	return number(c, Q_LAST_MAIL, ARGS(I(user_id), I(ticket_id)), at_out);
}

enum err notification_is_to_mail(struct ctx *c, int64_t user_id, int64_t ticket_id, bool *is_out)
{
	int64_t n;
	TRY(number(c, Q_IS_TO_MAIL, ARGS(I(user_id), I(ticket_id)), &n));
	*is_out = n > 0;
	return OK;
}

enum err notification_keep_from_mail(struct ctx *c, int64_t user_id, int64_t ticket_id)
{
	return db_exec(c, &notification_rows[Q_KEEP_FROM_MAIL], ARGS(I(user_id), I(ticket_id)), NULL);
}

enum err notification_set_mailed(struct ctx *c, int64_t user_id, int64_t ticket_id, int64_t up_to_id)
{
	return db_exec(c, &notification_rows[Q_SET_MAILED], ARGS(I(user_id), I(ticket_id), I(up_to_id), I(c->now)), NULL);
}

enum err notification_day_add(struct ctx *c, struct str address, struct str topic, int64_t day, int64_t *n_out)
{
	return number(c, Q_DAY_ADD, ARGS(S(address), S(topic), I(day)), n_out);
}

enum err notification_day_count(struct ctx *c, struct str address, struct str topic, int64_t day, int64_t *n_out)
{
	return number(c, Q_DAY_COUNT, ARGS(S(address), S(topic), I(day)), n_out);
}
