import type { Editor } from "@tiptap/core";
import { CirclePlus } from "lucide-react";
import { useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton } from "#ui";
import { availableInserts, type InsertContext, type InsertPlace } from "./inserts";
import { onTemplateAsked } from "./templateRequests";

interface Props {
	editor: Editor;
	place: InsertPlace;
	askCard: InsertContext["askCard"];
}

/* Beside the text styles: what can be put into the text. */
export function InsertMenu({ editor, place, askCard }: Props) {
	const t = useText();
	useEffect(() => {
		if (place === "reply") return onTemplateAsked(() => askCard("template", editor));
	}, [place, askCard, editor]);
	return (
		<MenuButton
			label={t("insert.menu")}
			side="top start"
			button={
				<IconButton label={t("insert.menu")} size="s">
					<CirclePlus size={15} aria-hidden />
				</IconButton>
			}
			items={availableInserts(place).map((i) => ({
				id: i.id,
				label: t(i.label),
				icon: <i.icon size={15} aria-hidden />,
				run: () => i.run({ editor, askCard }),
			}))}
		/>
	);
}
