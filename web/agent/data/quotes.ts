/* Quotes with their lines, and the products that lines are made from. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { CrmObject, Id, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

export const QUOTE_STATES = ["DRAFT", "PUBLISHED", "ACCEPTED", "DECLINED", "EXPIRED"] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];
export const QUOTE_LINKS = ["contactId", "companyId", "dealId", "ticketId"] as const;
export type QuoteLink = (typeof QUOTE_LINKS)[number];

export interface QuoteLine {
	id?: Id;
	productId?: Id;
	name: string;
	description: string;
	sku: string;
	quantity: string;
	price: string;
	discount: string;
	discountPercentage: string;
	taxRate: string;
	net: string;
}

export interface QuotePaper {
	number: string;
	version: number;
	title: string;
	lang: string;
	currency: string;
	places: number;
	publishedAt?: Time;
	expiresAt?: Time;
	terms: string;
	comments: string;
	net: string;
	tax: string;
	total: string;
	lines: QuoteLine[];
	taxes: { rate: string; base: string; amount: string }[];
}

export interface QuoteVersion {
	version: number;
	state: Exclude<QuoteState, "DRAFT"> | "RECALLED";
	publishedAt: Time;
	publishedBy?: Id;
	expiresAt?: Time;
	viewedAt?: Time;
	answeredAt?: Time;
	answerName: string;
	answerReason: string;
	recalledAt?: Time;
	recalledBy?: Id;
}

export interface Quote {
	id: Id;
	objectVersion: number;
	state: QuoteState;
	ownerId?: Id;
	url?: string;
	/* Why a draft cannot be published. */
	fault?: string;
	links: Partial<Record<QuoteLink, { id: Id; label: string }>>;
	paper: QuotePaper;
	versions: QuoteVersion[];
}

export type QuoteIn = Partial<Record<QuoteLink, Id | null>> & {
	title?: string;
	currency?: string;
	language?: string;
	expiresAt?: string;
	terms?: string;
	comments?: string;
	lines?: Omit<QuoteLine, "net">[];
	objectVersion?: number;
};

const ROOT = "quotes";
const at = (id: Id) => `/desk/v1/quotes/${id}`;
export const quotePdf = (id: Id) => `${at(id)}/pdf`;

function keep(quote: Quote): Quote {
	queryClient.setQueryData([ROOT, "one", quote.id], quote);
	void queryClient.invalidateQueries({ queryKey: [ROOT, "list"] });
	return quote;
}

export const useQuote = (id: Id) =>
	useQuery({ queryKey: [ROOT, "one", id], queryFn: () => http.get<Quote>(at(id)), retry: false });
export const createQuote = async (body: QuoteIn) => keep(await http.post<Quote>("/desk/v1/quotes", body));
export const updateQuote = async (id: Id, body: QuoteIn) => keep(await http.patch<Quote>(at(id), body));
export const publishQuote = async (id: Id) => keep(await http.post<Quote>(`${at(id)}/publish`));
export const recallQuote = async (id: Id) => keep(await http.post<Quote>(`${at(id)}/recall`));
export const loadQuote = (id: Id) => http.get<Quote>(at(id));

export async function removeObject(type: "quotes" | "products", id: Id) {
	await http.remove(`/crm/v3/objects/${type}/${id}`);
	await queryClient.invalidateQueries({ queryKey: [type] });
}

export async function restoreObject(type: "quotes" | "products", id: Id) {
	await http.post(`/desk/v1/objects/${type}/${id}/restore`);
	await queryClient.invalidateQueries({ queryKey: [type] });
}

/* Lists -------------------------------------------------------------------------------------------------------------- */

interface Found {
	total: number;
	results: CrmObject[];
	paging?: { next: { after: string } };
}
interface Filter {
	propertyName: string;
	operator: string;
	value?: string;
	values?: string[];
}

const QUOTE_PROPERTIES = [
	"hs_title",
	"quote_state",
	"hs_quote_number",
	"hs_quote_amount",
	"hs_currency",
	"hs_expiration_date",
	"hs_lastmodifieddate",
	"hubspot_owner_id",
];

/* What was made before there were states is a draft. */
const groupsOf = (state: QuoteState | undefined): { filters: Filter[] }[] => {
	if (!state) return [];
	const is: Filter = { propertyName: "quote_state", operator: "EQ", value: state };
	const none: Filter = { propertyName: "quote_state", operator: "NOT_HAS_PROPERTY" };
	return state === "DRAFT" ? [{ filters: [is] }, { filters: [none] }] : [{ filters: [is] }];
};

const search = (type: "quotes" | "products", body: object, signal?: AbortSignal) =>
	http.post<Found>(
		`/crm/v3/objects/${type}/search`,
		{ limit: 50, sorts: [{ propertyName: "hs_lastmodifieddate", direction: "DESCENDING" }], ...body },
		{ signal },
	);

export const stateOf = (o: CrmObject) => (o.properties.quote_state || "DRAFT") as QuoteState;

export const useQuotes = (query: string, state: QuoteState | undefined) =>
	useInfiniteQuery({
		queryKey: [ROOT, "list", query, state],
		queryFn: ({ pageParam, signal }) =>
			search(
				"quotes",
				{ query: query || undefined, after: pageParam, properties: QUOTE_PROPERTIES, filterGroups: groupsOf(state) },
				signal,
			),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		placeholderData: (before) => before,
	});

/* In any state, those changed last first. */
export const findQuotes = async (query: string, signal: AbortSignal) =>
	(await search("quotes", { query, properties: QUOTE_PROPERTIES }, signal)).results;

/* Those that can be sent, linked with one of these records; without any, all. */
export const findPublished = async (
	query: string,
	linked: { type: string; ids: string[] } | undefined,
	signal: AbortSignal,
) =>
	(
		await search(
			"quotes",
			{
				query: query || undefined,
				properties: QUOTE_PROPERTIES,
				filterGroups: [
					{
						filters: [
							{ propertyName: "quote_state", operator: "EQ", value: "PUBLISHED" },
							...(linked ? [{ propertyName: `associations.${linked.type}`, operator: "IN", values: linked.ids }] : []),
						],
					},
				],
			},
			signal,
		)
	).results;

/* Of a ticket: by the newest change. */
export const useQuotesOf = (type: string, id: Id) =>
	useQuery({
		queryKey: [ROOT, "list", "of", type, id],
		queryFn: async ({ signal }) =>
			(
				await search(
					"quotes",
					{
						properties: QUOTE_PROPERTIES,
						filterGroups: [{ filters: [{ propertyName: `associations.${type}`, operator: "EQ", value: id }] }],
					},
					signal,
				)
			).results,
	});

/* Products ------------------------------------------------------------------------------------------------------------- */

export const PRODUCT_PROPERTIES = ["name", "hs_sku", "price", "hs_currency", "hs_tax_rate", "description"] as const;
export type ProductProperties = Record<(typeof PRODUCT_PROPERTIES)[number], string>;

export const useProducts = (query: string, isWanted = true) =>
	useInfiniteQuery({
		queryKey: ["products", "list", query],
		queryFn: ({ pageParam, signal }) =>
			search("products", { query: query || undefined, after: pageParam, properties: PRODUCT_PROPERTIES }, signal),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		placeholderData: (before) => before,
		enabled: isWanted,
	});

export async function saveProduct(id: Id | undefined, properties: ProductProperties) {
	if (id) await http.patch(`/crm/v3/objects/products/${id}`, { properties });
	else await http.post("/crm/v3/objects/products", { properties });
	await queryClient.invalidateQueries({ queryKey: ["products"] });
}
