/* What stands around a record, email from a record, and who an unknown visitor is: the routes behind the sidebar and the record pages. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, lmtpSend, startSmtpSink, waitFor } from "../harness/index.ts";
import { byCookie, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

forEachEngine((engine) => {
	const at = desk(engine);
	const call: typeof at.call = (...args) => at.call(...args);
	const ok = async (...args: Parameters<typeof at.call>) => (await expectStatus(call(...args), 200)) as any;

	describe("linked records", () => {
		test("G-9: links with their labels, and who made and removed them", async () => {
			const ticket = await newTicket(at.call, { subject: "Linked" });
			const contact = await newContact(at.call, "linked@customer.example");
			const company = await newCompany(at.call, "Linked Ltd");
			await expectStatus(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${contact.id}`), 200);
			await expectStatus(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/companies/${company.id}`, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 26 }]), 201);
			const links = (await ok("GET", `/desk/v1/objects/tickets/${ticket.id}/links`)).results;
			assert.deepEqual(links.map((l: any) => [l.objectType, l.hasMore, l.results.map((r: any) => r.label)]), [["contacts", false, ["linked@customer.example"]], ["companies", false, ["Linked Ltd"]], ["deals", false, []], ["tickets", false, []]]);
			assert.deepEqual(links[1].results[0].labels.map((l: any) => [l.label, l.isPrimary]), [["Primary", true]]);
			const back = await ok("GET", `/desk/v1/objects/companies/${company.id}/links?types=tickets`);
			assert.deepEqual(back.results[0].results.map((r: any) => r.id), [ticket.id]);
			await expectStatus(call("DELETE", `/crm/v4/objects/tickets/${ticket.id}/associations/contacts/${contact.id}`), 204);
			for (const [type, id] of [["tickets", ticket.id], ["contacts", contact.id]]) {
				const history = (await ok("GET", `/desk/v1/objects/${type}/${id}/link-history`)).results;
				const mine = history.filter((h: any) => [h.record.objectType, h.record.id].join() === (type === "tickets" ? `contacts,${contact.id}` : `tickets,${ticket.id}`));
				assert.deepEqual(mine.map((h: any) => h.isRemoved), [true, false], type);
				assert.ok(mine[0].userId);
			}
			const first = await ok("GET", `/desk/v1/objects/tickets/${ticket.id}/link-history?limit=1`);
			assert.equal(first.results.length, 1);
			const rest = await ok("GET", `/desk/v1/objects/tickets/${ticket.id}/link-history?before=${first.paging.next.before}`);
			assert.ok(rest.results.length >= 2);
			await refused(call("GET", "/desk/v1/objects/tickets/999999/links"), 404);
			await refused(call("GET", `/desk/v1/objects/tickets/${ticket.id}/links?types=nonsense`), 400);
		});

		test("M-1 M-3: the timeline has activities, tickets and messages, newest first, in pages, of the kinds asked for", async () => {
			await mailIn(at.bellhop, "time@customer.example", "Timeline", "First words");
			const contact = await waitFor("the contact", async () => (await call("GET", `${OBJECTS}/contacts/time@customer.example?idProperty=email`)).body as any);
			const link = (typeId: number) => [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: typeId }] }];
			await expectStatus(call("POST", `${OBJECTS}/notes`, { properties: { hs_timestamp: "2026-01-01T10:00:00Z", hs_note_body: "Met at the fair" }, associations: link(202) }), 201);
			await expectStatus(call("POST", `${OBJECTS}/calls`, { properties: { hs_timestamp: "2026-01-02T10:00:00Z", hs_call_title: "Called", hs_call_body: "About lamps" }, associations: link(194) }), 201);
			const all = (await ok("GET", `/desk/v1/objects/contacts/${contact.id}/timeline`)).results;
			assert.deepEqual(all.slice(-2).map((r: any) => r.objectType), ["calls", "notes"]);
			assert.deepEqual(all.slice(0, -2).map((r: any) => r.objectType).sort(), ["messages", "tickets"]);
			assert.equal(all.find((r: any) => r.objectType === "messages").preview, "First words");
			assert.equal(all.at(-1).properties.hs_note_body, "Met at the fair");
			const seen: string[] = [];
			for (let after = ""; ; ) {
				const page = await ok("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?limit=1${after && `&after=${after}`}`);
				seen.push(...page.results.map((r: any) => r.objectType));
				if (!page.paging) break;
				after = page.paging.next.after;
			}
			assert.deepEqual(seen, all.map((r: any) => r.objectType));
			const calls = await ok("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?types=calls`);
			assert.deepEqual(calls.results.map((r: any) => r.label), ["Called"]);
			await refused(call("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?after=x`), 400);
			const found = async (query: string) => (await ok("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?query=${encodeURIComponent(query)}`)).results.map((r: any) => r.objectType).sort();
			assert.deepEqual(await found("FAIR met"), ["notes"], "every word, in any order and case");
			assert.deepEqual(await found("Ｆirst"), ["messages", "tickets"], "in any width");
			assert.deepEqual(await found("lamp"), ["calls"], "within words");
			assert.deepEqual(await found("met lamps"), []);
			assert.deepEqual(await found("100%_\\'"), [], "signs mean themselves");
			await refused(call("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?query=${"x".repeat(1001)}`), 400);
		});

		test("M-1: what somebody may not see takes nothing else from the pages of his timeline", async () => {
			const who = { email: "narrow@desk.example", password: "sees only what is his" };
			at.bellhop.command("user", "add", "--email", who.email, "--password", who.password, "--first-name", "Nan");
			const { id } = await ok("GET", `/settings/v3/users/${who.email}?idProperty=EMAIL`);
			const owner = await ok("GET", `/crm/v3/owners/${id}?idProperty=userId`);
			await expectStatus(call("PATCH", `/desk/v1/users/${id}`, { ticketView: "OWNED" }), 200);
			const contact = await newContact(at.call, "hidden@customer.example");
			const made: any[] = [];
			for (let i = 0; i < 9; i++) {
				const ticket = await newTicket(at.call, { subject: `Ticket ${i}`, ...(i < 3 ? { hubspot_owner_id: String(owner.id) } : {}) });
				await expectStatus(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${contact.id}`), 200);
				made.push(ticket);
			}
			await expectStatus(call("POST", `${OBJECTS}/notes`, { properties: { hs_timestamp: "2026-01-01T10:00:00Z", hs_note_body: "Oldest" }, associations: [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 202 }] }] }), 201);
			const nan = byCookie(at.bellhop, await signIn(at.bellhop, who));
			const seen: string[] = [];
			for (let after = ""; ; ) {
				const page = (await expectStatus(nan("GET", `/desk/v1/objects/contacts/${contact.id}/timeline?limit=2${after && `&after=${after}`}`), 200)) as any;
				seen.push(...page.results.map((r: any) => r.label || r.objectType));
				if (!page.paging) break;
				after = page.paging.next.after;
			}
			assert.deepEqual(seen, ["Ticket 2", "Ticket 1", "Ticket 0", "notes"]);
			/* more hidden ones than a card has room for, all newer */
			const others = (await expectStatus(call("POST", `${OBJECTS}/tickets/batch/create`, { inputs: Array.from({ length: 100 }, (_, i) => ({ properties: { subject: `Other ${i}`, hs_pipeline_stage: "1" } })) }), 201)).results;
			await expectStatus(call("POST", "/crm/v4/associations/tickets/contacts/batch/associate/default", { inputs: others.map((o: any) => ({ from: { id: o.id }, to: { id: contact.id } })) }), 200);
			const links = (await expectStatus(nan("GET", `/desk/v1/objects/contacts/${contact.id}/links?types=tickets`), 200)).results[0];
			assert.deepEqual(links.results.map((r: any) => r.label), ["Ticket 2", "Ticket 1", "Ticket 0"]);
		});
	});

	test("M-1: who may only look makes, changes, links and erases no record, one by one or many at once", async () => {
		at.bellhop.command("user", "add", "--email", "vera@desk.example", "--password", "only looking here", "--role", "viewer");
		const viewer = byCookie(at.bellhop, await signIn(at.bellhop, { email: "vera@desk.example", password: "only looking here" }));
		const [one, two] = [await newContact(at.call, "one@viewer.example"), await newContact(at.call, "two@viewer.example")];
		const company = await newCompany(at.call, "Viewed Ltd");
		await expectStatus(call("PUT", `/crm/v4/objects/contacts/${one.id}/associations/default/companies/${company.id}`), 200);
		const pair = { from: { id: two.id }, to: { id: company.id } };
		const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];
		const state = async () => JSON.stringify([
			(await ok("GET", `${OBJECTS}/contacts/${one.id}?associations=companies`)).associations,
			(await ok("GET", `${OBJECTS}/contacts/${two.id}?associations=companies&properties=firstname`)),
			(await ok("POST", `${OBJECTS}/contacts/search`, { filterGroups: [] })).total,
			(await ok("GET", `${OBJECTS}/calls?limit=100`)).results.length,
		]);
		const before = await state();
		for (const [method, path, body] of [
			["POST", `${OBJECTS}/contacts`, { properties: { email: "new@viewer.example" } }],
			["POST", `${OBJECTS}/calls`, { properties: { hs_call_body: "x", hs_timestamp: "2026-01-01T10:00:00Z" } }],
			["PATCH", `${OBJECTS}/contacts/${two.id}`, { properties: { firstname: "x" } }],
			["DELETE", `${OBJECTS}/contacts/${two.id}`],
			["POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: one.id, objectIdToMerge: two.id }],
			["POST", `${OBJECTS}/contacts/gdpr-delete`, { objectId: two.id }],
			["POST", `${OBJECTS}/contacts/batch/create`, { inputs: [{ properties: { email: "new@viewer.example" } }] }],
			["POST", `${OBJECTS}/contacts/batch/upsert`, { inputs: [{ id: "two@viewer.example", idProperty: "email", properties: { firstname: "x" } }] }],
			["PUT", `/crm/v4/objects/contacts/${two.id}/associations/default/companies/${company.id}`],
			["PUT", `/crm/v4/objects/contacts/${two.id}/associations/companies/${company.id}`, types],
			["PUT", `${OBJECTS}/contacts/${two.id}/associations/companies/${company.id}/279`],
			["DELETE", `/crm/v4/objects/contacts/${one.id}/associations/companies/${company.id}`],
			["POST", `/desk/v1/objects/contacts/${two.id}/emails`, { to: ["two@viewer.example"], subject: "x", text: "x" }],
			["POST", "/crm/v3/lists", { name: "x", objectTypeId: "0-1", processingType: "MANUAL" }],
		] as [string, string, unknown][]) await refused(viewer(method, path, body), 403);
		/* these answer for each input */
		for (const [path, body] of [
			["/crm/v4/associations/contacts/companies/batch/associate/default", pair],
			["/crm/v4/associations/contacts/companies/batch/create", { ...pair, types }],
			["/crm/v3/associations/contacts/companies/batch/create", { ...pair, type: "contact_to_company" }],
			["/crm/v4/associations/contacts/companies/batch/archive", { from: { id: one.id }, to: [{ id: company.id }] }],
			["/crm/v3/objects/contacts/batch/update", { id: two.id, properties: { firstname: "x" } }],
			["/crm/v3/objects/contacts/batch/archive", { id: two.id }],
		] as [string, object][]) await viewer("POST", path, { inputs: [body] });
		assert.equal(await state(), before);
	});

	describe("email from a record", () => {
		test("C-3 M-2: opens a ticket linked to contact and company, sends its first mail, and the answer joins it", async () => {
			const sink = await startSmtpSink();
			try {
				await expectStatus(call("PUT", "/desk/v1/relay", { url: sink.url }), 200);
				const contact = await newContact(at.call, "outbound@customer.example");
				const company = await newCompany(at.call, "Outbound Ltd");
				await expectStatus(call("PUT", `/crm/v4/objects/contacts/${contact.id}/associations/companies/${company.id}`, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }]), 201);
				const sent = (await expectStatus(call("POST", `/desk/v1/objects/contacts/${contact.id}/emails`, { to: ["outbound@customer.example"], subject: "Your lamp", html: "<p>Is it <b>well</b>?</p>" }), 201)) as any;
				const ticket = await ok("GET", `/desk/v1/tickets/${sent.ticketId}`);
				assert.equal(ticket.ticket.subject, "Your lamp");
				assert.equal(ticket.properties.outbound_ticket, "true");
				assert.equal(ticket.contact.email, "outbound@customer.example");
				const links = (await ok("GET", `/desk/v1/objects/tickets/${sent.ticketId}/links`)).results;
				assert.deepEqual(links[1].results.map((r: any) => r.label), ["Outbound Ltd"]);
				const mail = await sink.waitForMail("the mail", (m) => m.header("Subject") === "Your lamp");
				assert.deepEqual(mail.to, ["outbound@customer.example"]);
				const data = `From: outbound@customer.example\nTo: ${at.bellhop.inbox}\nSubject: Re: Your lamp\nMessage-ID: <answer@customer.example>\nIn-Reply-To: ${mail.header("Message-ID")}\n\nIt is.\n`;
				await lmtpSend(at.bellhop.lmtpPort, { from: "outbound@customer.example", to: [at.bellhop.inbox], data });
				await waitFor("the answer", async () => ((await ok("GET", `/desk/v1/tickets/${sent.ticketId}/messages`)).results as any[]).some((m) => m.direction === "INCOMING"));
			} finally {
				await sink.stop();
			}
		});

		test("C-3: from a company it goes to whom one says; refusals name the field and leave nothing", async () => {
			const company = await newCompany(at.call, "Written Ltd");
			const path = `/desk/v1/objects/companies/${company.id}/emails`;
			const field = async (body: object, name: string) => assert.equal(((await refused(call("POST", path, body), 400)) as any).errors[0].in, name);
			await field({ subject: "x", text: "y" }, "to");
			await field({ to: ["nobody"], subject: "x", text: "y" }, "to");
			await field({ to: ["a@b.example"], text: "y" }, "subject");
			await field({ to: ["a@b.example"], subject: "x" }, "text");
			await field({ to: ["a@b.example"], subject: "x", text: "y", channelAccountId: "999999" }, "channelAccountId");
			assert.deepEqual((await ok("GET", `/desk/v1/objects/companies/${company.id}/links`)).results[3].results, []);
			const sent = (await expectStatus(call("POST", path, { to: [{ address: "cy@written.example", name: "Cy Dahl" }], subject: "Hello", text: "Dear Cy" }), 201)) as any;
			const ticket = await ok("GET", `/desk/v1/tickets/${sent.ticketId}`);
			assert.equal(ticket.contact.name, "Cy Dahl");
			assert.deepEqual((await ok("GET", `/desk/v1/objects/companies/${company.id}/links`)).results[3].results.map((r: any) => r.id), [sent.ticketId]);
		});

		test("D-8: the first message of a ticket that was made by hand opens its conversation", async () => {
			const contact = await newContact(at.call, "byhand@customer.example");
			const ticket = await newTicket(at.call, { subject: "By hand" });
			assert.equal((await ok("GET", `/desk/v1/tickets/${ticket.id}/messages`)).results.length, 0);
			await expectStatus(call("PUT", `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${contact.id}`), 200);
			const detail = await ok("GET", `/desk/v1/tickets/${ticket.id}`);
			assert.deepEqual(detail.replyTo.to, ["byhand@customer.example"]);
			const m = (await expectStatus(call("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "Hello" }), 201)) as any;
			assert.deepEqual(m.to.map((a: any) => a.address), ["byhand@customer.example"]);
			assert.equal((await ok("GET", `/desk/v1/tickets/${ticket.id}/messages`)).results[0].threadId, m.threadId);
		});
	});

	describe("unknown visitors", () => {
		const CHANNELS = "/conversations/v3/custom-channels";
		const opaque = (value: string) => ({ type: "CHANNEL_SPECIFIC_OPAQUE_ID", value });
		let n = 0;
		/* A visitor writes through a channel; his tickets, newest last, with the first message of each. */
		const visitor = async (id: string, conversations: number, name?: string) => {
			const capabilities = { deliveryIdentifierTypes: ["CHANNEL_SPECIFIC_OPAQUE_ID"], threadingModel: "INTEGRATION_THREAD_ID", richText: [], allowOutgoingMessages: true };
			const channel = await expectStatus(call("POST", CHANNELS, { name: `Chat ${++n}`, capabilities }), 201);
			const inbox = (await ok("GET", "/conversations/v3/conversations/inboxes")).results[0].id;
			const account = await expectStatus(call("POST", `${CHANNELS}/${channel.id}/channel-accounts`, { inboxId: inbox, name: "Team", authorized: true, deliveryIdentifier: opaque(`team-${n}`) }), 201);
			const write = (thread: string) => expectStatus(call("POST", `${CHANNELS}/${channel.id}/messages`, { channelAccountId: account.id, messageDirection: "INCOMING", text: `Hello from ${thread}`, senders: [{ name, deliveryIdentifier: opaque(id) }], recipients: [{ deliveryIdentifier: opaque(`team-${n}`) }], integrationThreadId: thread }), 201);
			const tickets: { ticketId: string; messageId: string; threadId: string }[] = [];
			for (let i = 0; i < conversations; i++) {
				const m = await write(`${id}-${i}`);
				const { associatedTicketId, ...thread } = await ok("GET", `/conversations/v3/conversations/threads/${m.conversationsThreadId}?association=TICKET`);
				tickets.push({ ticketId: associatedTicketId ?? thread.threadAssociations.associatedTicketId, messageId: m.id, threadId: m.conversationsThreadId });
			}
			return { write, tickets };
		};
		const message = async (ticketId: string) => (await ok("GET", `/desk/v1/tickets/${ticketId}/messages`)).results[0];
		const contactOf = async (ticketId: string) => (await ok("GET", `/desk/v1/tickets/${ticketId}`)).contact;

		test("G-1 G-4: a new contact: the ticket, its conversation and his former tickets are his, and so is what he writes next", async () => {
			const { write, tickets } = await visitor("cora-1", 2);
			const [former, latest] = tickets as [any, any];
			assert.equal((await message(latest.ticketId)).isUnidentified, true);
			const offered = await ok("GET", `/desk/v1/tickets/${latest.ticketId}/messages/${latest.messageId}/former-tickets`);
			assert.deepEqual(offered.results.map((t: any) => t.id), [former.ticketId]);
			const properties = { email: "cora@customer.example", firstname: "Cora", lastname: "Lind" };
			const contact = await ok("POST", `/desk/v1/tickets/${latest.ticketId}/identify`, { messageId: latest.messageId, properties });
			assert.equal(contact.label, "Cora Lind");
			for (const { ticketId, threadId } of tickets) {
				assert.equal((await contactOf(ticketId)).email, "cora@customer.example");
				assert.equal((await message(ticketId)).isUnidentified, undefined);
				assert.equal((await ok("GET", `/conversations/v3/conversations/threads/${threadId}`)).associatedContactId, contact.id);
			}
			const next = await write("cora-1-new");
			assert.equal((await ok("GET", `/conversations/v3/conversations/threads/${next.conversationsThreadId}`)).associatedContactId, contact.id);
			await refused(call("POST", `/desk/v1/tickets/${latest.ticketId}/identify`, { messageId: latest.messageId, properties }), 400, /known/);
		});

		test("G-3 G-4: an existing contact takes the visitor over, with all or only some of the former tickets", async () => {
			const known = await newContact(at.call, "known@customer.example", { firstname: "Kim" });
			const { write, tickets } = await visitor("kim-1", 3);
			const [other, mine, latest] = tickets as [any, any, any];
			await ok("POST", `/desk/v1/tickets/${latest.ticketId}/identify`, { messageId: latest.messageId, contactId: known.id, ticketIds: [mine.ticketId] });
			for (const { ticketId, threadId } of [mine, latest]) {
				assert.equal((await contactOf(ticketId)).id, known.id);
				assert.equal((await ok("GET", `/conversations/v3/conversations/threads/${threadId}`)).associatedContactId, known.id);
			}
			assert.notEqual((await contactOf(other.ticketId)).id, known.id);
			assert.equal((await message(other.ticketId)).isUnidentified, true);
			await ok("POST", `/desk/v1/tickets/${other.ticketId}/identify`, { messageId: other.messageId, contactId: known.id });
			assert.equal((await contactOf(other.ticketId)).id, known.id);
			const next = await write("kim-1-new");
			assert.equal((await ok("GET", `/conversations/v3/conversations/threads/${next.conversationsThreadId}`)).associatedContactId, known.id);
		});

		test("G-7: an address that a contact has is refused with that contact's id; bad input names the field and changes nothing", async () => {
			const known = await newContact(at.call, "taken@customer.example");
			const { tickets } = await visitor("tom-1", 1);
			const { ticketId, messageId } = tickets[0] as any;
			const path = `/desk/v1/tickets/${ticketId}/identify`;
			const taken = await refused(call("POST", path, { messageId, properties: { email: "Taken@customer.example" } }), 409, /already exists/);
			assert.deepEqual(taken.context.contactId, [known.id]);
			assert.equal((await refused(call("POST", path, { messageId: "999999", contactId: known.id }), 400)).errors[0].in, "messageId");
			assert.equal((await refused(call("POST", path, { messageId, properties: {} }), 400)).errors[0].in, "properties");
			await refused(call("POST", path, { messageId, properties: { nonsense: "x" } }), 400);
			await refused(call("POST", path, { messageId, contactId: "999999" }), 404);
			assert.equal((await refused(call("POST", path, { messageId, contactId: known.id, ticketIds: ["999999"] }), 400)).errors[0].in, "ticketIds");
			assert.equal((await message(ticketId)).isUnidentified, true);
			await ok("POST", path, { messageId, contactId: known.id });
			assert.equal((await ok("GET", `${OBJECTS}/contacts/${known.id}`)).properties.firstname, null, "an identifier is no name");
		});

		test("G-1: who answers a mail from an unknown address is unidentified until he is said to be a contact of the ticket", async () => {
			const row = await mailIn(at.bellhop, "asks@customer.example", "Second address");
			const reply = await expectStatus(call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "Well?", cc: ["colleague@customer.example"], to: ["asks@customer.example"] }), 201);
			const id = (await sql(at.bellhop, `SELECT mail_id FROM message WHERE id = ${reply.id}`)).trim();
			const data = `From: Coll Eague <colleague@customer.example>\nTo: ${at.bellhop.inbox}\nSubject: Re\nMessage-ID: <c1@customer.example>\nIn-Reply-To: <${id}>\n\nMe too.\n`;
			await lmtpSend(at.bellhop.lmtpPort, { from: "colleague@customer.example", to: [at.bellhop.inbox], data });
			const answer = await waitFor("the answer", async () => (await ok("GET", `/desk/v1/tickets/${row.id}/messages`)).results.find((m: any) => m.senderAddress === "colleague@customer.example"));
			assert.equal(answer.isUnidentified, true);
			const contact = await ok("POST", `/desk/v1/tickets/${row.id}/identify`, { messageId: answer.id, properties: { email: "colleague@customer.example", firstname: "Coll" } });
			assert.equal((await contactOf(row.id)).email, "asks@customer.example");
			const links = (await ok("GET", `/desk/v1/objects/tickets/${row.id}/links`)).results[0].results.map((r: any) => r.id);
			assert.ok(links.includes(contact.id));
			assert.ok((await ok("GET", `/desk/v1/tickets/${row.id}/messages`)).results.every((m: any) => !m.isUnidentified));
		});
	});

	describe("who works where", () => {
		const PATH = "/desk/v1/company-association";
		const company = (properties: object) => expectStatus(call("POST", `${OBJECTS}/companies`, { properties }), 201) as Promise<any>;
		const companiesOf = async (id: string) => (await ok("GET", `/desk/v1/objects/contacts/${id}/links`)).results.find((l: any) => l.objectType === "companies").results;
		const linked = (id: string, name: string) => waitFor(`the company ${name}`, async () => (await companiesOf(id)).some((r: any) => r.label === name && r.labels[0]?.isPrimary));
		const stays = async (id: string) => {
			/* a contact that is linked shows that the jobs before it have run */
			const after = await newContact(at.call, `after${id}@works.example`);
			await linked(after.id, "Works");
			assert.deepEqual(await companiesOf(id), []);
		};

		test("G-10 M-4: a contact and the company of its email domain are linked, whichever is made first; freemail goes by the website", async () => {
			const early = await newContact(at.call, "early@works.example");
			await company({ name: "Works", domain: "https://www.Works.example/about", hs_additional_domains: "works.test; works.invalid" });
			await linked(early.id, "Works");
			await linked((await newContact(at.call, "late@works.example")).id, "Works");
			await linked((await newContact(at.call, "other@works.test")).id, "Works");
			await linked((await newContact(at.call, "private@gmail.com", { website: "www.works.example" })).id, "Works");
			await stays((await newContact(at.call, "nobody@gmail.com")).id);
			await stays((await newContact(at.call, "nobody@elsewhere.example")).id);
			const moved = await newContact(at.call, "moved@elsewhere.example");
			await expectStatus(call("PATCH", `${OBJECTS}/contacts/${moved.id}`, { properties: { email: "moved@works.example" } }), 200);
			await linked(moved.id, "Works");
			const taken = await newCompany(at.call, "Own choice");
			const chosen = await expectStatus(call("POST", `${OBJECTS}/contacts`, { properties: { email: "chosen@works.example" }, associations: [{ to: { id: taken.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }] }] }), 201);
			const after = await newContact(at.call, "after-chosen@works.example");
			await linked(after.id, "Works");
			assert.deepEqual((await companiesOf(chosen.id)).map((r: any) => r.label), ["Own choice"]);
		});

		test("G-10: an administrator leaves domains out or switches it off; bad input names the field", async () => {
			assert.deepEqual(await ok("GET", PATH), { isOn: true, excludedDomains: [] });
			await company({ name: "Left out", domain: "leftout.example" });
			assert.deepEqual(await ok("PUT", PATH, { isOn: true, excludedDomains: ["LeftOut.example"] }), { isOn: true, excludedDomains: ["leftout.example"] });
			await stays((await newContact(at.call, "a@leftout.example")).id);
			await ok("PUT", PATH, { isOn: false, excludedDomains: [] });
			const off = await newContact(at.call, "off@works.example");
			await ok("PUT", PATH, { isOn: true, excludedDomains: [] });
			await stays(off.id);
			for (const [body, field] of [[{ isOn: "yes" }, "isOn"], [{ isOn: true, excludedDomains: "x" }, "excludedDomains"], [{ isOn: true, excludedDomains: ["not a domain"] }, "excludedDomains"], [{ isOn: true, excludedDomains: Array(1001).fill("a.example") }, "excludedDomains"]] as const)
				assert.equal((await refused(call("PUT", PATH, body), 400)).errors[0].in, field);
		});

		test("M-4: a contact's further address finds it, for mails that come in and for callers, and is nobody else's", async () => {
			const contact = await newContact(at.call, "first@two.example", { firstname: "Two", hs_additional_emails: "second@two.example; Third@two.example" });
			assert.equal((await ok("GET", `${OBJECTS}/contacts/third@two.example?idProperty=email`)).id, contact.id);
			const row = await mailIn(at.bellhop, "second@two.example", "From the second address");
			assert.equal((await ok("GET", `/desk/v1/tickets/${row.id}`)).contact.id, contact.id);
			await refused(call("POST", `${OBJECTS}/contacts`, { properties: { email: "second@two.example" } }), 409, /already exists/);
			await expectStatus(call("PATCH", `${OBJECTS}/contacts/${contact.id}`, { properties: { hs_additional_emails: "" } }), 200);
			await refused(call("GET", `${OBJECTS}/contacts/second@two.example?idProperty=email`), 404);
		});
	});
});
