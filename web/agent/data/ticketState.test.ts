import { describe, expect, it } from "vitest";
import type { StreamEvent, TicketRow } from "#shared/api/types";
import { belongs, newestFirst, orderOf, specOf } from "./lists/listSpec";
import { idsOf } from "./lists/listWindow";
import * as st from "./ticketState";

const LISTS = ["unassigned", "mine", "open", "closed", "open?sort=oldest", "open?sort=priority", "closed?sort=created"];
const VIEWS = LISTS.filter((key) => !key.includes("?"));

const ME = "7";
const PAGE = 10;
const START = Date.parse("2026-11-01T00:00:00Z");

/* A server in twenty lines: the truth that the browser's state is compared with. */
class Server {
	rows = new Map<string, TicketRow>();
	clock = START;
	nextId = 1;

	tick() {
		this.clock += 60_000;
		return new Date(this.clock).toISOString();
	}

	create(o: Partial<TicketRow> = {}): StreamEvent {
		const id = String(this.nextId++);
		const at = this.tick();
		const ticket: TicketRow = {
			id,
			subject: `s${id}`,
			pipelineId: "0",
			stageId: "1",
			isClosed: false,
			activityAt: at,
			createdAt: at,
			updatedAt: at,
			lastMessageFromVisitor: true,
			version: 1,
			...o,
		};
		this.rows.set(id, ticket);
		return { kind: "ticket.created", ticketId: id, ticket };
	}

	change(id: string, o: Partial<TicketRow>): StreamEvent {
		const old = this.rows.get(id) as TicketRow;
		const ticket = { ...old, ...o, version: old.version + 1 };
		this.rows.set(id, ticket);
		return { kind: "ticket.changed", ticketId: id, ticket };
	}

	mail(id: string): StreamEvent {
		return this.change(id, {
			activityAt: this.tick(),
			lastMessageFromVisitor: true,
		});
	}

	remove(id: string): StreamEvent {
		this.rows.delete(id);
		return { kind: "ticket.deleted", ticketId: id };
	}

	list(key: string) {
		const spec = specOf(key);
		return [...this.rows.values()].filter((r) => belongs(spec, r, ME)).sort(orderOf(spec) ?? newestFirst);
	}

	load(limit = PAGE) {
		let s = st.emptyState(ME);
		for (const key of LISTS) {
			const all = this.list(key);
			s = st.putRows(s, key, { at: 0, rows: all.slice(0, limit), total: all.length }, true);
		}
		return st.setCounts(
			s,
			VIEWS.map((id) => ({ id, count: this.list(id).length })),
		);
	}
}

const listOf = (s: st.TicketState, key: string) => idsOf(st.windowOf(s, key)).map((id) => st.visibleRow(s, id));

function expectSame(s: st.TicketState, server: Server) {
	for (const key of LISTS) {
		expect(listOf(s, key)).toEqual(server.list(key));
		expect(st.windowOf(s, key).total).toBe(server.list(key).length);
	}
	for (const view of VIEWS) expect(s.counts[view]?.count).toBe(server.list(view).length);
}

/* Small and repeatable: the seed is in the name of the test that fails. */
function dice(seed: number) {
	let n = seed;
	return (sides: number) => {
		n = (Math.imul(n, 1103515245) + 12345) >>> 0;
		return (n >>> 8) % sides;
	};
}

function anyEvent(server: Server, roll: (n: number) => number): StreamEvent {
	const ids = [...server.rows.keys()];
	const id = ids[roll(ids.length)];
	if (!id) return server.create();
	const acts = [
		() => server.create({ ownerId: roll(2) ? ME : undefined }),
		() => server.mail(id),
		() => server.change(id, { ownerId: [undefined, ME, "8"][roll(3)] }),
		() => server.change(id, { stageId: "4", isClosed: true }),
		() => server.change(id, { stageId: "2", isClosed: false }),
		() => server.change(id, { subject: `renamed ${roll(99)}` }),
		() => server.remove(id),
	];
	return (acts[roll(acts.length)] as () => StreamEvent)();
}

describe("old state + events == fresh state", () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8])("for all rows loaded, seed %i", (seed) => {
		const roll = dice(seed);
		const server = new Server();
		for (let i = 0; i < 12; i++) server.create({ ownerId: i % 3 ? undefined : ME });
		let s = server.load(1000);
		for (let i = 0; i < 200; i++) {
			s = st.applyEvent(s, anyEvent(server, roll));
			expectSame(s, server);
		}
	});

	it("for the first page of a long view: new mail comes on top, what is beyond the page stays away", () => {
		const server = new Server();
		for (let i = 0; i < 40; i++) server.create();
		let s = server.load();
		s = st.applyEvent(s, server.create());
		expect(st.windowOf(s, "open")).toMatchObject({ total: 41, isStale: false });
		s = st.applyEvent(s, server.mail("2"));
		s = st.applyEvent(s, server.change("1", { subject: "far below the loaded part" }));
		expect(listOf(s, "open")).toEqual(server.list("open").slice(0, listOf(s, "open").length));
		expect(idsOf(st.windowOf(s, "open"))).not.toContain("1");
		/* where it was before nobody knows: what is seen is asked for again */
		expect(st.windowOf(s, "open")).toMatchObject({ total: 41, isStale: true });
	});

	it("for stretches in the middle of a long view: rows above move them, and a row comes once only", () => {
		const server = new Server();
		for (let i = 0; i < 40; i++) server.create();
		let s = server.load();
		s = st.putRows(s, "open", { at: 20, rows: server.list("open").slice(20, 30), total: 40 }, false);
		s = st.applyEvent(s, server.create());
		expect(st.windowOf(s, "open").segments.map((part) => part.at)).toEqual([0, 21]);
		s = st.applyEvent(s, server.change(server.list("open")[25]?.id ?? "", { isClosed: true }));
		expect(st.windowOf(s, "open").segments[1]?.ids).toEqual(
			server
				.list("open")
				.slice(21, 30)
				.map((r) => r.id),
		);
		const moved = server.list("open")[28]?.id ?? "";
		s = st.applyEvent(s, server.mail(moved));
		s = st.putRows(s, "open", { at: 22, rows: server.list("open").slice(22, 32), total: 40 }, false);
		const ids = idsOf(st.windowOf(s, "open"));
		expect(new Set(ids).size).toBe(ids.length);
		for (const part of st.windowOf(s, "open").segments)
			expect(part.ids).toEqual(
				server
					.list("open")
					.slice(part.at, part.at + part.ids.length)
					.map((r) => r.id),
			);
	});

	it("events that come twice or late change nothing", () => {
		const server = new Server();
		server.create();
		let s = server.load();
		const first = server.change("1", { subject: "a" });
		const second = server.change("1", { subject: "b" });
		s = [second, first, second].reduce(st.applyEvent, s);
		expectSame(s, server);
	});
});

describe("a list under the pointer", () => {
	it("does not move: newcomers wait, leavers stay; letting go gives the true order", () => {
		const server = new Server();
		for (let i = 0; i < 5; i++) server.create();
		let s = st.freeze(server.load(), "unassigned", true);
		const before = idsOf(st.windowOf(s, "unassigned"));
		s = st.applyEvent(s, server.create());
		s = st.applyEvent(s, server.change("3", { ownerId: ME }));
		s = st.applyEvent(s, server.mail("1"));
		expect(idsOf(st.windowOf(s, "unassigned"))).toBe(before);
		expect([...st.windowOf(s, "unassigned").left]).toEqual(["3"]);
		expect(st.windowOf(s, "unassigned").held).toEqual(["6"]);
		s = st.freeze(s, "unassigned", false);
		expectSame(s, server);
	});

	it("keeps the open ticket in place after it left the view, until another is opened", () => {
		const server = new Server();
		for (let i = 0; i < 3; i++) server.create();
		let s = st.open(server.load(), "2");
		s = st.applyEvent(s, server.change("2", { isClosed: true, stageId: "4" }));
		expect(idsOf(st.windowOf(s, "open"))).toContain("2");
		s = st.open(s, "1");
		expectSame(s, server);
	});
});

describe("an optimistic change", () => {
	it("shows at once, moves the counts, and leaves no trace when taken back", () => {
		const server = new Server();
		server.create();
		const loaded = server.load();
		let s = st.setPending(loaded, "1", { ownerId: ME });
		expect(s.counts.unassigned?.count).toBe(0);
		expect(s.counts.mine?.count).toBe(1);
		expect(idsOf(st.windowOf(s, "mine"))).toEqual(["1"]);
		s = st.setPending(s, "1", undefined);
		expectSame(s, server);
	});

	it("ends in the server's truth, whether the answer or the event comes first", () => {
		for (const order of ["answer", "event"]) {
			const server = new Server();
			server.create();
			let s = st.setPending(server.load(), "1", { isClosed: true, stageId: "4" });
			const event = server.change("1", { isClosed: true, stageId: "4" });
			const answer = () => st.confirmPending(s, "1", { isClosed: true, stageId: "4" });
			if (order === "answer") s = st.applyEvent(answer(), event);
			else {
				s = st.applyEvent(s, event);
				s = answer();
			}
			expectSame(s, server);
		}
	});
});
