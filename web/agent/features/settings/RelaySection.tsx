import { type FormEvent, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { Relay } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Pill, TextField, toast } from "#ui";
import { useRelay, useSaveRelay } from "../../data/admin";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "./Loaded";
import { Section } from "./Section";
import css from "./Settings.module.css";

export function RelaySection() {
	const t = useText();
	const query = useRelay();
	const isReady = query.data?.isConfigured;
	return (
		<Section
			title={t("settings.relay.title")}
			lead={t("settings.relay.lead")}
			side={
				query.data && (
					<Pill tone={isReady ? "good" : "warn"}>{t(isReady ? "settings.relay.ready" : "settings.relay.missing")}</Pill>
				)
			}
		>
			<Loaded query={query}>
				{(relay) => (relay.fromCommandLine ? <FixedRelay relay={relay} /> : <RelayForm relay={relay} />)}
			</Loaded>
		</Section>
	);
}

function FixedRelay({ relay }: { relay: Relay }) {
	const t = useText();
	return (
		<div className={css.row}>
			<div className={css.rowText}>
				<p className={css.rowTitle}>{relay.url}</p>
				<p className={css.rowNote}>{t("settings.relay.fromCommandLine")}</p>
			</div>
		</div>
	);
}

function RelayForm({ relay }: { relay: Relay }) {
	const t = useText();
	const errorText = useErrorText();
	const save = useSaveRelay();
	const [url, setUrl] = useState(relay.url ?? "");
	const [username, setUsername] = useState(relay.username ?? "");
	const [password, setPassword] = useState("");
	const [errors, setErrors] = useState<Record<string, string>>({});

	function submit(e: FormEvent) {
		e.preventDefault();
		if (!/^smtps?:\/\/[^\s/]+\/?$/i.test(url.trim())) {
			setErrors({ url: t("settings.relay.urlBad") });
			return;
		}
		setErrors({});
		save.mutate(
			{ url: url.trim(), username: username.trim() || undefined, password: password || undefined },
			{
				onSuccess: () => {
					setPassword("");
					toast("good", t("common.saved"));
				},
				onError: (err) =>
					setErrors(err instanceof ApiError && Object.keys(err.fields).length ? err.fields : { form: errorText(err) }),
			},
		);
	}

	return (
		<form className={css.form} onSubmit={submit} noValidate>
			{errors.form && (
				<Banner tone="bad" role="alert">
					{errors.form}
				</Banner>
			)}
			<div className={css.fields}>
				<TextField
					className={css.wide}
					label={t("settings.relay.url")}
					hint={t("settings.relay.urlHint")}
					placeholder="smtp://"
					value={url}
					onChange={setUrl}
					error={errors.url}
				/>
				<TextField
					label={t("settings.relay.username")}
					note={t("common.optional")}
					autoComplete="off"
					value={username}
					onChange={setUsername}
					error={errors.username}
				/>
				<TextField
					label={t("settings.relay.password")}
					note={t("common.optional")}
					type="password"
					autoComplete="new-password"
					hint={relay.username ? t("settings.relay.passwordHint") : undefined}
					value={password}
					onChange={setPassword}
					error={errors.password}
				/>
			</div>
			<div className={css.buttons}>
				<Button type="submit" look="solid" isPending={save.isPending}>
					{t("common.save")}
				</Button>
			</div>
		</form>
	);
}
