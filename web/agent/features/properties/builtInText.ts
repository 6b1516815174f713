import type { IntlShape } from "react-intl";
import type { MessageId } from "#shared/i18n/catalogue";

function known(intl: IntlShape, key: string) {
	const id = key as MessageId;
	return id in intl.messages ? (intl.formatMessage({ id }) as string) : undefined;
}

/* What the catalogue calls a thing that the desk ships with; undefined where it has no word for it. */
export const builtInName = (intl: IntlShape, name: string) => known(intl, `property.name.${name}`);

export function builtInOption(intl: IntlShape, name: string, value: string) {
	if (name === "hs_ticket_priority") return known(intl, `priority.${value}`);
	if (name === "source_type") return known(intl, `source.${value}`);
	const at = `${name}.${value}`;
	return known(intl, `property.option.${at}`);
}
