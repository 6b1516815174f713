import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import css from "./SendBar.module.css";
import type { LiveDraft } from "./useDraft";

/* Is what was written safe, and where? */
export function DraftState({ draft }: { draft: LiveDraft }) {
	const t = useText();
	const { locale } = useIntl();
	const time = () => messageTime(new Date(draft.savedAt).toISOString(), draft.savedAt, locale);
	return (
		<span className={css.saved} role="status">
			{draft.savedAt > 0 &&
				(draft.state === "offline"
					? t("draft.offline")
					: draft.state === "waiting"
						? t("draft.saving")
						: t("composer.draftSaved", { time: time() }))}
		</span>
	);
}
