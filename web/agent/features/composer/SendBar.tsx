import { ChevronDown } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { Button, MenuButton } from "#ui";
import { useStages } from "../../data/reference";
import css from "./SendBar.module.css";

interface Props {
	pipelineId: string | undefined;
	savedAt: number;
	isBusy: boolean;
	onSend: (stageId?: string) => void;
	onDiscard: () => void;
}

export function SendBar({ pipelineId, savedAt, isBusy, onSend, onDiscard }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const stages = useStages(pipelineId);
	return (
		<div className={css.foot}>
			<span className={css.saved} role="status">
				{savedAt > 0 &&
					t("composer.draftSaved", { time: messageTime(new Date(savedAt).toISOString(), savedAt, locale) })}
			</span>
			<Button look="quiet" onPress={onDiscard} isDisabled={isBusy}>
				{t(savedAt > 0 ? "composer.discard" : "common.cancel")}
			</Button>
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
					items={stages.map((s) => ({
						id: s.id,
						label: t("composer.sendAndStage", { stage: s.label }),
						run: () => onSend(s.id),
					}))}
				/>
			</div>
		</div>
	);
}
