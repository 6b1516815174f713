import { Plus } from "lucide-react";
import { Fragment } from "react";
import type { FilterGroup, ListFilter } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import css from "./Builder.module.css";
import { FilterRow } from "./FilterRow";

/* As the server's limits of a search. */
const MAX_GROUPS = 5;
const MAX_FILTERS = 6;

const FIRST: ListFilter = { propertyName: "hs_pipeline_stage", operator: "IN", values: [] };

interface Props {
	groups: readonly FilterGroup[];
	errors: ReadonlyMap<ListFilter, string>;
	onChange: (groups: FilterGroup[]) => void;
}

/* Groups of filters: all filters of a group hold together, one group is enough. */
export function FilterGroups({ groups, errors, onChange }: Props) {
	const t = useText();
	const set = (at: number, filters: ListFilter[]) =>
		onChange(filters.length ? groups.map((g, i) => (i === at ? { filters } : g)) : groups.filter((_, i) => i !== at));
	return (
		<div className={css.groups}>
			{groups.length === 0 && <p className={css.none}>{t("filter.none")}</p>}
			{groups.map((group, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: groups have no other name
				<Fragment key={at}>
					{at > 0 && <p className={css.or}>{t("filter.or")}</p>}
					<fieldset className={css.group}>
						<legend className="visually-hidden">{t("filter.group", { number: at + 1 })}</legend>
						{group.filters.map((filter, i) => (
							<FilterRow
								// biome-ignore lint/suspicious/noArrayIndexKey: filters have no other name
								key={i}
								filter={filter}
								error={errors.get(filter)}
								onChange={(next) =>
									set(
										at,
										group.filters.map((f, k) => (k === i ? next : f)),
									)
								}
								onRemove={() =>
									set(
										at,
										group.filters.filter((_, k) => k !== i),
									)
								}
							/>
						))}
						{group.filters.length < MAX_FILTERS && (
							<Button
								look="quiet"
								size="s"
								icon={<Plus size={14} aria-hidden />}
								className={css.add}
								onPress={() => set(at, [...group.filters, FIRST])}
							>
								{t("filter.addAnd")}
							</Button>
						)}
					</fieldset>
				</Fragment>
			))}
			{groups.length < MAX_GROUPS && (
				<Button
					size="s"
					icon={<Plus size={14} aria-hidden />}
					className={css.add}
					onPress={() => onChange([...groups, { filters: [FIRST] }])}
				>
					{t(groups.length ? "filter.addGroup" : "filter.addFirst")}
				</Button>
			)}
		</div>
	);
}
