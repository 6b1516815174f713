import { useNavigate } from "@tanstack/react-router";
import type { Editor } from "@tiptap/core";
import { LayoutTemplate } from "lucide-react";
import { Suspense, useCallback, useMemo, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useOnceKey } from "#shared/api/onceKey";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, IconButton, Select, TextField, toast } from "#ui";
import { useEmailAccounts } from "../../data/emailAccounts";
import { fetchValues, snippetFor } from "../../data/libraryTexts";
import { type RecordRef, sendFromRecord } from "../../data/records";
import { later } from "../../shell/later";
import { useErrorText } from "../../shell/useErrorText";
import { parseAddresses } from "../composer/addresses";
import { RichEditor } from "../composer/editor";
import { snippetSource } from "../composer/editor/insert/insertSources";
import { insertTemplate } from "../composer/editor/insert/useInserts";
import { missingIn } from "../composer/editor/nodes/tokens";
import css from "./RecordPage.module.css";

const TemplatePicker = later(async () => (await import("../templates/TemplatePicker")).TemplatePicker);

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
	const onceKey = useOnceKey();
	const accounts = useEmailAccounts();
	const [from, setFrom] = useState<string>();
	const [to, setTo] = useState(of.objectType === "contacts" ? (properties.email ?? "") : "");
	const [cc, setCc] = useState("");
	const [subject, setSubject] = useState("");
	const [body, setBody] = useState({ html: "", text: "" });
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const [picking, setPicking] = useState<Editor>();
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
		const missing = missingIn(`${subject}\n${body.text}`);
		if (!body.text.trim()) found.text = t("records.emailText");
		else if (missing.length) found.text = t("composer.missing", { count: missing.length, names: missing.join(", ") });
		setErrors(found);
		if (Object.keys(found).length) return;
		setBusy(true);
		try {
			const email = {
				to: toAll.addresses,
				cc: ccAll.addresses,
				subject: subject.trim(),
				html: body.html,
				text: body.text,
				channelAccountId: account,
			};
			const { ticketId } = await sendFromRecord(of, email, onceKey(email));
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

	const place = useMemo(() => ({ objectType: of.objectType, id: of.id }), [of.objectType, of.id]);
	const sources = useMemo(
		() => [
			snippetSource(
				t,
				(id) => snippetFor(id, place),
				(e) => toast("bad", errorText(e)),
			),
		],
		[t, errorText, place],
	);
	const tools = useCallback(
		(editor: Editor) => (
			<IconButton label={t("insert.template")} size="s" onPress={() => setPicking(editor)}>
				<LayoutTemplate size={15} aria-hidden />
			</IconButton>
		),
		[t],
	);

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
							sources={sources}
							tools={tools}
							fillToken={async (name) => (await fetchValues(place, `{{${name}}}`)).get(name)}
						/>
					</Suspense>
				</div>
				{picking && (
					<TemplatePicker
						place={place}
						hasText={!picking.isEmpty}
						hasSubject
						onClose={() => setPicking(undefined)}
						onInsert={(choice) => {
							setPicking(undefined);
							if (choice.subject) {
								setSubject(choice.subject);
								clear("subject");
							}
							insertTemplate(picking, choice);
						}}
					/>
				)}
			</div>
		</Dialog>
	);
}
