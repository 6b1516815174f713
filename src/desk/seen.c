#include "desk/seen.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/object.h"

struct str seen_by_writer(struct ctx *c, int64_t user_id)
{
	return user_id ? str_fmt(c->a, " %lld ", (long long)user_id) : STR("");
}

/* list without the word, which stands between blanks; the same list when it is not there. */
static struct str without(struct ctx *c, struct str list, struct str word)
{
	ptrdiff_t at = str_find(list, word);
	if (at < 0)
		return list;
	struct str rest = str_cat(c->a, str_head(list, (size_t)at + 1), str_skip(list, (size_t)at + word.n));
	return str_trim(rest).n ? rest : STR("");
}

static struct str with(struct ctx *c, struct str list, struct str word)
{
	if (str_find(list, word) >= 0 || list.n + word.n > MAX_SEEN_BYTES)
		return list;
	return str_cat(c->a, list.n && str_ends(list, STR(" ")) ? str_head(list, list.n - 1) : list, word);
}

static struct str after(struct ctx *c, struct str list, enum seen seen)
{
	struct str id = str_fmt(c->a, " %lld ", (long long)c->who.user_id);
	struct str not_id = str_fmt(c->a, " -%lld ", (long long)c->who.user_id);
	if (str_starts(list, STR("*")))
		return seen == SEEN ? without(c, list, not_id) : with(c, list, not_id);
	return seen == SEEN ? with(c, list, id) : without(c, list, id);
}

enum err desk_ticket_seen(struct ctx *c, int64_t ticket_id, enum seen seen)
{
	struct object ticket;
	TRY(object_lock(c, ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_VIEW, &ticket));
	struct str list = after(c, ticket.seen_by, seen);
	if (c->who.user_id == 0 || str_eq(list, ticket.seen_by))
		return OK;
	TRY(object_set_seen(c, ticket.id, list));
	return bus_emit(c, EV_TICKET_SEEN, &(struct event_about){.about_id = ticket.id, .ticket_id = ticket.id});
}
