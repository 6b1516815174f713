import { X } from "lucide-react";
import type { ListFilter } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton, Select } from "#ui";
import css from "./Builder.module.css";
import { FilterValue } from "./FilterValue";
import { operatorOf, operatorsOf, withOperator } from "./operators";
import { OBJECTS, objectOf, useFields } from "./useFields";

interface Props {
	filter: ListFilter;
	error?: string;
	onChange: (filter: ListFilter) => void;
	onRemove: () => void;
}

/* One filter: of what, which property, how it is compared, and with what. */
export function FilterRow({ filter, error, onChange, onRemove }: Props) {
	const t = useText();
	const object = objectOf(filter);
	const fields = useFields(object);
	const def = fields.get(filter.propertyName);
	const operator = def && operatorOf(def, filter);
	return (
		<div className={css.row} role="group" aria-label={def?.label ?? t("filter.filter")}>
			<Select
				label={t("filter.object")}
				isCompact
				className={css.object}
				choices={OBJECTS.map((id) => ({ id, label: t(`filter.object.${id}`) }))}
				value={object}
				onChange={(id) => {
					const objectType = id === "tickets" ? {} : { objectType: id };
					onChange({
						propertyName: id === "tickets" ? "ticketState" : id === "contacts" ? "email" : "name",
						operator: "",
						...objectType,
					});
				}}
			/>
			<Select
				label={t("filter.property")}
				isCompact
				className={css.property}
				choices={[...fields.values()].map((d) => ({ id: d.name, label: d.label }))}
				value={filter.propertyName}
				onChange={(name) => {
					const next = fields.get(name);
					const first = next && operatorsOf(next)[0];
					const base = {
						propertyName: name,
						operator: "",
						...(filter.objectType && { objectType: filter.objectType }),
					};
					if (first) onChange(withOperator(base, first));
				}}
			/>
			{def && operator ? (
				<>
					<Select
						label={t("filter.operator")}
						isCompact
						className={css.operator}
						choices={operatorsOf(def).map((o) => ({ id: o.id, label: t(o.label) }))}
						value={operator.id}
						onChange={(id) => {
							const next = operatorsOf(def).find((o) => o.id === id);
							if (next) onChange(withOperator(filter, next));
						}}
					/>
					<FilterValue def={def} operator={operator} filter={filter} error={error} onChange={onChange} />
				</>
			) : (
				<span className={css.gone}>{fields.size > 0 ? t("filter.gone") : ""}</span>
			)}
			<IconButton
				label={t("filter.remove", { property: def?.label ?? filter.propertyName })}
				size="s"
				onPress={onRemove}
			>
				<X size={15} aria-hidden />
			</IconButton>
		</div>
	);
}
