import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, TextField } from "#ui";
import { articles } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";

const MAX_SHOWN_WIDTH = 720;

export function insertPicture(editor: Editor, p: { key: string; width: number }, alt: string, at?: number) {
	const picture = {
		type: "inlineImage",
		attrs: { contentId: p.key, alt, width: p.width > MAX_SHOWN_WIDTH ? String(MAX_SHOWN_WIDTH) : null },
	};
	if (at === undefined) editor.chain().focus().insertContent(picture).run();
	else editor.chain().insertContentAt(at, picture).run();
}

interface Props {
	editor: Editor;
	/* then: what is to be done when the dialog is gone. */
	onClose: (then?: () => void) => void;
}

/* A picture with what it shows in words; of one that is selected only the words. */
export function PictureDialog({ editor, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const isThere = editor.isActive("inlineImage");
	const [alt, setAlt] = useState(isThere ? String(editor.getAttributes("inlineImage").alt ?? "") : "");
	const [file, setFile] = useState<File>();
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	async function done() {
		setBusy(true);
		try {
			const picture = file && !isThere ? await articles.upload(file) : undefined;
			onClose(() => {
				editor.view.focus();
				if (picture) insertPicture(editor, picture, alt.trim());
				else editor.chain().updateAttributes("inlineImage", { alt: alt.trim() }).run();
			});
		} catch (e) {
			setProblem(errorText(e));
			setBusy(false);
		}
	}
	return (
		<Dialog
			isOpen
			title={t("articles.picture")}
			closeLabel={t("common.close")}
			onClose={() => onClose()}
			actions={
				<>
					<Button onPress={() => onClose()}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} isDisabled={!isThere && !file} onPress={() => void done()}>
						{t(isThere ? "common.save" : "insert.add")}
					</Button>
				</>
			}
		>
			<div className={css.form}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				{!isThere && (
					<label className={css.file}>
						<span>{t("articles.pictureFile")}</span>
						<input
							type="file"
							accept="image/png,image/jpeg,image/gif,image/webp"
							onChange={(e) => {
								setProblem(undefined);
								setFile(e.target.files?.[0]);
							}}
						/>
					</label>
				)}
				<TextField
					label={t("articles.pictureAlt")}
					hint={t("articles.pictureAltHint")}
					value={alt}
					onChange={setAlt}
					maxLength={300}
				/>
			</div>
		</Dialog>
	);
}
