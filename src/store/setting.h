#pragma once

#include "base/ctx.h"

/* Named values of the whole desk that are not rows of their own: the SMTP relay, the signing key. The names and what they
 * mean are in desk/setting.h. */

/* The null string when it was never set. */
enum err setting_load(struct ctx *c, struct str name, struct str *out);
enum err setting_put(struct ctx *c, struct str name, struct str value);
/* Sets it unless it is there already. */
enum err setting_put_once(struct ctx *c, struct str name, struct str value);
/* Until the transaction ends nobody else gets the lock of this setting: for those who decide by it, and who change it. */
enum err setting_lock(struct ctx *c, struct str name);
