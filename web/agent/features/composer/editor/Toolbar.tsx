import type { Editor } from "@tiptap/core";
import { Bold, Italic, Link2, List, ListOrdered } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import css from "./Editor.module.css";
import { LinkForm } from "./LinkForm";

export function Toolbar({ editor }: { editor: Editor }) {
	const t = useText();
	const [isLinking, setLinking] = useState(false);
	/* The focus command waits for the next frame; a key pressed before that would go to the button. */
	const chain = () => {
		editor.view.focus();
		return editor.chain().focus();
	};
	const tools = [
		{ name: "bold", label: t("composer.bold"), Icon: Bold, run: () => chain().toggleBold().run() },
		{ name: "italic", label: t("composer.italic"), Icon: Italic, run: () => chain().toggleItalic().run() },
		{ name: "bulletList", label: t("composer.bulletList"), Icon: List, run: () => chain().toggleBulletList().run() },
		{
			name: "orderedList",
			label: t("composer.numberList"),
			Icon: ListOrdered,
			run: () => chain().toggleOrderedList().run(),
		},
		{ name: "link", label: t("composer.link"), Icon: Link2, run: () => setLinking(!isLinking) },
	];
	return (
		<>
			{isLinking && <LinkForm editor={editor} onDone={() => setLinking(false)} />}
			<div className={css.toolbar} role="toolbar" aria-label={t("composer.toolbar")}>
				{tools.map(({ name, label, Icon, run }) => (
					<IconButton key={name} label={label} size="s" aria-pressed={editor.isActive(name)} onPress={run}>
						<Icon size={15} aria-hidden />
					</IconButton>
				))}
			</div>
		</>
	);
}
