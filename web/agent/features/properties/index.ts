/* Property fields, one kit for every form and card.
 *
 *   const form = usePropertyForm({ objectType: "tickets", names, values, required });
 *   <PropertyForm form={form} />          labelled fields, the right one for each type, errors at their fields
 *   form.check()                          false when something is missing or malformed; the first such field has the focus
 *   form.changes                          only what differs from values, as the wire takes it
 *   form.fail(error)                      an ApiError of the server: puts it at the fields; false when it names none of them
 *
 *   <PropertyInput def value onChange />  one labelled field
 *   <PropertyValue def value />           a value as people read it
 *   <PropertyRow def value onSave />      name and value; a press (or Enter) on the value edits it in place
 *
 * Values are the wire's texts: "a;b" for several choices, "true", "2026-11-21", "2026-11-21T10:00:00Z", "" for none.
 * Properties that depend on others (property rules) appear and become required by themselves in forms. */
export { kindOf, type PropertyKind } from "./kinds";
export { PropertyForm } from "./PropertyForm";
export { PropertyInput } from "./PropertyInput";
export { PropertyRow } from "./PropertyRow";
export { PropertyValue } from "./PropertyValue";
export { useChoices } from "./useChoices";
export { type PropertyFormState, usePropertyForm } from "./usePropertyForm";
export { usePropertyLabel } from "./usePropertyLabel";
export { checkValue } from "./validate";
