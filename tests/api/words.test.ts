/* Finding by words: the forms of nine languages, hostile queries, addresses and telephone numbers, the same on both engines; and that
 * the index follows what is written. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { api, forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, CONVERSATIONS, desk, expectStatus, mailIn, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

/* [subject, queries that find it, queries that do not] */
const sentences: Record<string, [string, string[], string[]]> = {
	en: ["The printers are not connecting; invoices (INV-2024) wait", ["printer", "PRINTERS", "connected", "invoice", "inv-2024", "printer invoice", "wait printer", "conn inv"], ["print job", "onnect", "voice"]],
	"en, numbers": ["Version 10,000.50 costs 12.99 EUR, don't it", ["10,000.50", "12.99", "don't", "don’t"], ["10,001.50", "99"]],
	de: ["Die Rechnungen für das Büro in der Straße wurden zweimal gebucht", ["Rechnung", "rechnungen", "buro", "BÜRO", "strasse", "STRASSE", "büro rechnung"], ["chnung", "Büro Katze"]],
	fr: ["L’imprimante n'est pas connectée à l'ordinateur, qu'il redémarre", ["imprimantes", "l'imprimante", "ordinateurs", "redemarrer", "connectés"], ["primante"]],
	es: ["Las facturas están pagadas, ¿cuándo llegará el envío?", ["factura", "pagada", "envio", "CUANDO", "llegará"], ["acturas"]],
	pt: ["As informações da sua ligação não chegaram", ["informação", "informacoes", "ligacao", "nao", "chegaram"], ["formação"]],
	fi: ["Laskujen maksaminen ei onnistu, käyttäjän tunnukset puuttuvat", ["laskujen", "laskut", "kayttajan", "KÄYTTÄJÄN", "tunnukset"], ["askut"]],
	pl: ["Proszę o zwrot pieniędzy za żółtą łódź", ["pieniędzy", "pieniedzy", "zolta lodz", "ŁÓDŹ", "prosze"], ["ieniędzy"]],
	ja: ["請求書の再発行をお願いします。プリンターが動きません", ["請求書", "再発行", "プリンター", "ﾌﾟﾘﾝﾀｰ", "願", "書"], ["求人", "プリント", "行書"]],
	"zh-TW": ["我的訂單還沒有收到，請問退款何時處理？", ["訂單", "退款", "收到", "何時處理", "單"], ["訂退", "到請"]],
	"forms of letters": ["Ｆａｃｔｕｒｅ ﬁnal cafe\u0301 İstanbul", ["facture", "final", "café", "cafe", "istanbul"], ["acture"]],
	"right to left": ["الطابعة لا تعمل", ["الطابعة", "تعمل"], ["عمل"]],
};

const hostile = [
	'"', '""', "'", "\\", "'':*", "a' | 'b", "lamp OR broken", "lamp NOT zebra", "NEAR(lamp broken)", "subject:lamp", "^lamp", "lamp -broken", "(lamp", "lamp)", "{subject} : lamp", "lamp & ! broken", "lamp <-> broken", "lamp:*A", "%lamp%", "_", "; DROP TABLE object; --",
	"😀", "👩‍👩‍👧", "\u202elamp", "\u0301\u0301\u0301", "\u200b", "\ue0005", "\ue000", "!!! ??? ...", "請", "ﾞ", "a", "-", "+", "#", "@", "0", "+++++++0000000", "\ufffd", "\u{10ffff}",
];

const answers = new Map<string, string>();

forEachEngine((engine) => {
	const at = desk(engine);
	const find = async (type: string, query: string, rest: object = {}) => (await expectStatus(at.call("POST", `${OBJECTS}/${type}/search`, { query, limit: 200, ...rest }), 200)).results.map((o: any) => o.id) as string[];

	describe("sentences find each other's forms", () => {
		const ids: Record<string, string> = {};
		before(async () => {
			for (const [name, [subject]] of Object.entries(sentences)) ids[name] = (await newTicket(at.call, { subject })).id;
		});
		for (const [name, [, hits, misses]] of Object.entries(sentences))
			test(name, async () => {
				for (const query of hits) assert.ok((await find("tickets", query)).includes(ids[name]!), `"${query}" finds it`);
				for (const query of misses) assert.ok(!(await find("tickets", query)).includes(ids[name]!), `"${query}" does not find it`);
				for (const query of [...hits, ...misses]) {
					const found = JSON.stringify((await find("tickets", query)).map((id) => Object.keys(ids).find((key) => ids[key] === id)));
					assert.equal(answers.get(query) ?? found, found, query);
					answers.set(query, found);
				}
			});
	});

	test("nothing that a person types is syntax, and both engines find the same", async () => {
		const { id } = await newTicket(at.call, { subject: "A lamp, broken" });
		for (const query of hostile) {
			const found = (await find("tickets", query)).length;
			assert.equal(answers.get(query) ?? String(found), String(found), query);
			answers.set(query, String(found));
		}
		assert.deepEqual(await find("tickets", '"lamp" (broken'), [id]);
		assert.deepEqual(await find("tickets", "!!! ???"), []);
		assert.deepEqual(await find("tickets", "😀"), []);
		assert.ok((await find("tickets", " * ")).length > 1, "a star is anything");
		await refused(at.call("POST", `${OBJECTS}/tickets/search`, { query: "長".repeat(3001) }), 400, /3000/);
		assert.deepEqual(await find("tickets", "長い".repeat(100)), []);
		assert.deepEqual(await find("tickets", "請".repeat(200)), []);
		assert.deepEqual(await find("tickets", `${"ab cd ef gh ".repeat(8)}`), []);
	});

	test("words are looked for in the texts of the type, all of them have to be there, filters hold too", async () => {
		const one = await newTicket(at.call, { subject: "Kettle", content: "does not boil", hs_ticket_priority: "HIGH" });
		const two = await newTicket(at.call, { subject: "Kettle", content: "boils over" });
		const both = [one.id, two.id];
		assert.deepEqual(await find("tickets", "kettle"), both);
		assert.deepEqual(await find("tickets", "boil kettle"), both);
		assert.deepEqual(await find("tickets", "kettle over"), [two.id]);
		assert.deepEqual(await find("tickets", "kettle", { filters: [{ propertyName: "hs_ticket_priority", operator: "EQ", value: "HIGH" }] }), [one.id]);
		assert.deepEqual(await find("tickets", "kettle", { sorts: ["-createdate"] }), both.reverse());
		assert.deepEqual(await find("tickets", one.id).then((ids) => ids.includes(one.id)), true);
		assert.deepEqual(await find("contacts", "kettle"), []);
		const counted = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "kettle", limit: 1 }), 200);
		assert.deepEqual([counted.total, counted.paging.next.after], [2, "1"]);
	});

	test("addresses by their parts, telephone numbers however they are written", async () => {
		const ann = await newContact(at.call, "ann.k-smith@sub.words.example", { firstname: "Ann", phone: "+358 40 123 4567" });
		for (const query of ["ann.k-smith@sub.words.example", "k-smith", "words.example", "@sub.words", "smith ann", "+358401234567", "040 123 4567", "0401234567", "(040) 123-4567", "358401234567"]) assert.deepEqual(await find("contacts", query), [ann.id], query);
		for (const query of ["040 123 4568", "bob@sub.words.example", "040 123"]) assert.deepEqual(await find("contacts", query), [], query);
	});

	test("the index follows every write: what was changed, archived, and back", async () => {
		const { id } = await newTicket(at.call, { subject: "Quokka" });
		assert.deepEqual(await find("tickets", "quokka"), [id]);
		await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject: "Wombat" } }), 200);
		assert.deepEqual([await find("tickets", "quokka"), await find("tickets", "wombat")], [[], [id]]);
		await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${id}`), 204);
		assert.deepEqual(await find("tickets", "wombat"), []);
		const inputs = Array.from({ length: 100 }, (_, i) => ({ properties: { subject: `Numbat ${i}`, hs_pipeline_stage: "1" } }));
		await expectStatus(at.call("POST", `${OBJECTS}/tickets/batch/create`, { inputs }), 201);
		assert.equal((await find("tickets", "numbat")).length, 100);
	});

	test("a merged contact is found by what it had", async () => {
		const one = await newContact(at.call, "one@merged.example", { firstname: "Ottoline" });
		const two = await newContact(at.call, "two@merged.example", { lastname: "Zaphod" });
		await expectStatus(at.call("POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: one.id, objectIdToMerge: two.id }), 200);
		assert.deepEqual(await find("contacts", "zaphod ottoline"), [one.id]);
		assert.deepEqual(await find("contacts", "two@merged.example"), [one.id]);
	});

	test("what a type of one's own is searched by can change", async () => {
		const type = { name: "boat", labels: { singular: "Boat", plural: "Boats" }, primaryDisplayProperty: "title", searchableProperties: ["title"], requiredProperties: [], associatedObjects: [], properties: ["title", "home_port"].map((name) => ({ name, label: name, type: "string", fieldType: "text" })) };
		const made = await expectStatus(at.call("POST", "/crm-object-schemas/v3/schemas", type), 201);
		const { id } = await expectStatus(at.call("POST", `${OBJECTS}/${made.objectTypeId}`, { properties: { title: "Seagull", home_port: "Naantali" } }), 201);
		assert.deepEqual([await find(made.objectTypeId, "seagull"), await find(made.objectTypeId, "naantali")], [[id], []]);
		await expectStatus(at.call("PATCH", `/crm-object-schemas/v3/schemas/${made.objectTypeId}`, { searchableProperties: ["title", "home_port"] }), 200);
		await waitFor("all to be indexed anew", async () => (await find(made.objectTypeId, "naantali")).length > 0);
		assert.deepEqual(await find(made.objectTypeId, "naantali seagull"), [id]);
	});

	test("a word that the newest 3,000 do not have is found among those before", async () => {
		const first = await newTicket(at.call, { subject: "Axolotl" });
		await find("tickets", "axolotl");
		const numbers = engine === "sqlite" ? "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7000) SELECT i FROM n)" : "generate_series(1, 7000) AS g(i)";
		await sql(at.bellhop, `INSERT INTO object_words (id, tokens) SELECT 1000000 + i, CASE WHEN i % 50 = 0 THEN 'gecko newt' ELSE 'newt' END FROM ${numbers}`);
		const last = await newTicket(at.call, { subject: "Axolotl newt" });
		assert.deepEqual(await find("tickets", "axolotl"), [first.id, last.id]);
		assert.deepEqual(await find("tickets", "axol newt"), [last.id]);
		assert.deepEqual(await find("tickets", "gecko"), []);
		await sql(at.bellhop, "DELETE FROM object_words WHERE id > 1000000");
		assert.deepEqual(await find("tickets", "newt"), [last.id]);
	});

	describe("search over the whole desk", () => {
		type Hit = { kind: string; id: string; ticketId?: string; messageId?: string; subject: string; field: string; excerpt: { text: string; isMatch: boolean }[]; isExact?: boolean; [name: string]: unknown };
		const ask = (query: Record<string, string>, call = at.call) => call("GET", `/desk/v1/search?${new URLSearchParams(query)}`);
		const hits = async (q: string, more: Record<string, string> = {}): Promise<Hit[]> => (await expectStatus(ask({ q, ...more }), 200)).results;
		const text = (hit: Hit | undefined) => hit?.excerpt.map((part) => part.text).join("");
		const marked = (hit: Hit | undefined) => hit?.excerpt.filter((part) => part.isMatch).map((part) => part.text);
		const comment = async (ticketId: string, body: string) => {
			const threads = (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${ticketId}`), 200)).results;
			return expectStatus(at.call("POST", `${CONVERSATIONS}/threads/${threads[0].id}/messages`, { type: "COMMENT", text: body }), 201);
		};

		test("B-55: a search covers the ticket's name, number and description, the contact, and the text of messages and comments", async () => {
			const row = await mailIn(at.bellhop, "frida@finder.example", "The gramophone is silent", "Since Monday the turntable does not turn.\nWhat can I do?");
			await comment(row.id, "A colleague says: replace the belt");
			const kinds = async (q: string) => (await hits(q)).map((hit) => hit.kind).sort().join(" ");
			assert.equal(await kinds("gramophone"), "message ticket");
			assert.equal(await kinds("turntables"), "message ticket");
			assert.equal(await kinds("belt"), "comment");
			assert.equal(await kinds("frida@finder.example"), "contact message ticket");
			assert.equal(await kinds("finder frida"), "contact message ticket");
			const [byContact] = await hits("frida finder", { kind: "ticket" });
			assert.deepEqual([byContact?.id, byContact?.field, marked(byContact)], [row.id, "contact", ["frida", "finder"]]);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${row.contactId}`, { properties: { firstname: "Brunhilde" } }), 200);
			assert.deepEqual((await hits("brunhilde gramophone")).map((hit) => hit.id), [row.id]);
			assert.deepEqual(await find("tickets", "brunhilde"), [], "the wire's query looks into the ticket's own texts");
			const [first, ...rest] = await hits(row.id);
			assert.deepEqual([first?.kind, first?.id, first?.isExact, rest.some((hit) => hit.kind === "ticket" && hit.id === row.id)], ["ticket", row.id, true, false]);
			assert.deepEqual((await hits(`#${row.id}`))[0]?.id, row.id);
			for (const hit of await hits("turntable")) assert.deepEqual([hit.ticketId, hit.subject], [row.id, "The gramophone is silent"]);
		});

		test("B-56: hits say where the words are, and quick filters narrow to names, messages and notes", async () => {
			const row = await mailIn(at.bellhop, "otto@finder.example", "Zeppelin", `${"The weather is fine today. ".repeat(40)}My <b>zeppelins</b> & airships\n\tleak ${"again and again ".repeat(60)}`);
			const [message] = await hits("zeppelin leaking", { kind: "message" });
			assert.equal(message?.field, "text");
			assert.deepEqual(marked(message), ["zeppelins", "leak"]);
			assert.match(text(message)!, /^….*My <b>zeppelins<\/b> & airships leak again.*…$/);
			assert.ok(text(message)!.length < 330);
			assert.deepEqual((await hits("zeppelin", { kind: "ticket" })).map((hit) => [hit.kind, hit.id]), [["ticket", row.id]]);
			assert.deepEqual(await hits("zeppelin", { kind: "comment" }), []);
			await comment(row.id, "Zeppelins are old");
			assert.deepEqual((await hits("zeppelin", { kind: "comment,ticket" })).map((hit) => hit.kind).sort(), ["comment", "ticket"]);
			const japanese = await mailIn(at.bellhop, "yui@finder.example", "お問い合わせ", "先日の請求書の再発行をお願いします。");
			assert.deepEqual(marked((await hits("請求書 再発", { kind: "message" })).find((hit) => hit.ticketId === japanese.id)), ["請求書", "再発"]);
			const sender = (await hits("yui", { kind: "message" }))[0];
			assert.deepEqual([sender?.field, marked(sender)], ["sender", ["yui"]]);
		});

		test("B-56: quoted words are found where they stand so, one behind the other", async () => {
			const right = await newTicket(at.call, { subject: "Bassoon", content: "Please send the Second Bassoon Part by mail." });
			const wrong = await newTicket(at.call, { subject: "Bassoon", content: "The second part for the bassoon" });
			const ids = async (q: string) => (await hits(q, { kind: "ticket" })).map((hit) => hit.id).sort((a, b) => Number(a) - Number(b));
			assert.deepEqual(await ids("second bassoon part"), [right.id, wrong.id]);
			assert.deepEqual(await ids('"second bassoon part"'), [right.id]);
			assert.deepEqual(await ids('"second bassoon" mail'), [right.id]);
			assert.deepEqual(await ids('bassoon "second part"'), [wrong.id]);
			assert.deepEqual(await ids('"second bassoons"'), []);
			assert.deepEqual(await ids('"second bassoon'), [right.id, wrong.id]);
			assert.deepEqual(await ids('""'), []);
			await newTicket(at.call, { subject: "東京の都合と京都の話" });
			const kyoto = await newTicket(at.call, { subject: "東京都の話" });
			assert.deepEqual(await ids("東京都"), [kyoto.id]);
		});

		test("B-56: by relevance: words in the name before words in the text, as typed before begun, side by side before apart; pages join", async () => {
			const inText = await newTicket(at.call, { subject: "Something else", content: "About the purple oboe" });
			const apart = await newTicket(at.call, { subject: "Oboe, not purple" });
			const exact = await newTicket(at.call, { subject: "The purple oboe" });
			const begun = await newTicket(at.call, { subject: "Purplexity oboexity" });
			const closed = await newTicket(at.call, { subject: "The purple oboe", hs_pipeline_stage: "4" });
			const ids = async (more: Record<string, string> = {}) => (await hits("purple oboe", { kind: "ticket", sort: "relevance", ...more })).map((hit) => hit.id);
			assert.deepEqual(await ids(), [exact.id, closed.id, apart.id, begun.id, inText.id]);
			assert.deepEqual((await hits("purple oboe", { kind: "ticket", sort: "newest" }))[0]?.id, closed.id);
			const seen: string[] = [];
			for (let after: string | undefined = ""; after !== undefined; ) {
				const page: any = await expectStatus(ask({ q: "purple oboe", kind: "ticket", sort: "relevance", limit: "2", ...(after && { after }) }), 200);
				seen.push(...page.results.map((hit: any) => hit.id));
				after = page.paging?.next.after;
			}
			assert.deepEqual(seen, await ids());
			assert.deepEqual(await hits('"oboe purple"', { kind: "ticket", sort: "relevance" }), []);
			assert.deepEqual((await hits(`#${apart.id}`, { sort: "relevance" }))[0]?.isExact, true);
			await refused(ask({ q: "a", sort: "beauty" }), 400, /sort/);
			await refused(ask({ q: "a", sort: "relevance", after: "3-4" }), 400, /after/);
		});

		test("B-57: spam is found where it is asked for, and by its number", async () => {
			const row = await mailIn(at.bellhop, "sam@filter.example", "Glockenspiel", "Buy a glockenspiel.");
			await expectStatus(at.call("POST", "/desk/v1/tickets/bulk", { action: "spam", ticketIds: [row.id] }), 200);
			assert.deepEqual((await hits("glockenspiel")).filter((hit) => hit.ticketId), []);
			assert.deepEqual((await hits("glockenspiel", { spam: "true" })).map((hit) => [hit.kind, hit.isSpam]).sort(), [["message", true], ["ticket", true]]);
			assert.equal((await hits(row.id))[0]?.isExact, true);
			await refused(ask({ q: "a", spam: "maybe" }), 400, /spam/);
		});

		test("B-57: status, channel, contact, assignee and time narrow a search", async () => {
			const open = await mailIn(at.bellhop, "ida@filter.example", "Unicycle one", "A unicycle.");
			const closed = await newTicket(at.call, { subject: "Unicycle two", hs_pipeline_stage: "4" });
			const me = (await expectStatus(at.call("GET", `/crm/v3/owners?email=${agent.email}`), 200)).results[0].id;
			const owned = await newTicket(at.call, { subject: "Unicycle three", hubspot_owner_id: me, createdate: "2020-02-03T00:00:00Z" });
			const ids = async (more: Record<string, string>) => (await hits("unicycle", { kind: "ticket", ...more })).map((hit) => hit.id).sort((a, b) => Number(a) - Number(b));
			assert.deepEqual(await ids({}), [open.id, closed.id, owned.id]);
			assert.deepEqual(await ids({ status: "open" }), [open.id, owned.id]);
			assert.deepEqual(await ids({ status: "closed" }), [closed.id]);
			assert.deepEqual(await ids({ stageId: "4", pipelineId: "0" }), [closed.id]);
			assert.deepEqual(await ids({ pipelineId: "nowhere" }), []);
			assert.deepEqual(await ids({ ownerId: me }), [owned.id]);
			assert.deepEqual(await ids({ ownerId: "none" }), [open.id, closed.id]);
			assert.deepEqual(await ids({ contactId: open.contactId }), [open.id]);
			assert.deepEqual(await ids({ channelId: "1002" }), [open.id]);
			assert.deepEqual(await ids({ channelId: "1000" }), []);
			assert.deepEqual(await ids({ before: "2021-01-01" }), [owned.id]);
			assert.deepEqual(await ids({ from: "2021-01-01T00:00:00Z" }), [open.id, closed.id]);
			assert.equal((await hits("unicycle", { kind: "message", status: "open", channelId: "1002" })).length, 1);
			assert.equal((await hits("unicycle", { kind: "message", status: "closed" })).length, 0);
			const cookie = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			assert.deepEqual((await expectStatus(ask({ q: "unicycle", ownerId: "me" }, cookie), 200)).results.map((hit: Hit) => hit.id), [owned.id]);
		});

		test("pages follow each other, newest first, without a gap and without a hit twice", async () => {
			const row = await mailIn(at.bellhop, "pia@pages.example", "Marzipan", "A marzipan pig.");
			for (let i = 0; i < 12; i++) {
				await newTicket(at.call, { subject: `Marzipan ${i}` });
				await comment(row.id, `More marzipan ${i}`);
			}
			const seen: Hit[] = [];
			for (let after: string | undefined = ""; after !== undefined; ) {
				const page: any = await expectStatus(ask({ q: "marzipan", limit: "5", ...(after && { after }) }), 200);
				assert.equal(page.isCurrent, true);
				seen.push(...page.results);
				after = page.paging?.next.after;
			}
			assert.equal(seen.length, 26);
			assert.equal(new Set(seen.map((hit) => `${hit.kind} ${hit.id}`)).size, 26);
			const times = seen.map((hit) => String(hit.createdAt));
			assert.deepEqual(times, [...times].sort().reverse());
			const whole = await expectStatus(ask({ q: "marzipan", limit: "26" }), 200);
			assert.deepEqual([whole.results.length, "paging" in whole], [26, false]);
		});

		test("what is archived is not found, nor are its messages; a token finds what it may read", async () => {
			const row = await mailIn(at.bellhop, "nils@secret.example", "Harpsichord", "A harpsichord.");
			assert.equal((await hits("harpsichord")).length, 2);
			await expectStatus(at.call("DELETE", `${OBJECTS}/tickets/${row.id}`), 204);
			assert.deepEqual(await hits("harpsichord"), []);
			assert.equal((await hits(row.id)).some((hit) => hit.ticketId === row.id), false);
			const only = at.token(agent.email, "tickets");
			assert.deepEqual((await expectStatus(ask({ q: "nils@secret.example" }), 200)).results.map((hit: Hit) => hit.kind), ["contact"]);
			assert.deepEqual((await expectStatus(ask({ q: "nils@secret.example" }, only), 200)).results, []);
			await refused(ask({ q: "nils", kind: "contact" }, only), 403);
			await refused(ask({ q: "nils" }, at.token(agent.email, "crm.objects.contacts.read")), 403);
		});

		test("messages that are gone leave the index", async () => {
			const row = await mailIn(at.bellhop, "gone@gone.example", "Theremin", "A theremin.");
			const [message] = await hits("theremin", { kind: "message" });
			await sql(at.bellhop, "DELETE FROM message_words WHERE id = 0");
			await sql(at.bellhop, `UPDATE message SET type = 'GONE' WHERE id = ${message?.id}; INSERT INTO search_due (is_again, kind, about_id) VALUES (0, 1, ${message?.id})`);
			await newTicket(at.call, { subject: "Wake up" });
			await waitFor("it to leave", async () => (await hits("theremin", { kind: "message" })).length === 0);
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM message_words WHERE id = ${message?.id}`), "0");
			assert.deepEqual((await hits("theremin")).map((hit) => hit.ticketId), [row.id]);
		});

		test("a page of one follows a number, and goes on", async () => {
			const { id } = await newTicket(at.call, { subject: "Number" });
			await newTicket(at.call, { subject: `About ${id}` });
			const first = await expectStatus(ask({ q: id, limit: "1", kind: "ticket" }), 200);
			assert.deepEqual([first.results[0].id, first.results[0].isExact], [id, true]);
			const second = await expectStatus(ask({ q: id, limit: "1", kind: "ticket", after: first.paging.next.after }), 200);
			assert.equal(second.results[0].subject, `About ${id}`);
		});

		test("the index is made anew by a command, while the desk serves", async () => {
			const { id } = await newTicket(at.call, { subject: "Sousaphone" });
			assert.equal((await hits("sousaphone")).length, 1);
			await sql(at.bellhop, "DELETE FROM object_words");
			await sql(at.bellhop, "DELETE FROM message_words");
			const version = await sql(at.bellhop, "SELECT value FROM setting WHERE name = 'words_version'");
			await sql(at.bellhop, "UPDATE setting SET value = '0' WHERE name = 'words_version'");
			assert.deepEqual(await hits("sousaphone"), []);
			assert.match(at.bellhop.command("reindex"), /made anew/);
			await waitFor("the end of it", async () => (await sql(at.bellhop, "SELECT value FROM setting WHERE name = 'words_version'")) === version);
			await waitFor("all to be indexed", async () => (await expectStatus(ask({ q: "sousaphone" }), 200)).isCurrent === true);
			assert.deepEqual((await hits("sousaphone")).map((hit) => hit.id), [id]);
			assert.equal((await hits("marzipan", { limit: "50" })).length, 26);
		});

		test("what is no search is refused, with the name of what is wrong", async () => {
			const wrong: [Record<string, string>, string][] = [
				[{}, "q"],
				[{ q: " " }, "q"],
				[{ q: "x".repeat(3001) }, "q"],
				[{ q: "a", kind: "cat" }, "kind"],
				[{ q: "a", status: "ajar" }, "status"],
				[{ q: "a", ownerId: "you" }, "ownerId"],
				[{ q: "a", contactId: "-1" }, "contactId"],
				[{ q: "a", channelId: "x" }, "channelId"],
				[{ q: "a", from: "yesterday" }, "from"],
				[{ q: "a", before: "1 o'clock" }, "before"],
				[{ q: "a", after: "7" }, "after"],
				[{ q: "a", after: "x-y" }, "after"],
				[{ q: "a", limit: "51" }, "limit"],
			];
			for (const [query, name] of wrong) assert.equal((await refused(ask(query), 400)).errors?.[0]?.in, name, JSON.stringify(query));
			await refused(api(at.bellhop.url).request("GET", "/desk/v1/search?q=a"), 401);
			for (const q of [...hostile, "請".repeat(300), "ab ".repeat(900), "a".repeat(3000)]) await expectStatus(ask({ q }), 200);
		});
	});
});
