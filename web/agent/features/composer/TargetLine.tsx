import { ChevronDown, CornerUpLeft, Forward, X } from "lucide-react";
import { useIntl } from "react-intl";
import type { ReplyTarget } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Button, IconButton, MenuButton } from "#ui";
import type { ReplyMode } from "../../data/drafts";
import css from "./ReplyHead.module.css";

const MODES: readonly { id: ReplyMode; label: MessageId }[] = [
	{ id: "reply", label: "composer.mode.reply" },
	{ id: "replyAll", label: "composer.mode.replyAll" },
	{ id: "forward", label: "composer.mode.forward" },
];

interface Props {
	target: ReplyTarget | undefined;
	mode: ReplyMode;
	isNewest: boolean;
	onMode: (mode: ReplyMode) => void;
	onNewest: () => void;
}

/* Which message is answered, and how. */
export function TargetLine({ target, mode, isNewest, onMode, onNewest }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const message = target?.message;
	const label = t(`composer.mode.${mode}`);
	if (!message) return <span className={css.target}>{t("composer.firstMessage")}</span>;
	const values = {
		name: message.senderName || message.senderAddress || "?",
		time: messageTime(message.createdAt, now, locale),
	};
	const offered = MODES.filter((m) => m.id !== "replyAll" || target.cc.length > 0);
	return (
		<span className={css.target}>
			<MenuButton
				label={t("composer.mode.menu")}
				button={
					<Button look="quiet" size="s" className={css.mode} aria-label={t("composer.mode.current", { mode: label })}>
						{mode === "forward" ? <Forward size={14} aria-hidden /> : <CornerUpLeft size={14} aria-hidden />}
						<ChevronDown size={12} aria-hidden />
					</Button>
				}
				items={offered.map((m) => ({
					id: m.id,
					label: t(m.label),
					isSelected: m.id === mode,
					run: () => onMode(m.id),
				}))}
			/>
			<span className={css.targetText} dir="auto">
				{t(mode === "forward" ? "composer.forwarding" : "composer.replyingTo", values)}
			</span>
			{!isNewest && (
				<IconButton size="s" label={t("composer.toNewest")} onPress={onNewest}>
					<X size={13} aria-hidden />
				</IconButton>
			)}
		</span>
	);
}
