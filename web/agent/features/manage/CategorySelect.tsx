import { useText } from "#shared/i18n/useText";
import { Select } from "#ui";
import { type PropertyDef, usePropertyDefs } from "../../data/properties";
import { useChoices } from "../properties/useChoices";

interface Props {
	value: string | undefined;
	onChange: (value: string | undefined) => void;
	isDisabled: boolean;
	className?: string;
}

const NONE = "none";

/* The category of a ticket, one of those that the account has. */
export function CategorySelect(p: Props) {
	const t = useText();
	const def = usePropertyDefs("tickets").get("hs_ticket_category");
	if (def) return <Known {...p} def={def} />;
	return (
		<Select
			isCompact
			className={p.className}
			label={t("context.category")}
			choices={[]}
			value={undefined}
			onChange={() => {}}
			isDisabled
		/>
	);
}

/* Where several were set elsewhere, they stand together as one. */
function Known({ def, value, onChange, isDisabled, className }: Props & { def: PropertyDef }) {
	const t = useText();
	const known = useChoices(def);
	const choices = [{ id: NONE, label: t("manage.noCategory") }, ...known];
	if (value?.includes(";")) {
		const label = value.split(";").map((id) => known.find((c) => c.id === id)?.label ?? id);
		choices.push({ id: value, label: label.join(" · ") });
	}
	return (
		<Select
			isCompact
			className={className}
			label={t("context.category")}
			choices={choices}
			value={value || NONE}
			onChange={(id) => onChange(id === NONE ? undefined : id)}
			isDisabled={isDisabled}
		/>
	);
}
