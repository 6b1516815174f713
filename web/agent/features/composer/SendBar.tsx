import { ChevronDown, Clock } from "lucide-react";
import { useState } from "react";
import type { StageChoice } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton, type MenuItem } from "#ui";
import { ScheduleDialog } from "../held";
import { DraftState } from "./DraftState";
import css from "./SendBar.module.css";
import type { LiveDraft } from "./useDraft";
import type { SendAs } from "./useSend";

interface Props {
	stages: readonly StageChoice[];
	draft: LiveDraft;
	isBusy: boolean;
	onSend: (as?: SendAs) => void;
	onDiscard: () => void;
}

/* Send, send with a status, send later; and what became of the draft. */
export function SendBar({ stages, draft, isBusy, onSend, onDiscard }: Props) {
	const t = useText();
	const [isTiming, setTiming] = useState(false);
	const items: MenuItem[] = stages
		.filter((s) => s.mayMove)
		.map((s) => ({ id: s.id, label: t("composer.sendAndStage", { stage: s.label }), run: () => onSend({ stage: s }) }));
	return (
		<div className={css.foot}>
			<DraftState draft={draft} />
			<Button look="quiet" onPress={onDiscard} isDisabled={isBusy}>
				{t(draft.savedAt > 0 ? "composer.discard" : "common.cancel")}
			</Button>
			<IconButton label={t("sending.later")} onPress={() => setTiming(true)} isDisabled={isBusy}>
				<Clock size={16} aria-hidden />
			</IconButton>
			<div className={css.send}>
				<Button look="solid" className={css.sendMain} onPress={() => onSend()} isDisabled={isBusy}>
					{t(isBusy ? "composer.sending" : "composer.send")}
				</Button>
				<MenuButton
					label={t("composer.sendAnd")}
					side="top end"
					button={
						<Button look="solid" className={css.sendMore} aria-label={t("composer.sendAnd")} isDisabled={isBusy}>
							<ChevronDown size={15} aria-hidden />
						</Button>
					}
					items={items}
				/>
			</div>
			{isTiming && (
				<ScheduleDialog
					onClose={() => setTiming(false)}
					onChoose={(at) => {
						setTiming(false);
						onSend({ at });
					}}
				/>
			)}
		</div>
	);
}
