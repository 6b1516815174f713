/* What is asked for when a record is made by hand; every other property is filled in on its page. */
export const CREATE_FORMS: Record<string, { names: readonly string[]; required: readonly string[] }> = {
	contacts: { names: ["email", "firstname", "lastname", "phone"], required: [] },
	companies: { names: ["name", "domain", "phone"], required: ["name"] },
	deals: { names: ["dealname", "pipeline", "dealstage", "amount", "closedate"], required: ["dealname", "dealstage"] },
	tickets: {
		names: ["subject", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority"],
		required: ["subject", "hs_pipeline_stage"],
	},
};
const NONE = { names: [], required: [] };
export const createForm = (objectType: string) => CREATE_FORMS[objectType] ?? NONE;
