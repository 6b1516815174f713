import { X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import { ContextCard } from "./ContextCard";
import css from "./ContextPane.module.css";
import { CARDS } from "./cards/registry";
import type { CardProps } from "./cards/types";

/* Everything around the ticket, as cards that fold. */
export function ContextPane({ onClose, ...card }: CardProps & { onClose: () => void }) {
	const t = useText();
	const [folded, setFolded] = useState<readonly string[]>([]);
	const toggle = (id: string) =>
		setFolded((old) => (old.includes(id) ? old.filter((other) => other !== id) : [...old, id]));
	return (
		<aside className={css.pane} aria-label={t("conversation.details")} data-region="context">
			<header className={css.head}>
				<h2>{t("conversation.details")}</h2>
				<IconButton label={t("common.close")} size="s" onPress={onClose}>
					<X size={16} aria-hidden />
				</IconButton>
			</header>
			<div className={css.scroll}>
				{CARDS.map(({ id, title, Card }) => (
					<ContextCard key={id} title={t(title)} isOpen={!folded.includes(id)} onToggle={() => toggle(id)}>
						<Card {...card} />
					</ContextCard>
				))}
			</div>
		</aside>
	);
}
