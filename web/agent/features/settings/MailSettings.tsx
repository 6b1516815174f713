import { useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { MailboxSection } from "./MailboxSection";
import { OutboxSection } from "./OutboxSection";
import { RelaySection } from "./RelaySection";
import css from "./Settings.module.css";
import { TeamSignatures } from "./signatures/TeamSignatures";

export function MailSettings() {
	const t = useText();
	useEffect(() => {
		document.title = `${t("settings.mail.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("settings.mail.title")}</h1>
			<p className={css.lead}>{t("settings.mail.lead")}</p>
			<MailboxSection />
			<RelaySection />
			<TeamSignatures />
			<OutboxSection />
		</div>
	);
}
