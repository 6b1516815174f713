import { afterEach, expect, it, vi } from "vitest";
import { idsOf } from "./lists/listWindow";
import { ticketStore } from "./ticketStore";

afterEach(() => vi.unstubAllGlobals());

/* Answers each address when the test says so. */
function stubServer() {
	const waiting = new Map<string, (body: unknown) => void>();
	vi.stubGlobal(
		"fetch",
		(url: string) =>
			new Promise((resolve) => {
				waiting.set(String(url).split("?")[0] ?? "", (body) => resolve(new Response(JSON.stringify(body))));
			}),
	);
	return (path: string, body: unknown) => waiting.get(path)?.(body);
}

it("keeps the rows that came while counts were on their way", async () => {
	const answer = stubServer();
	ticketStore.start("1");
	const counts = ticketStore.loadCounts();
	ticketStore.show("open", 0, 10);
	answer("/desk/v1/views/open/tickets", {
		results: [{ id: "7", isClosed: false, activityAt: "2026-01-01T00:00:00Z" }],
		total: 1,
	});
	answer("/desk/v1/views", { results: [{ id: "open", count: 1 }] });
	await counts;
	await vi.waitFor(() => expect(ticketStore.list("open").status).toBe("ready"));
	expect(idsOf(ticketStore.list("open"))).toEqual(["7"]);
});

const row = (id: string, at: string, more = {}) => ({
	id,
	isClosed: false,
	activityAt: `2026-01-0${at}T00:00:00Z`,
	createdAt: `2026-01-0${at}T00:00:00Z`,
	version: 1,
	...more,
});
const event = (ticket: object) =>
	({
		id: "1",
		kind: "ticket.created",
		at: "2026-01-06T00:00:00Z",
		ticketId: (ticket as { id: string }).id,
		ticket,
	}) as never;

it("keeps the events that came while a stretch was on its way", async () => {
	const answer = stubServer();
	ticketStore.start("1");
	ticketStore.show("open", 0, 1);
	answer("/desk/v1/views/open/tickets", { results: [row("7", "5")], total: 2 });
	await vi.waitFor(() => expect(idsOf(ticketStore.list("open"))).toEqual(["7"]));
	ticketStore.apply([event(row("9", "6"))]);
	expect(idsOf(ticketStore.list("open"))).toEqual(["9", "7"]);
});

it("asks the server whether a changed ticket belongs to a view that only the server knows", async () => {
	const answer = stubServer();
	ticketStore.start("1");
	ticketStore.show("123", 0, 10);
	answer("/desk/v1/views/123/tickets", { results: [row("7", "5")], total: 1 });
	await vi.waitFor(() => expect(idsOf(ticketStore.list("123"))).toEqual(["7"]));
	ticketStore.apply([event(row("9", "6")), event(row("7", "5", { version: 2 }))]);
	expect(idsOf(ticketStore.list("123"))).toEqual(["7"]);
	await vi.waitFor(() => {
		answer("/desk/v1/views/123/tickets", { results: [row("9", "6")] });
		expect(idsOf(ticketStore.list("123"))).toEqual(["9"]);
	});
});
