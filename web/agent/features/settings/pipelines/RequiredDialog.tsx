import { useState } from "react";
import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, Dialog, TextField } from "#ui";
import { useAskableProperties } from "../../../data/pipelines";
import { useErrorText } from "../../../shell/useErrorText";
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
	const errorText = useErrorText();
	const query = useAskableProperties();
	const [names, setNames] = useState([...value]);
	const [wanted, setWanted] = useState("");
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);

	async function save() {
		setBusy(true);
		try {
			await onSave(names);
		} catch (e) {
			setProblem(errorText(e));
			setBusy(false);
		}
	}

	return (
		<Dialog
			title={t("pipelines.requireTitle", { name: stage.label })}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<span className={css.chosen} role="status">
						{t("pipelines.chosen", { count: names.length })}
					</span>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			<p>{t("pipelines.requireText")}</p>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
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
		</Dialog>
	);
}
