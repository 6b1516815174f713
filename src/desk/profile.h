#pragma once

#include "base/ctx.h"

/* What a user changes about himself. */

/* null: it stays. ERR_BAD_INPUT names the field. */
enum err desk_profile_update(struct ctx *c, struct str first_name, struct str last_name);
/* Ends his other sessions. Runs transactions of its own (it hashes). ERR_BAD_INPUT: the current one is wrong, or the new one too short;
 * ERR_NOT_ALLOWED: who came with a token has none to change; ERR_TOO_MANY: it was wrong too often. */
enum err desk_password_change(struct ctx *c, struct str current, struct str password);
