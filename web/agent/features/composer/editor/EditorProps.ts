import type { Editor, Extensions } from "@tiptap/core";
import type { ReactNode } from "react";
import type { FillToken } from "./nodes/tokens";
import type { SuggestSource } from "./suggest/source";

/* Takes what is pasted or dropped. at: where in the text it was dropped; left out: at the cursor. */
export type TakeFiles = (files: readonly File[], editor: Editor, at?: number) => void;

export interface EditorProps {
	/* Another id means another text: the one editor takes it over. */
	docId: string;
	html: string;
	text: string;
	label: string;
	placeholder: string;
	onChange: (html: string, text: string) => void;
	/* Grows when the cursor shall go into the text. */
	focusKey: number;
	/* Lists that open while writing: people behind @, emoji behind :. Emoji are always among them. */
	sources?: readonly SuggestSource[];
	/* Nodes and marks of one kind of editor alone; looked at when the editor is made. */
	extensions?: Extensions;
	/* It is on its way: nothing changes it meanwhile, since nothing of that would arrive. */
	isLocked?: boolean;
	onFiles?: TakeFiles;
	/* The value of a typed {{contact.firstname}}. */
	fillToken?: FillToken;
	/* What stands in the toolbar behind the text styles. */
	tools?: (editor: Editor) => ReactNode;
}
