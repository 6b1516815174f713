import { afterEach, expect, it, vi } from "vitest";
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
	const first = ticketStore.loadFirst("open");
	answer("/desk/v1/views/open/tickets", {
		results: [{ id: "7", isClosed: false, activityAt: "2026-01-01T00:00:00Z" }],
	});
	await first;
	answer("/desk/v1/views", { results: [{ id: "open", count: 1 }] });
	await counts;
	expect(ticketStore.window("open").ids).toEqual(["7"]);
	expect(ticketStore.window("open").status).toBe("ready");
});

it("keeps the events that came while the next page was on its way", async () => {
	const answer = stubServer();
	const row = (id: string, at: string) => ({ id, isClosed: false, activityAt: `2026-01-0${at}T00:00:00Z`, version: 1 });
	ticketStore.start("1");
	const first = ticketStore.loadFirst("open");
	answer("/desk/v1/views/open/tickets", { results: [row("7", "5")], paging: { next: { after: "x" } } });
	await first;
	const more = ticketStore.loadMore("open");
	const ticket = row("9", "6") as never;
	ticketStore.apply([{ id: "1", kind: "ticket.created", at: "2026-01-06T00:00:00Z", ticketId: "9", ticket }]);
	answer("/desk/v1/views/open/tickets", { results: [row("3", "2")] });
	await more;
	expect(ticketStore.window("open").ids).toEqual(["9", "7", "3"]);
});
