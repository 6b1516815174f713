/* Documents for Insert. For a customer it is a link of his own, whose visits are told; colleagues go to the page in the workspace. */
import { findDocuments, loadDocument } from "../../data/documents";
import { library } from "../../data/library";
import { shareLinks } from "../../data/shareLinks";
import type { PickSource } from "../composer/editor/insert/pickers";

export const documentPicker: PickSource = {
	find: async (query, _context, signal) =>
		(await findDocuments(query, signal)).map((d) => ({ id: d.id, label: d.name, note: d.format.toUpperCase() })),
	card: async (id, { ticketId, place }) => {
		const d = await loadDocument(id);
		library.used(id);
		const url =
			place === "comment"
				? new URL(`/library/documents/${id}`, location.href).href
				: ((await shareLinks.ofTicket(ticketId, id)).url ?? "");
		return { kind: "document", title: d.name, description: d.format.toUpperCase(), url };
	},
	libraryPath: "/library/documents",
};
