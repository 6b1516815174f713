#pragma once

#include "desk/associate.h"

/* Between associate.c and associate_rules.c: single links, and what hangs on them. */

/* Makes or removes a link in both directions, and notes it; nothing happens where it is there or is not. */
enum err link_put(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                  const struct association_type *type);
enum err link_remove(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                     const struct association_type *type);

/* What has been noted: works out both ends of each, then announces all. Of the objects with is_new_id nothing is worked out. */
enum err link_finish(struct ctx *c, struct link_work *work, int64_t is_new_id);

/* Is there room for one more link of that type at both ends? ERR_BAD_INPUT. */
enum err rule_room(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                   const struct association_type *type);
/* The failure: one more is too many. */
enum err link_no_room(struct ctx *c, const struct object *from, const struct association_type *type);
/* A ticket, a contact and a deal have one primary company: who names another one takes the label from the one before. */
enum err rule_primary(struct ctx *c, struct link_work *work, const struct object *from, const struct object *to,
                      const struct association_type *type);
/* A ticket shows its first contact as the one who asked. */
enum err rule_contact_linked(struct ctx *c, const struct object *x, const struct object *y);
/* The next linked contact takes the place of the one who was shown. */
enum err rule_contact_gone(struct ctx *c, const struct object *x, const struct object *y);
