import type { RecordType } from "../../data/records";

/* What stands first at the left of a record's page; the rest is one press away. */
export const FIRST_PROPERTIES: Record<RecordType, readonly string[]> = {
	contacts: [
		"email",
		"hs_additional_emails",
		"firstname",
		"lastname",
		"phone",
		"mobilephone",
		"jobtitle",
		"company",
		"hubspot_owner_id",
		"lifecyclestage",
		"hs_language",
		"createdate",
	],
	companies: [
		"name",
		"domain",
		"hs_additional_domains",
		"phone",
		"industry",
		"city",
		"country",
		"hubspot_owner_id",
		"lifecyclestage",
		"description",
		"createdate",
	],
	deals: ["dealname", "pipeline", "dealstage", "amount", "closedate", "dealtype", "hubspot_owner_id", "createdate"],
};

/* What programs keep for themselves. */
export const TECHNICAL =
	/^(hs_object_source.*|hs_.*_user_id|hs_merged_object_ids|hs_object_id|associatedcompanyid|hs_parent_company_id|hubspot_owner_assigneddate)$/;
