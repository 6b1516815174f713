import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Pill } from "#ui";
import { useChannelName } from "../../data/channels";

const EMAIL = "1002";

/* What is special about a message: it came by another way than mail, was handed on, or did not reach everybody. */
export function MessageFlags({ message: m }: { message: Message }) {
	const t = useText();
	const channel = useChannelName(m.channelId && m.channelId !== EMAIL ? m.channelId : undefined);
	const isFailed = m.state === "FAILED" || m.deliveries?.some((d) => d.state === "FAILED");
	return (
		<>
			{channel && m.type === "MESSAGE" && <Pill tone="quiet">{channel}</Pill>}
			{m.forwardOfId && <Pill tone="quiet">{t("conversation.forwarded")}</Pill>}
			{isFailed && <Pill tone="bad">{t("conversation.notSent")}</Pill>}
		</>
	);
}
