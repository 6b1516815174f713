#pragma once

#include "desk/library.h"

/* Shared by library.c (who sees what), library_make.c (how it is changed) and library_folder.c. */

/* What who asks sees of a kind. */
struct library_sight library_sight(const struct ctx *c, enum library_kind kind);
/* Is it his, or has he to do with everybody's? */
bool library_may_edit(const struct ctx *c, int64_t user_id);
/* With teams and rights, in the order of the items. */
enum err library_entries(struct ctx *c, const struct library_item *items, size_t n, struct library_entry **out);
/* Archived or not, of any kind, for who may change it. */
enum err library_load_any(struct ctx *c, int64_t id, enum library_kind *kind_out, struct library_entry *out);
enum err library_check_name(struct ctx *c, struct str name);
