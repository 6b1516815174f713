import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { Select } from "#ui";
import { useArticleLanguages } from "../../data/articles";

const NONE = "none";

interface Props {
	/* Empty: not said. */
	lang: string;
	onChange: (lang: string) => void;
}

export function CaptionsLanguage({ lang, onChange }: Props) {
	const t = useText();
	const languageName = useLanguageName();
	const known = useArticleLanguages().map((l) => l.lang);
	const langs = !lang || known.includes(lang) ? known : [lang, ...known];
	return (
		<Select
			isCompact
			label={t("videos.captionsLanguage")}
			choices={[
				{ id: NONE, label: t("videos.captionsNoLanguage") },
				...langs.map((id) => ({ id, label: languageName(id) })),
			]}
			value={lang || NONE}
			onChange={(id) => onChange(id === NONE ? "" : id)}
		/>
	);
}
