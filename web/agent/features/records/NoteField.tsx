import type { Editor } from "@tiptap/core";
import { MessageSquareText } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton, toast } from "#ui";
import { fetchValues, snippetFor } from "../../data/libraryTexts";
import type { RecordRef } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import { snippetSource } from "../composer/editor/insert/insertSources";
import { askForSnippet } from "../composer/editor/insert/inserts";
import { RichField } from "../library";

interface Props {
	of: RecordRef;
	label: string;
	html: string;
	error?: string;
	hasFocus: boolean;
	onChange: (html: string, text: string) => void;
}

/* What a note, call, task or meeting says: with snippets, by their sign or the button, whose tokens are filled for the record. */
export function NoteField({ of, label, html, error, hasFocus, onChange }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const place = useMemo(() => ({ objectType: of.objectType, id: of.id }), [of.objectType, of.id]);
	const sources = useMemo(
		() => [
			snippetSource(
				t,
				(id) => snippetFor(id, place),
				(e) => toast("bad", errorText(e)),
			),
		],
		[t, errorText, place],
	);
	const tools = useCallback(
		(editor: Editor) => (
			<IconButton label={t("insert.snippet")} size="s" onPress={() => askForSnippet(editor)}>
				<MessageSquareText size={15} aria-hidden />
			</IconButton>
		),
		[t],
	);
	return (
		<RichField
			id="note"
			label={label}
			placeholder=""
			html={html}
			error={error}
			hasFocus={hasFocus}
			tools={tools}
			sources={sources}
			fillToken={async (name) => (await fetchValues(place, `{{${name}}}`)).get(name)}
			onChange={onChange}
		/>
	);
}
