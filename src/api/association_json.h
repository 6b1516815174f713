#pragma once

#include <stdint.h>

#include "base/ctx.h"
#include "desk/associate.h"
#include "text/json.h"

/* Links as the wire writes them, in the answers of single calls and of batches. */

/* { category, typeId, label } */
void link_type_json(struct json *j, const struct association_type *type);
/* What a link without a label is: an entry for each direction, { from, to, associationSpec }. */
void link_default_json(struct json *j, const struct object *from, const struct object *to,
                       const struct association_type *type);
/* { fromObjectTypeId, fromObjectId, toObjectTypeId, toObjectId, labels: [] } */
enum err link_json(struct ctx *c, struct json *j, const struct object *from, const struct object *to,
                   const int64_t *type_ids, size_t n);
/* The member paging: where the links of an object to others of a type go on. */
void link_paging_json(struct ctx *c, struct json *j, const struct type_def *from_type, int64_t from_id,
                      const struct type_def *to_type, int64_t after);
