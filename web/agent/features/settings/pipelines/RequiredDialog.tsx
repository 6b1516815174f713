import { useState } from "react";
import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, TextField } from "#ui";
import { useAskableProperties } from "../../../data/pipelines";
import { SaveDialog } from "../../../shell/SaveDialog";
import { useSave } from "../../../shell/useSave";
import { Loaded } from "../Loaded";
import css from "./Pipelines.module.css";

interface Props {
	stage: Stage;
	value: readonly string[];
	onClose: () => void;
	onSave: (names: string[]) => Promise<void>;
}

/* Which properties have to be set before a ticket may have this status. */
export function RequiredDialog({ stage, value, onClose, onSave }: Props) {
	const t = useText();
	const query = useAskableProperties();
	const [names, setNames] = useState([...value]);
	const [wanted, setWanted] = useState("");

	const { save, saving } = useSave();

	return (
		<SaveDialog
			title={t("pipelines.requireTitle", { name: stage.label })}
			onClose={onClose}
			onSave={() => void save(() => onSave(names))}
			{...saving}
			note={
				<span className={css.chosen} role="status">
					{t("pipelines.chosen", { count: names.length })}
				</span>
			}
		>
			<p>{t("pipelines.requireText")}</p>
			<Loaded query={query}>
				{(all) => {
					const shown = all.filter((p) => p.label.toLowerCase().includes(wanted.trim().toLowerCase()));
					return (
						<>
							<TextField label={t("pipelines.findProperty")} type="search" value={wanted} onChange={setWanted} />
							<div className={css.properties}>
								<CheckboxGroup
									label={t("pipelines.properties")}
									choices={shown.map((p) => ({ id: p.name, label: p.label }))}
									value={names}
									onChange={(next) => {
										const visible = new Set(shown.map((p) => p.name));
										setNames([...names.filter((n) => !visible.has(n)), ...next.filter((n) => visible.has(n))]);
									}}
								/>
							</div>
						</>
					);
				}}
			</Loaded>
		</SaveDialog>
	);
}
