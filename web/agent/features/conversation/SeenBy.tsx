import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { useOwners } from "../../data/reference";
import { seenByUsers } from "../../data/seen";
import { fullName, useUser } from "../../data/session";
import { useTicketRow } from "../../data/ticketStore";
import css from "./Thread.module.css";

/* Which colleagues have seen the newest message. */
export function SeenBy({ ticketId }: { ticketId: string }) {
	const t = useText();
	const intl = useIntl();
	const user = useUser();
	const row = useTicketRow(ticketId);
	const owners = useOwners();
	const ids = row ? seenByUsers(row).filter((id) => id !== user.id) : [];
	const names = owners.filter((o) => ids.includes(String(o.userId))).map(fullName);
	if (names.length === 0) return null;
	return (
		<p className={css.seen}>{t("conversation.seenBy", { names: intl.formatList(names, { type: "conjunction" }) })}</p>
	);
}
