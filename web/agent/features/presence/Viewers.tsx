import { useText } from "#shared/i18n/useText";
import { Avatar } from "#ui";
import css from "./Presence.module.css";
import { usePeople } from "./usePresence";

const MOST = 3;

/* Who else is on the ticket, beside its name. */
export function Viewers({ ticketId }: { ticketId: string }) {
	const t = useText();
	const people = usePeople(ticketId);
	if (people.length === 0) return null;
	const rest = people.slice(MOST);
	return (
		<ul className={css.viewers} aria-label={t("presence.label")}>
			{people.slice(0, MOST).map((p) => (
				<li key={p.userId} title={p.text} data-writing={p.state === "viewing" ? undefined : ""}>
					<Avatar name={p.name} size={24} />
					<span className="visually-hidden">{p.text}</span>
				</li>
			))}
			{rest.length > 0 && (
				<li className={css.more} title={rest.map((p) => p.text).join("\n")}>
					<span aria-hidden>+{rest.length}</span>
					<span className="visually-hidden">{rest.map((p) => p.text).join("\n")}</span>
				</li>
			)}
		</ul>
	);
}
