import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, cx, toast } from "#ui";
import { pipelineChanges } from "../../../data/pipelines";
import { usePipelines } from "../../../data/reference";
import { useErrorText } from "../../../shell/useErrorText";
import settings from "../Settings.module.css";
import { NameDialog } from "./NameDialog";
import { PipelineDetail } from "./PipelineDetail";
import css from "./Pipelines.module.css";

/* Pipelines of tickets, one at a time: its statuses, and what it asks of people. */
export function PipelinesSettings() {
	const t = useText();
	const errorText = useErrorText();
	const pipelines = usePipelines();
	const [chosenId, setChosenId] = useState<string>();
	const [isAdding, setAdding] = useState(false);
	const chosen = pipelines.find((p) => p.id === chosenId) ?? pipelines[0];
	useEffect(() => {
		document.title = `${t("pipelines.title")} – ${t("app.name")}`;
	}, [t]);

	/* A pipeline without statuses could hold no ticket: it begins with one of each kind. */
	async function add(label: string) {
		const made = await pipelineChanges.create(label, pipelines.length, [
			{ label: t("pipelines.firstOpen"), ticketState: "OPEN", displayOrder: 0 },
			{ label: t("pipelines.firstClosed"), ticketState: "CLOSED", displayOrder: 1 },
		]);
		setChosenId(made.id);
		setAdding(false);
		toast("good", t("pipelines.added", { name: label }));
	}

	return (
		<div className={settings.content}>
			<h1 className={settings.title}>{t("pipelines.title")}</h1>
			<p className={settings.lead}>{t("pipelines.lead")}</p>
			<div className={css.chooser}>
				<div role="group" aria-label={t("pipelines.choose")} className={css.tabs}>
					{pipelines.map((p) => (
						<Button
							key={p.id}
							look="quiet"
							className={cx(css.tab, p.id === chosen?.id && css.current)}
							aria-pressed={p.id === chosen?.id}
							onPress={() => setChosenId(p.id)}
						>
							{p.label}
						</Button>
					))}
				</div>
				<Button icon={<Plus size={15} aria-hidden />} onPress={() => setAdding(true)}>
					{t("pipelines.add")}
				</Button>
			</div>
			{chosen && (
				<PipelineDetail key={chosen.id} pipeline={chosen} all={pipelines} onGone={() => setChosenId(undefined)} />
			)}
			<NameDialog
				title={t("pipelines.addTitle")}
				label={t("pipelines.name")}
				saveLabel={t("pipelines.add")}
				isOpen={isAdding}
				onClose={() => setAdding(false)}
				onSave={add}
				errorText={errorText}
			/>
		</div>
	);
}
