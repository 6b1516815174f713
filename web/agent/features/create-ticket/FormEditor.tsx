import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { fuzzySort } from "#shared/text/fuzzy";
import { Banner, Button, IconButton, Switch, toast } from "#ui";
import { ComboBox } from "#ui/more";
import { type CreateForm, type FormField, saveCreateForm } from "../../data/createTicket";
import { usePropertyDefs } from "../../data/properties";
import { useErrorText } from "../../shell/useErrorText";
import { kindOf, usePropertyLabel } from "../properties";
import css from "./CreateTicket.module.css";

const OFFERED = 40;

/* Which properties the form has, in which order, and which of them are required; for the whole desk. */
export function FormEditor({ form, onDone }: { form: CreateForm; onDone: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const labelOf = useLabels();
	const [fields, setFields] = useState<readonly FormField[]>(form.fields);
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const list = useRef<HTMLOListElement>(null);

	function move(at: number, by: 1 | -1) {
		const next = [...fields];
		const [moved] = next.splice(at, 1);
		if (!moved) return;
		next.splice(at + by, 0, moved);
		setFields(next);
		/* The row goes elsewhere in the document, and takes the focus with it; at an end the other arrow has it. */
		requestAnimationFrame(() => {
			const row = list.current?.children[at + by];
			row
				?.querySelector<HTMLElement>(`button[data-move="${by}"]:not([disabled]), button[data-move]:not([disabled])`)
				?.focus();
		});
	}

	function add(name: string) {
		setFields([...fields, { name, isRequired: false }]);
		requestAnimationFrame(() => list.current?.lastElementChild?.querySelector<HTMLElement>("input")?.focus());
	}

	async function save() {
		setBusy(true);
		try {
			await saveCreateForm(fields);
			toast("good", t("createForm.saved"));
			onDone();
		} catch (e) {
			setBusy(false);
			setProblem(errorText(e));
		}
	}

	return (
		<div className={css.form}>
			<div className={css.fields}>
				<p className={css.lead}>{t("createForm.lead")}</p>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				<ol className={css.order} ref={list}>
					{fields.map((f, at) => (
						<li key={f.name} className={css.orderRow}>
							<span className={css.orderName} dir="auto">
								{labelOf(f.name)}
							</span>
							{f.isFixed ? (
								<span className={css.always}>{t("createForm.always")}</span>
							) : (
								<Switch
									isSelected={f.isRequired}
									onChange={(isRequired) => setFields(fields.map((one) => (one === f ? { ...one, isRequired } : one)))}
								>
									{t("property.required")}
								</Switch>
							)}
							<span className={css.orderButtons}>
								<IconButton
									label={t("createForm.up", { name: labelOf(f.name) })}
									size="s"
									data-move="-1"
									isDisabled={at === 0}
									onPress={() => move(at, -1)}
								>
									<ArrowUp size={15} aria-hidden />
								</IconButton>
								<IconButton
									label={t("createForm.down", { name: labelOf(f.name) })}
									size="s"
									data-move="1"
									isDisabled={at === fields.length - 1}
									onPress={() => move(at, 1)}
								>
									<ArrowDown size={15} aria-hidden />
								</IconButton>
								<IconButton
									label={t("create.remove", { name: labelOf(f.name) })}
									size="s"
									isDisabled={f.isFixed}
									onPress={() => setFields(fields.filter((one) => one !== f))}
								>
									<X size={15} aria-hidden />
								</IconButton>
							</span>
						</li>
					))}
				</ol>
				{/* Another field for another property: one that is emptied would show its choices again. */}
				<AddProperty key={fields.length} taken={fields.map((f) => f.name)} onAdd={add} />
			</div>
			<footer className={css.foot}>
				<Button look="solid" isPending={isBusy} onPress={() => void save()}>
					{t("common.save")}
				</Button>
				<Button onPress={onDone}>{t("common.cancel")}</Button>
			</footer>
		</div>
	);
}

function useLabels() {
	const defs = usePropertyDefs("tickets");
	const labelOf = usePropertyLabel();
	return (name: string) => {
		const def = defs.get(name);
		return def ? labelOf(def) : name;
	};
}

function AddProperty({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
	const t = useText();
	const defs = usePropertyDefs("tickets");
	const labelOf = usePropertyLabel();
	const [query, setQuery] = useState("");
	const fillable = useMemo(
		() =>
			[...defs.values()]
				.filter((d) => !d.hidden && kindOf(d) !== "readonly")
				.map((d) => ({ id: d.name, label: labelOf(d) }))
				.sort((a, b) => a.label.localeCompare(b.label)),
		[defs, labelOf],
	);
	const choices = fuzzySort(
		fillable.filter((d) => !taken.includes(d.id)),
		query,
		(d) => d.label,
	).slice(0, OFFERED);
	return (
		<ComboBox
			label={t("createForm.add")}
			query={query}
			onQuery={setQuery}
			choices={choices}
			onChoose={onAdd}
			placeholder={t("createForm.find")}
			empty={t("createForm.none")}
			openLabel={t("create.show", { what: t("createForm.add") })}
		/>
	);
}
