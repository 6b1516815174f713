import { type FormEvent, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog, TextField } from "#ui";

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

	async function submit(e?: FormEvent) {
		e?.preventDefault();
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
		<Dialog
			title={p.title}
			closeLabel={t("common.close")}
			isOpen={p.isOpen}
			onClose={p.onClose}
			actions={
				<>
					<Button onPress={p.onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void submit()}>
						{p.saveLabel}
					</Button>
				</>
			}
		>
			<form onSubmit={(e) => void submit(e)}>
				<TextField label={p.label} value={name} onChange={setName} error={error} autoFocus />
			</form>
		</Dialog>
	);
}
