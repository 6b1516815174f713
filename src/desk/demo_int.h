#pragma once

#include "base/ctx.h"

/* demo_library.c: what the demo's agents put into their mails. Inside of a transaction. */
enum err demo_library(struct ctx *c, int64_t agent_id);
