import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button } from "#ui";
import type { Video } from "../../data/videos";
import { useErrorText } from "../../shell/useErrorText";
import { NameField, ShareFields } from "../library";
import { CaptionsField } from "./CaptionsField";
import { ChooseFile } from "./ChooseFile";
import { LeaveGuard } from "./LeaveGuard";
import { pictureOf } from "./readVideo";
import { type Chosen, useVideoForm } from "./useVideoForm";
import css from "./Videos.module.css";

interface Props {
	first?: Chosen;
	onSaved: (video: Video) => void;
	/* Beside the button that chooses a file. */
	onRecord?: () => void;
	/* Instead of taking the file away. */
	onAgain?: () => void;
}

const OWN_FIELDS = ["name", "folderId", "audience", "teamIds"];

/* A video on its way into the library. The upload begins at once; name, picture and the rest are said meanwhile. */
export function VideoForm({ first, onSaved, onRecord, onAgain }: Props) {
	const t = useText();
	const form = useVideoForm(first, onSaved);
	const { chosen, draft, change, errors } = form;
	/* what is said at its own field is not said twice */
	const fault = Object.entries(errors).find(([name]) => !OWN_FIELDS.includes(name))?.[1];
	return (
		<div className={css.columns}>
			<LeaveGuard isNeeded={!!chosen || form.isChanged} text={t("videos.leaveText")} />
			<div>
				{form.problem && (
					<Banner tone="bad" role="alert">
						{form.problem}
					</Banner>
				)}
				{chosen ? (
					<Preview file={chosen.file} onPicture={form.setPoster} />
				) : (
					<ChooseFile onChoose={form.choose}>
						{onRecord && <Button onPress={onRecord}>{t("videos.recordOne")}</Button>}
					</ChooseFile>
				)}
				<UploadLine upload={form.upload} onDrop={onAgain ?? form.drop} isRecorded={!!chosen?.isRecorded} />
			</div>
			<form
				className={css.side}
				noValidate
				onSubmit={(e) => {
					e.preventDefault();
					form.save();
				}}
			>
				{fault && (
					<Banner tone="bad" role="alert">
						{fault}
					</Banner>
				)}
				<NameField draft={draft} onChange={change} errors={errors} />
				{form.poster && <PosterLine poster={form.poster} />}
				<ShareFields kind="video" draft={draft} onChange={change} errors={errors} />
				<CaptionsField captions={form.captions} onChange={form.setCaptions} />
				<div className={css.actions}>
					<Button
						type="submit"
						look="solid"
						isPending={form.isSaving && form.upload.state !== "failed"}
						isDisabled={!chosen}
					>
						{t("videos.save")}
					</Button>
				</div>
			</form>
		</div>
	);
}

/* The address lives as long as what shows it. */
function useAddress(file: Blob): string | undefined {
	const [address, setAddress] = useState<string>();
	useEffect(() => {
		const made = URL.createObjectURL(file);
		setAddress(made);
		return () => URL.revokeObjectURL(made);
	}, [file]);
	return address;
}

function Preview({ file, onPicture }: { file: Blob; onPicture: (picture: Blob) => void }) {
	const t = useText();
	const video = useRef<HTMLVideoElement>(null);
	const take = async () => {
		if (video.current?.videoWidth) onPicture(await pictureOf(video.current));
	};
	return (
		<>
			{/* biome-ignore lint/a11y/useMediaCaption: it is what its maker looks at before anybody else has it */}
			<video ref={video} className={css.player} src={useAddress(file)} controls aria-label={t("videos.preview")} />
			<p className={css.facts}>
				<Button size="s" onPress={() => void take()}>
					{t("videos.takePicture")}
				</Button>
				{t("videos.takePictureHint")}
			</p>
		</>
	);
}

function PosterLine({ poster }: { poster: Blob }) {
	const t = useText();
	return (
		<p className={css.poster}>
			<img src={useAddress(poster)} alt={t("videos.poster")} />
			{t("videos.posterHint")}
		</p>
	);
}

type Form = ReturnType<typeof useVideoForm>;

function UploadLine({
	upload,
	onDrop,
	isRecorded,
}: {
	upload: Form["upload"];
	onDrop: () => void;
	isRecorded: boolean;
}) {
	const t = useText();
	const errorText = useErrorText();
	if (upload.state === "none") return null;
	const again = (
		<Button size="s" look="quiet" onPress={onDrop}>
			{t(isRecorded ? "videos.record.again" : upload.state === "sending" ? "videos.cancel" : "videos.other")}
		</Button>
	);
	if (upload.state === "failed")
		return (
			<Banner
				tone="bad"
				role="alert"
				action={
					<>
						<Button size="s" onPress={upload.retry}>
							{t("common.retry")}
						</Button>
						{again}
					</>
				}
			>
				{errorText(upload.error)}
			</Banner>
		);
	return (
		<div className={css.upload} role="status">
			{upload.state === "sending" ? (
				<progress max={1} value={upload.progress} aria-label={t("videos.uploading")} />
			) : (
				<span>{t("videos.uploaded")}</span>
			)}
			{again}
		</div>
	);
}
