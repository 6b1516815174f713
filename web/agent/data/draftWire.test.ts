import { expect, it } from "vitest";
import { fromWire, toWire } from "./draftWire";
import { hasSeen, seenByUsers } from "./seen";

it("a draft comes back from the server as it was written", () => {
	const draft = {
		html: "<p>Hello</p>",
		text: "Hello",
		to: "a@x.example, half typ",
		bcc: "",
		subject: "Other",
		mode: "forward" as const,
		hasNoQuote: true,
		channelAccountId: "3",
		inReplyToId: "7",
		seenId: "9",
		files: [{ id: "12", name: "a.png", contentType: "image/png", sizeBytes: 5, contentId: "x" }],
		savedAt: 1000,
	};
	const wire = JSON.parse(JSON.stringify(toWire(draft, 4, false)));
	expect([wire.version, wire.isForward, wire.dropsKept]).toEqual([4, true, undefined]);
	const back = fromWire({ ...wire, ticketId: "1", kind: "reply", updatedAt: new Date(1000).toISOString() });
	expect(JSON.parse(JSON.stringify(back))).toEqual(draft);
});

it("a reply that was taken back as it would have been sent has its addresses on one line", () => {
	const back = fromWire({
		ticketId: "1",
		kind: "reply",
		version: 1,
		text: "x",
		recipients: { to: ["a@x.example", "b@x.example"] },
	});
	expect([back.to, back.cc, back.html]).toEqual(["a@x.example, b@x.example", undefined, ""]);
});

it("who has seen a ticket: those who are named, or everybody but those who are not", () => {
	expect([
		hasSeen({ seenBy: " 1 15 " }, "5"),
		hasSeen({ seenBy: " 1 15 " }, "15"),
		hasSeen({ seenBy: "" }, "1"),
	]).toEqual([false, true, false]);
	expect([hasSeen({ seenBy: "*" }, "5"), hasSeen({ seenBy: "* -5 " }, "5"), hasSeen({ seenBy: "* -5 " }, "6")]).toEqual(
		[true, false, true],
	);
	expect(seenByUsers({ seenBy: " 1 15 " })).toEqual(["1", "15"]);
	expect(seenByUsers({ seenBy: "* -5 " })).toEqual([]);
});
