import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, TextField } from "#ui";
import { draftOfItem } from "../../data/library";
import { TEMPLATES, type Template } from "../../data/libraryTexts";
import { ItemDialog, LoadedItem, NameField, ShareFields, TokenField, useTextForm } from "../library";
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
	const { draft, change, errors, docId, dialog } = useTextForm({
		path: TEMPLATES,
		item: template,
		draftOf: (one) => ({ ...draftOfItem(one), subject: one?.subject ?? "", html: one?.html ?? "" }),
		onClose,
	});
	return (
		<ItemDialog title={t(template ? "templates.edit" : "templates.new")} {...dialog}>
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
			<TokenField
				id={docId}
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
