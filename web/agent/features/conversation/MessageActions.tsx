import { Forward, Reply, ReplyAll } from "lucide-react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import { answerMessage } from "../composer";
import css from "./Thread.module.css";

const EMAIL = "1002";

/* At a message's upper right: answer this one, whatever came after it, or hand it on. */
export function MessageActions({ message }: { message: Message }) {
	const t = useText();
	const others = (message.to?.length ?? 0) + (message.cc?.length ?? 0);
	return (
		<span className={css.actions}>
			<IconButton size="s" label={t("conversation.reply")} onPress={() => answerMessage(message, "reply")}>
				<Reply size={15} aria-hidden />
			</IconButton>
			{others > 1 && (
				<IconButton size="s" label={t("conversation.replyAll")} onPress={() => answerMessage(message, "replyAll")}>
					<ReplyAll size={15} aria-hidden />
				</IconButton>
			)}
			{message.channelId === EMAIL && (
				<IconButton size="s" label={t("conversation.forward")} onPress={() => answerMessage(message, "forward")}>
					<Forward size={15} aria-hidden />
				</IconButton>
			)}
		</span>
	);
}
