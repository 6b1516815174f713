import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Checkbox } from "#ui";
import css from "../Videos.module.css";
import { canCapture, canCaptureScreen, type Source } from "./capture";

const SOURCES: readonly Source[] = ["screen", "camera", "both"];

interface Props {
	isOpening: boolean;
	onStart: (source: Source, withMicrophone: boolean) => void;
}

/* What shall be recorded. The browser asks for leave after Start. */
export function RecordSetup({ isOpening, onStart }: Props) {
	const t = useText();
	const sources = canCaptureScreen() ? SOURCES : SOURCES.filter((s) => s === "camera");
	const [source, setSource] = useState<Source>(sources[0] ?? "camera");
	const [hasSound, setSound] = useState(true);
	if (!canCapture())
		return (
			<Banner tone="warn" role="alert">
				{t("videos.record.problem.unavailable")}
			</Banner>
		);
	return (
		<form
			className={css.side}
			onSubmit={(e) => {
				e.preventDefault();
				onStart(source, hasSound);
			}}
		>
			<fieldset className={css.sources}>
				<legend>{t("videos.record.what")}</legend>
				{sources.map((s) => (
					<label key={s}>
						<input type="radio" name="source" checked={source === s} onChange={() => setSource(s)} />
						{t(`videos.record.source.${s}`)}
					</label>
				))}
			</fieldset>
			<Checkbox isSelected={hasSound} onChange={setSound}>
				{t("videos.record.microphone")}
			</Checkbox>
			<div className={css.actions}>
				<Button type="submit" look="solid" isPending={isOpening}>
					{t("videos.record.start")}
				</Button>
			</div>
		</form>
	);
}
