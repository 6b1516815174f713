import type { FormEvent, ReactNode } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog } from "#ui";
import css from "./SaveDialog.module.css";

interface Props {
	title: string;
	isOpen?: boolean;
	onClose: () => void;
	onSave: () => void;
	/* What the button says, where that is not "Save". */
	saveLabel?: string;
	isPending?: boolean;
	isDisabled?: boolean;
	/* Why it could not be saved. */
	problem?: string;
	/* Enter in one of its fields saves. */
	isForm?: boolean;
	isWide?: boolean;
	/* It cannot be taken back. */
	isDangerous?: boolean;
	/* Beside the buttons. */
	note?: ReactNode;
	children: ReactNode;
}

/* Something to fill in or to choose, and two ways out: Cancel and Save. useSave() knows what became of the saving. */
export function SaveDialog({ isOpen = true, isForm = false, ...p }: Props) {
	const t = useText();
	function submit(e: FormEvent) {
		e.preventDefault();
		if (!p.isPending && !p.isDisabled) p.onSave();
	}
	const body = (
		<>
			{p.problem && (
				<Banner tone="bad" role="alert">
					{p.problem}
				</Banner>
			)}
			{p.children}
		</>
	);
	return (
		<Dialog
			title={p.title}
			closeLabel={t("common.close")}
			role={p.isDangerous ? "alertdialog" : undefined}
			isOpen={isOpen}
			onClose={p.onClose}
			isWide={p.isWide}
			actions={
				<>
					{p.note}
					<Button onPress={p.onClose}>{t("common.cancel")}</Button>
					<Button
						look={p.isDangerous ? "danger" : "solid"}
						isPending={p.isPending}
						isDisabled={p.isDisabled}
						onPress={p.onSave}
					>
						{p.saveLabel ?? t("common.save")}
					</Button>
				</>
			}
		>
			{isForm ? (
				<form className={css.form} onSubmit={submit} noValidate>
					{body}
					{/* without a button of that kind Enter does nothing */}
					<button type="submit" hidden />
				</form>
			) : (
				body
			)}
		</Dialog>
	);
}
