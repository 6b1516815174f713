import { expect, test } from "vitest";
import { asInline, fillHtml, fillText, placeholdersOf } from "./libraryTexts";

const values = new Map([
	["contact.firstname", { name: "contact.firstname", label: "First Name", value: "Anna <b>" }],
	["contact.phone", { name: "contact.phone", label: "Phone Number", value: "" }],
]);

test("tokens become values, escaped where they go into HTML, or the mark of what is missing", () => {
	const html = "<p>Dear {{contact.firstname}}, {{ contact.phone }} {{contact.nobody}}</p>";
	expect(fillHtml(html, values)).toBe(
		"<p>Dear Anna &lt;b&gt;, <mark>[[MISSING CONTACT PHONE NUMBER]]</mark> {{contact.nobody}}</p>",
	);
	expect(fillText("Dear {{contact.firstname}}", values)).toBe("Dear Anna <b>");
});

test("values are never read as tokens again", () => {
	const sly = new Map([["ticket.subject", { name: "ticket.subject", label: "x", value: "{{placeholder.a}}" }]]);
	expect(fillText("{{ticket.subject}}", sly, { a: "b" })).toBe("{{placeholder.a}}");
});

test("placeholders are named each once, and are what was typed, or marked", () => {
	const html = "<p>{{placeholder.Order &amp; date}} {{placeholder.x}} {{placeholder.x}}</p>";
	expect(placeholdersOf(html, "{{placeholder.y}}")).toEqual(["y", "Order & date", "x"]);
	expect(fillHtml(html, new Map(), { x: "<7>", y: "8" })).toBe(
		"<p><mark>[[MISSING ORDER &amp; DATE]]</mark> &lt;7&gt; &lt;7&gt;</p>",
	);
});

test("a text of one paragraph continues the line", () => {
	expect(asInline("<p>one <b>line</b></p>")).toBe("one <b>line</b>");
	expect(asInline("<p>one</p><p>two</p>")).toBe("<p>one</p><p>two</p>");
	expect(asInline("<ul><li><p>x</p></li></ul>")).toBe("<ul><li><p>x</p></li></ul>");
});
