#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* What a user wants of one ticket for himself: to hear nothing of it, and to be reminded of it (desk/remind.h). */

enum err mute_put(struct ctx *c, int64_t ticket_id, int64_t user_id);
enum err mute_remove(struct ctx *c, int64_t ticket_id, int64_t user_id);
enum err mute_load(struct ctx *c, int64_t ticket_id, int64_t user_id, bool *is_muted_out);

struct reminder {
	int64_t ticket_id;
	int64_t user_id;
	int64_t remind_at;
	struct str note;
	int64_t created_at;
};
extern const struct shape reminder_shape;

/* In place of the one that was there. */
enum err reminder_put(struct ctx *c, const struct reminder *r);
enum err reminder_remove(struct ctx *c, int64_t ticket_id, int64_t user_id);
/* ERR_NOT_FOUND: there is none. */
enum err reminder_load(struct ctx *c, int64_t ticket_id, int64_t user_id, struct reminder *out);
/* Those of a user whose time has come, by ticket. */
enum err reminder_list_due(struct ctx *c, int64_t user_id, int64_t now, int64_t limit, struct reminder **out, size_t *n_out);
/* How many others he has. */
enum err reminder_count(struct ctx *c, int64_t user_id, int64_t but_ticket_id, int64_t *n_out);
