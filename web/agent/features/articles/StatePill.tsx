import { useText } from "#shared/i18n/useText";
import { Pill } from "#ui";
import type { ArticleLine } from "../../data/articles";

const TONES = { DRAFT: "quiet", PUBLISHED: "good", ARCHIVED: "warn" } as const;

export function StatePill({ text }: { text: Pick<ArticleLine, "state" | "hasChanges"> }) {
	const t = useText();
	return (
		<>
			<Pill tone={TONES[text.state]}>{t(`articles.state.${text.state}`)}</Pill>
			{text.hasChanges && <Pill tone="new">{t("articles.hasChanges")}</Pill>}
		</>
	);
}
