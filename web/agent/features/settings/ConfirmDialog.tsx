import { useEffect } from "react";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";

interface Props {
	title: string;
	text: string;
	action: string;
	isOpen: boolean;
	onClose: () => void;
	onConfirm: () => Promise<unknown>;
}

/* Asks before something goes away for good; a refusal is told where it was asked. */
export function ConfirmDialog(p: Props) {
	const { save, setProblem, saving } = useSave();
	// biome-ignore lint/correctness/useExhaustiveDependencies: a refusal is gone when it opens again
	useEffect(() => {
		if (p.isOpen) setProblem(undefined);
	}, [p.isOpen]);
	const confirm = () =>
		save(async () => {
			await p.onConfirm();
			p.onClose();
		});

	return (
		<SaveDialog
			title={p.title}
			isOpen={p.isOpen}
			onClose={p.onClose}
			onSave={() => void confirm()}
			saveLabel={p.action}
			isDangerous
			{...saving}
		>
			<p>{p.text}</p>
		</SaveDialog>
	);
}
