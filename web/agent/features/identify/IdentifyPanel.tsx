import { X } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, IconButton, toast } from "#ui";
import { Finder, Tabs } from "#ui/more";
import { identify, type RecordChoice, useFormerTickets, useRecordSearch } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import { PropertyForm, usePropertyForm } from "../properties";
import { guess } from "./guess";
import css from "./Identify.module.css";
import { openIdentify, useIdentify } from "./identifyState";

/* The panel at the right: who wrote this? */
export function IdentifyPanel({ ticketId }: { ticketId: string }) {
	const message = useIdentify((s) => s.message);
	useEffect(() => () => openIdentify(undefined), []);
	if (message?.ticketId !== ticketId) return null;
	return (
		<div className={css.place}>
			<Panel key={message.id} message={message} />
		</div>
	);
}

const NAMES = ["email", "firstname", "lastname", "phone"];

function Panel({ message }: { message: Message }) {
	const t = useText();
	const errorText = useErrorText();
	const [tab, setTab] = useState("new");
	const [query, setQuery] = useState("");
	const [chosen, setChosen] = useState<RecordChoice>();
	const [error, setError] = useState<string>();
	const [takenBy, setTakenBy] = useState<string>();
	const [notHis, setNotHis] = useState<string[]>([]);
	const [isBusy, setBusy] = useState(false);
	const [known] = useState(() => guess(message));
	const form = usePropertyForm({ objectType: "contacts", names: NAMES, values: known });
	const found = useRecordSearch("contacts", useDeferredValue(query.trim()), tab === "existing");
	const former = useFormerTickets(message.ticketId, message.id).data ?? [];
	const panel = useRef<HTMLElement>(null);
	const opener = useRef(document.activeElement);

	useEffect(() => {
		const back = opener.current;
		requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>("[role=tab]")?.focus());
		return () => {
			if (back instanceof HTMLElement && back.isConnected) back.focus();
		};
	}, []);
	const close = () => openIdentify(undefined);

	async function save(contactId = tab === "existing" ? chosen?.id : undefined) {
		setError(undefined);
		setTakenBy(undefined);
		if (!contactId && tab === "existing") return setError(t("identify.chooseFirst"));
		if (!contactId && !form.check()) return;
		if (!contactId && !Object.values(form.values).some((v) => v.trim())) return setError(t("identify.nameFirst"));
		setBusy(true);
		try {
			const contact = await identify(message.ticketId, {
				messageId: message.id,
				contactId,
				properties: contactId ? undefined : form.values,
				ticketIds: former.map((f) => f.id).filter((id) => !notHis.includes(id)),
			});
			toast("good", t("identify.done", { name: contact.label || contact.email || "" }));
			close();
		} catch (e) {
			setBusy(false);
			const taken = e instanceof ApiError ? e.context.contactId?.[0] : undefined;
			if (taken) setTakenBy(taken);
			else if (!form.fail(e)) setError(errorText(e));
		}
	}

	return (
		<aside
			ref={panel}
			className={css.panel}
			aria-label={t("identify.title")}
			data-region="panel"
			onKeyDown={(e) => {
				if (e.key === "Escape" && !e.defaultPrevented) {
					e.stopPropagation();
					close();
				}
			}}
		>
			<header className={css.head}>
				<h2>{t("identify.title")}</h2>
				<IconButton label={t("common.close")} onPress={close}>
					<X size={17} aria-hidden />
				</IconButton>
			</header>
			<div className={css.body}>
				<Tabs
					label={t("identify.title")}
					tabs={[
						{ id: "new", label: t("records.new") },
						{ id: "existing", label: t("records.existing") },
					]}
					selected={tab}
					onSelect={(id) => {
						setTab(id);
						setError(undefined);
						setTakenBy(undefined);
					}}
				>
					<div className={css.form}>
						{error && (
							<Banner tone="bad" role="alert">
								{error}
							</Banner>
						)}
						{takenBy && (
							<Banner tone="bad" role="alert">
								{t("identify.taken")}{" "}
								<Button size="s" onPress={() => void save(takenBy)}>
									{t("identify.useExisting")}
								</Button>
							</Banner>
						)}
						{tab === "new" ? (
							<PropertyForm form={form} />
						) : (
							<Finder
								label={t("records.search.contacts")}
								placeholder={t("records.search.contacts")}
								query={query}
								onQuery={setQuery}
								rows={found.data ?? []}
								empty={found.isFetching ? t("records.searching") : t("records.nothing")}
								chosen={chosen ? [chosen.id] : []}
								onChoose={setChosen}
							/>
						)}
						{former.length > 0 && (
							<CheckboxGroup
								label={t("identify.former")}
								choices={former.map((f) => ({ id: f.id, label: f.subject || t("list.noSubject") }))}
								value={former.map((f) => f.id).filter((id) => !notHis.includes(id))}
								onChange={(his) => setNotHis(former.map((f) => f.id).filter((id) => !his.includes(id)))}
							/>
						)}
					</div>
				</Tabs>
			</div>
			<footer className={css.foot}>
				<Button look="solid" isPending={isBusy} onPress={() => void save()}>
					{t("common.save")}
				</Button>
				<Button onPress={close}>{t("common.cancel")}</Button>
			</footer>
		</aside>
	);
}
