import { Upload } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { MAX_VIDEO_MB } from "../../data/videos";
import css from "./Videos.module.css";

const ACCEPT = "video/mp4,video/webm,video/quicktime,.mp4,.m4v,.webm,.mov";

/* A file by the browser's own dialog, or dropped here. */
export function ChooseFile({ onChoose, children }: { onChoose: (file: File) => void; children?: ReactNode }) {
	const t = useText();
	const input = useRef<HTMLInputElement>(null);
	const [isOver, setOver] = useState(false);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dropping has a twin, the button in it
		<div
			className={css.drop}
			data-over={isOver || undefined}
			onDragOver={(e) => {
				e.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
			onDrop={(e) => {
				e.preventDefault();
				setOver(false);
				const file = e.dataTransfer.files[0];
				if (file) onChoose(file);
			}}
		>
			<p>{t("videos.drop", { max: MAX_VIDEO_MB })}</p>
			<div className={css.actions}>
				<Button look="solid" icon={<Upload size={15} aria-hidden />} onPress={() => input.current?.click()}>
					{t("videos.choose")}
				</Button>
				{children}
			</div>
			<input
				ref={input}
				type="file"
				accept={ACCEPT}
				hidden
				aria-label={t("videos.choose")}
				onChange={(e) => {
					const file = e.target.files?.[0];
					e.target.value = "";
					if (file) onChoose(file);
				}}
			/>
		</div>
	);
}
