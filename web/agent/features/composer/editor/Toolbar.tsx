import type { Editor } from "@tiptap/core";
import {
	Bold,
	Code,
	Italic,
	Link2,
	List,
	ListOrdered,
	Quote,
	Redo2,
	RemoveFormatting,
	Strikethrough,
	Underline,
	Undo2,
} from "lucide-react";
import type { ReactNode } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { IconButton, Toolbar as ToolbarFrame } from "#ui";
import css from "./Editor.module.css";
import { EmojiButton } from "./emoji/EmojiButton";
import { LinkForm } from "./LinkForm";

interface Tool {
	id: string;
	label: MessageId;
	Icon: typeof Bold;
	run: (editor: Editor) => void;
	/* The mark or node that is on where the cursor stands. */
	mark?: string;
	shortcut?: string;
	isOff?: (editor: Editor) => boolean;
	isLineBefore?: boolean;
}

/* The focus command waits for the next frame; a key pressed before that would go to the button. */
const chain = (editor: Editor) => {
	editor.view.focus();
	return editor.chain().focus();
};

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

const TOOLS: readonly Tool[] = [
	{
		id: "bold",
		label: "composer.bold",
		Icon: Bold,
		mark: "bold",
		shortcut: "B",
		run: (e) => chain(e).toggleBold().run(),
	},
	{
		id: "italic",
		label: "composer.italic",
		Icon: Italic,
		mark: "italic",
		shortcut: "I",
		run: (e) => chain(e).toggleItalic().run(),
	},
	{
		id: "underline",
		label: "editor.underline",
		Icon: Underline,
		mark: "underline",
		shortcut: "U",
		run: (e) => chain(e).toggleUnderline().run(),
	},
	{
		id: "strike",
		label: "editor.strike",
		Icon: Strikethrough,
		mark: "strike",
		shortcut: "Shift+S",
		run: (e) => chain(e).toggleStrike().run(),
	},
	{
		id: "bullets",
		label: "composer.bulletList",
		Icon: List,
		mark: "bulletList",
		shortcut: "Shift+8",
		isLineBefore: true,
		run: (e) => chain(e).toggleBulletList().run(),
	},
	{
		id: "numbers",
		label: "composer.numberList",
		Icon: ListOrdered,
		mark: "orderedList",
		shortcut: "Shift+7",
		run: (e) => chain(e).toggleOrderedList().run(),
	},
	{
		id: "quote",
		label: "editor.quote",
		Icon: Quote,
		mark: "blockquote",
		shortcut: "Shift+B",
		run: (e) => chain(e).toggleBlockquote().run(),
	},
	{
		id: "code",
		label: "editor.code",
		Icon: Code,
		mark: "code",
		shortcut: "E",
		run: (e) => chain(e).toggleCode().run(),
	},
];

const AFTER: readonly Tool[] = [
	{
		id: "clear",
		label: "editor.clear",
		Icon: RemoveFormatting,
		run: (e) => chain(e).unsetAllMarks().clearNodes().run(),
	},
	{
		id: "undo",
		label: "editor.undo",
		Icon: Undo2,
		shortcut: "Z",
		isLineBefore: true,
		isOff: (e) => !e.can().undo(),
		run: (e) => chain(e).undo().run(),
	},
	{
		id: "redo",
		label: "editor.redo",
		Icon: Redo2,
		shortcut: "Shift+Z",
		isOff: (e) => !e.can().redo(),
		run: (e) => chain(e).redo().run(),
	},
];

interface Props {
	editor: Editor;
	isLinking: boolean;
	onLink: (isOpen: boolean) => void;
	tools?: (editor: Editor) => ReactNode;
}

/* One stop for Tab; the arrow keys go from button to button. */
export function Toolbar({ editor, isLinking, onLink, tools }: Props) {
	const t = useText();
	const button = (tool: Tool) => (
		<IconButton
			key={tool.id}
			label={t(tool.label)}
			size="s"
			shortcut={tool.shortcut && MOD + tool.shortcut}
			className={tool.isLineBefore ? css.lineBefore : undefined}
			aria-pressed={tool.mark ? editor.isActive(tool.mark) : undefined}
			isDisabled={tool.isOff?.(editor)}
			onPress={() => tool.run(editor)}
		>
			<tool.Icon size={15} aria-hidden />
		</IconButton>
	);
	return (
		<>
			{isLinking && <LinkForm editor={editor} onDone={() => onLink(false)} />}
			<ToolbarFrame className={css.toolbar} label={t("composer.toolbar")}>
				{tools?.(editor)}
				{TOOLS.map(button)}
				<IconButton
					label={t("composer.link")}
					size="s"
					shortcut={`${MOD}K`}
					aria-pressed={editor.isActive("link")}
					onPress={() => onLink(!isLinking)}
				>
					<Link2 size={15} aria-hidden />
				</IconButton>
				<EmojiButton onPick={(sign) => chain(editor).insertContent(sign).run()} />
				{AFTER.map(button)}
			</ToolbarFrame>
		</>
	);
}
