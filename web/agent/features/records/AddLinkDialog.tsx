import { useDeferredValue, useState } from "react";
import { useOnceKey } from "#shared/api/onceKey";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { Finder, Tabs } from "#ui/more";
import { createLinked, link, type RecordChoice, type RecordRef, useRecordSearch } from "../../data/records";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import { PropertyForm, usePropertyForm } from "../properties";
import { createForm } from "./createForms";
import css from "./Records.module.css";

interface Props {
	from: RecordRef;
	toType: string;
	/* Linked already. */
	known: readonly string[];
	onClose: () => void;
}

/* Existing records, several at once, or a new one. */
export function AddLinkDialog({ from, toType, known, onClose }: Props) {
	const t = useText();
	const kind = toType as "contacts" | "companies" | "deals" | "tickets";
	const onceKey = useOnceKey();
	const [tab, setTab] = useState("existing");
	const [query, setQuery] = useState("");
	const [chosen, setChosen] = useState<RecordChoice[]>([]);
	const { save, setProblem, saving } = useSave();
	const found = useRecordSearch(toType, useDeferredValue(query.trim()));
	const form = usePropertyForm({ objectType: toType, ...createForm(toType) });
	const rows = (found.data ?? []).filter(
		(r) => !known.includes(r.id) && !(toType === from.objectType && r.id === from.id),
	);

	function add() {
		if (tab === "new" && !form.check()) return;
		if (tab === "existing" && chosen.length === 0) return setProblem(t("records.chooseFirst"));
		void save(async () => {
			if (tab === "new") await createLinked(toType, form.changes, from, onceKey);
			else for (const { id } of chosen) await link(from, { objectType: toType, id });
			toast("good", t("records.linked", { count: tab === "new" ? 1 : chosen.length }));
			onClose();
		}, form.fail);
	}

	return (
		<SaveDialog
			title={t(`records.add.${kind}`)}
			onClose={onClose}
			onSave={add}
			isPending={saving.isPending}
			problem={tab === "new" ? saving.problem : undefined}
		>
			<Tabs
				label={t(`records.add.${kind}`)}
				tabs={[
					{ id: "existing", label: t("records.existing") },
					{ id: "new", label: t("records.new") },
				]}
				selected={tab}
				onSelect={setTab}
			>
				<div className={css.chooser}>
					{tab === "new" ? (
						<PropertyForm form={form} />
					) : (
						<Finder
							label={t(`records.search.${kind}`)}
							placeholder={t(`records.search.${kind}`)}
							query={query}
							onQuery={setQuery}
							rows={[...chosen.filter((c) => !rows.some((r) => r.id === c.id)), ...rows]}
							empty={found.isFetching ? t("records.searching") : t("records.nothing")}
							chosen={chosen.map((c) => c.id)}
							onChoose={(row) =>
								setChosen((old) =>
									old.some((c) => c.id === row.id) ? old.filter((c) => c.id !== row.id) : [...old, row],
								)
							}
							error={saving.problem}
						/>
					)}
				</div>
			</Tabs>
		</SaveDialog>
	);
}
