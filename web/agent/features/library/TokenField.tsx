import type { Editor } from "@tiptap/core";
import { useCallback, useMemo } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { rawSnippet } from "../../data/libraryTexts";
import { useErrorText } from "../../shell/useErrorText";
import { snippetSource } from "../composer/editor/insert/insertSources";
import { RichField } from "./RichField";
import { TokensMenu } from "./TokensMenu";

interface Props {
	/* Another id means another text. */
	id: string;
	label: string;
	placeholder: string;
	html: string;
	error?: string;
	/* It takes placeholders and snippets. */
	isTemplate?: boolean;
	onChange: (html: string) => void;
}

/* The text of a snippet or template: its tokens stay as they are written. */
export function TokenField({ isTemplate = false, onChange, ...field }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const tools = useCallback(
		(editor: Editor) => (
			<TokensMenu
				hasPlaceholders={isTemplate}
				onPick={(token, selected) => {
					editor.view.focus();
					const { from } = editor.state.selection;
					editor.chain().focus().insertContent(token).run();
					if (selected) editor.commands.setTextSelection({ from: from + selected.from, to: from + selected.to });
				}}
			/>
		),
		[isTemplate],
	);
	const sources = useMemo(
		() => (isTemplate ? [snippetSource(t, rawSnippet, (e) => toast("bad", errorText(e)))] : []),
		[isTemplate, t, errorText],
	);
	return <RichField {...field} tools={tools} sources={sources} onChange={(html) => onChange(html)} />;
}
