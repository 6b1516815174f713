import { File, FileArchive, FileImage, FileText } from "lucide-react";
import { useIntl } from "react-intl";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import css from "./Thread.module.css";

function iconFor(type: string) {
	if (type.startsWith("image/")) return FileImage;
	if (type.startsWith("text/") || type === "application/pdf") return FileText;
	return /zip|compressed|tar/.test(type) ? FileArchive : File;
}

/* What the mail carries, except pictures that stand in its text. */
export function Attachments({ message }: { message: Message }) {
	const t = useText();
	const { locale } = useIntl();
	const files = (message.attachments ?? []).filter((a) => !(a.isInline && a.contentId && message.html));
	if (files.length === 0) return null;
	return (
		<ul className={css.files} aria-label={t("conversation.attachments", { count: files.length })}>
			{files.map((a) => {
				const Icon = iconFor(a.contentType);
				const name = a.name || t("conversation.unnamed");
				return (
					<li key={a.id}>
						<a className={css.file} href={a.url} download={name} title={t("conversation.download", { name })}>
							<Icon size={18} aria-hidden />
							<span className={css.fileText}>
								<span className={css.fileName} dir="auto">
									{name}
								</span>
								<span className={css.fileSize}>{fileSize(a.sizeBytes, locale)}</span>
							</span>
						</a>
					</li>
				);
			})}
		</ul>
	);
}
