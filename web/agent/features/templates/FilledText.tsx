import { useText } from "#shared/i18n/useText";
import { Banner } from "#ui";
import { missingIn } from "../composer/editor/nodes/tokens";
import { SafeHtml } from "../composer/SafeHtml";
import css from "./Templates.module.css";

/* A filled template to read, with what it misses. */
export function FilledText({ subject, html }: { subject: string; html: string }) {
	const t = useText();
	const missing = missingIn(`${subject} ${html.replaceAll("&amp;", "&")}`);
	return (
		<div className={css.filled}>
			{subject && (
				<p className={css.subject} dir="auto">
					{subject}
				</p>
			)}
			<SafeHtml html={html} label={t("templates.filled")} />
			{missing.length > 0 && (
				<Banner tone="warn">{t("templates.missing", { count: missing.length, names: missing.join(", ") })}</Banner>
			)}
		</div>
	);
}
