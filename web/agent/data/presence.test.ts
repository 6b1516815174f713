import { beforeEach, expect, it } from "vitest";
import { applyPresence, clearPresence, presentOn, setPresence } from "./presence";

beforeEach(clearPresence);

const news = (userId: string, state: "away" | "viewing" | "reply", isTyping = false) =>
	applyPresence({ ticketId: "7", userId, state, isTyping });

it("has everybody once, as he was last told of, until he is away", () => {
	news("1", "viewing");
	news("2", "viewing");
	news("1", "reply", true);
	expect(presentOn("7")).toEqual([
		{ userId: "2", state: "viewing", isTyping: false },
		{ userId: "1", state: "reply", isTyping: true },
	]);
	expect(presentOn("8")).toEqual([]);
	news("1", "away");
	news("2", "away");
	expect(presentOn("7")).toEqual([]);
});

it("takes the answer to a beat for the whole of a ticket", () => {
	news("1", "viewing");
	setPresence("7", [{ userId: "3", state: "comment", isTyping: false }]);
	expect(presentOn("7").map((p) => p.userId)).toEqual(["3"]);
});

it("gives the same list while nothing changes", () => {
	news("1", "viewing");
	expect(presentOn("7")).toBe(presentOn("7"));
	expect(presentOn("8")).toBe(presentOn("9"));
});
