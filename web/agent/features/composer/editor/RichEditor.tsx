import { Editor } from "@tiptap/core";
import { useEffect, useReducer, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import css from "./Editor.module.css";
import type { EditorProps } from "./EditorProps";
import { emojiSource } from "./emoji/emojiSource";
import { baseExtensions } from "./extensions";
import { Lock } from "./nodes/Lock";
import { cleanPasted } from "./paste";
import { Suggest } from "./suggest/Suggest";
import { SuggestList } from "./suggest/SuggestList";
import { Toolbar } from "./Toolbar";

/* The editor lives as long as its place on the page: another ticket's text is put into it, it is not made anew.
 * It is made in an effect on its own element: hooks that make it while drawing may hold a destroyed one. */
function RichEditor(p: EditorProps) {
	const { docId, label, placeholder, focusKey } = p;
	const t = useText();
	const place = useRef<HTMLDivElement>(null);
	const editor = useRef<Editor>(undefined);
	const shownDoc = useRef(docId);
	const latest = useRef(p);
	latest.current = p;
	const [isLinking, setLinking] = useState(false);
	const [, redraw] = useReducer((n: number) => n + 1, 0);
	const emoji = useRef(emojiSource(t("editor.emoji")));
	const [suggest] = useState(() => new Suggest(() => [...(latest.current.sources ?? []), emoji.current]));

	useEffect(() => {
		const made = new Editor({
			element: place.current,
			injectCSS: false,
			content: latest.current.html,
			editorProps: {
				attributes: {
					class: css.rich ?? "",
					role: "textbox",
					"aria-multiline": "true",
					"aria-label": label,
					dir: "auto",
				},
				handleKeyDown: (view, e) => {
					const isMod = e.ctrlKey || e.metaKey;
					if (isMod && e.key.toLowerCase() === "k" && !view.state.selection.empty && !e.shiftKey) {
						e.preventDefault();
						e.stopPropagation();
						setLinking(true);
						return true;
					}
					/* Mod+Enter sends; it must not also break the line. */
					return e.key === "Enter" && isMod;
				},
				transformPastedHTML: cleanPasted,
				handlePaste: (_view, e) => {
					const files = [...(e.clipboardData?.files ?? [])];
					/* office programs send a picture of the text along with the text */
					if (files.length === 0 || e.clipboardData?.getData("text/plain").trim()) return false;
					if (!latest.current.onFiles) return false;
					latest.current.onFiles(files, made);
					return true;
				},
				handleDrop: (view, e, _slice, isMoved) => {
					const files = [...(e.dataTransfer?.files ?? [])];
					if (isMoved || files.length === 0 || !latest.current.onFiles) return false;
					e.preventDefault();
					e.stopPropagation();
					latest.current.onFiles(files, made, view.posAtCoords({ left: e.clientX, top: e.clientY })?.pos);
					return true;
				},
			},
			extensions: [
				...baseExtensions(placeholder),
				...(latest.current.extensions ?? []),
				suggest.extension(),
				Lock.configure({ isLocked: () => !!latest.current.isLocked }),
			],
			onUpdate: ({ editor: e }) =>
				latest.current.onChange(e.isEmpty ? "" : e.getHTML(), e.getText({ blockSeparator: "\n\n" })),
			onTransaction: redraw,
		});
		made.storage.token.fill = async (name) => latest.current.fillToken?.(name);
		editor.current = made;
		redraw();
		return () => {
			editor.current = undefined;
			made.destroy();
		};
	}, [label, placeholder, suggest]);

	useEffect(() => {
		if (shownDoc.current === docId) return;
		shownDoc.current = docId;
		setLinking(false);
		suggest.close();
		editor.current?.commands.setContent(latest.current.html, { emitUpdate: false });
	}, [docId, suggest]);

	useEffect(() => {
		if (focusKey) editor.current?.commands.focus("end");
	}, [focusKey]);

	const live = editor.current;
	useEffect(() => {
		live?.view.dom.setAttribute("aria-readonly", String(!!p.isLocked));
	}, [live, p.isLocked]);
	return (
		<div className={css.editor} data-locked={p.isLocked || undefined}>
			<div ref={place} className={css.place} />
			{live && <SuggestList suggest={suggest} dom={live.view.dom} />}
			{live ? (
				<Toolbar editor={live} isLinking={isLinking} onLink={setLinking} tools={p.tools} />
			) : (
				<div className={css.toolbar} />
			)}
		</div>
	);
}

// biome-ignore lint/style/noDefaultExport: lazy() takes a default export
export default RichEditor;
