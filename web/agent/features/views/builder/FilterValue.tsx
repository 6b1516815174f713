import { ChevronDown } from "lucide-react";
import { useIntl } from "react-intl";
import type { ListFilter, PropertyDef } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, CheckboxGroup, PopoverButton, Select, TextField } from "#ui";
import css from "./Builder.module.css";
import { fieldKind, type Operator } from "./operators";
import { useFilterChoices } from "./useFields";

interface Props {
	def: PropertyDef;
	operator: Operator;
	filter: ListFilter;
	error?: string;
	onChange: (filter: ListFilter) => void;
}

/* The value of one filter: a text, a number, a day, or some of the choices. */
export function FilterValue({ def, operator, filter, error, onChange }: Props) {
	const t = useText();
	const kind = fieldKind(def);
	const choices = useFilterChoices(def);
	if (operator.values === "none") return <span />;
	if (operator.values === "many")
		return (
			<Several
				{...{ choices, error }}
				values={filter.values ?? []}
				onChange={(values) => onChange({ ...filter, values })}
			/>
		);
	if (kind === "yesno" || kind === "state" || kind === "choices") {
		const yesNo = [
			{ id: "true", label: t("property.yes") },
			{ id: "false", label: t("property.no") },
		];
		return (
			<Select
				label={t("filter.value")}
				isCompact
				className={css.value}
				choices={kind === "yesno" ? yesNo : choices}
				value={filter.value}
				placeholder={t("property.choose")}
				onChange={(value) => onChange({ ...filter, value })}
				error={error}
			/>
		);
	}
	const type = kind === "date" || kind === "datetime" ? "date" : "text";
	const field = (name: "value" | "highValue", label: string) => (
		<TextField
			label={label}
			className={css.bare}
			type={type}
			inputMode={kind === "number" ? "decimal" : undefined}
			value={(filter[name] ?? "").slice(0, type === "date" ? 10 : undefined)}
			onChange={(value) => onChange({ ...filter, [name]: value })}
			error={error}
		/>
	);
	return (
		<div className={css.value}>
			{field("value", operator.values === "two" ? t("filter.from") : t("filter.value"))}
			{operator.values === "two" && field("highValue", t("filter.to"))}
		</div>
	);
}

interface SeveralProps {
	choices: readonly { id: string; label: string }[];
	values: string[];
	error?: string;
	onChange: (values: string[]) => void;
}

function Several({ choices, values, error, onChange }: SeveralProps) {
	const t = useText();
	const intl = useIntl();
	const names = values.map((v) => choices.find((c) => c.id === v)?.label ?? v);
	return (
		<div className={css.value}>
			<PopoverButton
				label={t("filter.value")}
				button={
					<Button className={css.several} aria-invalid={error ? true : undefined}>
						<span>{names.length ? intl.formatList(names, { type: "unit" }) : t("property.choose")}</span>
						<ChevronDown size={14} aria-hidden />
					</Button>
				}
			>
				{() => (
					<div className={css.choices}>
						<CheckboxGroup label={t("filter.value")} choices={choices} value={values} onChange={onChange} />
					</div>
				)}
			</PopoverButton>
			{error && <p className={css.error}>{error}</p>}
		</div>
	);
}
