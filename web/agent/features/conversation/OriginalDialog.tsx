import { useText } from "#shared/i18n/useText";
import { Dialog } from "#ui";
import css from "./OriginalDialog.module.css";

interface Props {
	html: string;
	subject: string | undefined;
	onClose: () => void;
}

/* The message in a frame without any rights: no scripts, no forms, no way to this page, and nothing is fetched. */
export function OriginalDialog({ html, subject, onClose }: Props) {
	const t = useText();
	return (
		<Dialog isOpen title={t("conversation.original")} closeLabel={t("common.close")} onClose={onClose}>
			<iframe
				className={css.frame}
				title={subject || t("conversation.original")}
				sandbox=""
				referrerPolicy="no-referrer"
				srcDoc={html}
			/>
		</Dialog>
	);
}
