import { useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, toast } from "#ui";
import { library } from "../../data/library";
import { uploadPart, VIDEOS, type Video, type VideoChange } from "../../data/videos";
import { useErrorText } from "../../shell/useErrorText";
import { offerUndo } from "../manage";
import { CaptionsFile } from "./CaptionsFile";
import { CaptionsLanguage } from "./CaptionsLanguage";
import css from "./Videos.module.css";

/* The captions of a video that is in the library: others, in another language, or none. */
export function Captions({ video }: { video: Video }) {
	const t = useText();
	const errorText = useErrorText();
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();
	const has = video.captionsUrl !== undefined;
	const lang = video.captionsLanguage ?? "";

	async function keep(change: () => Promise<VideoChange>): Promise<boolean> {
		setBusy(true);
		setProblem(undefined);
		try {
			await library.change(VIDEOS, video.id, await change());
			return true;
		} catch (e) {
			setProblem((e instanceof ApiError && e.fields.file) || errorText(e));
			return false;
		} finally {
			setBusy(false);
		}
	}
	const put = (file: File, captionsLanguage = lang) =>
		keep(async () => ({ captionsId: await uploadPart("captions", file, file.name), captionsLanguage }));
	async function add(file: File) {
		if (await put(file)) toast("good", t("videos.captionsSaved"));
	}
	async function remove() {
		let old: File | undefined;
		const isGone = await keep(async () => {
			old = new File([await (await fetch(video.captionsUrl ?? "")).blob()], "captions.vtt");
			return { captionsId: null, captionsLanguage: "" };
		});
		if (!isGone) return;
		offerUndo(t("videos.captionsRemoved"), { label: t("common.undo"), run: () => void (old && put(old, lang)) });
	}
	return (
		<section aria-label={t("videos.captions")}>
			<div className={css.actions}>
				<CaptionsFile
					label={t(has ? "videos.captionsReplace" : "videos.captionsAdd")}
					isBusy={isBusy}
					onChange={(file) => void add(file)}
				/>
				{has ? (
					<>
						<CaptionsLanguage
							lang={lang}
							onChange={(captionsLanguage) => void keep(async () => ({ captionsLanguage }))}
						/>
						<Button size="s" look="quiet" onPress={() => void remove()}>
							{t("videos.captionsRemove")}
						</Button>
					</>
				) : (
					<span className={css.facts}>{t("videos.captionsKinds")}</span>
				)}
			</div>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
		</section>
	);
}
