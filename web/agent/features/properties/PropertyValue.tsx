import { Fragment } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import type { PropertyDef } from "../../data/properties";
import { useOwnerName } from "../../data/reference";
import { kindOf } from "./kinds";
import { useChoices } from "./useChoices";

interface Props {
	def: PropertyDef;
	value: string;
	pipelineId?: string;
	objectType?: string;
}

/* A value as people read it; nothing for none. */
export function PropertyValue({ def, value, pipelineId, objectType }: Props) {
	const t = useText();
	const intl = useIntl();
	const kind = kindOf(def);
	const choices = useChoices(def, { pipelineId, objectType });
	const owner = useOwnerName(def.referencedObjectType === "OWNER" ? value : undefined);
	if (!value) return null;
	const labelOf = (id: string) => choices.find((c) => c.id === id)?.label ?? id;
	if (def.referencedObjectType === "OWNER") return owner ?? value;
	if (def.type === "bool") return t(value === "true" ? "property.yes" : "property.no");
	if (def.type === "enumeration") return intl.formatList(value.split(";").map(labelOf), { type: "unit" });
	if (kind === "pipeline" || kind === "stage") return labelOf(value);
	if (def.name === "hs_language" && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i.test(value))
		return intl.formatDisplayName(value, { type: "language" }) ?? value;
	if (def.type === "number" && /^-?\d+(\.\d+)?$/.test(value) && !/(^|_)id$/.test(def.name))
		/* as text: a number of JavaScript rounds an amount of seventeen digits */
		return intl.formatNumber(value as unknown as number, { maximumFractionDigits: 6, useGrouping: value.length > 4 });
	const isTime = def.type === "datetime";
	const at = isTime || def.type === "date" ? new Date(/^\d+$/.test(value) ? Number(value) : value) : undefined;
	if (!at || Number.isNaN(at.getTime())) return breakable(value);
	/* a day is a day everywhere: it is written in UTC and read in UTC */
	return isTime
		? intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" })
		: intl.formatDate(at, { dateStyle: "medium", timeZone: "UTC" });
}

/* An address or a link in a narrow column goes on to the next line behind its marks, not within its words. */
function breakable(text: string) {
	const parts = /^\S{12,400}$/.test(text) ? text.split(/(?<=[@./_?&=-])/) : [text];
	return parts.map((part, i) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
		<Fragment key={i}>
			{i > 0 && <wbr />}
			{part}
		</Fragment>
	));
}
