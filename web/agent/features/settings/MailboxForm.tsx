import { type FormEvent, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { MailSecurity } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Select, TextField, toast } from "#ui";
import { useConnectMailbox, useInboxes } from "../../data/admin";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Settings.module.css";

const PORTS: Record<MailSecurity, string> = { tls: "993", starttls: "143", none: "143" };
const SECURITIES = ["tls", "starttls", "none"] as const;

export function MailboxForm({ onDone }: { onDone: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const connect = useConnectMailbox();
	const inboxes = useInboxes().data ?? [];
	const [chosenInbox, setInbox] = useState<string>();
	const [host, setHost] = useState("");
	const [port, setPort] = useState("");
	const [security, setSecurity] = useState<MailSecurity>("tls");
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const [folder, setFolder] = useState("INBOX");
	const [caFile, setCaFile] = useState("");
	const [errors, setErrors] = useState<Record<string, string>>({});
	const inboxId = chosenInbox ?? inboxes[0]?.id;

	function check() {
		const found: Record<string, string> = {};
		const need = { host, username, password, folder };
		for (const [name, value] of Object.entries(need)) if (!value.trim()) found[name] = t("settings.mailbox.required");
		const n = Number(port || PORTS[security]);
		if (!Number.isInteger(n) || n < 1 || n > 65535) found.port = t("settings.mailbox.portBad");
		return found;
	}

	function submit(e: FormEvent) {
		e.preventDefault();
		const found = check();
		setErrors(found);
		if (Object.keys(found).length) return;
		const input = {
			inboxId,
			host: host.trim(),
			port: Number(port || PORTS[security]),
			security,
			username: username.trim(),
			password,
			folder,
			caFile: caFile.trim() || undefined,
		};
		connect.mutate(input, {
			onSuccess: () => {
				toast("good", t("settings.mailbox.connected"));
				onDone();
			},
			onError: (err) =>
				setErrors(err instanceof ApiError && Object.keys(err.fields).length ? err.fields : { form: errorText(err) }),
		});
	}

	return (
		<form className={css.form} onSubmit={submit} noValidate>
			{errors.form && (
				<Banner tone="bad" role="alert">
					{errors.form}
				</Banner>
			)}
			<div className={css.fields}>
				{inboxes.length > 1 && (
					<Select
						label={t("settings.mailbox.inbox")}
						choices={inboxes.map((i) => ({ id: i.id, label: i.name ?? i.id }))}
						value={inboxId}
						onChange={setInbox}
						error={errors.inboxId}
					/>
				)}
				<TextField
					className={css.wide}
					label={t("settings.mailbox.host")}
					hint={t("settings.mailbox.hostHint")}
					value={host}
					onChange={setHost}
					error={errors.host}
					autoFocus
				/>
				<Select
					label={t("settings.mailbox.security")}
					choices={SECURITIES.map((id) => ({ id, label: t(`settings.mailbox.security.${id}`) }))}
					value={security}
					onChange={(id) => setSecurity(id as MailSecurity)}
					error={errors.security}
				/>
				<TextField
					label={t("settings.mailbox.port")}
					inputMode="numeric"
					placeholder={PORTS[security]}
					value={port}
					onChange={setPort}
					error={errors.port}
				/>
				<TextField
					label={t("settings.mailbox.username")}
					autoComplete="off"
					value={username}
					onChange={setUsername}
					error={errors.username}
				/>
				<TextField
					label={t("settings.mailbox.password")}
					type="password"
					autoComplete="new-password"
					value={password}
					onChange={setPassword}
					error={errors.password}
				/>
				<TextField label={t("settings.mailbox.folder")} value={folder} onChange={setFolder} error={errors.folder} />
				{security !== "none" && (
					<TextField
						label={t("settings.mailbox.caFile")}
						note={t("common.optional")}
						hint={t("settings.mailbox.caFileHint")}
						autoComplete="off"
						value={caFile}
						onChange={setCaFile}
						error={errors.caFile}
					/>
				)}
			</div>
			<div className={css.buttons}>
				<Button type="submit" look="solid" isPending={connect.isPending}>
					{t("settings.mailbox.connect")}
				</Button>
				<Button onPress={onDone}>{t("common.cancel")}</Button>
			</div>
		</form>
	);
}
