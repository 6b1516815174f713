import { type FormEvent, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, TextField, toast } from "#ui";
import { blockSender, unblockSender, useBlockedSenders } from "../../data/manage";
import { useErrorText } from "../../shell/useErrorText";
import css from "../settings/Settings.module.css";

/* Addresses whose mail becomes spam. */
export function BlockedSendersPage() {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const q = useBlockedSenders();
	const rows = q.data?.pages.flatMap((p) => p.results) ?? [];
	const [address, setAddress] = useState("");
	const [error, setError] = useState<string>();
	useEffect(() => {
		document.title = `${t("blocked.title")} – ${t("app.name")}`;
	}, [t]);

	async function add(e: FormEvent) {
		e.preventDefault();
		try {
			await blockSender(address.trim());
			setAddress("");
		} catch (e) {
			setError(e instanceof ApiError && e.status === 400 ? t("blocked.bad") : errorText(e));
		}
	}
	const unblock = (id: string, who: string) =>
		unblockSender(id).then(
			() => toast("good", t("blocked.unblocked", { address: who })),
			(e: unknown) => toast("bad", errorText(e)),
		);
	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("blocked.title")}</h1>
			<p className={css.lead}>{t("blocked.lead")}</p>
			<div className={css.card}>
				<form className={css.form} onSubmit={add} noValidate>
					<TextField
						label={t("blocked.address")}
						type="email"
						value={address}
						onChange={(v) => {
							setAddress(v);
							setError(undefined);
						}}
						error={error}
					/>
					<div className={css.buttons}>
						<Button type="submit" isDisabled={!address.trim()}>
							{t("blocked.add")}
						</Button>
					</div>
				</form>
				{q.isError && (
					<p className={css.none} role="alert">
						{errorText(q.error)}
					</p>
				)}
				{q.isSuccess && rows.length === 0 && <p className={css.none}>{t("blocked.empty")}</p>}
				<ul className={css.rows} aria-label={t("blocked.title")}>
					{rows.map((row) => (
						<li key={row.id} className={css.row}>
							<div className={css.rowText}>
								<p className={css.rowTitle}>
									<bdi>{row.address}</bdi>
								</p>
								<p className={css.rowNote}>{t("blocked.since", { day: dayTime(row.blockedAt, locale) })}</p>
							</div>
							<div className={css.rowActions}>
								<Button
									size="s"
									aria-label={t("blocked.unblockOf", { address: row.address })}
									onPress={() => void unblock(row.id, row.address)}
								>
									{t("blocked.unblock")}
								</Button>
							</div>
						</li>
					))}
				</ul>
			</div>
			{q.hasNextPage && (
				<Button isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
					{t("history.more")}
				</Button>
			)}
		</div>
	);
}
