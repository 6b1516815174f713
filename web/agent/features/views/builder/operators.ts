/* Which comparisons a property has, and how a filter is a row of the builder and back. */
import type { ListFilter, PropertyDef } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import { kindOf } from "../../properties";

export type ValueKind = "none" | "one" | "two" | "many";

export interface Operator {
	id: string;
	label: MessageId;
	values: ValueKind;
}

const op = (id: string, label: MessageId, values: ValueKind): Operator => ({ id, label, values });
const IS_SET = op("HAS_PROPERTY", "filter.op.known", "none");
const IS_UNSET = op("NOT_HAS_PROPERTY", "filter.op.unknown", "none");
const IS = op("EQ", "filter.op.is", "one");
const IS_NOT = op("NEQ", "filter.op.isNot", "one");
const ANY_OF = op("IN", "filter.op.anyOf", "many");
const NONE_OF = op("NOT_IN", "filter.op.noneOf", "many");
const HAS_WORDS = op("CONTAINS_TOKEN", "filter.op.contains", "one");
const LACKS_WORDS = op("NOT_CONTAINS_TOKEN", "filter.op.containsNot", "one");

const TEXT = [HAS_WORDS, LACKS_WORDS, IS, IS_NOT, IS_SET, IS_UNSET];
const NUMBER = [
	IS,
	IS_NOT,
	op("GT", "filter.op.more", "one"),
	op("LT", "filter.op.less", "one"),
	op("BETWEEN", "filter.op.between", "two"),
	IS_SET,
	IS_UNSET,
];
const DATE = [
	op("GT", "filter.op.after", "one"),
	op("LT", "filter.op.before", "one"),
	op("BETWEEN", "filter.op.between", "two"),
	IS_SET,
	IS_UNSET,
];
const CHOICE = [ANY_OF, NONE_OF, IS_SET, IS_UNSET];

export type FieldKind = "text" | "number" | "date" | "datetime" | "choice" | "choices" | "yesno" | "state";

/* Kinds of fields as filters have them: also of properties that nobody writes. */
export function fieldKind(def: PropertyDef): FieldKind {
	if (def.name === "ticketState") return "state";
	const kind = kindOf({ ...def, calculated: false, modificationMetadata: undefined });
	if (kind === "date" || kind === "datetime" || kind === "number" || kind === "yesno" || kind === "choices")
		return kind;
	return ["choice", "user", "pipeline", "stage", "team"].includes(kind) ? "choice" : "text";
}

const OPERATORS: Record<FieldKind, readonly Operator[]> = {
	text: TEXT,
	number: NUMBER,
	date: DATE,
	datetime: DATE,
	choice: CHOICE,
	choices: [op("CONTAINS_TOKEN", "filter.op.includes", "one"), IS_SET, IS_UNSET],
	yesno: [IS],
	state: [IS],
};

export const operatorsOf = (def: PropertyDef) => OPERATORS[fieldKind(def)];

export function operatorOf(def: PropertyDef, f: ListFilter): Operator {
	const all = operatorsOf(def);
	return all.find((o) => o.id === f.operator) ?? (all[0] as Operator);
}

/* Another operator keeps what was typed where it fits. */
export function withOperator(f: ListFilter, o: Operator): ListFilter {
	const { propertyName, objectType } = f;
	const first = f.value ?? f.values?.[0];
	const base: ListFilter = { propertyName, operator: o.id, ...(objectType && { objectType }) };
	if (o.values === "one") return { ...base, value: first ?? "" };
	if (o.values === "two") return { ...base, value: first ?? "", highValue: f.highValue ?? "" };
	if (o.values === "many") return { ...base, values: f.values ?? (first ? [first] : []) };
	return base;
}

export function isWhole(f: ListFilter, o: Operator): boolean {
	if (o.values === "one") return !!f.value?.trim();
	if (o.values === "two") return !!f.value?.trim() && !!f.highValue?.trim();
	return o.values === "none" || !!f.values?.length;
}
