import { Paperclip, RotateCw, X } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { IconButton } from "#ui";
import type { DraftFile } from "../../../data/drafts";
import css from "./AttachmentBar.module.css";
import type { Upload } from "./uploads";

interface Props {
	files: readonly DraftFile[];
	uploads: readonly Upload[];
	onRemove: (fileId: string) => void;
	onCancel: (uploadId: string) => void;
	onRetry: (uploadId: string) => void;
}

/* What goes along with the message, and what is still on its way. Pictures that stand in the text are not listed. */
export function AttachmentBar({ files, uploads, onRemove, onCancel, onRetry }: Props) {
	const t = useText();
	const { locale } = useIntl();
	if (files.length + uploads.length === 0) return null;
	return (
		<ul className={css.files} aria-label={t("attach.list")}>
			{files.map((f) => (
				<li key={f.id} className={css.file}>
					<Paperclip size={13} aria-hidden />
					<span className={css.name} dir="auto">
						{f.name}
					</span>
					<span className={css.size}>{fileSize(f.sizeBytes, locale)}</span>
					<IconButton size="s" label={t("attach.remove", { name: f.name })} onPress={() => onRemove(f.id)}>
						<X size={13} aria-hidden />
					</IconButton>
				</li>
			))}
			{uploads.map((u) => (
				<li key={u.id} className={css.file} data-failed={u.isFailed || undefined}>
					<span className={css.name} dir="auto">
						{u.file.name}
					</span>
					{u.isFailed ? (
						<>
							<span className={css.size} role="alert">
								{u.error?.message || t("attach.failed")}
							</span>
							<IconButton size="s" label={t("attach.retry", { name: u.file.name })} onPress={() => onRetry(u.id)}>
								<RotateCw size={13} aria-hidden />
							</IconButton>
						</>
					) : (
						<progress
							className={css.progress}
							max={1}
							value={u.progress}
							aria-label={t("attach.uploading", { name: u.file.name })}
						/>
					)}
					<IconButton size="s" label={t("attach.cancel", { name: u.file.name })} onPress={() => onCancel(u.id)}>
						<X size={13} aria-hidden />
					</IconButton>
				</li>
			))}
		</ul>
	);
}
