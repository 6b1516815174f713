import { useDeferredValue, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, toast } from "#ui";
import { Finder, Tabs } from "#ui/more";
import { createRecord, link, type RecordChoice, type RecordRef, useRecordSearch } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
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
	const errorText = useErrorText();
	const kind = toType as "contacts" | "companies" | "deals" | "tickets";
	const [tab, setTab] = useState("existing");
	const [query, setQuery] = useState("");
	const [chosen, setChosen] = useState<RecordChoice[]>([]);
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const found = useRecordSearch(toType, useDeferredValue(query.trim()));
	const form = usePropertyForm({ objectType: toType, ...createForm(toType) });
	const rows = (found.data ?? []).filter(
		(r) => !known.includes(r.id) && !(toType === from.objectType && r.id === from.id),
	);

	async function save() {
		setError(undefined);
		if (tab === "new" && !form.check()) return;
		if (tab === "existing" && chosen.length === 0) return setError(t("records.chooseFirst"));
		setBusy(true);
		try {
			const ids = tab === "new" ? [(await createRecord(toType, form.changes)).id] : chosen.map((c) => c.id);
			for (const id of ids) await link(from, { objectType: toType, id });
			toast("good", t("records.linked", { count: ids.length }));
			onClose();
		} catch (e) {
			setBusy(false);
			if (!form.fail(e)) setError(errorText(e));
		}
	}

	return (
		<Dialog
			title={t(`records.add.${kind}`)}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
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
					{error && tab === "new" && (
						<Banner tone="bad" role="alert">
							{error}
						</Banner>
					)}
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
							error={error}
						/>
					)}
				</div>
			</Tabs>
		</Dialog>
	);
}
