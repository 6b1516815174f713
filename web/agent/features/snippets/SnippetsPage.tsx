import { MessageSquareText } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { SNIPPETS, type Snippet } from "../../data/libraryTexts";
import { LibraryList, useOpenItem } from "../library";
import { SnippetDialog } from "./SnippetDialog";
import css from "./Snippets.module.css";

export function SnippetsPage() {
	const t = useText();
	const form = useOpenItem();
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
				onNew={() => form.open("new")}
				onOpen={(s) => form.open(s.id)}
				mark={(s) =>
					s.shortcut && (
						<code className={css.shortcut} title={t("snippets.shortcut")}>
							#{s.shortcut}
						</code>
					)
				}
				excerpt={(s) => s.excerpt}
			/>
			{form.id && <SnippetDialog key={form.id} id={form.id} onClose={form.close} />}
		</>
	);
}
