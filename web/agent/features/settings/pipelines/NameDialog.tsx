import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { TextField } from "#ui";
import { SaveDialog } from "../../../shell/SaveDialog";

interface Props {
	title: string;
	label: string;
	saveLabel: string;
	value?: string;
	isOpen: boolean;
	onClose: () => void;
	/* What it throws is told at the field; the text stays. */
	onSave: (name: string) => Promise<void>;
	errorText: (e: unknown) => string;
}

/* Asks for a name. */
export function NameDialog(p: Props) {
	const t = useText();
	const [name, setName] = useState(p.value ?? "");
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	useEffect(() => {
		if (!p.isOpen) return;
		setName(p.value ?? "");
		setError(undefined);
	}, [p.isOpen, p.value]);

	async function submit() {
		if (!name.trim()) return setError(t("pipelines.nameNeeded"));
		setBusy(true);
		try {
			await p.onSave(name.trim());
		} catch (err) {
			setError(p.errorText(err));
		} finally {
			setBusy(false);
		}
	}

	return (
		<SaveDialog
			title={p.title}
			isOpen={p.isOpen}
			onClose={p.onClose}
			onSave={() => void submit()}
			saveLabel={p.saveLabel}
			isPending={isBusy}
			isForm
		>
			<TextField label={p.label} value={name} onChange={setName} error={error} autoFocus />
		</SaveDialog>
	);
}
