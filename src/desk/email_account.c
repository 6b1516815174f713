#include "desk/conversation_int.h"
#include "store/channel.h"

enum err email_account_in_use(struct ctx *c, struct channel_account *out)
{
	struct channel_account *all;
	size_t n;
	TRY(channel_account_list(c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (all[i].channel_id != CHANNEL_EMAIL || !all[i].is_active || all[i].archived_at > 0)
			continue;
		*out = all[i];
		return OK;
	}
	return fail(c, ERR_NOT_FOUND, "no address to send from");
}
