import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { useOffline } from "../../shell/useOffline";
import css from "./SendBar.module.css";
import type { LiveDraft } from "./useDraft";

/* Is what was written safe, and where? */
export function DraftState({ draft }: { draft: LiveDraft }) {
	const t = useText();
	const { locale } = useIntl();
	const isOffline = useOffline();
	function state(): string {
		if (draft.savedAt === 0) return "";
		if (isOffline) return t("unsent.will");
		if (draft.state === "waiting") return t("draft.saving");
		if (draft.state === "offline") return t("draft.offline");
		if (draft.state === "refused") return t("draft.refused");
		const time = messageTime(new Date(draft.savedAt).toISOString(), draft.savedAt, locale);
		return t("composer.draftSaved", { time });
	}
	return (
		<span className={css.saved} role="status">
			{state()}
		</span>
	);
}
