#include "desk/blocked.h"

#include "base/arena.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "text/mail_addr.h"

enum err desk_block(struct ctx *c, struct str address, bool *is_new_out)
{
	bool is_own;
	int64_t n;
	struct str wanted = str_lower(c->a, str_trim(address));
	TRY(desk_can(c, CAN_DELETE, NULL));
	if (!mail_addr_is_sendable(wanted))
		return fail_field(c, STR("address"), STR("INVALID_EMAIL"), "address is an email address.");
	TRY(is_own_address(c, wanted, &is_own));
	if (is_own)
		return fail_field(c, STR("address"), STR("OWN_ADDRESS"), "This is an address of the desk itself.");
	TRY(blocked_sender_count(c, MAX_BLOCKED_SENDERS, &n));
	if (n >= MAX_BLOCKED_SENDERS)
		return fail(c, ERR_BAD_INPUT, "No more than %d senders can be blocked.", MAX_BLOCKED_SENDERS);
	return blocked_sender_put(c, wanted, is_new_out);
}

enum err desk_blocked_list(struct ctx *c, int64_t before, int64_t limit, struct blocked_sender **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_DELETE, NULL));
	return blocked_sender_list(c, before, limit, out, n_out);
}

enum err desk_unblock(struct ctx *c, int64_t id)
{
	bool was_there;
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(blocked_sender_remove(c, id, &was_there));
	return was_there ? OK : fail(c, ERR_NOT_FOUND, "There is no blocked sender %lld.", (long long)id);
}
