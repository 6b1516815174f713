#pragma once

#include "base/ctx.h"
#include "desk/act.h"
#include "desk/search.h"
#include "job/job.h"
#include "store/ticket_bulk.h"

/* One thing done to all tickets of a list, however long it is: by a job, part by part, each part one act (desk/act.h) in a transaction
 * of its own. Which tickets is settled when it is asked for: what comes into the list later is left alone, and what leaves it is done
 * all the same. It is done as the one who asked, with the rights that he has by then; tickets that refuse are told with the reason.
 *
 * It may be stopped: what was done stays. Up to MAX_ACT_TICKETS tickets it can be undone, by its acts. */

enum {
	MAX_BULK_TICKETS = 100000,
	BULK_PART_TICKETS = 100,    /* in one transaction: other writers wait as long */
	MAX_BULKS_RUNNING = 3,      /* of one person */
	MAX_BULKS_LISTED = 20,
	MAX_BULK_FAILURES = 1000,   /* that are kept with their reason; all are counted */
	BULK_DAYS = 7,              /* they are forgotten after that */
};

struct bulk_in {
	struct act_in act; /* not merge, restore or split */
	struct str view_id;
	struct filter_group_in filters; /* on top of the view */
	/* What a status demands: given to the tickets that lack it, and to no others. */
	const struct prop *lacking;
	size_t lacking_n;
};

/* ERR_BAD_INPUT: more than MAX_BULK_TICKETS, none at all, or an act that no ticket could be asked for. ERR_CONFLICT: too many run. */
enum err desk_bulk_begin(struct ctx *c, const struct bulk_in *in, struct ticket_bulk *out);
/* One's own: ERR_NOT_FOUND for those of others. */
enum err desk_bulk_load(struct ctx *c, int64_t id, struct ticket_bulk *out);
/* The acts that undo it; none where it is too much to be undone, or nothing was changed. */
enum err desk_bulk_acts(struct ctx *c, const struct ticket_bulk *b, int64_t **out, size_t *n_out);
/* One's own, newest first. */
enum err desk_bulk_list(struct ctx *c, struct ticket_bulk **out, size_t *n_out);
/* Those that refused, by ticket, behind after; what a ticket is called is the null string for who may not see it. */
struct bulk_failure {
	struct ticket_bulk_failure why;
	struct str subject;
};
enum err desk_bulk_failures(struct ctx *c, int64_t id, int64_t after, int64_t limit, struct bulk_failure **out, size_t *n_out);
/* Ends it behind the part that is being done. Of one that has ended nothing changes. */
enum err desk_bulk_stop(struct ctx *c, int64_t id, struct ticket_bulk *out);

extern const struct job_kind job_bulk;
/* Forgets one that is older than BULK_DAYS; *removed_out 0: there is none. */
enum err desk_bulk_sweep(struct ctx *c, int64_t *removed_out);
