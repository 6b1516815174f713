import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { CaptionsFile } from "./CaptionsFile";
import { CaptionsLanguage } from "./CaptionsLanguage";
import css from "./Videos.module.css";

export interface ChosenCaptions {
	file: File;
	lang: string;
}

interface Props {
	captions: ChosenCaptions | undefined;
	onChange: (captions: ChosenCaptions | undefined) => void;
}

/* A file of captions that goes with a new video. */
export function CaptionsField({ captions, onChange }: Props) {
	const t = useText();
	if (!captions)
		return (
			<div className={css.actions}>
				<CaptionsFile label={t("videos.captionsAdd")} onChange={(file) => onChange({ file, lang: "" })} />
				<span className={css.facts}>{t("videos.captionsKinds")}</span>
			</div>
		);
	return (
		<div className={css.actions}>
			<Button size="s" onPress={() => onChange(undefined)}>
				{t("videos.captionsRemove")}
			</Button>
			<CaptionsLanguage lang={captions.lang} onChange={(lang) => onChange({ ...captions, lang })} />
			<span className={css.facts} dir="auto">
				{captions.file.name}
			</span>
		</div>
	);
}
