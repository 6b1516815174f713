import { useText } from "#shared/i18n/useText";
import { Button, Dialog, toast } from "#ui";
import css from "./Users.module.css";

/* The link of an invitation, where no mail can be sent. It is shown this once. */
export function LinkDialog({ url, onClose }: { url: string | undefined; onClose: () => void }) {
	const t = useText();
	return (
		<Dialog
			title={t("people.linkTitle")}
			closeLabel={t("common.close")}
			isOpen={url !== undefined}
			onClose={onClose}
			actions={
				<>
					{navigator.clipboard && (
						<Button
							onPress={() =>
								void navigator.clipboard.writeText(url ?? "").then(
									() => toast("good", t("people.linkCopied")),
									() => toast("bad", t("error.generic")),
								)
							}
						>
							{t("people.linkCopy")}
						</Button>
					)}
					<Button look="solid" onPress={onClose}>
						{t("people.done")}
					</Button>
				</>
			}
		>
			<p>{t("people.linkText")}</p>
			<p className={css.link}>{url}</p>
		</Dialog>
	);
}
