import { expect, it } from "vitest";
import type { PropertyDef } from "../../data/properties";
import { kindOf } from "./kinds";
import { checkValue } from "./validate";

const def = (d: Partial<PropertyDef>): PropertyDef => ({
	name: "x",
	label: "X",
	type: "string",
	fieldType: "text",
	options: [],
	displayOrder: 0,
	...d,
});

it("each type of property has its field", () => {
	expect(kindOf(def({}))).toBe("text");
	expect(kindOf(def({ fieldType: "textarea" }))).toBe("textarea");
	expect(kindOf(def({ type: "number", fieldType: "number" }))).toBe("number");
	expect(kindOf(def({ type: "date", fieldType: "date" }))).toBe("date");
	expect(kindOf(def({ type: "datetime", fieldType: "date" }))).toBe("datetime");
	expect(kindOf(def({ type: "enumeration", fieldType: "select" }))).toBe("choice");
	expect(kindOf(def({ type: "enumeration", fieldType: "radio" }))).toBe("choice");
	expect(kindOf(def({ type: "enumeration", fieldType: "checkbox" }))).toBe("choices");
	expect(kindOf(def({ type: "bool", fieldType: "booleancheckbox" }))).toBe("yesno");
	expect(kindOf(def({ fieldType: "phonenumber" }))).toBe("phone");
	expect(kindOf(def({ type: "enumeration", referencedObjectType: "OWNER" }))).toBe("user");
	expect(kindOf(def({ calculated: true }))).toBe("readonly");
});

it("what is missing or malformed is said before the server is asked", () => {
	expect(checkValue(def({}), " ", true)).toBe("property.missing");
	expect(checkValue(def({}), "", false)).toBeUndefined();
	const number = def({ type: "number", fieldType: "number" });
	expect(checkValue(number, "12,5", false)).toBe("property.notNumber");
	expect(checkValue(number, "-1.5e3", false)).toBeUndefined();
	expect(checkValue(def({ type: "date", fieldType: "date" }), "tomorrow", false)).toBe("property.notDate");
	expect(checkValue(def({ fieldType: "phonenumber" }), "none", false)).toBe("property.notPhone");
	expect(checkValue(def({ name: "email" }), "anna", false)).toBe("property.notEmail");
	expect(checkValue(def({ name: "email" }), "anna@x.example", true)).toBeUndefined();
});
