import { Link } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import { Dialog } from "#ui";
import { useTicketRow } from "../../data/ticketStore";
import { type Unsent, useUnsent } from "../../data/unsent";
import css from "./Unsent.module.css";
import { UnsentItem } from "./UnsentItem";

/* Everything that waits on this device for the server, wherever it was written. */
export function UnsentDialog({ onClose }: { onClose: () => void }) {
	const t = useText();
	const all = useUnsent();
	return (
		<Dialog title={t("unsent.title")} closeLabel={t("common.close")} isOpen onClose={onClose}>
			{all.length === 0 ? (
				<p>{t("unsent.none")}</p>
			) : (
				<ul className={css.list}>
					{all.map((w) => (
						<li key={w.id}>
							<TicketLink unsent={w} onFollow={onClose} />
							<UnsentItem unsent={w} />
						</li>
					))}
				</ul>
			)}
		</Dialog>
	);
}

function TicketLink({ unsent: w, onFollow }: { unsent: Unsent; onFollow: () => void }) {
	const row = useTicketRow(w.ticketId);
	return (
		<Link to="/tickets/$view/$ticketId" params={{ view: "open", ticketId: w.ticketId }} onClick={onFollow}>
			<span dir="auto">{row?.subject ?? `#${w.ticketId}`}</span>
		</Link>
	);
}
