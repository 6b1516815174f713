import { useText } from "#shared/i18n/useText";
import { Avatar } from "#ui";
import { fullName, useUser } from "../../data/session";
import { useUnsent } from "../../data/unsent";
import css from "../held/Held.module.css";
import { UnsentItem } from "./UnsentItem";

/* Below the messages of a ticket: what was written to it, and waits for the server. */
export function UnsentCards({ ticketId }: { ticketId: string }) {
	const t = useText();
	const name = fullName(useUser());
	const texts = useUnsent(ticketId).filter((w) => w.kind === "reply" || w.kind === "comment");
	return texts.map((w) => (
		<article key={w.id} className={css.held} data-state={w.problem && "FAILED"} aria-label={t("sending.of", { name })}>
			<Avatar name={name} size={34} />
			<UnsentItem unsent={w} />
		</article>
	));
}
