import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { useUser } from "../../data/session";
import { inOrder, useMessages } from "../../data/tickets";
import css from "./NewerNotice.module.css";

/* The server held the reply back: here is what the writer had not seen. */
export function NewerNotice(p: {
	ticketId: string;
	seenId: string | undefined;
	onSend: () => void;
	onEdit: () => void;
	onDiscard: () => void;
}) {
	const t = useText();
	const user = useUser();
	const { data } = useMessages(p.ticketId);
	const all = inOrder(data?.pages ?? []);
	const from = all.findIndex((m) => m.id === p.seenId) + 1;
	const fresh: Message[] = all.slice(from).filter((m) => m.senderUserId !== user.id);
	const isCustomer = fresh.some((m) => m.direction === "INCOMING");
	const title = t(isCustomer ? "composer.newer.title" : "composer.newer.colleague");
	return (
		<div className={css.newer} role="alertdialog" aria-label={title}>
			<p>
				<strong>{title}</strong> {t("composer.newer.text", { count: Math.max(1, fresh.length) })}
			</p>
			<ul>
				{fresh.map((m) => (
					<li key={m.id}>
						<strong dir="auto">{m.senderName || m.senderAddress}</strong>
						{m.type === "COMMENT" && <em>{t("conversation.comment")}</em>}
						<span dir="auto">{(m.text ?? "").trim().slice(0, 280)}</span>
					</li>
				))}
			</ul>
			<div className={css.newerActions}>
				<Button look="quiet" onPress={p.onDiscard}>
					{t("composer.discard")}
				</Button>
				<Button onPress={p.onEdit}>{t("composer.newer.edit")}</Button>
				<Button look="solid" onPress={p.onSend}>
					{t("composer.newer.send")}
				</Button>
			</div>
		</div>
	);
}
