/* Finding by words: the forms of nine languages, hostile queries, addresses and telephone numbers, the same on both engines; and that
 * the index follows what is written. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { desk, expectStatus, newContact, newTicket, OBJECTS, refused, sql } from "./help.ts";

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
});
