import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import css from "./Editor.module.css";

export function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
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
						e.stopPropagation();
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
