import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { draftOfItem, library } from "../../data/library";
import { VIDEOS, type Video } from "../../data/videos";
import { ItemDialog, NameField, ShareFields, useItemForm } from "../library";

/* What is said of a video; the video itself stays. */
export function VideoDialog({ video, onClose }: { video: Video; onClose: () => void }) {
	const t = useText();
	const form = useItemForm(draftOfItem(video));
	const { draft, change, errors } = form;
	async function save() {
		if (!(await form.save((d) => library.change<Video>(VIDEOS, video.id, d)))) return;
		toast("good", t("library.saved", { name: draft.name.trim() }));
		onClose();
	}
	return (
		<ItemDialog
			title={t("videos.edit")}
			error={errors.form}
			isBusy={form.isBusy}
			isChanged={form.isChanged}
			onSave={() => void save()}
			onClose={onClose}
		>
			<NameField draft={draft} onChange={change} errors={errors} />
			<ShareFields kind="video" draft={draft} onChange={change} errors={errors} item={video} />
		</ItemDialog>
	);
}
