import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { useState } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { Button, Checkbox, Dialog, IconButton } from "#ui";
import css from "./ContextPane.module.css";
import type { useCards } from "./useCards";

interface Props {
	cards: ReturnType<typeof useCards<{ id: string; title: MessageId }>>;
	onClose: () => void;
}

/* Which cards are shown, and in which order: by dragging, or with the arrows. */
export function CustomiseDialog({ cards, onClose }: Props) {
	const t = useText();
	const [dragged, setDragged] = useState<string>();
	return (
		<Dialog
			title={t("context.customise")}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={cards.reset}>{t("context.reset")}</Button>
					<Button look="solid" onPress={onClose}>
						{t("common.done")}
					</Button>
				</>
			}
		>
			<ul className={css.customise} aria-label={t("context.customise")}>
				{cards.all.map((card, i) => (
					<li
						key={card.id}
						className={css.customRow}
						draggable
						data-dragged={dragged === card.id ? "" : undefined}
						onDragStart={(e) => {
							e.dataTransfer.effectAllowed = "move";
							setDragged(card.id);
						}}
						onDragOver={(e) => {
							e.preventDefault();
							if (dragged && dragged !== card.id) cards.move(dragged, i);
						}}
						onDragEnd={() => setDragged(undefined)}
					>
						<GripVertical size={15} aria-hidden className={css.grip} />
						<Checkbox isSelected={!cards.isHidden(card.id)} onChange={() => cards.toggleHidden(card.id)}>
							{t(card.title)}
						</Checkbox>
						<span className={css.customMoves}>
							<IconButton
								label={t("context.moveUp", { name: t(card.title) })}
								size="s"
								isDisabled={i === 0}
								onPress={() => cards.move(card.id, i - 1)}
							>
								<ArrowUp size={14} aria-hidden />
							</IconButton>
							<IconButton
								label={t("context.moveDown", { name: t(card.title) })}
								size="s"
								isDisabled={i === cards.all.length - 1}
								onPress={() => cards.move(card.id, i + 1)}
							>
								<ArrowDown size={14} aria-hidden />
							</IconButton>
						</span>
					</li>
				))}
			</ul>
		</Dialog>
	);
}
