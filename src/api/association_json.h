#pragma once

#include <jansson.h>
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
/* A list of { id, type }, a link each, into the array that is open: those of the first most objects. How many links
 * that were; a page ends between two objects, so after is the id of the last of them. */
enum err link_names_json(struct ctx *c, struct json *j, const struct association *links, size_t n, int64_t most,
                         size_t *written_out);
/* The types of one link, as a list of { associationCategory, associationTypeId }; room for MAX_TYPES_PER_LINK in
 * out. ERR_BAD_INPUT. */
enum err link_types_read(struct ctx *c, const json_t *list, int64_t *out);
/* The member paging: where the links of an object to others of a type go on. */
void link_paging_json(struct ctx *c, struct json *j, const struct type_def *from_type, int64_t from_id,
                      const struct type_def *to_type, int64_t after);
