import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { articles } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import RichEditor from "../composer/editor/RichEditor";
import { ArticleTools } from "./ArticleTools";
import { articleExtensions } from "./articleExtensions";
import { insertPicture, PictureDialog } from "./PictureDialog";

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

interface Props {
	docId: string;
	html: string;
	onChange: (html: string) => void;
}

/* The composer's editor with what a page has and a mail has not; pictures that are pasted or dropped are uploaded. */
function ArticleRichEditor({ docId, html, onChange }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [picturing, setPicturing] = useState<Editor>();
	/* an article that was made a moment ago is about to be written */
	const [isEmpty] = useState(html === "");
	/* Once the dialog is gone the text can have the focus again. */
	const next = useRef<() => void>(undefined);
	useEffect(() => {
		if (picturing || !next.current) return;
		const run = next.current;
		next.current = undefined;
		const timer = setTimeout(run);
		return () => clearTimeout(timer);
	}, [picturing]);
	async function takeFiles(files: readonly File[], editor: Editor, at?: number) {
		for (const file of files) {
			if (!PICTURE.test(file.type)) {
				toast("bad", t("articles.noPicture", { name: file.name }));
				continue;
			}
			try {
				insertPicture(editor, await articles.upload(file), file.name.replace(/\.\w+$/, ""), at);
			} catch (e) {
				toast("bad", errorText(e));
			}
		}
	}
	return (
		<>
			<RichEditor
				docId={docId}
				html={html}
				text=""
				label={t("articles.field.body")}
				placeholder={t("articles.bodyPlaceholder")}
				onChange={onChange}
				focusKey={isEmpty ? 1 : 0}
				extensions={articleExtensions}
				onFiles={(files, editor, at) => void takeFiles(files, editor, at)}
				tools={(editor) => <ArticleTools editor={editor} onPicture={() => setPicturing(editor)} />}
			/>
			{picturing && (
				<PictureDialog
					editor={picturing}
					onClose={(then) => {
						next.current = then;
						setPicturing(undefined);
					}}
				/>
			)}
		</>
	);
}

// biome-ignore lint/style/noDefaultExport: lazy() takes a default export
export default ArticleRichEditor;
