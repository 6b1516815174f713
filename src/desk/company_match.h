#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "job/job.h"

/* Where a contact works, told by the domain of its email address: a company with that domain becomes its primary company, when
 * either of the two is made or gets another domain. An address at a freemail provider says nothing; then the contact's website does.
 * A contact that has a company keeps it. Linking is done a little later, by a job. Administrators switch it off, or leave domains
 * out. */

enum { MAX_EXCLUDED_DOMAINS = 1000, MAX_DOMAIN_BYTES = 253 };

struct company_match {
	bool is_on;
	struct str *excluded; /* domains, lower case */
	size_t excluded_n;
};
enum err desk_company_match(struct ctx *c, struct company_match *out);
/* ERR_BAD_INPUT names excludedDomains. */
enum err desk_company_match_set(struct ctx *c, const struct company_match *in);

extern const struct job_kind job_company_match; /* about a contact or a company; body: up to which contact it is done */

/* The bare domain of what people write: "https://www.lund.example/shop" is lund.example. Empty: it is none. */
struct str desk_domain_of(struct ctx *c, struct str text);
