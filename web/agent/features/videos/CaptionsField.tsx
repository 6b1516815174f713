import { useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import css from "./Videos.module.css";

interface Props {
	file: File | undefined;
	onChange: (file: File | undefined) => void;
}

/* A file of captions that goes with the video. */
export function CaptionsField({ file, onChange }: Props) {
	const t = useText();
	const input = useRef<HTMLInputElement>(null);
	return (
		<div className={css.actions}>
			<Button size="s" onPress={() => (file ? onChange(undefined) : input.current?.click())}>
				{t(file ? "videos.captionsRemove" : "videos.captionsAdd")}
			</Button>
			<span className={css.facts}>{file ? file.name : t("videos.captionsHint")}</span>
			<input
				ref={input}
				type="file"
				accept="text/vtt,.vtt"
				hidden
				aria-label={t("videos.captionsAdd")}
				onChange={(e) => {
					const chosen = e.target.files?.[0];
					e.target.value = "";
					if (chosen) onChange(chosen);
				}}
			/>
		</div>
	);
}
