import { Editor } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";
import { Bold, Italic, Link2, List, ListOrdered } from "lucide-react";
import { useEffect, useReducer, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton } from "#ui";
import type { EditorProps } from "./Composer";
import css from "./Composer.module.css";

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

function Toolbar({ editor }: { editor: Editor }) {
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

function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
	const t = useText();
	const [href, setHref] = useState(String(editor.getAttributes("link").href ?? ""));
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => field.current?.focus(), []);
	function apply(next: string) {
		const chain = editor.chain().focus().extendMarkRange("link");
		const address = next.trim() && !/^[a-z][a-z0-9+.-]*:/i.test(next.trim()) ? `https://${next.trim()}` : next.trim();
		if (!address) chain.unsetLink().run();
		else if (editor.state.selection.empty && !editor.isActive("link")) {
			chain
				.insertContent({ type: "text", text: next.trim(), marks: [{ type: "link", attrs: { href: address } }] })
				.run();
		} else chain.setLink({ href: address }).run();
		onDone();
	}
	return (
		<div className={css.link}>
			<input
				ref={field}
				type="url"
				aria-label={t("composer.linkLabel")}
				placeholder="https://"
				value={href}
				onChange={(e) => setHref(e.target.value)}
				onKeyDown={(e) => {
					if (e.key === "Enter" && !e.nativeEvent.isComposing) {
						e.preventDefault();
						apply(href);
					}
					if (e.key === "Escape") {
						e.preventDefault();
						editor.commands.focus();
						onDone();
					}
				}}
			/>
			<Button size="s" onPress={() => apply(href)}>
				{t("composer.linkApply")}
			</Button>
			{editor.isActive("link") && (
				<Button size="s" look="quiet" onPress={() => apply("")}>
					{t("composer.linkRemove")}
				</Button>
			)}
		</div>
	);
}

// biome-ignore lint/style/noDefaultExport: lazy() takes a default export
export default RichEditor;
