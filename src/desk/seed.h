#pragma once

#include "base/ctx.h"
#include "store/inbox.h"

/* What a new desk begins with, and what a new version adds to an old one. */

/* Types, properties, pipelines, association types and the signing key. Run after every migration; what is there stays. */
enum err desk_seed(struct ctx *c);

/* An inbox with one email address, whose tickets begin in the first stage of the default pipeline. ERR_CONFLICT when the
 * address is in use, ERR_BAD_INPUT when it is none. */
enum err desk_inbox_create(struct ctx *c, struct str name, struct str address, struct channel_account *out);

/* A demo organisation: a second agent, who signs in with password, five tickets in five languages, as if they had come by mail, and a
 * small library to answer them with.
 * Outside of a transaction. */
enum err desk_demo(struct ctx *c, struct str password);
