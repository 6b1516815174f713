import { ArrowLeft, ArrowRight, MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Pipeline } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton, type MenuItem, toast } from "#ui";
import { pipelineChanges, usePipelineRules } from "../../../data/pipelines";
import { may, useUser } from "../../../data/session";
import { useErrorText } from "../../../shell/useErrorText";
import { ConfirmDialog } from "../ConfirmDialog";
import { Loaded } from "../Loaded";
import { NameDialog } from "./NameDialog";
import { PipelineAccess } from "./PipelineAccess";
import { PipelineAutomation } from "./PipelineAutomation";
import css from "./Pipelines.module.css";
import { RulesSection } from "./RulesSection";
import { StagesSection } from "./StagesSection";

interface Props {
	pipeline: Pipeline;
	all: readonly Pipeline[];
	onGone: () => void;
}

/* One pipeline: its name and place, its statuses, its rules. */
export function PipelineDetail({ pipeline, all, onGone }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const me = useUser();
	const rules = usePipelineRules(pipeline.id);
	const [isNaming, setNaming] = useState(false);
	const [isDeleting, setDeleting] = useState(false);
	const place = all.findIndex((p) => p.id === pipeline.id);

	async function attempt(change: Promise<unknown>) {
		try {
			await change;
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	/* Places are numbered anew: what the desk began with may have the same number twice. */
	async function move(by: number) {
		const order = all.map((p) => p.id).filter((id) => id !== pipeline.id);
		order.splice(place + by, 0, pipeline.id);
		for (const [i, id] of order.entries())
			if (all.find((p) => p.id === id)?.displayOrder !== i) await pipelineChanges.place(id, i);
	}

	const items: MenuItem[] = [
		{ id: "rename", label: t("pipelines.rename"), icon: <Pencil size={15} aria-hidden />, run: () => setNaming(true) },
	];
	if (place > 0)
		items.push({
			id: "earlier",
			label: t("pipelines.earlier"),
			icon: <ArrowLeft size={15} aria-hidden />,
			run: () => void attempt(move(-1)),
		});
	if (place < all.length - 1)
		items.push({
			id: "later",
			label: t("pipelines.later"),
			icon: <ArrowRight size={15} aria-hidden />,
			run: () => void attempt(move(1)),
		});
	if (all.length > 1)
		items.push({
			id: "delete",
			label: t("pipelines.delete"),
			icon: <Trash2 size={15} aria-hidden />,
			run: () => setDeleting(true),
		});

	return (
		<>
			<header className={css.head}>
				<h2>{pipeline.label}</h2>
				<Button look="quiet" size="s" onPress={() => setNaming(true)}>
					{t("pipelines.rename")}
				</Button>
				<MenuButton
					label={t("pipelines.more")}
					side="bottom end"
					items={items}
					button={
						<IconButton label={t("pipelines.more")} size="s">
							<MoreHorizontal size={16} aria-hidden />
						</IconButton>
					}
				/>
			</header>
			<Loaded query={rules}>
				{(r) => (
					<>
						<StagesSection pipeline={pipeline} rules={r} />
						<RulesSection pipeline={pipeline} rules={r} />
						<PipelineAutomation pipeline={pipeline} />
						{may(me, "managePeople") && <PipelineAccess key={pipeline.id} pipeline={pipeline} />}
					</>
				)}
			</Loaded>
			<NameDialog
				title={t("pipelines.renameTitle")}
				label={t("pipelines.name")}
				saveLabel={t("common.save")}
				value={pipeline.label}
				isOpen={isNaming}
				onClose={() => setNaming(false)}
				onSave={async (label) => {
					await pipelineChanges.rename(pipeline.id, label);
					setNaming(false);
				}}
				errorText={errorText}
			/>
			<ConfirmDialog
				title={t("pipelines.deleteTitle", { name: pipeline.label })}
				text={t("pipelines.deleteText")}
				action={t("pipelines.delete")}
				isOpen={isDeleting}
				onClose={() => setDeleting(false)}
				onConfirm={async () => {
					await pipelineChanges.remove(pipeline.id);
					onGone();
				}}
			/>
		</>
	);
}
