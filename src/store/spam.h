#pragma once

#include "base/ctx.h"

/* Tickets that were marked as spam before that time and are not in the recycle bin, oldest first. */
enum err spam_list(struct ctx *c, int64_t before, int64_t limit, int64_t **ids_out, size_t *n_out);
