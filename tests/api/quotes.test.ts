/* Quotes: what they cost, what becomes of them, and what whoever has the link sees of it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const QUOTES = "/desk/v1/quotes";
const DAY = 86_400_000;
const inDays = (n: number) => new Date(Date.now() + n * DAY).toISOString();

/* The text of a PDF, as somebody else's program reads it. */
export function pdfText(bytes: Buffer): string {
	const { stdout, status, stderr } = spawnSync("pdftotext", ["-layout", "-", "-"], { input: bytes, maxBuffer: 64 << 20 });
	assert.equal(status, 0, String(stderr));
	return stdout.toString("utf8");
}

forEachEngine((engine) => {
	const at = desk(engine);
	const get = async (type: string, id: string, ...names: string[]) => (await expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}?properties=${names.join(",")}`), 200)).properties;
	const line = (more: object = {}) => ({ name: "Chair", quantity: "2", price: "10", ...more });
	const draft = (more: object = {}) => expectStatus(at.call("POST", QUOTES, { title: "Ten chairs", currency: "EUR", lines: [line()], ...more }), 201);
	const publish = (id: string) => expectStatus(at.call("POST", `${QUOTES}/${id}/publish`), 200);
	const recall = (id: string) => expectStatus(at.call("POST", `${QUOTES}/${id}/recall`), 200);
	const read = (id: string) => expectStatus(at.call("GET", `${QUOTES}/${id}`), 200);
	const pdfOf = async (id: string) => Buffer.from(await (await fetch(`${at.bellhop.url}${QUOTES}/${id}/pdf`, { headers: { authorization: `Bearer ${at.bellhop.token}` } })).arrayBuffer());
	const local = (url: string) => `${at.bellhop.url}${new URL(url).pathname}`;
	const look = async (url: string, language = "en") => {
		const answer = await fetch(local(url), { headers: { "accept-language": language } });
		return { status: answer.status, text: await answer.text(), headers: answer.headers };
	};
	const answer = async (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
		const got = await fetch(local(url), { method: "POST", headers: { origin: at.bellhop.url, ...headers }, body: new URLSearchParams(fields) });
		return { status: got.status, text: await got.text() };
	};
	const accept = (url: string, name = "Bea Buyer") => answer(url, { answer: "accept", name, agree: "yes" });

	describe("what it costs", () => {
		const cases: { lines: object[]; currency?: string; net: string; tax: string; total: string; nets: string[] }[] = [
			{ lines: [line()], net: "20.00", tax: "0.00", total: "20.00", nets: ["20.00"] },
			{ lines: [line({ quantity: "3", price: "0.335" })], net: "1.01", tax: "0.00", total: "1.01", nets: ["1.01"] },
			{ lines: [line({ quantity: "3", price: "19.99", discount: "0.99", discountPercentage: "10", taxRate: "19" })], net: "51.30", tax: "9.75", total: "61.05", nets: ["51.30"] },
			{ lines: [line({ quantity: 1, price: 0.1, taxRate: 7 }), line({ quantity: 1, price: 0.2, taxRate: "7.0" }), line({ quantity: 1, price: "0.30", taxRate: 19 })], net: "0.60", tax: "0.08", total: "0.68", nets: ["0.10", "0.20", "0.30"] },
			{ currency: "JPY", lines: [line({ quantity: "3", price: "33.5", taxRate: "10" })], net: "101", tax: "10", total: "111", nets: ["101"] },
			{ currency: "KWD", lines: [line({ quantity: "1", price: "1.0005" })], net: "1.001", tax: "0.000", total: "1.001", nets: ["1.001"] },
			{ lines: [line({ quantity: "999999999", price: "999999999999.999999" })], net: "999999998999999999000.00", tax: "0.00", total: "999999998999999999000.00", nets: ["999999998999999999000.00"] },
		];
		test("lines are rounded to the currency's minor unit, taxes by rate, and what is shown adds up", async () => {
			for (const { lines, currency = "EUR", net, tax, total, nets } of cases) {
				const { id, paper } = await draft({ lines, currency });
				assert.deepEqual([paper.net, paper.tax, paper.total, paper.lines.map((l: any) => l.net)], [net, tax, total, nets], JSON.stringify(lines));
				const shown = (await get("quotes", id, "hs_quote_amount")).hs_quote_amount;
				assert.equal(Number(shown), Number(total), "hs_quote_amount is what the customer pays");
			}
		});

		test("what cannot be is refused with the line and the field, and nothing is written", async () => {
			const { id } = await draft();
			const bad: [object, string, RegExp][] = [
				[{ price: "-1" }, "lines[1].price", /Line 2: the price is negative/],
				[{ quantity: "1e12" }, "lines[1].quantity", /more than 9 digits/],
				[{ price: "1e300" }, "lines[1].price", /no number/],
				[{ price: "ten" }, "lines[1].price", /no number/],
				[{ price: "1.0000001" }, "lines[1].price", /more than 6 decimal places/],
				[{ discount: "11" }, "lines[1].discount", /higher than the price/],
				[{ discountPercentage: "100.5" }, "lines[1].discountPercentage", /more than 100/],
				[{ taxRate: "-0.1" }, "lines[1].taxRate", /negative/],
				[{ price: "9".repeat(100) }, "lines[1].price", /too long/],
				[{ name: "x".repeat(501) }, "lines[1].name", /at most 500 characters/],
				[{ name: ["x"] }, "lines[1].name", /is text/],
				[{ id: "999999" }, "lines[1].id", /none of this quote/],
			];
			for (const [more, field, sentence] of bad) {
				const body = await refused(at.call("PATCH", `${QUOTES}/${id}`, { lines: [line({ name: "Changed" }), line(more)] }), 400);
				assert.equal(body.errors[0].context?.propertyName?.[0] ?? body.errors[0].in, field, JSON.stringify(body));
				assert.match(body.errors[0].message, sentence);
			}
			await refused(at.call("PATCH", `${QUOTES}/${id}`, { lines: Array.from({ length: 201 }, () => line()) }), 400, /at most 200 lines/);
			for (const body of [{ currency: "EURO" }, { currency: "eur" }, { title: " " }, { title: "x".repeat(201) }, { expiresAt: "soon" }, { contactId: "999999" }, { dealId: "x" }, { lines: {} }, { lines: [7] }]) await refused(at.call("PATCH", `${QUOTES}/${id}`, body), 400);
			assert.deepEqual((await read(id)).paper.lines.map((l: any) => l.name), ["Chair"]);
		});

		test("lines are the line items that the API knows: changed, ordered, removed and added in one call", async () => {
			const { id, paper } = await draft({ lines: [line({ name: "A", sku: "a-1", taxRate: "19" }), line({ name: "B" }), line({ name: "C" })] });
			const [a, b, c] = paper.lines;
			const changed = await expectStatus(at.call("PATCH", `${QUOTES}/${id}`, { lines: [{ ...c, quantity: "5" }, a, line({ name: "D" })] }), 200);
			assert.deepEqual(changed.paper.lines.map((l: any) => [l.name, l.id === c.id || l.id === a.id]), [["C", true], ["A", true], ["D", false]]);
			assert.deepEqual(await get("line_items", c.id, "quantity", "amount", "hs_position_on_quote").then((p) => [p.quantity, p.amount, p.hs_position_on_quote]), ["5", "50", "0"]);
			assert.equal((await get("line_items", a.id, "hs_tax_rate")).hs_tax_rate, "19");
			await refused(at.call("GET", `${OBJECTS}/line_items/${b.id}`), 404);
			const links = await expectStatus(at.call("GET", `/crm/v4/objects/quotes/${id}/associations/line_items`), 200);
			assert.equal(links.results.length, 3);
			/* somebody else writes a line item: the quote shows it */
			await expectStatus(at.call("PATCH", `${OBJECTS}/line_items/${a.id}`, { properties: { price: "100" } }), 200);
			assert.equal((await read(id)).paper.total, "308.00");
		});
	});

	describe("what becomes of it", () => {
		test("a published quote has a number, a link and a PDF, is locked, and its properties say so", async () => {
			const contact = await newContact(at.call, `bea-${engine}@customer.example`, { firstname: "Bea", lastname: "Buyer" });
			const company = await newCompany(at.call, "Buyers & Sons <Ltd>");
			const ticket = await newTicket(at.call);
			const deal = await expectStatus(at.call("POST", `${OBJECTS}/deals`, { properties: { dealname: "Chairs", pipeline: "default", dealstage: "qualifiedtobuy" } }), 201);
			const made = await draft({ title: "Chairs & <tables>", expiresAt: inDays(10), terms: "Pay in 30 days.\nNo <b>returns</b>.", contactId: contact.id, companyId: company.id, dealId: deal.id, ticketId: ticket.id, lines: [line({ taxRate: "19" })] });
			assert.deepEqual([made.state, made.url, made.fault, made.links.contactId.label, made.links.companyId.label, made.links.dealId.id, made.links.ticketId.id], ["DRAFT", undefined, undefined, "Bea Buyer", "Buyers & Sons <Ltd>", deal.id, ticket.id]);
			const quote = await publish(made.id);
			assert.equal(quote.state, "PUBLISHED");
			assert.match(quote.paper.number, /^Q-\d{5}$/);
			assert.ok(new URL(quote.url).pathname.length > "/q/".length + 22, "128 bits at least");
			const names = ["hs_status", "quote_state", "hs_quote_number", "hs_public_url_key", "hs_quote_link", "hs_quote_amount", "quote_version"];
			const shown = await get("quotes", made.id, ...names);
			assert.deepEqual(names.map((n) => shown[n]), ["APPROVAL_NOT_NEEDED", "PUBLISHED", quote.paper.number, new URL(quote.url).pathname.slice(3), quote.url, "23.8", "1"]);

			await refused(at.call("PATCH", `${QUOTES}/${made.id}`, { title: "Other" }), 409, /Recall it/);
			await refused(at.call("PATCH", `${OBJECTS}/quotes/${made.id}`, { properties: { hs_title: "Other" } }), 409, /Recall it/);
			const item = quote.paper.lines[0].id;
			await refused(at.call("PATCH", `${OBJECTS}/line_items/${item}`, { properties: { price: "1" } }), 409, /Recall it/);
			await refused(at.call("DELETE", `${OBJECTS}/line_items/${item}`), 409, /Recall it/);
			await refused(at.call("DELETE", `/crm/v4/objects/quotes/${made.id}/associations/line_items/${item}`), 409, /Recall it/);
			await refused(at.call("POST", `${OBJECTS}/line_items`, { properties: { name: "More", price: "1" }, associations: [{ to: { id: made.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 68 }] }] }), 409);
			await refused(at.call("POST", `${QUOTES}/${made.id}/publish`), 409, /already/);
			await expectStatus(at.call("PATCH", `${OBJECTS}/quotes/${made.id}`, { properties: { hubspot_owner_id: "" } }), 200);

			const page = await look(quote.url);
			assert.equal(page.status, 200);
			for (const part of ["Chairs &amp; &lt;tables&gt;", quote.paper.number, "Buyers &amp; Sons &lt;Ltd&gt;", "€20.00", "Tax 19% on €20.00", "€3.80", "€23.80", "No &lt;b&gt;returns&lt;/b&gt;.", "Accept", "Decline"]) assert.ok(page.text.includes(part), part);
			assert.match(page.text, /<html lang="en"/);
			assert.match(page.text, /noindex/);
			assert.ok(!/<script/.test(page.text));
			const german = await look(quote.url, "de");
			assert.ok(german.text.includes("23,80\u00a0€"), german.text);

			const before = await pdfOf(made.id);
			await waitFor("the PDF is kept", async () => (await sql(at.bellhop, `SELECT pdf_blob FROM quote_version WHERE quote_id = ${made.id} AND pdf_blob <> ''`)) !== "");
			const after = await pdfOf(made.id);
			assert.ok(before.equals(after), "drawn twice it is the same file");
			const text = pdfText(after);
			for (const part of ["Chairs & <tables>", quote.paper.number, "Buyers & Sons <Ltd>", "Chair", "€23.80", "No <b>returns</b>.", "Page 1 of 1"]) assert.ok(text.includes(part), `${part} in ${text}`);
			const download = await fetch(`${local(quote.url)}/pdf`);
			assert.deepEqual([download.status, download.headers.get("content-type"), download.headers.get("content-disposition"), download.headers.get("x-content-type-options")], [200, "application/pdf", `attachment; filename="${quote.paper.number}.pdf"`, "nosniff"]);
			assert.ok(Buffer.from(await download.arrayBuffer()).equals(after));
		});

		test("what is missing is said before and when it is published", async () => {
			const faults: [object, RegExp][] = [
				[{ lines: [] }, /no lines/],
				[{ lines: [{ price: "1" }] }, /Line 1 has no name/],
				[{ expiresAt: new Date(Date.now() - DAY).toISOString() }, /expiry date has passed/],
			];
			for (const [more, sentence] of faults) {
				const { id, fault } = await draft(more);
				assert.match(fault, sentence);
				await refused(at.call("POST", `${QUOTES}/${id}/publish`), 400, sentence);
			}
			/* what others wrote, by the API */
			const quote = await expectStatus(at.call("POST", `${OBJECTS}/quotes`, { properties: { hs_title: "By others", hs_currency: "EUR" } }), 201);
			await expectStatus(at.call("POST", `${OBJECTS}/line_items`, { properties: { name: "Odd", price: "-5" }, associations: [{ to: { id: quote.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 68 }] }] }), 201);
			await refused(at.call("POST", `${QUOTES}/${quote.id}/publish`), 400, /Line 1: the price is negative/);
		});

		test("who accepts is asked for his name and his consent, and accepts once", async () => {
			const { id, url } = await publish((await draft()).id);
			const noName = await answer(url, { answer: "accept", name: " ", agree: "yes" });
			assert.equal(noName.status, 400);
			assert.match(noName.text, /role="alert">Please enter your name/);
			const noConsent = await answer(url, { answer: "accept", name: 'Bea "B" Buyer' });
			assert.equal(noConsent.status, 400);
			assert.match(noConsent.text, /value="Bea &quot;B&quot; Buyer"/, "what was typed is there again");
			const long = await answer(url, { answer: "accept", name: "x".repeat(300), agree: "yes" });
			assert.equal(long.status, 400);
			assert.equal((await read(id)).state, "PUBLISHED");
			/* ten at once, as of a double click, and two who say no */
			const all = await Promise.all([...Array.from({ length: 10 }, () => accept(url)), answer(url, { answer: "decline", reason: "late" }), answer(url, { answer: "decline" })]);
			assert.ok(all.every((a) => a.status === 200));
			const after = await read(id);
			const yes = after.state === "ACCEPTED";
			assert.equal(all.filter((a) => a.text.includes(yes ? "accepted this quote on" : "was declined on")).length, 12, "everybody hears the same");
			assert.equal((await sql(at.bellhop, `SELECT count(*) FROM job WHERE kind = 'mail.quote' AND about_id IN (SELECT id FROM quote_version WHERE quote_id = ${id}) AND body = 'owner'`)) <= "1", true);
			const history = await expectStatus(at.call("GET", `${OBJECTS}/quotes/${id}?propertiesWithHistory=quote_state`), 200);
			assert.deepEqual(history.propertiesWithHistory.quote_state.map((h: any) => h.value), [after.state, "PUBLISHED", "DRAFT"]);
		});

		test("an accepted quote says by whom and when, keeps a keyed hash of where from, and stays", async () => {
			const { id, url } = await publish((await draft()).id);
			await accept(url, "  Bea Buyer ");
			const quote = await read(id);
			assert.deepEqual([quote.state, quote.versions[0].answerName], ["ACCEPTED", "Bea Buyer"]);
			assert.ok(Math.abs(Date.parse(quote.versions[0].answeredAt) - Date.now()) < 60_000);
			const hash = await sql(at.bellhop, `SELECT address_hash FROM quote_version WHERE quote_id = ${id}`);
			assert.match(hash, /^[\w-]{43}$/);
			const names = ["quote_state", "quote_answered_by"];
			assert.deepEqual(Object.fromEntries(names.map((n) => [n, 1])) && names.map(async (n) => (await get("quotes", id, n))[n]).length, 2);
			assert.equal((await get("quotes", id, "quote_answered_by")).quote_answered_by, "Bea Buyer");
			await refused(at.call("POST", `${QUOTES}/${id}/recall`), 409, /accepted/);
			await refused(at.call("PATCH", `${OBJECTS}/quotes/${id}`, { properties: { hs_terms: "Other" } }), 409, /accepted/);
			const page = await look(url);
			assert.match(page.text, /role="status">Bea Buyer accepted this quote on/);
			assert.ok(!page.text.includes("<form"));
		});

		test("declining needs no name, and may give a reason", async () => {
			const { id, url } = await publish((await draft()).id);
			const got = await answer(url, { answer: "decline", reason: "Too <dear>" });
			assert.equal(got.status, 200);
			assert.match(got.text, /was declined on/);
			const quote = await read(id);
			assert.deepEqual([quote.state, quote.versions[0].answerReason], ["DECLINED", "Too <dear>"]);
			assert.equal((await get("quotes", id, "quote_decline_reason")).quote_decline_reason, "Too <dear>");
			const again = await recall(id);
			assert.equal(again.state, "DRAFT");
		});

		test("a recalled quote is a draft again, its link is dead, and the next version has another one and the same number", async () => {
			const { id, url, paper } = await publish((await draft()).id);
			const back = await recall(id);
			assert.deepEqual([back.state, back.url, back.versions[0].state], ["DRAFT", undefined, "RECALLED"]);
			assert.equal((await get("quotes", id, "hs_public_url_key")).hs_public_url_key ?? "", "");
			const page = await look(url);
			assert.equal(page.status, 410);
			assert.match(page.text, /withdrawn by its sender/);
			assert.ok(!page.text.includes("Chair") && !page.text.includes("Ten chairs"), "nothing of it is named");
			assert.equal((await fetch(`${local(url)}/pdf`)).status, 410);
			assert.equal((await accept(url)).status, 410);
			assert.equal((await read(id)).state, "DRAFT");
			await expectStatus(at.call("PATCH", `${QUOTES}/${id}`, { lines: [line({ price: "99" })] }), 200);
			const next = await publish(id);
			assert.deepEqual([next.paper.number, next.paper.version, next.paper.total], [paper.number, 2, "198.00"]);
			assert.notEqual(next.url, url);
			assert.equal((await look(next.url)).status, 200);
			assert.equal((await look(url)).status, 410);
			assert.deepEqual(next.versions.map((v: any) => [v.version, v.state]), [[2, "PUBLISHED"], [1, "RECALLED"]]);
			await refused(at.call("POST", `${QUOTES}/${(await draft()).id}/recall`), 409, /not published/);
		});

		test("a day that a quote is valid until is meant to its end, on the desk's clocks", async () => {
			await expectStatus(at.call("PATCH", "/desk/v1/account", { timeZone: "America/Los_Angeles" }), 200);
			const { id, paper } = await draft({ expiresAt: "2099-12-24" });
			assert.equal(paper.expiresAt, "2099-12-25T07:59:59.999Z");
			assert.match((await look((await publish(id)).url)).text, /24 December 2099/);
			await expectStatus(at.call("PATCH", "/desk/v1/account", { timeZone: "Asia/Tokyo" }), 200);
			assert.equal((await draft({ expiresAt: "2099-07-01" })).paper.expiresAt, "2099-07-01T14:59:59.999Z");
			await expectStatus(at.call("PATCH", "/desk/v1/account", { timeZone: "UTC" }), 200);
			await refused(at.call("POST", QUOTES, { title: "x", expiresAt: "2099-13-01" }), 400, /not a valid date/);
		});

		test("a name that was typed, a title and the name of a line are one line that reads as it is written", async () => {
			const { id, paper } = await draft({ title: " Two\r\nBcc: x@evil.example \u202e", lines: [line({ name: "A\u202eB\tC" })] });
			assert.deepEqual([paper.title, paper.lines[0].name], ["Two  Bcc: x@evil.example", "AB C"]);
			await refused(at.call("PATCH", `${QUOTES}/${id}`, { title: "\u200b\u202e" }), 400, /has a title/);
			const { url } = await publish(id);
			assert.equal((await accept(url, "\u200b\u202e")).status, 400);
			assert.equal((await accept(url, "Bea\r\nBcc: x@evil.example \u202e")).status, 200);
			assert.equal((await read(id)).versions[0].answerName, "Bea  Bcc: x@evil.example");
		});

		test("a line that is named twice is refused, and nothing is lost", async () => {
			const { id, paper } = await draft({ lines: [line(), line({ name: "Table" })] });
			const [first] = paper.lines;
			await refused(at.call("PATCH", `${QUOTES}/${id}`, { lines: [{ id: first.id, name: "One" }, { id: first.id, name: "Two" }] }), 400, /twice/);
			assert.deepEqual((await read(id)).paper.lines.map((l: any) => l.name), ["Chair", "Table"]);
		});

		test("an expired quote says so and takes no answer; the job makes it so for searches", async () => {
			const { id, url } = await publish((await draft({ expiresAt: new Date(Date.now() + 1500).toISOString() })).id);
			await waitFor("it is over", async () => (await read(id)).state === "EXPIRED");
			const page = await look(url);
			assert.equal(page.status, 200);
			assert.match(page.text, /This quote expired on/);
			assert.ok(!page.text.includes("<form"));
			await accept(url);
			assert.equal((await read(id)).state, "EXPIRED");
			await waitFor("the property says it", async () => (await get("quotes", id, "quote_state")).quote_state === "EXPIRED");
			const found = await expectStatus(at.call("POST", `${OBJECTS}/quotes/search`, { filterGroups: [{ filters: [{ propertyName: "quote_state", operator: "EQ", value: "EXPIRED" }] }], limit: 100 }), 200);
			assert.ok(found.results.some((o: any) => o.id === id));
		});

		test("numbers have no gaps and no doubles, also of many at once and of those that are refused", async () => {
			const drafts = await Promise.all(Array.from({ length: 8 }, () => draft()));
			const empty = await draft({ lines: [] });
			const first = Number((await publish((await draft()).id)).paper.number.slice(2));
			const published = await Promise.all([...drafts.map((d) => publish(d.id)), refused(at.call("POST", `${QUOTES}/${empty.id}/publish`), 400)]);
			const numbers = published.filter((q) => q.paper).map((q) => Number(q.paper.number.slice(2)));
			assert.deepEqual(numbers.sort((a, b) => a - b), Array.from({ length: 8 }, (_, i) => first + 1 + i));
		});

		test("the owner hears when it is seen first and when it is answered", async () => {
			const mine = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			const quote = await expectStatus(mine("POST", QUOTES, { title: "Heard of", currency: "EUR", lines: [line()] }), 201);
			const { url, id } = await expectStatus(mine("POST", `${QUOTES}/${quote.id}/publish`), 200);
			const news = async () => (await expectStatus(mine("GET", "/desk/v1/notifications"), 200)).results.filter((n: any) => n.ticketId === id).map((n: any) => [n.topic, n.happening, n.subject]);
			/* to look at it oneself is no view of the customer */
			await fetch(local(url), { headers: { cookie: await signIn(at.bellhop, agent) } });
			assert.deepEqual(await news(), []);
			await look(url);
			await look(url);
			assert.deepEqual(await news(), [["QUOTE", "QUOTE_VIEWED", "Heard of"]]);
			await accept(url);
			assert.deepEqual(await news(), [["QUOTE", "QUOTE_ACCEPTED", "Heard of"], ["QUOTE", "QUOTE_VIEWED", "Heard of"]]);
			assert.ok((await read(id)).versions[0].viewedAt);
		});
	});

	describe("who may", () => {
		test("links that are guessed, altered or of a deleted quote say nothing; forms of other sites are refused", async () => {
			const { id, url } = await publish((await draft({ title: "Secret deal" })).id);
			const path = new URL(url).pathname;
			for (const guess of ["/q/", "/q/x", `/q/${"A".repeat(32)}`, path.slice(0, -1), `${path}x`, `${path}/pdf/more`, `${path}/other`, `/q/${"A".repeat(5000)}`, "/q/%ff", "/q/..%2f.."]) {
				const got = await fetch(at.bellhop.url + guess);
				const text = await got.text();
				assert.ok([400, 404].includes(got.status), `${guess}: ${got.status}`);
				assert.ok(!text.includes("Secret deal"), guess);
			}
			assert.equal((await answer(url, { answer: "accept", name: "Eve", agree: "yes" }, { origin: "https://evil.example" })).status, 403);
			assert.equal((await answer(url, { answer: "burn" })).status, 404);
			assert.equal((await read(id)).state, "PUBLISHED");
			await expectStatus(at.call("DELETE", `${OBJECTS}/quotes/${id}`), 204);
			const gone = await look(url);
			assert.equal(gone.status, 410);
			assert.ok(!gone.text.includes("Secret deal"));
			assert.equal((await accept(url)).status, 410);
		});

		test("one customer's link shows nothing of another's quote", async () => {
			const one = await publish((await draft({ title: "For one", lines: [line({ name: "Onething" })] })).id);
			const other = await publish((await draft({ title: "For the other", lines: [line({ name: "Otherthing" })] })).id);
			assert.ok(!(await look(one.url)).text.includes("ther"));
			await accept(one.url);
			assert.equal((await read(other.id)).state, "PUBLISHED");
		});

		test("viewers read and change nothing; a ticket that one may not see is not named", async () => {
			const who = { email: `viewer-${engine}@desk.example`, password: "viewers have words" };
			at.bellhop.command("user", "add", "--email", who.email, "--password", who.password);
			const ticket = await newTicket(at.call, { subject: "Hidden" });
			const { id } = await draft({ ticketId: ticket.id });
			await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${who.email}'`);
			const viewer = byCookie(at.bellhop, await signIn(at.bellhop, who));
			assert.equal((await expectStatus(viewer("GET", `${QUOTES}/${id}`), 200)).links.ticketId.label, "Hidden");
			for (const [method, path, body] of [["POST", QUOTES, { title: "x" }], ["PATCH", `${QUOTES}/${id}`, { title: "x" }], ["POST", `${QUOTES}/${id}/publish`], ["POST", `${QUOTES}/${id}/recall`]] as const) await refused(viewer(method, path, body), 403);
			await sql(at.bellhop, `UPDATE desk_user SET role = 1, ticket_view = 2 WHERE email = '${who.email}'`);
			const narrow = byCookie(at.bellhop, await signIn(at.bellhop, who));
			assert.equal((await expectStatus(narrow("GET", `${QUOTES}/${id}`), 200)).links.ticketId, undefined);
			await refused(narrow("PATCH", `${QUOTES}/${id}`, { ticketId: (await newTicket(at.call)).id }), 400, undefined);
		});
	});

	test("a PDF holds any script, names of any length, and many pages with their numbers", async () => {
		const lines = Array.from({ length: 200 }, (_, i) => line({ name: `Item ${i + 1} ${i === 3 ? "W".repeat(450) : ""}`, description: i % 40 === 0 ? "見積書の説明文です。これは長い説明です。 ".repeat(10) : "", taxRate: i % 2 ? "19" : "7" }));
		const { id } = await draft({ title: "見積書 عرض سعر Zażółć", language: "ja", terms: "Bedingungen äöü\n".repeat(300), lines });
		const started = performance.now();
		const { paper } = await publish(id);
		const bytes = await pdfOf(id);
		console.log(`# PDF of 200 lines: ${bytes.length} bytes, ${Math.round(performance.now() - started)} ms with publishing`);
		const text = pdfText(bytes);
		assert.ok(text.includes("見積書"), text.slice(0, 400));
		for (let i = 1; i <= 200; i++) assert.ok(text.includes(`Item ${i} `), `line ${i}`);
		const pages = text.split("\f").length - 1;
		assert.ok(pages > 5, `${pages}`);
		assert.ok(text.includes(`${pages}`));
		assert.ok(paper.total.length > 0);
		assert.ok(bytes.length < 8 << 20);
		assert.ok(!bytes.includes("/JavaScript"));
	});

	test("the unmodified client works with products, line items and quotes", async () => {
		const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
		const product = await client.crm.products.basicApi.create({ properties: { name: "Table", price: "120.50", hs_sku: "T-1", hs_tax_rate: "19" }, associations: [] });
		const item = await client.crm.lineItems.basicApi.create({ properties: { name: "Table", price: "120.50", quantity: "2", hs_tax_rate: "19", hs_product_id: product.id }, associations: [] });
		const quote = await client.crm.quotes.basicApi.create({ properties: { hs_title: "By the client", hs_currency: "EUR" }, associations: [{ to: { id: item.id }, types: [{ associationCategory: "HUBSPOT_DEFINED" as any, associationTypeId: 67 }] }] });
		const published = await publish(quote.id);
		assert.deepEqual([published.paper.net, published.paper.tax, published.paper.total, published.paper.lines[0].productId], ["241.00", "45.79", "286.79", product.id]);
		const again = await client.crm.quotes.basicApi.getById(quote.id, ["hs_quote_amount", "hs_status", "hs_quote_link"]);
		assert.deepEqual([again.properties.hs_quote_amount, again.properties.hs_status, again.properties.hs_quote_link], ["286.79", "APPROVAL_NOT_NEEDED", published.url]);
		const locked: any = await client.crm.lineItems.basicApi.update(item.id, { properties: { quantity: "3" } }).then(() => assert.fail("it is locked"), (e) => e);
		assert.equal(locked.code, 409);
		assert.equal((await client.crm.lineItems.batchApi.read({ inputs: [{ id: item.id }], properties: ["amount"], propertiesWithHistory: [] })).results[0]?.properties.amount, "241");
		const found = await client.crm.quotes.searchApi.doSearch({ query: published.paper.number, limit: 5, after: "0", sorts: [], properties: ["hs_title"], filterGroups: [] });
		assert.deepEqual(found.results.map((q) => q.id), [quote.id]);
	});
});
