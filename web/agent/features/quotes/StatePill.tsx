import { useText } from "#shared/i18n/useText";
import { Pill, type PillTone } from "#ui";
import type { QuoteState, QuoteVersion } from "../../data/quotes";

const TONES: Record<QuoteState | "RECALLED", PillTone> = {
	DRAFT: "quiet",
	PUBLISHED: "new",
	ACCEPTED: "good",
	DECLINED: "bad",
	EXPIRED: "warn",
	RECALLED: "quiet",
};

export function StatePill({ state }: { state: QuoteState | QuoteVersion["state"] }) {
	const t = useText();
	return <Pill tone={TONES[state]}>{t(`quotes.state.${state}`)}</Pill>;
}
