import { MoreHorizontal, X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton } from "#ui";
import { later } from "../../shell/later";
import { ContextCard } from "./ContextCard";
import css from "./ContextPane.module.css";
import { CARDS } from "./cards/registry";
import type { CardProps } from "./cards/types";
import { useCards } from "./useCards";

const CustomiseDialog = later(async () => (await import("./CustomiseDialog")).CustomiseDialog);
const LinkHistoryDialog = later(async () => (await import("../records/LinkHistoryDialog")).LinkHistoryDialog);

/* Everything around the ticket, as cards that fold. */
export function ContextPane({ onClose, ...card }: CardProps & { onClose: () => void }) {
	const t = useText();
	const cards = useCards("tickets", CARDS);
	const [open, setOpen] = useState<"customise" | "history">();
	return (
		<aside className={css.pane} aria-label={t("conversation.details")} data-region="context">
			<header className={css.head}>
				<h2>{t("conversation.details")}</h2>
				<span>
					<MenuButton
						label={t("context.menu")}
						side="bottom end"
						button={
							<IconButton label={t("context.menu")} size="s">
								<MoreHorizontal size={16} aria-hidden />
							</IconButton>
						}
						items={[
							{ id: "customise", label: t("context.customise"), run: () => setOpen("customise") },
							{ id: "history", label: t("records.history"), run: () => setOpen("history") },
						]}
					/>
					<IconButton label={t("common.close")} size="s" onPress={onClose}>
						<X size={16} aria-hidden />
					</IconButton>
				</span>
			</header>
			<div className={css.scroll}>
				{cards.shown.map(({ id, title, Card }) => (
					<ContextCard key={id} title={t(title)} isOpen={!cards.isFolded(id)} onToggle={() => cards.toggleFold(id)}>
						<Card {...card} />
					</ContextCard>
				))}
			</div>
			{open === "customise" && <CustomiseDialog cards={cards} onClose={() => setOpen(undefined)} />}
			{open === "history" && (
				<LinkHistoryDialog of={{ objectType: "tickets", id: card.ticketId }} onClose={() => setOpen(undefined)} />
			)}
		</aside>
	);
}
