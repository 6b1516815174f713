import { type FormEvent, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Button, TextField, toast } from "#ui";
import { profile } from "../../../data/people";
import { useUser } from "../../../data/session";
import { useErrorText } from "../../../shell/useErrorText";
import { Section } from "../Section";
import css from "../Settings.module.css";

export function PasswordForm() {
	const t = useText();
	const errorText = useErrorText();
	const me = useUser();
	const [current, setCurrent] = useState("");
	const [next, setNext] = useState("");
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);

	async function save(e: FormEvent) {
		e.preventDefault();
		setBusy(true);
		try {
			await profile.setPassword(current, next);
			setCurrent("");
			setNext("");
			setErrors({});
			toast("good", t("profile.passwordChanged"));
		} catch (err) {
			if (err instanceof ApiError && err.fields.currentPassword)
				setErrors({ currentPassword: t("profile.passwordWrong") });
			else if (err instanceof ApiError && err.fields.password) setErrors({ password: t("profile.passwordShort") });
			else toast("bad", errorText(err));
		} finally {
			setBusy(false);
		}
	}

	return (
		<Section title={t("profile.password")} lead={t("profile.passwordLead")}>
			<form className={css.form} onSubmit={(e) => void save(e)} noValidate>
				<input type="email" autoComplete="username" value={me.email} readOnly hidden />
				<div className={css.fields}>
					<TextField
						label={t("profile.currentPassword")}
						type="password"
						autoComplete="current-password"
						value={current}
						onChange={setCurrent}
						error={errors.currentPassword}
					/>
					<TextField
						label={t("profile.newPassword")}
						type="password"
						autoComplete="new-password"
						value={next}
						onChange={setNext}
						error={errors.password}
					/>
				</div>
				<div className={css.buttons}>
					<Button type="submit" look="solid" isPending={isBusy}>
						{t("profile.changePassword")}
					</Button>
				</div>
			</form>
		</Section>
	);
}
