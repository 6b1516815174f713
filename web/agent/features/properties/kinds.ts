import type { PropertyDef } from "../../data/properties";

export type PropertyKind =
	| "text"
	| "textarea"
	| "number"
	| "date"
	| "datetime"
	| "choice"
	| "choices"
	| "yesno"
	| "phone"
	| "user"
	| "pipeline"
	| "stage"
	| "team"
	| "readonly";

const PIPELINES = ["hs_pipeline", "pipeline"];
const STAGES = ["hs_pipeline_stage", "dealstage"];

/* Which field a property gets. */
export function kindOf(def: PropertyDef): PropertyKind {
	if (def.calculated || def.modificationMetadata?.readOnlyValue) return "readonly";
	if (PIPELINES.includes(def.name)) return "pipeline";
	if (STAGES.includes(def.name)) return "stage";
	if (def.referencedObjectType === "OWNER") return "user";
	if (def.name === "hubspot_team_id") return "team";
	if (def.type === "bool" || def.fieldType === "booleancheckbox") return "yesno";
	if (def.type === "enumeration") return def.fieldType === "checkbox" ? "choices" : "choice";
	if (def.type === "number") return "number";
	if (def.type === "date") return "date";
	if (def.type === "datetime") return "datetime";
	if (def.fieldType === "phonenumber" || def.type === "phone_number") return "phone";
	return def.fieldType === "textarea" || def.fieldType === "html" ? "textarea" : "text";
}
