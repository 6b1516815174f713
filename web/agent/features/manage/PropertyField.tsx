import type { PropertyDef } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Select, TextField } from "#ui";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";

interface Props {
	name: string;
	/* undefined: not loaded yet, or it went away meanwhile. */
	property: PropertyDef | undefined;
	value: string;
	onChange: (value: string) => void;
	error?: string;
	hasFocus?: boolean;
}

const isChoice = (p: PropertyDef) => p.type === "enumeration" || p.type === "bool";
const INPUT_TYPES: Record<string, string> = { number: "number", date: "date", datetime: "datetime-local" };

/* One property as a field of the kind that it is. Values are as the server keeps them: text, option values, UTC times. */
export function PropertyField({ name, property, value, onChange, error, hasFocus }: Props) {
	const t = useText();
	const owners = useOwners();
	const label = property?.label ?? name;
	if (property && (isChoice(property) || name === "hubspot_owner_id")) {
		const choices =
			name === "hubspot_owner_id"
				? owners.map((o) => ({ id: o.id, label: fullName(o) }))
				: property.type === "bool" && !property.options?.length
					? ["true", "false"].map((id) => ({ id, label: t(id === "true" ? "common.yes" : "common.no") }))
					: (property.options ?? []).filter((o) => !o.hidden).map((o) => ({ id: o.value, label: o.label }));
		return (
			<Select
				label={label}
				choices={choices}
				value={value || undefined}
				onChange={onChange}
				placeholder={t("manage.choose")}
				hint={property.description}
				error={error}
			/>
		);
	}
	const type = INPUT_TYPES[property?.type ?? ""] ?? "text";
	const isTime = property?.type === "datetime";
	return (
		<TextField
			label={label}
			type={type}
			value={isTime ? toLocal(value) : value}
			onChange={(v) => onChange(isTime ? fromLocal(v) : v)}
			hint={property?.description || undefined}
			error={error}
			autoFocus={hasFocus}
		/>
	);
}

const pad = (n: number) => String(n).padStart(2, "0");

/* A UTC time as the browser's field for local times has it, and back. */
export function toLocal(iso: string): string {
	const d = new Date(iso);
	if (!iso || Number.isNaN(d.getTime())) return "";
	return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;
}

export function fromLocal(local: string): string {
	const d = new Date(local);
	return local && !Number.isNaN(d.getTime()) ? d.toISOString() : "";
}
