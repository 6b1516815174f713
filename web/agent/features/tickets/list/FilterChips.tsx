import { X } from "lucide-react";
import { useIntl } from "react-intl";
import type { ListFilter } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, CheckboxGroup, IconButton, PopoverButton } from "#ui";
import { useOwners, usePipelines } from "../../../data/reference";
import { fullName } from "../../../data/session";
import css from "../TicketList.module.css";

const NAMES = ["hs_pipeline_stage", "hubspot_owner_id", "hs_ticket_priority"] as const;
type Name = (typeof NAMES)[number];
const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"] as const;

function useChips(): Record<Name, { label: string; choices: { id: string; label: string }[] }> {
	const t = useText();
	const owners = useOwners();
	const pipelines = usePipelines();
	return {
		hs_pipeline_stage: {
			label: t("filter.chip.status"),
			choices: pipelines.flatMap((p) => p.stages.map((s) => ({ id: s.id, label: s.label }))),
		},
		hubspot_owner_id: {
			label: t("filter.chip.owner"),
			choices: [{ id: "me", label: t("filter.me") }, ...owners.map((o) => ({ id: o.id, label: fullName(o) }))],
		},
		hs_ticket_priority: {
			label: t("filter.chip.priority"),
			choices: PRIORITIES.map((id) => ({ id, label: t(`priority.${id}`) })),
		},
	};
}

interface Props {
	filters: readonly ListFilter[];
	onChange: (filters: ListFilter[]) => void;
}

/* Quick filters on top of a view: each chip is a property and what of it is wanted. */
export function FilterChips({ filters, onChange }: Props) {
	const t = useText();
	const intl = useIntl();
	const chips = useChips();
	const set = (name: Name, values: string[]) => {
		const rest = filters.filter((f) => f.propertyName !== name);
		onChange(values.length ? [...rest, { propertyName: name, operator: "IN", values }] : rest);
	};
	return (
		<div className={css.chips} role="group" aria-label={t("filter.quick")}>
			{NAMES.map((name) => {
				const { label, choices } = chips[name];
				const values = filters.find((f) => f.propertyName === name)?.values ?? [];
				const chosen = values.map((v) => choices.find((c) => c.id === v)?.label ?? v);
				return (
					<PopoverButton
						key={name}
						label={label}
						button={
							<Button size="s" className={css.chip} data-on={chosen.length ? "" : undefined}>
								<span>
									{chosen.length
										? t("filter.chip", { label, values: intl.formatList(chosen, { type: "unit" }) })
										: label}
								</span>
							</Button>
						}
					>
						{() => (
							<div className={css.chipChoices}>
								<CheckboxGroup label={label} choices={choices} value={[...values]} onChange={(v) => set(name, v)} />
							</div>
						)}
					</PopoverButton>
				);
			})}
			{filters.length > 0 && (
				<IconButton label={t("filter.clear")} size="s" onPress={() => onChange([])}>
					<X size={15} aria-hidden />
				</IconButton>
			)}
		</div>
	);
}
