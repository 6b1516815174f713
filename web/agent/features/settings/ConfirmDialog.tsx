import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog } from "#ui";
import { useErrorText } from "../../shell/useErrorText";

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
	const t = useText();
	const errorText = useErrorText();
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	useEffect(() => {
		if (p.isOpen) setProblem(undefined);
	}, [p.isOpen]);

	async function confirm() {
		setBusy(true);
		try {
			await p.onConfirm();
			p.onClose();
		} catch (e) {
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}

	return (
		<Dialog
			title={p.title}
			closeLabel={t("common.close")}
			role="alertdialog"
			isOpen={p.isOpen}
			onClose={p.onClose}
			actions={
				<>
					<Button onPress={p.onClose}>{t("common.cancel")}</Button>
					<Button look="danger" isPending={isBusy} onPress={() => void confirm()}>
						{p.action}
					</Button>
				</>
			}
		>
			<p>{p.text}</p>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
		</Dialog>
	);
}
