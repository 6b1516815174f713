import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { Banner, Button } from "#ui";
import type { LiveDraft } from "./useDraft";

interface Props {
	draft: LiveDraft;
	onTake: () => void;
	onDrop: () => void;
}

/* Another window of the same person wrote something else: it is not lost. */
export function KeptDraft({ draft, onTake, onDrop }: Props) {
	const t = useText();
	const { locale } = useIntl();
	if (!draft.kept) return null;
	const time = messageTime(draft.kept.at, Date.now(), locale);
	return (
		<Banner tone="warn" role="status">
			{t("draft.kept", { time, text: draft.kept.text.trim().slice(0, 80) })}{" "}
			<Button size="s" onPress={onTake}>
				{t("draft.take")}
			</Button>{" "}
			<Button size="s" look="quiet" onPress={onDrop}>
				{t("common.dismiss")}
			</Button>
		</Banner>
	);
}
