import { useNavigate } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, Select, TextField, toast } from "#ui";
import { useEmailAccounts } from "../../data/emailAccounts";
import { type RecordRef, sendFromRecord } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import { parseAddresses } from "../composer/addresses";
import { RichEditor } from "../composer/editor";
import css from "./RecordPage.module.css";

interface Props {
	of: RecordRef;
	properties: Record<string, string | null>;
	onClose: () => void;
}

/* An email from a record: it leaves from an address of the desk and opens a ticket (C-3). */
export function EmailPanel({ of, properties, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const accounts = useEmailAccounts();
	const [from, setFrom] = useState<string>();
	const [to, setTo] = useState(of.objectType === "contacts" ? (properties.email ?? "") : "");
	const [cc, setCc] = useState("");
	const [subject, setSubject] = useState("");
	const [body, setBody] = useState({ html: "", text: "" });
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const account = from ?? accounts.data?.[0]?.id;

	/* What is being put right is no longer wrong. */
	const clear = (name: string) => setErrors(({ [name]: _, ...rest }) => rest);

	async function send() {
		const toAll = parseAddresses(to);
		const ccAll = parseAddresses(cc);
		const found: Record<string, string> = {};
		if (toAll.bad) found.to = t("composer.badRecipient", { address: toAll.bad });
		else if (toAll.addresses.length === 0) found.to = t("records.emailTo");
		if (ccAll.bad) found.cc = t("composer.badRecipient", { address: ccAll.bad });
		if (!subject.trim()) found.subject = t("records.emailSubject");
		if (!body.text.trim()) found.text = t("records.emailText");
		setErrors(found);
		if (Object.keys(found).length) return;
		setBusy(true);
		try {
			const { ticketId } = await sendFromRecord(of, {
				to: toAll.addresses,
				cc: ccAll.addresses,
				subject: subject.trim(),
				html: body.html,
				text: body.text,
				channelAccountId: account,
			});
			toast("good", t("records.emailSent"), {
				label: t("records.openTicket"),
				run: () => void navigate({ to: "/tickets/$view/$ticketId", params: { view: "open", ticketId } }),
			});
			onClose();
		} catch (e) {
			setBusy(false);
			setErrors(e instanceof ApiError && Object.keys(e.fields).length ? e.fields : { form: errorText(e) });
		}
	}

	const form = errors.form ?? errors.text ?? errors.html ?? errors.channelAccountId;
	return (
		<Dialog
			title={t("records.email")}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} isDisabled={!account} onPress={() => void send()}>
						{t("records.send")}
					</Button>
				</>
			}
		>
			<div className={css.email}>
				{form && (
					<Banner tone="bad" role="alert">
						{form}
					</Banner>
				)}
				{accounts.data?.length === 0 && (
					<Banner tone="bad" role="alert">
						{t("records.noAddress")}
					</Banner>
				)}
				<Select label={t("composer.from")} choices={accounts.data ?? []} value={account} onChange={setFrom} />
				<TextField
					label={t("composer.to")}
					inputMode="email"
					value={to}
					onChange={(text) => {
						setTo(text);
						clear("to");
					}}
					error={errors.to}
				/>
				<TextField
					label={t("composer.cc")}
					inputMode="email"
					value={cc}
					onChange={(text) => {
						setCc(text);
						clear("cc");
					}}
					error={errors.cc}
				/>
				<TextField
					label={t("records.subject")}
					value={subject}
					onChange={(text) => {
						setSubject(text);
						clear("subject");
					}}
					error={errors.subject}
					maxLength={500}
				/>
				<div className={css.editor}>
					<Suspense>
						<RichEditor
							docId="record-email"
							html=""
							text=""
							label={t("records.emailBody")}
							placeholder={t("records.emailBody")}
							onChange={(html, text) => {
								setBody({ html, text });
								clear("text");
							}}
							focusKey={0}
						/>
					</Suspense>
				</div>
			</div>
		</Dialog>
	);
}
