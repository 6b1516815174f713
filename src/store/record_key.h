#pragma once

#include "base/ctx.h"

/* What records are found by beside their unique key; a value may be that of several. */

#define RECORD_KEY_EMAIL   STR("email")   /* a further address of a contact */
#define RECORD_KEY_COMPANY STR("company") /* a domain of a company */
#define RECORD_KEY_CONTACT STR("contact") /* the domain that says where a contact works */

enum err record_key_put(struct ctx *c, struct str kind, struct str value, int64_t object_id);
enum err record_key_remove(struct ctx *c, int64_t object_id);
/* Objects with this key that are not archived and have an id > after, by id. */
enum err record_key_find(struct ctx *c, struct str kind, struct str value, int64_t after, int64_t limit, int64_t **ids_out,
                         size_t *n_out);
/* The keys of an object of one kind. */
enum err record_key_list(struct ctx *c, int64_t object_id, struct str kind, int64_t limit, struct str **out, size_t *n_out);
