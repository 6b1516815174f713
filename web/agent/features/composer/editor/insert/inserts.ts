/* What the Insert menu and "/" put into a text: seven kinds, each offered only where it has something to give. Five of them become a card
 * from an address and a title; snippets and templates come as text from whoever registers a source of texts. */
import type { Editor } from "@tiptap/core";
import { BookOpen, Calendar, FileText, LayoutTemplate, MessageSquareText, Receipt, Video } from "lucide-react";
import type { MessageId } from "#shared/i18n/catalogue";
import type { CardKind } from "../nodes/cardKinds";
import type { Suggestion } from "../suggest/source";

export type InsertId = "article" | "snippet" | "video" | "meeting" | "document" | "quote" | "template";

/* Texts to be had by name: what they are, and the HTML of one, its tokens filled for the ticket. */
export interface TextSource {
	find: (query: string, signal: AbortSignal) => Promise<readonly Suggestion[]>;
	load: (id: string, ticketId: string) => Promise<string>;
}

const texts = new Map<"snippet" | "template", TextSource>();

export function registerTexts(kind: "snippet" | "template", source: TextSource): () => void {
	texts.set(kind, source);
	return () => void (texts.get(kind) === source && texts.delete(kind));
}
export const textSource = (kind: "snippet" | "template") => texts.get(kind);

export interface InsertContext {
	editor: Editor;
	/* Opens the form that makes a card of an address. */
	askCard: (kind: CardKind, editor: Editor) => void;
}

export interface Insert {
	id: InsertId;
	icon: typeof BookOpen;
	label: MessageId;
	isAvailable: () => boolean;
	run: (context: InsertContext) => void;
}

const always = () => true;
const card = (id: InsertId & CardKind, icon: typeof BookOpen, label: MessageId): Insert => ({
	id,
	icon,
	label,
	isAvailable: always,
	run: ({ editor, askCard }) => askCard(id, editor),
});
/* Its sign opens the list of texts, as if it were typed. */
const text = (id: "snippet" | "template", icon: typeof BookOpen, label: MessageId, sign: string): Insert => ({
	id,
	icon,
	label,
	isAvailable: () => texts.has(id),
	run: ({ editor }) => void editor.chain().focus().insertContent(sign).run(),
});

export const INSERTS: readonly Insert[] = [
	card("article", BookOpen, "insert.article"),
	text("snippet", MessageSquareText, "insert.snippet", "#"),
	card("video", Video, "insert.video"),
	card("meeting", Calendar, "insert.meeting"),
	card("document", FileText, "insert.document"),
	card("quote", Receipt, "insert.quote"),
	text("template", LayoutTemplate, "insert.template", "##"),
];

/* A comment takes everything but templates: these are letters to customers. */
export type InsertPlace = "reply" | "comment";
export const availableInserts = (place: InsertPlace) =>
	INSERTS.filter((i) => i.isAvailable() && !(place === "comment" && i.id === "template"));
