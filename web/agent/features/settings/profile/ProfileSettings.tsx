import { type FormEvent, useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Button, TextField, toast } from "#ui";
import { profile } from "../../../data/people";
import { useUser } from "../../../data/session";
import { useErrorText } from "../../../shell/useErrorText";
import { Section } from "../Section";
import css from "../Settings.module.css";
import { PasswordForm } from "./PasswordForm";

/* What everybody changes about himself. */
export function ProfileSettings() {
	const t = useText();
	const errorText = useErrorText();
	const me = useUser();
	const [firstName, setFirstName] = useState(me.firstName ?? "");
	const [lastName, setLastName] = useState(me.lastName ?? "");
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	useEffect(() => {
		document.title = `${t("profile.title")} – ${t("app.name")}`;
	}, [t]);

	async function save(e: FormEvent) {
		e.preventDefault();
		setBusy(true);
		try {
			await profile.rename(firstName.trim(), lastName.trim());
			setErrors({});
			toast("good", t("common.saved"));
		} catch (err) {
			if (err instanceof ApiError && Object.keys(err.fields).length) setErrors(err.fields);
			else toast("bad", errorText(err));
		} finally {
			setBusy(false);
		}
	}

	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("profile.title")}</h1>
			<p className={css.lead}>{me.email}</p>
			<Section title={t("profile.name")}>
				<form className={css.form} onSubmit={(e) => void save(e)} noValidate>
					<div className={css.fields}>
						<TextField
							label={t("people.firstName")}
							autoComplete="given-name"
							value={firstName}
							onChange={setFirstName}
							error={errors.firstName}
						/>
						<TextField
							label={t("people.lastName")}
							autoComplete="family-name"
							value={lastName}
							onChange={setLastName}
							error={errors.lastName}
						/>
					</div>
					<div className={css.buttons}>
						<Button type="submit" look="solid" isPending={isBusy}>
							{t("common.save")}
						</Button>
					</div>
				</form>
			</Section>
			<PasswordForm />
		</div>
	);
}
