import { MessageSquareText } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { SNIPPETS, type Snippet } from "../../data/libraryTexts";
import { LibraryList } from "../library";
import { SnippetDialog } from "./SnippetDialog";
import css from "./Snippets.module.css";

export function SnippetsPage() {
	const t = useText();
	const [open, setOpen] = useState<string | "new">();
	return (
		<>
			<LibraryList<Snippet>
				kind="snippet"
				path={SNIPPETS}
				title="snippets.title"
				lead="snippets.lead"
				newLabel="snippets.new"
				emptyTitle="snippets.none"
				emptyText="snippets.noneText"
				icon={<MessageSquareText size={22} />}
				onNew={() => setOpen("new")}
				onOpen={(s) => setOpen(s.id)}
				mark={(s) =>
					s.shortcut && (
						<code className={css.shortcut} title={t("snippets.shortcut")}>
							#{s.shortcut}
						</code>
					)
				}
				excerpt={(s) => s.excerpt}
			/>
			{open && <SnippetDialog key={open} id={open} onClose={() => setOpen(undefined)} />}
		</>
	);
}
