import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, TextField } from "#ui";
import { session } from "../../data/session";
import { BellMark } from "../../shell/BellMark";
import { useErrorText } from "../../shell/useErrorText";
import css from "./SignInPage.module.css";

interface Errors {
	email?: string;
	password?: string;
	form?: string;
}

export function SignInPage() {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const { next } = useSearch({ from: "/sign-in" });
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	const [errors, setErrors] = useState<Errors>({});
	const [isBusy, setBusy] = useState(false);
	const emailRef = useRef<HTMLInputElement>(null);
	const passwordRef = useRef<HTMLInputElement>(null);

	useEffect(() => {
		document.title = `${t("signin.submit")} – ${t("app.name")}`;
		emailRef.current?.focus();
	}, [t]);

	/* Shows the errors and puts the cursor where the first one is. */
	function fail(found: Errors) {
		setErrors(found);
		const first = found.email ? emailRef : passwordRef;
		requestAnimationFrame(() => first.current?.focus());
	}

	function check(): Errors {
		const found: Errors = {};
		if (!email.trim()) found.email = t("signin.emailMissing");
		else if (!/^\S+@\S+$/.test(email.trim())) found.email = t("signin.emailBad");
		if (!password) found.password = t("signin.passwordMissing");
		return found;
	}

	async function submit(e: FormEvent) {
		e.preventDefault();
		if (isBusy) return;
		const found = check();
		if (found.email || found.password) return fail(found);
		setErrors({});
		setBusy(true);
		try {
			await session.signIn(email.trim(), password);
			await (next ? navigate({ href: next, to: "." }) : navigate({ to: "/" }));
		} catch (err) {
			setBusy(false);
			if (err instanceof ApiError && err.status === 401) {
				setPassword("");
				return fail({ form: t("signin.wrong") });
			}
			if (err instanceof ApiError && err.status === 429) return fail({ form: t("signin.tooMany") });
			if (err instanceof ApiError && (err.fields.email || err.fields.password)) return fail(err.fields);
			fail({ form: errorText(err) });
		}
	}

	return (
		<main className={css.page}>
			<div className={css.card}>
				<span className={css.mark} aria-hidden>
					<BellMark size={30} />
				</span>
				<h1 className={css.title}>{t("app.name")}</h1>
				<p className={css.lead}>{t("signin.lead")}</p>
				<form className={css.form} onSubmit={submit} noValidate>
					{errors.form && (
						<Banner tone="bad" role="alert">
							{errors.form}
						</Banner>
					)}
					<TextField
						label={t("signin.email")}
						type="email"
						name="email"
						autoComplete="username"
						value={email}
						onChange={setEmail}
						error={errors.email}
						inputRef={emailRef}
					/>
					<TextField
						label={t("signin.password")}
						type="password"
						name="password"
						autoComplete="current-password"
						value={password}
						onChange={setPassword}
						error={errors.password}
						inputRef={passwordRef}
					/>
					<Button type="submit" look="solid" className={css.submit}>
						{t(isBusy ? "signin.submitting" : "signin.submit")}
					</Button>
				</form>
			</div>
		</main>
	);
}
