import { ArrowDown, ArrowUp, ListChecks, MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import type { Stage } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton, Select, toast } from "#ui";
import type { TicketState } from "../../../data/pipelines";
import { isClosedStage } from "../../../data/reference";
import { useErrorText } from "../../../shell/useErrorText";
import settings from "../Settings.module.css";
import css from "./Pipelines.module.css";

interface Props {
	stage: Stage;
	demands: readonly string[];
	isFirst: boolean;
	isLast: boolean;
	onMove: (by: number) => Promise<unknown>;
	onState: (state: TicketState) => Promise<unknown>;
	onRename: () => void;
	onRequire: () => void;
	onDelete: () => void;
}

const STATES = ["OPEN", "CLOSED"] as const;

export function StageRow(p: Props) {
	const t = useText();
	const errorText = useErrorText();
	const attempt = (change: Promise<unknown>) => void change.catch((e) => toast("bad", errorText(e)));
	return (
		<li className={settings.row} aria-label={p.stage.label}>
			<div className={css.moves}>
				<IconButton
					label={t("pipelines.up", { name: p.stage.label })}
					size="s"
					isDisabled={p.isFirst}
					onPress={() => attempt(p.onMove(-1))}
				>
					<ArrowUp size={15} aria-hidden />
				</IconButton>
				<IconButton
					label={t("pipelines.down", { name: p.stage.label })}
					size="s"
					isDisabled={p.isLast}
					onPress={() => attempt(p.onMove(1))}
				>
					<ArrowDown size={15} aria-hidden />
				</IconButton>
			</div>
			<div className={css.stage}>
				<p className={settings.rowTitle}>{p.stage.label}</p>
				<p className={settings.rowNote}>
					{p.demands.length ? t("pipelines.asksFor", { count: p.demands.length }) : t("pipelines.asksNothing")}
				</p>
			</div>
			<Select
				isCompact
				label={t("pipelines.state")}
				choices={STATES.map((id) => ({ id, label: t(`pipelines.state.${id}`) }))}
				value={isClosedStage(p.stage) ? "CLOSED" : "OPEN"}
				onChange={(id) => attempt(p.onState(id as TicketState))}
			/>
			<Button size="s" look="quiet" icon={<ListChecks size={15} aria-hidden />} onPress={p.onRequire}>
				{t("pipelines.require")}
			</Button>
			<MenuButton
				label={t("pipelines.statusMore", { name: p.stage.label })}
				side="bottom end"
				button={
					<IconButton label={t("pipelines.statusMore", { name: p.stage.label })} size="s">
						<MoreHorizontal size={16} aria-hidden />
					</IconButton>
				}
				items={[
					{ id: "rename", label: t("pipelines.renameStatus"), icon: <Pencil size={15} aria-hidden />, run: p.onRename },
					{ id: "delete", label: t("pipelines.deleteStatus"), icon: <Trash2 size={15} aria-hidden />, run: p.onDelete },
				]}
			/>
		</li>
	);
}
