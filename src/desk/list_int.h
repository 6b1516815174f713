#pragma once

#include "bus/event.h"
#include "desk/list.h"

/* Between list.c, list_member.c and list_folder.c. */

enum err list_not_there(struct ctx *c, int64_t id);
/* Locked and not archived, for who changes it. */
enum err list_begin(struct ctx *c, int64_t id, struct list *out);
enum err list_announce(struct ctx *c, enum event_kind kind, int64_t id);
/* Lists and folders come and go one after the other: what is counted and looked for stays so. */
enum err list_lock_all(struct ctx *c);
enum err list_check_name(struct ctx *c, struct str field, struct str name);
