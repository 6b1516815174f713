/* Published quotes for Insert: those of the ticket, its deals and its contact first. */
import { http } from "#shared/api/client";
import type { CrmObject } from "#shared/api/types";
import { findPublished, loadQuote } from "../../data/quotes";
import type { LinkedRecords } from "../../data/records";
import type { PickSource } from "../composer/editor/insert/pickers";

async function near(ticketId: string, query: string, signal: AbortSignal): Promise<CrmObject[]> {
	const { results } = await http.get<{ results: LinkedRecords[] }>(`/desk/v1/objects/tickets/${ticketId}/links`, {
		signal,
	});
	const idsOf = (type: string) => results.find((l) => l.objectType === type)?.results.map((r) => r.id) ?? [];
	const groups = [
		{ type: "ticket", ids: [ticketId] },
		{ type: "deal", ids: idsOf("deals") },
		{ type: "contact", ids: idsOf("contacts") },
	].filter((g) => g.ids.length > 0);
	return (await Promise.all(groups.map((g) => findPublished(query, g, signal)))).flat();
}

export const quotePicker: PickSource = {
	async find(query, { ticketId }, signal) {
		const isTicket = /^\d+$/.test(ticketId);
		const [own, all] = await Promise.all([
			isTicket ? near(ticketId, query, signal) : [],
			findPublished(query, undefined, signal),
		]);
		const byId = new Map([...own, ...all].map((o) => [o.id, o]));
		return [...byId.values()].map(({ id, properties: p }) => ({
			id,
			label: p.hs_title || `#${id}`,
			note: [p.hs_quote_number, p.hs_quote_amount && `${p.hs_quote_amount} ${p.hs_currency ?? ""}`]
				.filter(Boolean)
				.join(" · "),
		}));
	},
	async card(id) {
		const quote = await loadQuote(id);
		return { kind: "quote", title: quote.paper.title, url: quote.url ?? "", description: quote.paper.number };
	},
	libraryPath: "/library/quotes",
};
