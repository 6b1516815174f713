import { Suspense, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, toast } from "#ui";
import { useErrorText } from "../../../shell/useErrorText";
import { PlainEditor, RichEditor } from "../../composer";
import css from "../Settings.module.css";
import own from "./Signatures.module.css";

interface Props {
	id: string;
	label: string;
	html: string;
	save: (html: string) => Promise<unknown>;
}

/* A signature in the editor that replies are written in. */
export function SignatureEditor({ id, label, html, save }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [text, setText] = useState(html);
	const [isBusy, setBusy] = useState(false);
	async function store() {
		setBusy(true);
		try {
			await save(text);
			toast("good", t("common.saved"));
		} catch (e) {
			toast("bad", errorText(e));
		}
		setBusy(false);
	}
	const editor = {
		docId: id,
		html: text,
		text: "",
		label,
		placeholder: t("signature.placeholder"),
		onChange: (next: string) => setText(next),
		focusKey: 0,
	};
	return (
		<div className={css.form}>
			<div className={own.box}>
				<Suspense fallback={<PlainEditor {...editor} />}>
					<RichEditor {...editor} />
				</Suspense>
			</div>
			<div className={css.buttons}>
				<Button look="solid" isPending={isBusy} isDisabled={text === html} onPress={() => void store()}>
					{t("common.save")}
				</Button>
			</div>
		</div>
	);
}
