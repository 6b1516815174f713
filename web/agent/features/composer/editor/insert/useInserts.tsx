import type { Editor } from "@tiptap/core";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { later } from "../../../../shell/later";
import type { CardData, CardKind } from "../nodes/cardKinds";
import type { SuggestSource } from "../suggest/source";
import { InsertMenu } from "./InsertMenu";
import { slashSource, snippetSource } from "./insertSources";
import type { InsertPlace } from "./inserts";
import { PICK_SOURCES } from "./pickers";

const CardDialog = later(async () => (await import("./CardDialog")).CardDialog);
const PickDialog = later(async () => (await import("./PickDialog")).PickDialog);

/* The Insert menu of one composer: its button for the toolbar, its lists behind / and #, and the form that it opens. */
export function useInserts(
	ticketId: string,
	place: InsertPlace,
): {
	menu: (editor: Editor) => ReactNode;
	sources: readonly SuggestSource[];
	dialog: ReactNode;
} {
	const t = useText();
	const [asked, setAsked] = useState<{ kind: CardKind; editor: Editor; isAddress: boolean }>();
	const askCard = useCallback(
		(kind: CardKind, editor: Editor) => setAsked({ kind, editor, isAddress: !PICK_SOURCES[kind] }),
		[],
	);
	const ticket = useRef(ticketId);
	ticket.current = ticketId;
	const sources = useMemo(
		() => [slashSource(t, place, askCard), snippetSource(t, () => ticket.current)],
		[t, place, askCard],
	);
	const close = () => setAsked(undefined);
	const insert = (card: CardData) => {
		close();
		/* after the dialog has given the focus back */
		setTimeout(() => {
			if (!asked || asked.editor.isDestroyed) return;
			asked.editor.view.focus();
			asked.editor.chain().insertCard(card).run();
		});
	};
	return {
		menu: useCallback(
			(editor: Editor) => <InsertMenu editor={editor} place={place} askCard={askCard} />,
			[place, askCard],
		),
		sources,
		dialog:
			asked &&
			(asked.isAddress ? (
				<CardDialog kind={asked.kind} onClose={close} onInsert={insert} />
			) : (
				<PickDialog
					kind={asked.kind}
					context={{ ticketId, place }}
					onClose={close}
					onInsert={insert}
					onAddress={() => setAsked({ ...asked, isAddress: true })}
				/>
			)),
	};
}
