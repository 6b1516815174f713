import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Select, toast } from "#ui";
import { createTicket, type CreateForm as Layout } from "../../data/createTicket";
import { useErrorText } from "../../shell/useErrorText";
import { PropertyInput } from "../properties";
import { ActivityPicker } from "./ActivityPicker";
import css from "./CreateTicket.module.css";
import { type CreateDraft, changeDraft, clearDraft, isBegun, useCreateDraft } from "./draft";
import { RecordPicker } from "./RecordPicker";
import { useTicketForm } from "./useTicketForm";

interface Props {
	userId: string;
	layout: Layout;
	onClose: () => void;
}

const linksOf = (d: CreateDraft) => [
	...(d.contact ? [{ type: "contacts" as const, id: d.contact.id }] : []),
	...(d.company ? [{ type: "companies" as const, id: d.company.id }] : []),
	...(d.contact || d.company ? d.activities : []),
];

/* The fields, whom the ticket is for, and what of their history belongs to it. */
export function CreateForm({ userId, layout, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const { view = "open" } = useParams({ strict: false });
	const draft = useCreateDraft(userId);
	const form = useTicketForm(userId, layout);
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const isReady = form.fields.length > 0;
	const change = (part: Partial<CreateDraft>) => changeDraft(userId, () => part);
	useEffect(() => {
		if (isReady) form.root.current?.querySelector<HTMLElement>("input, textarea, button")?.focus();
	}, [isReady, form.root]);

	async function submit(e: FormEvent) {
		e.preventDefault();
		setProblem(undefined);
		if (isBusy || !form.check()) return;
		setBusy(true);
		try {
			const properties = Object.fromEntries(Object.entries(form.values).filter(([, value]) => value.trim()));
			const id = await createTicket({ properties, links: linksOf(draft) });
			toast("good", t("create.created", { number: id }));
			clearDraft();
			onClose();
			await navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId: id } });
		} catch (err) {
			setBusy(false);
			if (!form.fail(err)) setProblem(errorText(err));
		}
	}

	return (
		<form className={css.form} onSubmit={submit} noValidate>
			<div className={css.fields}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				<div className={css.group} ref={form.root}>
					{form.fields.map((f) =>
						f.def.name === "hs_pipeline_stage" ? (
							<Select
								key={f.def.name}
								label={t("create.status")}
								isRequired
								note={t("property.required")}
								choices={form.stages.map((s) => ({ id: s.id, label: s.label }))}
								value={f.value || undefined}
								onChange={(id) => form.set(f.def.name, id)}
								error={f.error}
							/>
						) : (
							<PropertyInput
								key={f.def.name}
								def={f.def}
								value={f.value}
								onChange={(value) => form.set(f.def.name, value)}
								isRequired={f.isRequired}
								error={f.error}
								objectType="tickets"
							/>
						),
					)}
				</div>
				<RecordPicker
					type="companies"
					value={draft.company}
					onChange={(company) => change({ company, activities: [] })}
				/>
				<RecordPicker
					type="contacts"
					value={draft.contact}
					onChange={(contact) => change({ contact, activities: [] })}
				/>
				<ActivityPicker
					contact={draft.contact}
					company={draft.company}
					chosen={draft.activities}
					onChange={(activities) => change({ activities })}
				/>
			</div>
			<footer className={css.foot}>
				<Button type="submit" look="solid" isPending={isBusy}>
					{t("create.submit")}
				</Button>
				{isBegun(draft) && <Button onPress={clearDraft}>{t("create.clear")}</Button>}
			</footer>
		</form>
	);
}
