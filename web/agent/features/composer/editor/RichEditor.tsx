import { Editor } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useReducer, useRef } from "react";
import css from "./Editor.module.css";
import type { EditorProps } from "./EditorProps";
import { Toolbar } from "./Toolbar";

/* The editor lives as long as its place on the page: another ticket's text is put into it, it is not made anew.
 * It is made in an effect on its own element: hooks that make it while drawing may hold a destroyed one. */
function RichEditor({ docId, html, label, placeholder, onChange, focusKey }: EditorProps) {
	const place = useRef<HTMLDivElement>(null);
	const editor = useRef<Editor>(undefined);
	const shownDoc = useRef(docId);
	const latest = useRef({ onChange, html });
	latest.current = { onChange, html };
	const [, redraw] = useReducer((n: number) => n + 1, 0);

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
				/* Mod+Enter sends; it must not also break the line. */
				handleKeyDown: (_view, e) => e.key === "Enter" && (e.ctrlKey || e.metaKey),
			},
			extensions: [
				StarterKit.configure({
					heading: false,
					link: {
						openOnClick: false,
						autolink: true,
						defaultProtocol: "https",
						protocols: ["http", "https", "mailto", "tel"],
					},
				}),
				Placeholder.configure({ placeholder }),
			],
			onUpdate: ({ editor: e }) =>
				latest.current.onChange(e.isEmpty ? "" : e.getHTML(), e.getText({ blockSeparator: "\n\n" })),
			onTransaction: redraw,
		});
		editor.current = made;
		redraw();
		return () => {
			editor.current = undefined;
			made.destroy();
		};
	}, [label, placeholder]);

	useEffect(() => {
		if (shownDoc.current === docId) return;
		shownDoc.current = docId;
		editor.current?.commands.setContent(latest.current.html, { emitUpdate: false });
	}, [docId]);

	useEffect(() => {
		if (focusKey) editor.current?.commands.focus("end");
	}, [focusKey]);

	return (
		<div className={css.editor}>
			<div ref={place} className={css.place} />
			{editor.current ? <Toolbar editor={editor.current} /> : <div className={css.toolbar} />}
		</div>
	);
}

// biome-ignore lint/style/noDefaultExport: lazy() takes a default export
export default RichEditor;
