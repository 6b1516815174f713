import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { http } from "#shared/api/client";
import type { TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { ticketStore, useTicketRow } from "../../data/ticketStore";
import { useTicketDetail } from "../../data/tickets";
import { SaveDialog } from "../../shell/SaveDialog";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";
import { Picker } from "./Picker";
import type { PickerProps } from "./Pickers";
import { selection } from "./selection";

interface Found {
	kind: string;
	id: string;
	ticketId?: string;
	subject: string;
	contactName?: string;
}

/* One ticket is given: the other is looked for first. Several: they are all there. Then which of them stays. */
export function MergeDialog({ ids, deeds }: PickerProps) {
	const [otherId, setOther] = useState<string>();
	const all = otherId ? [...ids, otherId] : ids;
	const first = ids[0];
	if (!first) return null;
	return all.length < 2 ? <FindOther id={first} onFound={setOther} /> : <Choose ids={all} deeds={deeds} />;
}

const SEARCH_DELAY_MS = 200;

function useLate(text: string) {
	const [late, setLate] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setLate(text), SEARCH_DELAY_MS);
		return () => clearTimeout(timer);
	}, [text]);
	return late;
}

function FindOther({ id, onFound }: { id: string; onFound: (id: string) => void }) {
	const t = useText();
	const [query, setQuery] = useState("");
	const late = useLate(query.trim());
	const number = /^#?(\d+)$/.exec(late)?.[1];
	const others = useTicketDetail(id).data?.otherTickets ?? [];
	const search = useQuery({
		queryKey: ["merge-search", late],
		queryFn: () => http.get<{ results: Found[] }>("/desk/v1/search", { query: { q: late, kind: "ticket", limit: 20 } }),
		enabled: late.length > 1,
	});
	const byNumber = useQuery({
		queryKey: ["merge-number", number],
		queryFn: async () => (await http.get<{ ticket: TicketRow }>(`/desk/v1/tickets/${number}`)).ticket,
		enabled: number !== undefined,
		retry: false,
	});
	const choose = (row: { id: string; subject: string; note?: string }) => ({
		id: row.id,
		label: row.subject || t("list.noSubject"),
		note: row.note ? `#${row.id} · ${row.note}` : `#${row.id}`,
		run: () => onFound(row.id),
	});
	const near = others
		.filter((o) => o.id !== id && (!late || o.subject.toLocaleLowerCase().includes(late.toLocaleLowerCase())))
		.map((o) => choose({ ...o, note: o.contactName }));
	const found = late.length > 1 ? (search.data?.results ?? []) : [];
	const rows = [
		...(byNumber.data ? [byNumber.data].map((r) => ({ id: r.id, subject: r.subject, note: r.contactName })) : []),
		...found.map((f) => ({ id: f.ticketId ?? f.id, subject: f.subject, note: f.contactName })),
	].filter(
		(r, i, list) => r.id !== id && list.findIndex((x) => x.id === r.id) === i && !near.some((n) => n.id === r.id),
	);
	return (
		<Picker
			label={t("merge.title")}
			placeholder={t("merge.find")}
			onQuery={setQuery}
			isBusy={search.isFetching}
			groups={[
				{ id: "near", label: t("merge.sameContact"), rows: near },
				{ id: "found", label: t("merge.found"), rows: rows.map(choose) },
			]}
			onClose={closeManage}
		/>
	);
}

function Choose({ ids, deeds }: PickerProps) {
	const t = useText();
	const navigate = useNavigate();
	const { view, ticketId } = useParams({ strict: false });
	const [intoId, setInto] = useState(ids[0] as string);
	const others = ids.filter((id) => id !== intoId);

	async function merge() {
		closeManage();
		selection.clear();
		await deeds.merge(others, intoId);
		if (ticketId && others.includes(ticketId) && view)
			void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: intoId }, replace: true });
	}
	return (
		<SaveDialog
			title={t("merge.title")}
			onClose={closeManage}
			onSave={() => void merge()}
			saveLabel={t("merge.do", { count: ids.length })}
		>
			<fieldset className={css.choices}>
				<legend>{t("merge.which")}</legend>
				{ids.map((id) => (
					<Candidate key={id} id={id} isChosen={id === intoId} onChoose={() => setInto(id)} />
				))}
			</fieldset>
			<ul className={css.effects}>
				<li>{t("merge.effect.messages", { id: intoId })}</li>
				<li>{t("merge.effect.values", { id: intoId })}</li>
				<li>{t("merge.effect.links", { ids: others.map((id) => `#${id}`).join(", "), id: intoId })}</li>
				<li>{t("merge.effect.undo")}</li>
			</ul>
		</SaveDialog>
	);
}

function Candidate({ id, isChosen, onChoose }: { id: string; isChosen: boolean; onChoose: () => void }) {
	const t = useText();
	const detail = useTicketDetail(id);
	const row = useTicketRow(id) ?? detail.data?.ticket ?? ticketStore.row(id);
	return (
		<label className={css.candidate} data-chosen={isChosen ? "" : undefined}>
			<input type="radio" name="survivor" checked={isChosen} onChange={onChoose} />
			<span>
				<strong dir="auto">{row?.subject || t("list.noSubject")}</strong>
				<span className={css.small}>
					#{id}
					{row?.contactName || row?.contactEmail ? ` · ${row.contactName || row.contactEmail}` : ""}
				</span>
				<span className={css.preview} dir="auto">
					{row?.preview}
				</span>
			</span>
			{isChosen && <span className={css.stays}>{t("merge.stays")}</span>}
		</label>
	);
}
