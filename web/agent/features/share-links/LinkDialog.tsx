import { type FormEvent, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Checkbox, Dialog, TextField, toast } from "#ui";
import { type ShareLink, shareLinks } from "../../data/shareLinks";
import { useErrorText } from "../../shell/useErrorText";
import css from "./ShareLinks.module.css";

/* A time as an input for local times has it. */
const localTime = (iso: string | undefined) => {
	if (!iso) return "";
	const at = new Date(iso);
	return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

interface Props {
	itemId: string;
	/* undefined: a new one. */
	link: ShareLink | undefined;
	onClose: () => void;
}

export function LinkDialog({ itemId, link, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [email, setEmail] = useState(link?.email ?? "");
	const [asksEmail, setAsks] = useState(link?.asksEmail ?? false);
	const [mayDownload, setMayDownload] = useState(link?.mayDownload ?? true);
	const [expiresAt, setExpires] = useState(localTime(link?.expiresAt));
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);

	async function save(e?: FormEvent) {
		e?.preventDefault();
		if (isBusy) return;
		setBusy(true);
		setErrors({});
		const draft = { asksEmail, mayDownload, expiresAt: expiresAt ? new Date(expiresAt).toISOString() : null };
		try {
			if (link) await shareLinks.change(link.id, draft);
			else await shareLinks.create(itemId, { email: email.trim() || undefined, ...draft });
			toast("good", t(link ? "documents.linkSaved" : "documents.linkMade"));
			onClose();
		} catch (problem) {
			const fields = problem instanceof ApiError ? problem.fields : {};
			setErrors(Object.keys(fields).length > 0 ? fields : { form: errorText(problem) });
			setBusy(false);
		}
	}
	return (
		<Dialog
			isOpen
			title={t(link ? "documents.editLink" : "documents.newLink")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t(link ? "common.save" : "common.create")}
					</Button>
				</>
			}
		>
			<form className={css.form} onSubmit={(e) => void save(e)} noValidate>
				{errors.form && (
					<Banner tone="bad" role="alert">
						{errors.form}
					</Banner>
				)}
				{link ? (
					<p dir="auto">{link.email ?? t("documents.anyone")}</p>
				) : (
					<TextField
						autoFocus
						label={t("documents.recipient")}
						note={t("common.optional")}
						hint={t("documents.recipientHint")}
						type="email"
						value={email}
						onChange={setEmail}
						error={errors.email}
						maxLength={254}
					/>
				)}
				<Checkbox isSelected={asksEmail} onChange={setAsks}>
					{t("documents.asksEmail")}
				</Checkbox>
				<p className={css.quiet}>{t("documents.asksEmailHint")}</p>
				<Checkbox isSelected={mayDownload} onChange={setMayDownload}>
					{t("documents.mayDownload")}
				</Checkbox>
				<TextField
					label={t("documents.expiresAt")}
					note={t("common.optional")}
					type="datetime-local"
					value={expiresAt}
					onChange={setExpires}
					error={errors.expiresAt}
				/>
			</form>
		</Dialog>
	);
}
