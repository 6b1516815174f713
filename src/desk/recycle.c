#include "desk/recycle.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/object.h"
#include "desk/restore.h"

enum { MAX_RECYCLE_ROUNDS = 20 };

static struct str pattern_of(struct ctx *c, struct str query)
{
	struct buf b;
	buf_init(&b, c->a, 2 * MAX_RECYCLE_QUERY_BYTES + 2);
	buf_byte(&b, '%');
	for (size_t i = 0; i < query.n; i++) {
		if (query.p[i] == '%' || query.p[i] == '_' || query.p[i] == '!')
			buf_byte(&b, '!');
		buf_byte(&b, query.p[i]);
	}
	buf_byte(&b, '%');
	return buf_str(&b);
}

/* Those that the caller may delete, and so restore. */
static enum err add_allowed(struct ctx *c, const struct recycle_row *rows, size_t n, size_t room, struct recycle_row *out,
                            size_t *n_out)
{
	for (size_t i = 0; i < n && *n_out < room; i++) {
		struct object o;
		TRY(object_load(c, TYPE_TICKET, rows[i].id, &o));
		if (desk_may(c, CAN_DELETE, &o))
			out[(*n_out)++] = rows[i];
	}
	return OK;
}

enum err desk_recycle_list(struct ctx *c, struct str query, int64_t before_at, int64_t before_id, int64_t limit,
                           struct recycle_row **out, size_t *n_out)
{
	struct str wanted = str_lower(c->a, str_trim(query));
	struct recycle_find find = {
		.since = c->now - DAYS((int64_t)RESTORE_DAYS),
		.before_at = before_at,
		.before_id = before_id,
		.limit = limit,
		.access = desk_sight(c),
	};
	TRY(desk_can(c, CAN_DELETE, NULL));
	if (wanted.n > MAX_RECYCLE_QUERY_BYTES)
		return fail_field(c, STR("q"), STR("INVALID_LENGTH"), "q has at most %d bytes.", MAX_RECYCLE_QUERY_BYTES);
	if (wanted.n > 0)
		find.like = pattern_of(c, wanted);
	if (wanted.n > 0 && wanted.p[0] == '#')
		wanted = (struct str){wanted.p + 1, wanted.n - 1};
	if (!num_parse_id(wanted, &find.ticket_id))
		find.ticket_id = 0;
	*out = NEW_ARRAY(c->a, limit, struct recycle_row);
	*n_out = 0;
	for (int round = 0; round < MAX_RECYCLE_ROUNDS; round++) {
		struct recycle_row *rows;
		size_t n;
		TRY(recycle_list(c, &find, &rows, &n));
		TRY(add_allowed(c, rows, n, (size_t)limit, *out, n_out));
		if (n < (size_t)limit || *n_out == (size_t)limit)
			return OK;
		find.before_at = rows[n - 1].archived_at;
		find.before_id = rows[n - 1].id;
	}
	return OK;
}
