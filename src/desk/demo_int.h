#pragma once

#include "base/ctx.h"

/* The parts of the demo's desk (desk/demo.c), each inside of its transaction. */

/* Who the demo's quote is for. */
struct demo_buyer {
	int64_t company_id, contact_id, deal_id;
};

/* demo_records.c: companies, contacts and deals. */
enum err demo_records(struct ctx *c, struct demo_buyer *out);
/* demo_library.c: what the demo's agents put into their mails. */
enum err demo_library(struct ctx *c, int64_t agent_id, const struct demo_buyer *buyer);
