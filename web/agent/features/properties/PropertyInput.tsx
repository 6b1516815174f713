import type { Ref } from "react";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, Select, TextField } from "#ui";
import { TextArea } from "#ui/more";
import type { PropertyDef } from "../../data/properties";
import { kindOf, type PropertyKind } from "./kinds";
import { localToWire, wireToLocal } from "./localTime";
import { useChoices } from "./useChoices";
import { usePropertyLabel } from "./usePropertyLabel";

export interface PropertyInputProps {
	def: PropertyDef;
	value: string;
	onChange: (value: string) => void;
	isRequired?: boolean;
	error?: string;
	/* For stages: of which pipeline. */
	pipelineId?: string;
	objectType?: string;
	inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
	isOpenAtFirst?: boolean;
	onOpenChange?: (isOpen: boolean) => void;
}

/* A list has no key for "nothing": an empty one would not be found by the keyboard. */
const NOTHING = "(none)";
const SINGLE: readonly PropertyKind[] = ["choice", "user", "pipeline", "stage", "team", "yesno"];
const INPUT_TYPE = { date: "date", datetime: "datetime-local", phone: "tel", text: "text", number: "text" } as const;

/* The labelled field of a property. */
export function PropertyInput(p: PropertyInputProps) {
	const t = useText();
	const { def, value, onChange, isRequired, error } = p;
	const label = usePropertyLabel()(def);
	const kind = kindOf(def);
	const choices = useChoices(def, p);
	const common = { label, isRequired, error, note: isRequired ? t("property.required") : undefined };
	if (kind === "choices") {
		const chosen = value ? value.split(";") : [];
		return <CheckboxGroup {...common} choices={choices} value={chosen} onChange={(all) => onChange(all.join(";"))} />;
	}
	if (SINGLE.includes(kind)) {
		const yesNo = [
			{ id: "true", label: t("property.yes") },
			{ id: "false", label: t("property.no") },
		];
		const offered = kind === "yesno" ? yesNo : choices;
		const isOptional = !isRequired && kind !== "stage" && kind !== "pipeline";
		const all = isOptional ? [{ id: NOTHING, label: t("property.none") }, ...offered] : offered;
		return (
			<Select
				{...common}
				choices={all}
				value={value || (isOptional ? NOTHING : undefined)}
				placeholder={t("property.choose")}
				onChange={(id) => onChange(id === NOTHING ? "" : id)}
				isOpenAtFirst={p.isOpenAtFirst}
				onOpenChange={p.onOpenChange}
			/>
		);
	}
	if (kind === "textarea") return <TextArea {...common} value={value} onChange={onChange} inputRef={p.inputRef} />;
	const isTime = kind === "datetime";
	return (
		<TextField
			{...common}
			type={INPUT_TYPE[kind as keyof typeof INPUT_TYPE] ?? "text"}
			inputMode={kind === "number" ? "decimal" : undefined}
			value={isTime ? wireToLocal(value) : kind === "date" ? value.slice(0, 10) : value}
			onChange={(text) => onChange(isTime ? localToWire(text) : text)}
			isReadOnly={kind === "readonly"}
			inputRef={p.inputRef}
		/>
	);
}
