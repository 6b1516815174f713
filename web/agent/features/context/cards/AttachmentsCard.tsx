import { Download, Paperclip } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { Skeleton } from "#ui";
import { useTicketFiles } from "../../../data/records";
import css from "./Card.module.css";
import type { CardProps } from "./types";

/* Every file of the conversation, newest first. */
export function AttachmentsCard({ ticketId }: CardProps) {
	const t = useText();
	const { locale } = useIntl();
	const { data } = useTicketFiles(ticketId);
	if (!data) return <Skeleton width="70%" height={18} />;
	if (data.length === 0) return <p className={css.none}>{t("context.noAttachments")}</p>;
	return (
		<ul className={css.others}>
			{data.map((f) => (
				<li key={f.id}>
					<a
						className={css.file}
						href={f.url}
						download={f.name}
						aria-label={t("conversation.download", { name: f.name || t("conversation.unnamed") })}
					>
						<Paperclip size={14} aria-hidden />
						<span className={css.fileName} dir="auto">
							{f.name || t("conversation.unnamed")}
						</span>
						<span className={css.fileSize}>{fileSize(f.sizeBytes, locale)}</span>
						<Download size={14} aria-hidden />
					</a>
				</li>
			))}
		</ul>
	);
}
