import type { Editor } from "@tiptap/core";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { snippetFor, ticketPlace } from "../../../../data/libraryTexts";
import { later } from "../../../../shell/later";
import { useErrorText } from "../../../../shell/useErrorText";
import type { TemplateChoice } from "../../../templates/TemplatePicker";
import type { CardData, CardKind } from "../nodes/cardKinds";
import { insertFilled } from "../nodes/filled";
import type { SuggestSource } from "../suggest/source";
import { InsertMenu } from "./InsertMenu";
import { slashSource, snippetSource } from "./insertSources";
import type { InsertPlace } from "./inserts";
import { PICK_SOURCES } from "./pickers";

const CardDialog = later(async () => (await import("./CardDialog")).CardDialog);
const PickDialog = later(async () => (await import("./PickDialog")).PickDialog);
const TemplatePicker = later(async () => (await import("../../../templates/TemplatePicker")).TemplatePicker);

/* After a dialog has given the focus back. */
function afterDialog(editor: Editor, run: () => void) {
	setTimeout(() => {
		if (editor.isDestroyed) return;
		editor.view.focus();
		run();
	});
}

/* A template takes the place of the text, or stands where the cursor is. */
export function insertTemplate(editor: Editor, { html, isReplacing }: TemplateChoice) {
	afterDialog(editor, () => {
		if (isReplacing) editor.commands.selectAll();
		insertFilled(editor, html);
	});
}

/* The Insert menu of one composer: its button for the toolbar, its lists behind / and #, and the form that it opens. onSubject takes a
 * template's subject where the mail has none of its own. */
export function useInserts(
	ticketId: string,
	place: InsertPlace,
	onSubject?: (subject: string) => void,
): {
	menu: (editor: Editor) => ReactNode;
	sources: readonly SuggestSource[];
	dialog: ReactNode;
} {
	const t = useText();
	const errorText = useErrorText();
	const [asked, setAsked] = useState<{ kind: CardKind | "template"; editor: Editor; isAddress: boolean }>();
	const askCard = useCallback(
		(kind: CardKind | "template", editor: Editor) =>
			setAsked({ kind, editor, isAddress: kind !== "template" && !PICK_SOURCES[kind] }),
		[],
	);
	const ticket = useRef(ticketId);
	ticket.current = ticketId;
	const sources = useMemo(
		() => [
			slashSource(t, place, askCard),
			snippetSource(
				t,
				(id) => snippetFor(id, ticketPlace(ticket.current)),
				(e) => toast("bad", errorText(e)),
			),
		],
		[t, place, askCard, errorText],
	);
	const close = () => setAsked(undefined);
	const insert = (card: CardData) => {
		close();
		if (asked) afterDialog(asked.editor, () => asked.editor.chain().insertCard(card).run());
	};
	function dialogOf({ kind, editor, isAddress }: NonNullable<typeof asked>) {
		if (kind === "template")
			return (
				<TemplatePicker
					place={ticketPlace(ticketId)}
					hasText={!editor.isEmpty}
					hasSubject={onSubject !== undefined}
					onClose={close}
					onInsert={(choice) => {
						close();
						if (choice.subject) onSubject?.(choice.subject);
						insertTemplate(editor, choice);
					}}
				/>
			);
		if (isAddress) return <CardDialog kind={kind} onClose={close} onInsert={insert} />;
		return (
			<PickDialog
				kind={kind}
				context={{ ticketId, place }}
				onClose={close}
				onInsert={insert}
				onAddress={() => setAsked({ kind, editor, isAddress: true })}
			/>
		);
	}
	return {
		menu: useCallback(
			(editor: Editor) => <InsertMenu editor={editor} place={place} askCard={askCard} />,
			[place, askCard],
		),
		sources,
		dialog: asked && dialogOf(asked),
	};
}
