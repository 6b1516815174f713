/* Locks of PostgreSQL, held until the transaction ends. The server would count how often one was taken; asking it again for what the
 * transaction has is a round trip for nothing, so the keys are remembered. */

#include "base/arena.h"
#include "db/db_pg_int.h"

enum { FIRST_HELD = 16 };

/* Where the key is, or where it goes. */
static int64_t *slot_of(int64_t *held, size_t room, int64_t key)
{
	size_t i = (size_t)(((uint64_t)key * 0x9e3779b97f4a7c15) >> 32) & (room - 1);
	while (held[i] != 0 && held[i] != key)
		i = (i + 1) & (room - 1);
	return &held[i];
}

static void make_room(struct ctx *c, struct tx *tx)
{
	size_t room = tx->held_room ? 2 * tx->held_room : FIRST_HELD;
	int64_t *held = NEW_ARRAY(c->a, room, int64_t);
	for (size_t i = 0; i < tx->held_room; i++)
		if (tx->held[i] != 0)
			*slot_of(held, room, tx->held[i]) = tx->held[i];
	tx->held = held;
	tx->held_room = room;
}

/* A lock that is to come with the next statement is as good as held: without it that statement does not run. */
static bool is_held(const struct tx *tx, int64_t key)
{
	return key != 0 && tx->held_n > 0 && *slot_of(tx->held, tx->held_room, key) == key;
}

static void keep(struct ctx *c, struct tx *tx, int64_t key)
{
	if (2 * tx->held_n >= tx->held_room)
		make_room(c, tx);
	*slot_of(tx->held, tx->held_room, key) = key;
	tx->held_n += key != 0;
}

/* Transactions that want the same key queue up here until the one that has it ends. */
enum err pg_lock(struct ctx *c, int64_t key, bool may_wait)
{
	struct tx *tx = c->tx;
	struct pg_conn *conn = (struct pg_conn *)tx->conn;
	const char *const values[] = {str_fmt(c->a, "%lld", (long long)key).p};
	PGresult *result;
	if (tx->broken != OK)
		return fail(c, ERR_INTERNAL, "a lock after a statement that failed");
	if (is_held(tx, key))
		return OK;
	int n = pg_queue_begin(conn) + 1;
	PQsendQueryParams(conn->pg, "SELECT pg_advisory_xact_lock($1::bigint)", 1, NULL, values, NULL, NULL, 0);
	if (!may_wait || !pg_leave_queued(conn, n))
		tx->broken = pg_exchange(c, conn, n, "pg_advisory_xact_lock", &result);
	else
		result = NULL;
	if (tx->broken != OK)
		return tx->broken;
	PQclear(result);
	keep(c, tx, key);
	return OK;
}
