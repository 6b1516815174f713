/* The built-in types, properties, pipelines and association types: what a new desk begins with. Seeding puts them into the
 * database at every start of `bellhop init` and `bellhop migrate`; what an administrator changed stays. Names and ids are those
 * of the wire API, because integrations and clients rely on them. */

#include "desk/defaults.h"

const struct default_type default_types[] = {
	{TYPE_CONTACT, "0-1", "contact", "contacts", "Contact", "", "email", "createdate", "lastmodifieddate",
	 "createdate email firstname hs_object_id lastmodifieddate lastname", "email|firstname|lastname", "", "contactinformation",
	 "Contact information"},
	{TYPE_COMPANY, "0-2", "company", "companies", "Company", "name", "", "createdate", "hs_lastmodifieddate",
	 "name domain createdate hs_lastmodifieddate hs_object_id", "name|domain", "", "companyinformation", "Company information"},
	{TYPE_TICKET, "0-5", "ticket", "tickets", "Ticket", "subject", "", "createdate", "hs_lastmodifieddate",
	 "content hs_pipeline hs_pipeline_stage hs_ticket_category hs_ticket_priority subject createdate hs_lastmodifieddate"
	 " hs_object_id", "subject hs_pipeline_stage", "0", "ticketinformation", "Ticket information"},
};
const size_t default_type_n = sizeof(default_types) / sizeof(default_types[0]);

const struct default_stage default_stages[] = {
	{TYPE_TICKET, "0", "Support Pipeline", "1", "New", false},
	{TYPE_TICKET, "0", "Support Pipeline", "2", "Waiting on contact", false},
	{TYPE_TICKET, "0", "Support Pipeline", "3", "Waiting on us", false},
	{TYPE_TICKET, "0", "Support Pipeline", "4", "Closed", true},
};
const size_t default_stage_n = sizeof(default_stages) / sizeof(default_stages[0]);

/* Each row is both directions. */
const struct default_association default_associations[] = {
	{TYPE_TICKET, TYPE_CONTACT, 16, 15, "", false},
	{TYPE_TICKET, TYPE_COMPANY, 339, 340, "", false},
	{TYPE_TICKET, TYPE_COMPANY, 26, 25, "Primary", true},
	{TYPE_TICKET, TYPE_TICKET, 452, 452, "", false},
	{TYPE_CONTACT, TYPE_COMPANY, 279, 280, "", false},
	{TYPE_CONTACT, TYPE_COMPANY, 1, 2, "Primary", true},
	{TYPE_CONTACT, TYPE_CONTACT, 449, 449, "", false},
	{TYPE_COMPANY, TYPE_COMPANY, 450, 450, "", false},
	{TYPE_COMPANY, TYPE_COMPANY, 13, 14, "Parent company", false},
};
const size_t default_association_n = sizeof(default_associations) / sizeof(default_associations[0]);
