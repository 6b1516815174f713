import { useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Select, TextField, toast } from "#ui";
import { type NewPerson, people, ROLES, type Role } from "../../../data/people";
import { SaveDialog } from "../../../shell/SaveDialog";
import { useErrorText } from "../../../shell/useErrorText";
import css from "./Users.module.css";

const NOBODY: NewPerson = { email: "", firstName: "", lastName: "", role: "agent" };

interface Props {
	isOpen: boolean;
	onClose: () => void;
	/* No mail can be sent: the link has to be handed over by hand. */
	onLink: (url: string) => void;
}

export function InviteDialog({ isOpen, onClose, onLink }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [person, setPerson] = useState(NOBODY);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const set = (change: Partial<NewPerson>) => setPerson((old) => ({ ...old, ...change }));
	useEffect(() => {
		if (!isOpen) return;
		setPerson(NOBODY);
		setErrors({});
	}, [isOpen]);

	async function submit() {
		if (!person.email.trim()) return setErrors({ email: t("people.emailNeeded") });
		setBusy(true);
		try {
			const { url } = await people.add(person);
			onClose();
			if (url) onLink(url);
			else toast("good", t("people.invited", { email: person.email }));
		} catch (err) {
			setErrors(err instanceof ApiError && Object.keys(err.fields).length ? err.fields : { form: errorText(err) });
		} finally {
			setBusy(false);
		}
	}

	return (
		<SaveDialog
			title={t("people.inviteTitle")}
			isOpen={isOpen}
			onClose={onClose}
			onSave={() => void submit()}
			saveLabel={t("people.sendInvitation")}
			isPending={isBusy}
			problem={errors.form}
			isForm
		>
			<div className={css.form}>
				<TextField
					label={t("people.email")}
					type="email"
					value={person.email}
					onChange={(email) => set({ email })}
					error={errors.email}
					autoFocus
				/>
				<div className={css.pair}>
					<TextField
						label={t("people.firstName")}
						note={t("common.optional")}
						value={person.firstName}
						onChange={(firstName) => set({ firstName })}
						error={errors.firstName}
					/>
					<TextField
						label={t("people.lastName")}
						note={t("common.optional")}
						value={person.lastName}
						onChange={(lastName) => set({ lastName })}
						error={errors.lastName}
					/>
				</div>
				<Select
					label={t("people.role")}
					hint={t(`people.roleHint.${person.role}`)}
					choices={ROLES.map((id) => ({ id, label: t(`people.role.${id}`) }))}
					value={person.role}
					onChange={(id) => set({ role: id as Role })}
				/>
			</div>
		</SaveDialog>
	);
}
