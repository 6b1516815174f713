import { describe, expect, test } from "vitest";
import type { Message } from "#shared/api/types";
import type { ThreadEvent } from "../../data/threadEvents";
import { threadItems } from "./threadItems";

const message = (id: string, minute: number, threadId = "1") =>
	({ id, threadId, createdAt: `2026-11-21T10:${String(minute).padStart(2, "0")}:00Z` }) as Message;
const event = (minute: number): ThreadEvent => ({
	kind: "changed",
	at: `2026-11-21T10:${String(minute).padStart(2, "0")}:00Z`,
	changes: [],
});
const shape = (...args: Parameters<typeof threadItems>) =>
	threadItems(...args).map((i) =>
		i.kind === "events" ? `${i.events.length} events` : i.kind === "message" ? i.id : "new",
	);

describe("the items of a thread", () => {
	test("what happened stands between the messages of before and after", () => {
		const events = [event(1), event(12), event(13), event(30)];
		expect(shape([message("a", 10), message("b", 20)], events, false)).toEqual([
			"1 events",
			"a",
			"2 events",
			"b",
			"1 events",
		]);
	});
	test("what belongs to earlier messages waits for them", () => {
		expect(shape([message("b", 20)], [event(1), event(30)], true)).toEqual(["b", "1 events"]);
	});
	test("another conversation of the ticket is marked where it begins, a single one is not", () => {
		expect(shape([message("a", 1), message("b", 2, "2"), message("c", 3, "2"), message("d", 4)], [], false)).toEqual([
			"new",
			"a",
			"new",
			"b",
			"c",
			"new",
			"d",
		]);
		expect(shape([message("a", 1), message("b", 2)], [], false)).toEqual(["a", "b"]);
	});
});
