import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, TextField, toast } from "#ui";
import { draftOfItem, library } from "../../data/library";
import { TEMPLATES, type Template } from "../../data/libraryTexts";
import { ItemDialog, LoadedItem, NameField, RichField, ShareFields, useItemForm } from "../library";
import { TicketPreview } from "./TicketPreview";

export function TemplateDialog({ id, onClose }: { id: string | "new"; onClose: () => void }) {
	return (
		<LoadedItem<Template> path={TEMPLATES} id={id} onClose={onClose}>
			{(template) => <Form template={template} onClose={onClose} />}
		</LoadedItem>
	);
}

function Form({ template, onClose }: { template: Template | undefined; onClose: () => void }) {
	const t = useText();
	const [isPreviewed, setPreviewed] = useState(false);
	const form = useItemForm({
		...draftOfItem(template),
		subject: template?.subject ?? "",
		html: template?.html ?? "",
	});
	const { draft, change, errors } = form;
	async function save() {
		const isSaved = await form.save((d) =>
			template ? library.change<Template>(TEMPLATES, template.id, d) : library.create<Template>(TEMPLATES, d),
		);
		if (!isSaved) return;
		toast("good", t("library.saved", { name: draft.name.trim() }));
		onClose();
	}
	return (
		<ItemDialog
			title={t(template ? "templates.edit" : "templates.new")}
			error={errors.form}
			isBusy={form.isBusy}
			isChanged={form.isChanged}
			isReadOnly={template && !template.mayEdit}
			onSave={() => void save()}
			onClose={onClose}
		>
			<NameField draft={draft} onChange={change} errors={errors} />
			<TextField
				label={t("templates.subject")}
				note={t("common.optional")}
				hint={t("templates.subjectHint")}
				value={draft.subject}
				onChange={(subject) => change({ subject })}
				error={errors.subject}
				maxLength={300}
			/>
			<RichField
				id={template?.id ?? "new"}
				label={t("templates.text")}
				placeholder={t("templates.writeText")}
				html={draft.html}
				error={errors.html}
				isTemplate
				onChange={(html) => change({ html })}
			/>
			{isPreviewed ? (
				<TicketPreview subject={draft.subject} html={draft.html} />
			) : (
				<div>
					<Button onPress={() => setPreviewed(true)}>{t("templates.preview")}</Button>
				</div>
			)}
			<ShareFields kind="template" draft={draft} onChange={change} errors={errors} item={template} />
		</ItemDialog>
	);
}
