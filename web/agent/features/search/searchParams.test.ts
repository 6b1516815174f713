import { describe, expect, it } from "vitest";
import { hasFilters, readSearch, wireQuery } from "./searchParams";

describe("the address of a search", () => {
	it("keeps what it knows and drops what it does not", () => {
		expect(readSearch({ q: 42, kind: "message", status: "stolen", from: "2026-11-21", to: "soon", x: 1 })).toEqual({
			q: "42",
			kind: "message",
			from: "2026-11-21",
		});
	});

	it("asks for whole days, the last one included", () => {
		const query = wireQuery({ q: "a", from: "2026-11-01", to: "2026-11-30" });
		expect(new Date(String(query.before)).getTime() - new Date(String(query.from)).getTime()).toBeGreaterThan(
			29.9 * 24 * 3600_000,
		);
	});

	it("tells filters from what is looked for", () => {
		expect(hasFilters({ q: "a", kind: "ticket" })).toBe(false);
		expect(hasFilters({ owner: "none" })).toBe(true);
	});
});
