import { useText } from "#shared/i18n/useText";
import css from "./Card.module.css";

/* A long address breaks after its @, not within a word. */
export function EmailLink({ address }: { address: string }) {
	const t = useText();
	const at = address.lastIndexOf("@") + 1;
	return (
		<a href={`mailto:${address}`} title={t("context.email")} className={css.email}>
			{address.slice(0, at)}
			<wbr />
			{address.slice(at)}
		</a>
	);
}
