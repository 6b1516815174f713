/* A video before it is in the library: its file on the way, what the browser reads of it, and what somebody says of it. A file that goes
 * wrong takes nothing of the rest with it. */
import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { draftOfItem, library } from "../../data/library";
import { MAX_VIDEO_MB, uploadPart, VIDEOS, type Video, type VideoChange } from "../../data/videos";
import { useItemForm } from "../library";
import type { ChosenCaptions } from "./CaptionsField";
import { readVideo, type VideoFacts } from "./readVideo";
import { useVideoUpload } from "./useVideoUpload";

export interface Chosen {
	file: Blob;
	name: string;
	isRecorded: boolean;
	/* As the recorder measured it: not every file says how long it is. */
	durationMs?: number;
}

const NO_FACTS: VideoFacts = { durationMs: 0, width: 0, height: 0 };
const plainName = (name: string) => name.replace(/\.[^.]+$/, "").slice(0, 100);

export function useVideoForm(first: Chosen | undefined, onSaved: (video: Video) => void) {
	const t = useText();
	const form = useItemForm({ ...draftOfItem(undefined), name: first ? plainName(first.name) : "" });
	const [chosen, setChosen] = useState(first);
	const [problem, setProblem] = useState<string>();
	const [facts, setFacts] = useState(NO_FACTS);
	const [poster, setPoster] = useState<Blob>();
	const [captions, setCaptions] = useState<ChosenCaptions>();
	const [isWaiting, setWaiting] = useState(false);
	const upload = useVideoUpload(chosen?.file, chosen?.name ?? "");

	function choose(file: File) {
		setProblem(undefined);
		if (file.size > MAX_VIDEO_MB << 20) return setProblem(t("videos.tooLarge", { max: MAX_VIDEO_MB }));
		setChosen({ file, name: file.name, isRecorded: false });
		if (!form.draft.name.trim()) form.change({ name: plainName(file.name) });
	}
	function drop() {
		upload.cancel();
		setChosen(undefined);
		setFacts(NO_FACTS);
		setPoster(undefined);
		setWaiting(false);
	}
	const refuse = useRef(drop);
	refuse.current = drop;

	/* what this browser cannot play is not kept */
	useEffect(() => {
		if (!chosen) return;
		let isOver = false;
		readVideo(chosen.file).then(
			({ poster: taken, durationMs, width, height }) => {
				if (isOver) return;
				setFacts({ durationMs: durationMs || (chosen.durationMs ?? 0), width, height });
				setPoster((old) => old ?? taken);
			},
			() => {
				if (isOver) return;
				setProblem(t("videos.cannotPlay"));
				refuse.current();
			},
		);
		return () => {
			isOver = true;
		};
	}, [chosen, t]);

	async function send(fileId: string) {
		let made: Video | undefined;
		await form.save(async (draft) => {
			const body: VideoChange = { ...draft, ...facts, fileId, isRecorded: chosen?.isRecorded };
			if (poster) body.posterId = await uploadPart("poster", poster, "poster.jpg");
			if (captions) {
				body.captionsId = await uploadPart("captions", captions.file, captions.file.name);
				body.captionsLanguage = captions.lang;
			}
			made = await library.create<Video>(VIDEOS, body);
		});
		if (made) onSaved(made);
	}
	const latest = useRef(send);
	latest.current = send;
	const { fileId } = upload;
	/* Save was pressed while the file was on its way */
	useEffect(() => {
		if (!isWaiting || !fileId) return;
		setWaiting(false);
		void latest.current(fileId);
	}, [isWaiting, fileId]);

	return {
		...form,
		chosen,
		choose,
		drop,
		problem,
		facts,
		poster,
		setPoster,
		captions,
		setCaptions,
		upload,
		isSaving: form.isBusy || isWaiting,
		save: () => (fileId ? void send(fileId) : setWaiting(true)),
	};
}
