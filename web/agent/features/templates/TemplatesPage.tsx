import { LayoutTemplate } from "lucide-react";
import { TEMPLATES, type Template } from "../../data/libraryTexts";
import { LibraryList, useOpenItem } from "../library";
import { TemplateDialog } from "./TemplateDialog";

export function TemplatesPage() {
	const form = useOpenItem();
	return (
		<>
			<LibraryList<Template>
				kind="template"
				path={TEMPLATES}
				title="templates.title"
				lead="templates.lead"
				newLabel="templates.new"
				emptyTitle="templates.none"
				emptyText="templates.noneText"
				icon={<LayoutTemplate size={22} />}
				onNew={() => form.open("new")}
				onOpen={(item) => form.open(item.id)}
				excerpt={(item) => [item.subject, item.excerpt].filter(Boolean).join(" — ")}
			/>
			{form.id && <TemplateDialog key={form.id} id={form.id} onClose={form.close} />}
		</>
	);
}
