#pragma once

#include "base/ctx.h"

/* Reports on objects that are near the limit of their links. A report is a row from when it is asked for; its body comes later. */

struct association_report {
	int64_t id;
	int64_t user_id;
	int64_t asked_by;
	int64_t asked_at;
	int64_t made_at; /* 0: not yet */
	bool is_complete; /* false: there are more objects than it tells of */
	struct str body;  /* JSON: an array */
};
enum err association_report_insert(struct ctx *c, struct association_report *r);
enum err association_report_update(struct ctx *c, struct association_report *r);
enum err association_report_load(struct ctx *c, int64_t id, struct association_report *out);
/* Of a user, newest first. */
enum err association_report_list(struct ctx *c, int64_t user_id, int64_t limit, struct association_report **out,
                                 size_t *n_out);
/* Removes those of a user that are older than that one. */
enum err association_report_trim(struct ctx *c, int64_t user_id, int64_t oldest_id);

/* An object and how many others of a type it is linked to. */
struct link_usage {
	int64_t from_id;
	int64_t from_type;
	int64_t to_type;
	int64_t n;
};
/* Those with at least so many, most first: whatever the types of their links, and by one type. Reads all links: for a job. */
enum err link_usage_high(struct ctx *c, int64_t least, int64_t limit, struct link_usage **out, size_t *n_out);
enum err link_usage_of_type(struct ctx *c, int64_t type_id, int64_t least, int64_t limit, struct link_usage **out,
                            size_t *n_out);
