import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { TEMPLATES, type Template } from "../../data/libraryTexts";
import { LibraryList } from "../library";
import { TemplateDialog } from "./TemplateDialog";

export function TemplatesPage() {
	const [open, setOpen] = useState<string | "new">();
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
				onNew={() => setOpen("new")}
				onOpen={(item) => setOpen(item.id)}
				excerpt={(item) => [item.subject, item.excerpt].filter(Boolean).join(" — ")}
			/>
			{open && <TemplateDialog key={open} id={open} onClose={() => setOpen(undefined)} />}
		</>
	);
}
