#pragma once

#include "base/ctx.h"
#include "bus/event.h"
#include "store/object.h"
#include "store/schema.h"
#include "store/thread.h"

/* Events that say more than whom they are about, for reactions that come later, when the rows may be others (webhooks). Their
 * bodies are flat maps of strings (text/json_props.h):
 *
 *   object events         objectType, source ("CRM_UI"), change (id of the history row that holds the values; not where there is none)
 *   object.merged         objectType, mergedId (the one that ended), moved (how many values it gave)
 *   association.changed   fromType, toType, toId, typeId, inverseId, isRemoved, isPrimary ("true" or "false"); it is about the first
 *                         of the two. One for each type of link between them that was made or removed
 *   thread.created        nothing
 *   thread.erased         nothing
 *   thread.changed        what has changed: status, assignedTo, isArchived, as they are on the wire */

/* source null: by who does it. change_id 0: none. */
enum err announce_object(struct ctx *c, enum event_kind kind, const struct object *o, struct str source, int64_t change_id);
enum err announce_merge(struct ctx *c, const struct object *into, const struct object *from, size_t moved_n);

enum link_change { LINK_MADE, LINK_REMOVED };
enum err announce_link(struct ctx *c, const struct object *from, const struct object *to, enum link_change change,
                       const struct association_type *type);

/* Writes a thread that is new, or was *before, and announces what is different. */
enum err thread_add(struct ctx *c, struct thread *t);
enum err thread_save(struct ctx *c, const struct thread *before, struct thread *t);
