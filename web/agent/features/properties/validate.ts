/* What the browser can tell before the server is asked; the server checks everything again. */
import type { MessageId } from "#shared/i18n/catalogue";
import type { PropertyDef } from "../../data/properties";
import { kindOf } from "./kinds";

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/* What is wrong, as a text of the catalogue; undefined when nothing is. */
export function checkValue(def: PropertyDef, value: string, isRequired: boolean): MessageId | undefined {
	const text = value.trim();
	if (!text) return isRequired ? "property.missing" : undefined;
	const kind = kindOf(def);
	if (kind === "number" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return "property.notNumber";
	if ((kind === "date" || kind === "datetime") && Number.isNaN(Date.parse(text))) return "property.notDate";
	if (kind === "phone" && !/\d/.test(text)) return "property.notPhone";
	if (def.name === "email" && !EMAIL.test(text)) return "property.notEmail";
	return undefined;
}
