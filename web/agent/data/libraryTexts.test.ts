import { expect, test } from "vitest";
import { asInline, fillHtml, fillText, placeholdersOf } from "./libraryTexts";

const values = new Map([
	["contact.firstname", { name: "contact.firstname", label: "First Name", value: "Anna <b>" }],
	["contact.phone", { name: "contact.phone", label: "Phone Number", value: "" }],
]);

test("tokens become values, escaped where they go into HTML, or the mark of what is missing", () => {
	const html = "<p>Dear {{contact.firstname}}, {{ contact.phone }} {{nobody.knows}}</p>";
	expect(fillHtml(html, values)).toBe(
		"<p>Dear Anna &lt;b&gt;, <mark>[[MISSING CONTACT PHONE NUMBER]]</mark> {{nobody.knows}}</p>",
	);
	expect(fillText("Dear {{contact.firstname}}", values)).toBe("Dear Anna <b>");
});

test("a token whose property nobody knows is marked: it never reaches a customer", () => {
	expect(fillHtml("<p>{{contact.fristname}} {{deal.close_date}}</p>", values)).toBe(
		"<p><mark>[[MISSING CONTACT FRISTNAME]]</mark> <mark>[[MISSING DEAL CLOSE DATE]]</mark></p>",
	);
	expect(fillText("{{contact.fristname}}", values)).toBe("[[MISSING CONTACT FRISTNAME]]");
});

test("in the address of a link a value is encoded, and one that is missing is marked where it is seen", () => {
	const mail = new Map([
		["contact.email", { name: "contact.email", label: "Email", value: "a&b@x.example" }],
		["company.website", { name: "company.website", label: "Website", value: "https://x.example/?a=1&b=2" }],
	]);
	expect(
		fillHtml('<p><a href="https://s.example/?m={{contact.email}}&amp;t={{contact.phone}}">you</a></p>', mail),
	).toBe('<p><mark>[[MISSING CONTACT PHONE]]</mark> <a href="https://s.example/?m=a%26b@x.example&amp;t=">you</a></p>');
	expect(fillHtml('<a href="{{company.website}}">{{company.website}}</a>', mail)).toBe(
		'<a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>',
	);
});

test("a token of which a part is bold is one", () => {
	expect(fillHtml("<p>{{contact.<strong>firstname</strong>}} {{contact.<b>firstname}} x</b></p>", values)).toBe(
		"<p>Anna &lt;b&gt;<strong></strong> Anna &lt;b&gt;<b> x</b></p>",
	);
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
