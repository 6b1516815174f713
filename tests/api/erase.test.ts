/* A person goes for good: afterwards nothing that the desk keeps has his address or his words. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { type Bellhop, forEachEngine, lmtpSend, waitFor } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const ERASE = `${OBJECTS}/contacts/gdpr-delete`;

/* What SQLite has on disk, free pages and log included. */
function rawFiles(bellhop: Bellhop): string {
	return ["bellhop.db", "bellhop.db-wal"].map((name) => join(bellhop.dataDir, name)).filter((path) => existsSync(path)).map((path) => readFileSync(path, "latin1")).join("\n");
}

/* Everything in the database, as text. */
async function dump(bellhop: Bellhop): Promise<string> {
	if (!bellhop.db) return sql(bellhop, ".dump");
	const tables = (await sql(bellhop, "SELECT string_agg(quote_ident(table_name), ' ') FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")).split(" ");
	return sql(bellhop, tables.map((table) => `SELECT t::text FROM ${table} t`).join(" UNION ALL "));
}

function files(dir: string): string[] {
	return readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? files(join(dir, name)) : [join(dir, name)]));
}

function blobs(bellhop: Bellhop): string {
	return files(join(bellhop.dataDir, "blobs")).map((path) => readFileSync(path, "latin1")).join("\n");
}

forEachEngine((engine) => {
	const at = desk(engine);
	let counter = 0;

	async function mail(from: string, subject: string, text: string, more: { cc?: string; attachment?: string; to?: string; answers?: string } = {}): Promise<any> {
		const id = `m${++counter}.${from}`;
		const head = [`From: ${from}`, `To: ${more.to ?? at.bellhop.inbox}`, ...(more.cc ? [`Cc: ${more.cc}`] : []), `Subject: ${subject}`, `Message-ID: <${id}>`, ...(more.answers ? [`In-Reply-To: <${more.answers}>`] : []), "MIME-Version: 1.0"];
		const plain = `Content-Type: text/plain; charset=utf-8\n\n${text}\n`;
		const data = more.attachment
			? [...head, 'Content-Type: multipart/mixed; boundary="b"', "", "--b", plain, "--b", 'Content-Type: text/plain; name="note.txt"', 'Content-Disposition: attachment; filename="note.txt"', "", more.attachment, "--b--", ""].join("\n")
			: [...head, plain].join("\n");
		const address = /<(.*)>/.exec(from)?.[1] ?? from;
		const sent = await lmtpSend(at.bellhop.lmtpPort, { from: address, to: [at.bellhop.inbox], data });
		assert.equal(sent.replies[0]?.code, 250, sent.replies[0]?.text);
		await waitFor(`the mail "${subject}"`, async () => (await sql(at.bellhop, `SELECT count(*) FROM mail_source WHERE state <> 'NEW' AND subject = '${subject}'`)) !== "0");
		return { id, row: (await at.bellhop.api.get("/desk/v1/views/open/tickets?limit=100")).results.find((row: any) => row.subject === subject) };
	}

	/* Looks until nothing of it is there; a moment later the index and the blobs have followed. */
	async function isGone(words: string[]): Promise<void> {
		const find = (text: string) => words.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
		await waitFor(`nothing of ${words}`, async () => find(await dump(at.bellhop)).length + find(blobs(at.bellhop)).length === 0).catch(async (error) => {
			const lines = (await dump(at.bellhop)).split("\n").filter((line) => find(line).length > 0);
			throw new Error(`${error.message}\n${lines.map((line) => line.slice(0, 600)).join("\n")}\nblobs: ${find(blobs(at.bellhop))}`);
		});
	}

	test("not even free space of the file has it", { skip: engine !== "sqlite" }, async () => {
		const { row } = await mail("Frida Free <frida.free@pages.example>", "Nightingale notes", `Long: ${"wolverine ".repeat(3000)}`, { attachment: "attached ocelot" });
		await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { content: "Something about chinchillas" } }), 200);
		const contact = await expectStatus(at.call("GET", `${OBJECTS}/contacts/frida.free@pages.example?idProperty=email`), 200);
		await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${contact.id}`, { properties: { email: "frida.later@pages.example" } }), 200);
		/* the index had these words of the ticket, and of the mail */
		for (const [table, word] of [["object", "chinchillas"], ["message", "wolverine"]]) await waitFor(`"${word}" in the index`, async () => (await sql(at.bellhop, `SELECT count(*) FROM ${table}_words WHERE tokens LIKE '%${word}%'`)) !== "0");
		assert.match(rawFiles(at.bellhop), /frida\.free@pages\.example/);
		await expectStatus(at.call("POST", ERASE, { objectId: contact.id }), 204);
		const words = ["frida.free@", "frida.later@", "@pages.example", "Nightingale notes", "wolverine", "chinchilla", "nightingale", "Nightingale", "ocelot", "frida", "Frida"];
		await waitFor("the file", async () => words.every((word) => !rawFiles(at.bellhop).includes(word))).catch((error) => {
			throw new Error(`${error.message}: ${words.filter((word) => rawFiles(at.bellhop).includes(word))}`);
		});
	});

	describe("a contact who wrote", () => {
		test("nothing has his address or words afterwards; his tickets are shells with their ids", async () => {
			const { row } = await mail("Erika Eraser <Erika.Eraser@private.example>", "Zebrafish matters", "My secret is xylophone.", { attachment: "attached quicksilver" });
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Dear Erika, about your xylophone" }), 201);
			const contact = await expectStatus(at.call("GET", `${OBJECTS}/contacts/erika.eraser@private.example?idProperty=email`), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${contact.id}`, { properties: { phone: "+358 40 7654321", city: "Kauniainen-Grankulla" } }), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { content: "She likes vermilion", hs_ticket_priority: "HIGH" } }), 200);
			const note = await expectStatus(at.call("POST", `${OBJECTS}/notes`, { properties: { hs_timestamp: "2026-11-21T10:00:00Z", hs_note_body: "Called about marzipan" }, associations: [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 202 }] }] }), 201);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "zebrafish" }), 200);
			assert.equal(found.total, 1);

			await expectStatus(at.call("POST", ERASE, { objectId: contact.id }), 204);

			await isGone(["erika", "eraser@private.example", "private.example", "zebrafish", "xylophone", "quicksilver", "vermilion", "marzipan", "7654321", "grankulla", "note.txt"]);
			await refused(at.call("GET", `${OBJECTS}/contacts/${contact.id}`), 404);
			await refused(at.call("GET", `${OBJECTS}/contacts/${contact.id}?archived=true`), 404);
			await refused(at.call("GET", `${OBJECTS}/notes/${note.id}`), 404);
			const shell = await expectStatus(at.call("GET", `${OBJECTS}/tickets/${row.id}?properties=subject,content,hs_ticket_priority,hs_pipeline_stage,createdate&associations=contacts`), 200);
			assert.deepEqual([shell.id, shell.properties.subject || null, shell.properties.content, shell.properties.hs_ticket_priority], [row.id, null, null, "HIGH"]);
			assert.ok(shell.properties.createdate);
			assert.deepEqual(shell.associations ?? {}, {});
			const messages = (await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200)).results;
			assert.equal(messages.length, 2);
			for (const m of messages) assert.equal(m.text ?? "", "");
			assert.equal((await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "zebrafish" }), 200)).total, 0);
			const event = await sql(at.bellhop, `SELECT kind || ' ' || coalesce(body, '') FROM event WHERE kind = 'contact.erased' AND about_id = ${contact.id}`);
			assert.match(event, /^contact\.erased \{"objectType":"1","source":"\w+"\}$/);
			/* a second time there is nobody */
			await refused(at.call("POST", ERASE, { objectId: contact.id }), 404);
		});

		test("in other people's tickets only what is his goes", async () => {
			const { id, row } = await mail("olga@others.example", "Shared matter", "Please talk to PETER.Private@gone.example about tangerines.", { cc: "Peter Private <peter.private@gone.example>", attachment: "kept papers" });
			await mail("peter.private@gone.example", "Re: Shared matter", "I am here, says rhubarb.", { answers: id });
			const messages = async () => (await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200)).results;
			assert.equal((await messages()).length, 2);
			await expectStatus(at.call("POST", ERASE, { objectId: "Peter.Private@gone.example", idProperty: "email" }), 204);
			await isGone(["peter.private", "gone.example", "rhubarb"]);
			const [first, second] = await messages();
			assert.match(first.text, /Please talk to \(erased\) about tangerines\./);
			assert.equal(second.text ?? "", "");
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/tickets/${row.id}`), 200)).properties.subject, "Shared matter");
			assert.ok(blobs(at.bellhop).includes("kept papers"));
			await expectStatus(at.call("GET", `${OBJECTS}/contacts/olga@others.example?idProperty=email`), 200);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { query: "shared" }), 200);
			assert.equal(found.total, 1);
		});

		test("addresses that he had, and contacts that were merged into him, go too", async () => {
			const a = await newContact(at.call, "before.one@changing.example"), b = await newContact(at.call, "merged.one@changing.example", { city: "Nowhereville" });
			await expectStatus(at.call("PATCH", `${OBJECTS}/contacts/${a.id}`, { properties: { email: "after.one@changing.example" } }), 200);
			await expectStatus(at.call("POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: a.id, objectIdToMerge: b.id }), 200);
			const deal = await expectStatus(at.call("POST", `${OBJECTS}/deals`, { properties: { dealname: "For before.one@changing.example", dealstage: "qualifiedtobuy", pipeline: "default" }, associations: [{ to: { id: a.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 3 }] }] }), 201);
			await expectStatus(at.call("POST", ERASE, { objectId: b.id }), 404).catch(() => undefined);
			await expectStatus(at.call("POST", ERASE, { objectId: "merged.one@changing.example", idProperty: "email" }), 204);
			await isGone(["changing.example", "nowhereville"]);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/deals/${deal.id}`), 200)).properties.dealname, "For (erased)");
		});

		test("a blob that somebody else has too stays, with his mail", async () => {
			await mail("first@twins.example", "Twin one", "one", { attachment: "the same brochure" });
			const { row } = await mail("second@twins2.example", "Twin two", "two", { attachment: "the same brochure" });
			await expectStatus(at.call("POST", ERASE, { objectId: "first@twins.example", idProperty: "email" }), 204);
			await isGone(["first@twins.example"]);
			assert.ok(blobs(at.bellhop).includes("the same brochure"));
			const [m] = (await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200)).results;
			assert.equal(m.attachments.length, 1);
		});

		test("one in the recycle bin, and many tickets", async () => {
			const c = await newContact(at.call, "binned@bin.example");
			for (let i = 0; i < 45; i++) await newTicket(at.call, { subject: `Bin ${i} of binned` }, [{ to: { id: c.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] }]);
			await expectStatus(at.call("DELETE", `${OBJECTS}/contacts/${c.id}`), 204);
			await expectStatus(at.call("POST", ERASE, { objectId: c.id }), 204);
			await isGone(["binned"]);
		});
	});

	test("an address that nobody has is no error; other mistakes are", async () => {
		for (let i = 0; i < 2; i++) await expectStatus(at.call("POST", ERASE, { objectId: "nobody@nowhere.example", idProperty: "email" }), 204);
		await refused(at.call("POST", ERASE, {}), 400, /\[objectId\]/);
		await refused(at.call("POST", ERASE, { objectId: "987654321" }), 404);
		await refused(at.call("POST", ERASE, { objectId: "abc" }), 404);
		await refused(at.call("POST", ERASE, { objectId: "not an address", idProperty: "email" }), 400);
		await refused(at.call("POST", ERASE, { objectId: "%", idProperty: "email" }), 400);
		await refused(at.call("POST", ERASE, { objectId: "x", idProperty: "phone" }), 400);
		await refused(at.call("POST", `${OBJECTS}/companies/gdpr-delete`, { objectId: "1" }), 400, "Contacts can be erased, companies cannot.");
	});

	test("only super admins may, and only tokens that write contacts", async () => {
		const { id } = await newContact(at.call, "stays@here.example");
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		await refused(call("POST", ERASE, { objectId: id }), 403);
		const reads = at.token("admin@desk.example", "crm.objects.contacts.read");
		assert.deepEqual((await refused(reads("POST", ERASE, { objectId: id }), 403)).errors[0].context.requiredGranularScopes, ["crm.objects.contacts.write"]);
		await expectStatus(at.call("GET", `${OBJECTS}/contacts/${id}`), 200);
	});

	test("the client's method", async () => {
		const { basicApi } = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm.contacts;
		const made = await basicApi.create({ properties: { email: "client@erase.example" }, associations: [] });
		await basicApi.purge({ objectId: made.id });
		await basicApi.purge({ objectId: "client@erase.example", idProperty: "email" });
		await assert.rejects(basicApi.getById(made.id), (e: any) => e.code === 404);
	});
});
