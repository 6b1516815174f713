import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Toasts } from "#ui";
import { useKeyboard } from "../../../shell/actions";
import { LeaveGuard } from "../LeaveGuard";
import { tellMade } from "../recordWindow";
import { VideoForm } from "../VideoForm";
import css from "../Videos.module.css";
import { videoTime } from "../videoTime";
import { LeftBehind } from "./LeftBehind";
import { RecordSetup } from "./RecordSetup";
import { useRecording } from "./useRecording";

/* The page's policy is that of the address it was loaded from, wherever it has been led since. */
function useOwnPolicy() {
	useEffect(() => {
		const [loaded] = performance.getEntriesByType("navigation");
		if (loaded && new URL(loaded.name).pathname !== location.pathname) location.reload();
	}, []);
}

/* A window of its own that records screen, camera or both, and brings the video into the library. */
export function RecordPage() {
	const t = useText();
	const { for: request } = useSearch({ from: "/record" });
	const at = useRecording();
	const [savedName, setSavedName] = useState<string>();
	useOwnPolicy();
	useKeyboard();
	useEffect(() => {
		document.title = `${t("videos.record.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<main className={css.alone} aria-label={t("videos.record.title")}>
			<LeaveGuard isNeeded={at.phase === "running" || at.phase === "resting"} text={t("videos.leaveText")} />
			<h1>{t("videos.record.title")}</h1>
			{savedName !== undefined && (
				<Banner
					tone="info"
					role="status"
					action={
						<Button size="s" onPress={() => window.close()}>
							{t("videos.record.close")}
						</Button>
					}
				>
					{t("library.saved", { name: savedName })}
				</Banner>
			)}
			{at.problem && (
				<Banner tone="bad" role="alert">
					{t(`videos.record.problem.${at.problem}`)}
				</Banner>
			)}
			{(at.phase === "ready" || at.phase === "opening") && (
				<>
					<LeftBehind onTake={at.take} />
					<RecordSetup isOpening={at.phase === "opening"} onStart={at.start} />
				</>
			)}
			{at.stream && <Running at={at} stream={at.stream} />}
			{at.phase === "done" && at.recording && (
				<VideoForm
					key={at.recording.id}
					first={{
						file: at.recording.file,
						name: `${t("videos.record.name")}.${at.recording.file.type.includes("mp4") ? "mp4" : "webm"}`,
						isRecorded: true,
						durationMs: at.recording.durationMs,
					}}
					onAgain={at.drop}
					onSaved={(video) => {
						at.drop();
						setSavedName(video.name);
						/* whoever opened this window goes on with it */
						if (tellMade(request, video.id)) window.close();
					}}
				/>
			)}
			<Toasts label={t("toast.region")} closeLabel={t("common.dismiss")} />
		</main>
	);
}

function Running({ at, stream }: { at: ReturnType<typeof useRecording>; stream: MediaStream }) {
	const t = useText();
	const video = useRef<HTMLVideoElement>(null);
	useEffect(() => {
		if (video.current) video.current.srcObject = stream;
	}, [stream]);
	return (
		<section className={css.side} aria-label={t("videos.record.running")}>
			<video ref={video} className={css.player} muted autoPlay playsInline aria-label={t("videos.preview")} />
			<div className={css.actions}>
				<span className={css.time} role="timer">
					{videoTime(at.elapsedMs)}
				</span>
				{at.phase === "resting" ? (
					<Button onPress={at.resume}>{t("videos.record.resume")}</Button>
				) : (
					<Button onPress={at.pause}>{t("videos.record.pause")}</Button>
				)}
				<Button look="solid" onPress={at.stop}>
					{t("videos.record.stop")}
				</Button>
			</div>
		</section>
	);
}
