import { useText } from "#shared/i18n/useText";
import { Banner } from "#ui";
import css from "./BelowText.module.css";
import type { LiveDraft } from "./useDraft";

/* Whoever may not reply any more still has what he wrote, to read and to copy. */
export function LostReply({ draft }: { draft: LiveDraft }) {
	const t = useText();
	return (
		<Banner tone="warn" role="status">
			{t("composer.mayNotReply")}
			<blockquote className={css.quoted} dir="auto">
				{draft.text}
			</blockquote>
		</Banner>
	);
}
