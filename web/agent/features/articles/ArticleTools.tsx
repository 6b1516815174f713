import type { Editor } from "@tiptap/core";
import { Heading, ImagePlus, Info, SquareCode, Table, TriangleAlert } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { insertTable, tableActions } from "./nodes/tables";

const LEVELS = [2, 3, 4] as const;
const focused = (editor: Editor) => {
	editor.view.focus();
	return editor.chain().focus();
};

/* In front of the text styles: what a page has and a mail has not. */
export function ArticleTools({ editor, onPicture }: { editor: Editor; onPicture: () => void }) {
	const t = useText();
	const inTable = editor.isActive("table");
	const tableItems: MenuItem[] = [
		{ id: "insert", label: t("articles.table.insert"), run: () => insertTable(editor) },
		...(inTable
			? [
					{ id: "row", label: t("articles.table.addRow"), run: () => void tableActions.addRow(editor) },
					{ id: "column", label: t("articles.table.addColumn"), run: () => void tableActions.addColumn(editor) },
					{ id: "noRow", label: t("articles.table.removeRow"), run: () => void tableActions.removeRow(editor) },
					{
						id: "noColumn",
						label: t("articles.table.removeColumn"),
						run: () => void tableActions.removeColumn(editor),
					},
					{ id: "no", label: t("articles.table.remove"), run: () => void tableActions.remove(editor) },
				]
			: []),
	];
	return (
		<>
			<MenuButton
				label={t("articles.style")}
				side="top start"
				button={
					<IconButton label={t("articles.style")} size="s">
						<Heading size={15} aria-hidden />
					</IconButton>
				}
				items={[
					...LEVELS.map((level) => ({
						id: `h${level}`,
						label: t("articles.heading", { level: level - 1 }),
						isSelected: editor.isActive("heading", { level }),
						run: () => void focused(editor).toggleNode("heading", "paragraph", { level }).run(),
					})),
					{
						id: "p",
						label: t("articles.paragraph"),
						isSelected: editor.isActive("paragraph"),
						run: () => void focused(editor).setNode("paragraph").run(),
					},
				]}
			/>
			<IconButton
				label={t("articles.note")}
				size="s"
				aria-pressed={editor.isActive("callOut", { kind: "note" })}
				onPress={() => focused(editor).toggleCallOut("note").run()}
			>
				<Info size={15} aria-hidden />
			</IconButton>
			<IconButton
				label={t("articles.warning")}
				size="s"
				aria-pressed={editor.isActive("callOut", { kind: "warning" })}
				onPress={() => focused(editor).toggleCallOut("warning").run()}
			>
				<TriangleAlert size={15} aria-hidden />
			</IconButton>
			<IconButton label={t("articles.picture")} size="s" onPress={onPicture}>
				<ImagePlus size={15} aria-hidden />
			</IconButton>
			<MenuButton
				label={t("articles.table")}
				side="top start"
				button={
					<IconButton label={t("articles.table")} size="s">
						<Table size={15} aria-hidden />
					</IconButton>
				}
				items={tableItems}
			/>
			<IconButton
				label={t("articles.codeBlock")}
				size="s"
				aria-pressed={editor.isActive("codeBlock")}
				onPress={() => focused(editor).toggleCodeBlock().run()}
			>
				<SquareCode size={15} aria-hidden />
			</IconButton>
		</>
	);
}
