import { describe, expect, it } from "vitest";
import { findQuote, splitQuotedText } from "./quote";

describe("quoted history", () => {
	const quoteOf = (html: string) => {
		const box = document.createElement("div");
		box.innerHTML = html;
		return findQuote(box);
	};

	it("folds a quotation at the end", () => {
		expect(quoteOf("<p>Thanks!</p><blockquote>old</blockquote>")?.textContent).toBe("old");
	});

	it("folds the line that announces it along with it, where the two stand in a box of their own", () => {
		const quote = quoteOf("<p>Thanks!</p><div><p>Ada wrote:</p><blockquote>old</blockquote></div>");
		expect(quote?.textContent).toBe("Ada wrote:old");
	});

	it("folds nothing when only a quotation was sent, or the answer stands below it", () => {
		expect(quoteOf("<blockquote>old</blockquote>")).toBeNull();
		expect(quoteOf("<p>see</p><blockquote>old</blockquote><p>my answer</p>")).toBeNull();
	});

	it("splits plain text at its last run of quoted lines, with the line that announces it", () => {
		expect(splitQuotedText("Yes.\n\nOn Monday Ada wrote:\n> a\n>\n> b\n")).toEqual({
			fresh: "Yes.",
			quoted: "On Monday Ada wrote:\n> a\n>\n> b",
		});
		expect(splitQuotedText("> a\nmy answer").quoted).toBe("");
		expect(splitQuotedText("> only").quoted).toBe("");
	});
});
