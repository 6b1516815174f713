/* Tables with a row of headings, edited by prosemirror-tables: Tab goes from cell to cell. */
import { type Editor, Extension, Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import {
	addColumnAfter,
	addRowAfter,
	deleteColumn,
	deleteRow,
	deleteTable,
	goToNextCell,
	tableEditing,
} from "@tiptap/pm/tables";

const spans = () => ({
	colspan: { default: 1, parseHTML: (el: HTMLElement) => Number(el.getAttribute("colspan") ?? 1) || 1 },
	rowspan: { default: 1, parseHTML: (el: HTMLElement) => Number(el.getAttribute("rowspan") ?? 1) || 1 },
	colwidth: { default: null, rendered: false },
});
const spanAttrs = (attrs: Record<string, number>) => ({
	...(attrs.colspan !== 1 ? { colspan: String(attrs.colspan) } : {}),
	...(attrs.rowspan !== 1 ? { rowspan: String(attrs.rowspan) } : {}),
});

const Table = Node.create({
	name: "table",
	group: "block",
	content: "tableRow+",
	isolating: true,
	parseHTML: () => [{ tag: "table" }],
	renderHTML: () => ["table", {}, ["tbody", 0]],
});
const Row = Node.create({
	name: "tableRow",
	content: "(tableCell | tableHeader)*",
	parseHTML: () => [{ tag: "tr" }],
	renderHTML: () => ["tr", {}, 0],
});
const Cell = Node.create({
	name: "tableCell",
	content: "block+",
	isolating: true,
	addAttributes: spans,
	parseHTML: () => [{ tag: "td" }],
	renderHTML: ({ node }) => ["td", spanAttrs(node.attrs), 0],
});
const Heading = Node.create({
	name: "tableHeader",
	content: "block+",
	isolating: true,
	addAttributes: spans,
	parseHTML: () => [{ tag: "th" }],
	renderHTML: ({ node }) => ["th", spanAttrs(node.attrs), 0],
});

type Command = typeof addRowAfter;
const run = (command: Command) => (editor: Editor) => {
	editor.view.focus();
	return command(editor.state, editor.view.dispatch);
};
export const tableActions = {
	addRow: run(addRowAfter),
	addColumn: run(addColumnAfter),
	removeRow: run(deleteRow),
	removeColumn: run(deleteColumn),
	remove: run(deleteTable),
};

/* Three columns, a row of headings and two of cells. */
export function insertTable(editor: Editor) {
	const row = (type: string) => ({
		type: "tableRow",
		content: [0, 1, 2].map(() => ({ type, content: [{ type: "paragraph" }] })),
	});
	const at = editor.state.selection.from;
	editor
		.chain()
		.focus()
		.insertContent({ type: "table", content: [row("tableHeader"), row("tableCell"), row("tableCell")] })
		.command(({ tr }) => {
			tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size))));
			return true;
		})
		.run();
}

/* What prosemirror-tables knows the nodes by. */
const ROLES: Record<string, string> = {
	table: "table",
	tableRow: "row",
	tableCell: "cell",
	tableHeader: "header_cell",
};

const Editing = Extension.create({
	name: "tableEditing",
	extendNodeSchema: (node) => (node.name in ROLES ? { tableRole: ROLES[node.name] } : {}),
	addKeyboardShortcuts() {
		const go = (way: 1 | -1) => () => goToNextCell(way)(this.editor.state, this.editor.view.dispatch);
		return { Tab: go(1), "Shift-Tab": go(-1) };
	},
	addProseMirrorPlugins: () => [tableEditing()],
});

export const tables = [Table, Row, Cell, Heading, Editing];
