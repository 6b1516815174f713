/* What the library has for the palette: a few of every kind, the best first. A kind that does not answer is left out. */
import { findArticles } from "../../data/articles";
import { findDocuments } from "../../data/documents";
import { findSnippets, findTemplates } from "../../data/libraryTexts";
import { loadBookingPages } from "../../data/meetings";
import { findQuotes } from "../../data/quotes";
import { findVideos } from "../../data/videos";

export interface LibraryFound {
	/* Of the pages of the library: where its icon and name are. */
	page: string;
	id: string;
	label: string;
	note?: string;
	href: string;
}

const MOST = 3;

type Find = (query: string, signal: AbortSignal) => Promise<Omit<LibraryFound, "page">[]>;

const FINDS: Record<string, Find> = {
	"/library/snippets": async (query, signal) =>
		(await findSnippets(query, signal)).map((s) => ({
			id: s.id,
			label: s.name,
			note: s.shortcut && `#${s.shortcut}`,
			href: `/library/snippets?item=${s.id}`,
		})),
	"/library/templates": async (query, signal) =>
		(await findTemplates(query, signal)).map((one) => ({
			id: one.id,
			label: one.name,
			note: one.subject,
			href: `/library/templates?item=${one.id}`,
		})),
	"/library/articles": async (query, signal) =>
		(await findArticles({ q: query }, MOST, undefined, signal)).results.map(({ id, shown }) => ({
			id,
			label: shown.title,
			href: `/library/articles/${id}/${shown.lang}`,
		})),
	"/library/documents": async (query, signal) =>
		(await findDocuments(query, signal)).map((d) => ({
			id: d.id,
			label: d.name,
			note: d.format.toUpperCase(),
			href: `/library/documents/${d.id}`,
		})),
	"/library/videos": async (query, signal) =>
		(await findVideos(query, MOST, signal)).map((v) => ({ id: v.id, label: v.name, href: `/library/videos/${v.id}` })),
	"/library/quotes": async (query, signal) =>
		(await findQuotes(query, signal)).map(({ id, properties: p }) => ({
			id,
			label: p.hs_title || `#${id}`,
			note: p.hs_quote_number ?? undefined,
			href: `/library/quotes/${id}`,
		})),
	"/library/meetings": async (query, signal) => {
		const wanted = query.toLocaleLowerCase();
		return (await loadBookingPages(undefined, signal))
			.filter((p) => `${p.title} ${p.hostName} ${p.slug}`.toLocaleLowerCase().includes(wanted))
			.map((p) => ({ id: p.id, label: p.title, note: p.hostName, href: `/library/meetings?item=${p.id}` }));
	},
};

export async function findInLibrary(query: string, signal: AbortSignal): Promise<LibraryFound[]> {
	const all = await Promise.allSettled(
		Object.entries(FINDS).map(async ([page, find]) =>
			(await find(query, signal)).slice(0, MOST).map((row) => ({ ...row, page })),
		),
	);
	return all.flatMap((kind) => (kind.status === "fulfilled" ? kind.value : []));
}
