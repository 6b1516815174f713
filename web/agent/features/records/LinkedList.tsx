import { MoreHorizontal, Plus } from "lucide-react";
import { useState } from "react";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton, Skeleton } from "#ui";
import {
	type LinkedRecord,
	link,
	type RecordRef,
	setLabels,
	unlink,
	useLinked,
	useLinkLabels,
} from "../../data/records";
import { later } from "../../shell/later";
import { LinkedItem } from "./LinkedItem";
import css from "./Records.module.css";
import { useUndoable } from "./useUndoable";

const AddLinkDialog = later(async () => (await import("./AddLinkDialog")).AddLinkDialog);
const LabelsDialog = later(async () => (await import("./LabelsDialog")).LabelsDialog);

interface Props {
	from: RecordRef;
	toType: string;
	canEdit: boolean;
	/* Stands first whatever its time. */
	firstId?: string;
	/* Tickets open beside this list. */
	view?: ViewId;
}

/* The linked records of one type with their labels; adding, labelling, removing with undo. */
export function LinkedList({ from, toType, canEdit, firstId, view }: Props) {
	const t = useText();
	const undoable = useUndoable();
	const [isAdding, setAdding] = useState(false);
	const [labelled, setLabelled] = useState<LinkedRecord>();
	const { linked } = useLinked(from.objectType, from.id, toType);
	const labels = useLinkLabels(from.objectType, toType);
	const kind = toType as "contacts" | "companies" | "deals" | "tickets";
	if (!linked) return <Skeleton width="70%" height={18} />;
	const rows = [...linked.results].sort((a, b) => Number(b.id === firstId) - Number(a.id === firstId));

	function remove(r: LinkedRecord) {
		const had = r.labels ?? [];
		void undoable(
			t("records.unlinked", { name: r.label || `#${r.id}` }),
			() => unlink(from, r),
			() => (had.length ? setLabels(from, r, had) : link(from, r)),
		);
	}

	return (
		<>
			{rows.length === 0 && <p className={css.none}>{t(`records.none.${kind}`)}</p>}
			{rows.length > 0 && (
				<ul className={css.links}>
					{rows.map((r) => (
						<li key={r.id} className={css.link}>
							<LinkedItem record={r} view={view} />
							{canEdit && (
								<MenuButton
									label={t("records.actions", { name: r.label || `#${r.id}` })}
									side="bottom end"
									button={
										<IconButton label={t("records.actions", { name: r.label || `#${r.id}` })} size="s">
											<MoreHorizontal size={15} aria-hidden />
										</IconButton>
									}
									items={[
										...(labels.data?.length
											? [{ id: "labels", label: t("records.setLabels"), run: () => setLabelled(r) }]
											: []),
										{ id: "remove", label: t("records.unlink"), run: () => remove(r) },
									]}
								/>
							)}
						</li>
					))}
				</ul>
			)}
			{linked.hasMore && <p className={css.none}>{t("records.more", { count: rows.length })}</p>}
			{canEdit && (
				<Button look="quiet" size="s" className={css.add} icon={<Plus size={14} />} onPress={() => setAdding(true)}>
					{t(`records.add.${kind}`)}
				</Button>
			)}
			{isAdding && (
				<AddLinkDialog from={from} toType={toType} known={rows.map((r) => r.id)} onClose={() => setAdding(false)} />
			)}
			{labelled && (
				<LabelsDialog from={from} to={labelled} offered={labels.data ?? []} onClose={() => setLabelled(undefined)} />
			)}
		</>
	);
}
