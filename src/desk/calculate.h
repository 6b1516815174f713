#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "job/job.h"
#include "store/object.h"

/* Properties that the desk keeps true: those that callers only read. Every one of them is in the table kept_properties[] with who keeps it.
 *
 * What comes from other rows (messages, links, activities) is worked out anew from these rows, in the transaction that changes
 * them; nothing is counted up or down. A count of none, like a time of never, leaves the property unset. A change of it is in the
 * object's history (source CALCULATED) and announced. Whoever calls has not announced anything yet where he can help it: the
 * objects are locked one after the other. */

enum keeper {
	KEPT_BY_WRITE,   /* in the write to the object itself: object_rules.c, calculate_own.c, stage_time.c */
	KEPT_BY_ROWS,    /* from other rows: calculate.c */
	KEPT_BY_MESSAGE, /* once, with the first message: message.c */
	KEPT_BY_MERGE,   /* object_merge.c */
	KEPT_ON_READING, /* worked out when it is read; searches do not see it */
	KEPT_LATER,      /* always unset: belongs to a part of the desk that is still to come */
};
struct kept {
	int64_t type; /* 0: every type that has it */
	const char *name;
	enum keeper keeper;
};
extern const struct kept kept_properties[];
extern const size_t kept_property_n;
/* NULL: nobody keeps it. */
const struct kept *kept_find(int64_t type, struct str name);

/* What may have changed of what hangs on an object. */
enum about {
	ABOUT_MESSAGES = 1,
	ABOUT_ACTIVITIES = 2,
	ABOUT_CONTACTS = 4,
	ABOUT_COMPANIES = 8,
	ABOUT_DEALS = 16,
	ABOUT_LINE_ITEMS = 32,
	ABOUT_MOVED = 64, /* messages came from another ticket */
	ABOUT_LINKS = ABOUT_ACTIVITIES | ABOUT_CONTACTS | ABOUT_COMPANIES | ABOUT_DEALS | ABOUT_LINE_ITEMS,
	ABOUT_ALL = 127,
};

/* Of one object; archived ones are left alone until they come back. */
enum err calculate(struct ctx *c, int64_t type, int64_t id, unsigned about);
/* Of a ticket that another contact stands behind from now on, in the same write. */
enum err calculate_of_contact(struct ctx *c, int64_t ticket_id, int64_t contact_id);
/* Of both ends, after a link between them was made or removed. */
enum err calculate_link(struct ctx *c, const struct object *from, const struct object *to);
/* The same for an object that is being made: of the other end with each link, of its own once it has them all, and not announced. */
enum err calculate_far(struct ctx *c, const struct object *from, const struct object *to);
enum err calculate_new(struct ctx *c, const struct object *o);
/* Of all that are linked with an object, after it was archived, restored, merged or changed in what they show of it. The first
 * CALCULATED_AT_ONCE of a type in this transaction, the others by jobs soon after. */
enum { CALCULATED_AT_ONCE = 500 };
enum err calculate_around(struct ctx *c, const struct object *o);
struct write;
/* The same after a write, where it changes something that others show. */
enum err calculate_changed(struct ctx *c, const struct write *w);
/* What messages and activities say of a ticket, as part of a write to it. */
struct activity_sums;
enum err calculate_ticket_activity(struct ctx *c, struct write *w, struct activity_sums *out);
extern const struct job_kind job_calculate;

/* Is it worked out when it is read? */
bool calculate_is_read_time(const struct property *p);
struct str calculate_read(struct ctx *c, const struct object *o, const struct property_def *def);
