/* Properties that the desk keeps true: each after the change that moves it, and all of them after many random changes, compared
 * with what the rows say. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, mailIn, newCompany, newContact, newTicket, OBJECTS, refused, signIn } from "./help.ts";

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

forEachEngine((engine) => {
	const at = desk(engine);
	const get = async (type: string, id: string, ...names: string[]) => (await expectStatus(at.call("GET", `${OBJECTS}/${type}/${id}?properties=${names.join(",")}`), 200)).properties;
	const one = async (type: string, id: string, name: string) => (await get(type, id, name))[name];
	const make = (type: string, properties: object, associations?: unknown) => expectStatus(at.call("POST", `${OBJECTS}/${type}`, { properties, associations }), 201);
	const patch = (type: string, id: string, properties: object) => expectStatus(at.call("PATCH", `${OBJECTS}/${type}/${id}`, { properties }), 200);
	const archive = (type: string, id: string) => expectStatus(at.call("DELETE", `${OBJECTS}/${type}/${id}`), 204);
	const to = (id: string, ...types: number[]) => ({ to: { id }, types: types.map((associationTypeId) => ({ associationCategory: "HUBSPOT_DEFINED", associationTypeId })) });
	const link = (a: string, aId: string, b: string, bId: string) => expectStatus(at.call("PUT", `/crm/v4/objects/${a}/${aId}/associations/default/${b}/${bId}`), 200);
	const label = (a: string, aId: string, b: string, bId: string, type: number) => expectStatus(at.call("PUT", `/crm/v4/objects/${a}/${aId}/associations/${b}/${bId}`, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: type }]), 201);
	const unlink = (a: string, aId: string, b: string, bId: string) => expectStatus(at.call("DELETE", `/crm/v4/objects/${a}/${aId}/associations/${b}/${bId}`), 204);
	const reply = (ticketId: string, text = "Here is how.", more: object = {}) => expectStatus(at.call("POST", `/desk/v1/tickets/${ticketId}/replies`, { text, ...more }), 201);

	describe("what an object says of itself", () => {
		test("who made it, how it came, and who changed it last", async () => {
			const names = ["hs_object_source", "hs_object_source_label", "hs_object_source_id", "hs_object_source_user_id", "hs_created_by_user_id", "hs_updated_by_user_id"];
			const cookie = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			const me = (await expectStatus(cookie("GET", "/desk/v1/session"), 200)).user ?? (await expectStatus(cookie("GET", "/desk/v1/session"), 200));
			const ticket = await newTicket(cookie);
			const read = await get("tickets", ticket.id, ...names);
			assert.deepEqual(names.map((n) => read[n]), ["CRM_UI", "CRM_UI", `userId:${me.id}`, me.id, me.id, me.id]);
			await patch("tickets", ticket.id, { subject: "By another" });
			const changed = await get("tickets", ticket.id, ...names);
			assert.equal(changed.hs_created_by_user_id, me.id);
			assert.notEqual(changed.hs_updated_by_user_id, me.id);
			const mailed = await get("tickets", (await mailIn(at.bellhop, "source@customer.example", "By mail")).id, ...names);
			assert.deepEqual(names.map((n) => mailed[n]), ["EMAIL", "EMAIL", null, null, null, null]);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { filterGroups: [{ filters: [{ propertyName: "hs_created_by_user_id", operator: "EQ", value: me.id }] }] }), 200);
			assert.deepEqual(found.results.map((o: any) => o.id), [ticket.id]);
			assert.equal(await one("tickets", ticket.id, "hs_in_helpdesk"), "true");
		});

		test("closing, a close date of one's own, and reopening", async () => {
			const names = ["closed_date", "hs_last_closed_date", "time_to_close", "hs_ticket_reopened_at", "hs_is_one_touch_ticket"];
			const ticket = await newTicket(at.call, { createdate: iso(Date.now() - 3 * DAY) });
			const before = Date.now();
			await patch("tickets", ticket.id, { hs_pipeline_stage: "4" });
			const closed = await get("tickets", ticket.id, "createdate", ...names);
			assert.ok(Date.parse(closed.closed_date) >= before && closed.hs_last_closed_date === closed.closed_date);
			assert.equal(Number(closed.time_to_close), Date.parse(closed.closed_date) - Date.parse(closed.createdate));
			assert.equal(closed.hs_is_one_touch_ticket, "false");
			const own = iso(Date.parse(closed.createdate) + 5000);
			await patch("tickets", ticket.id, { closed_date: own });
			assert.deepEqual(Object.values(await get("tickets", ticket.id, ...names)).slice(0, 5).includes("5000"), true);
			assert.equal(await one("tickets", ticket.id, "hs_last_closed_date"), own);
			await patch("tickets", ticket.id, { hs_pipeline_stage: "1" });
			const open = await get("tickets", ticket.id, ...names);
			assert.deepEqual([open.closed_date, open.hs_last_closed_date, open.time_to_close, open.hs_is_one_touch_ticket], [null, own, null, null]);
			assert.ok(Date.parse(open.hs_ticket_reopened_at) >= before);
		});

		test("a contact's domain, and a life cycle that goes forward only", async () => {
			const contact = await newContact(at.call, "Forward@Sub.Customer.Example", { lifecyclestage: "lead" });
			assert.equal(await one("contacts", contact.id, "hs_email_domain"), "sub.customer.example");
			await patch("contacts", contact.id, { email: "forward@other.example", lifecyclestage: "customer" });
			const now = await get("contacts", contact.id, "hs_email_domain", "lifecyclestage");
			assert.deepEqual([now.hs_email_domain, now.lifecyclestage], ["other.example", "customer"]);
			await patch("contacts", contact.id, { lifecyclestage: "lead", firstname: "Fay" });
			const kept = await get("contacts", contact.id, "lifecyclestage", "firstname");
			assert.deepEqual([kept.lifecyclestage, kept.firstname], ["customer", "Fay"]);
			await patch("contacts", contact.id, { lifecyclestage: "" });
			await patch("contacts", contact.id, { lifecyclestage: "lead" });
			assert.equal(await one("contacts", contact.id, "lifecyclestage"), "lead");
		});

		test("a deal's close date, probability and whether it was won", async () => {
			const names = ["hs_is_closed", "hs_is_closed_won", "hs_deal_stage_probability", "closedate", "amount"];
			const deal = await make("deals", { dealname: "Big", pipeline: "default", dealstage: "qualifiedtobuy", amount: "7.50" });
			assert.deepEqual(names.map((n) => [n, deal.properties[n] ?? null]).slice(3), [["closedate", null], ["amount", "7.50"]]);
			const before = Date.now();
			await patch("deals", deal.id, { dealstage: "closedwon" });
			const won = await get("deals", deal.id, ...names);
			assert.deepEqual(names.slice(0, 3).map((n) => won[n]), ["true", "true", "1.0"]);
			assert.ok(Date.parse(won.closedate) >= before);
			await patch("deals", deal.id, { dealstage: "closedlost", closedate: "2026-01-01" });
			const lost = await get("deals", deal.id, ...names);
			assert.deepEqual(names.map((n) => lost[n]), ["true", "false", "0.0", "2026-01-01T00:00:00.000Z", "7.50"]);
		});

		test("amounts of line items and quotes are exact", async () => {
			const items: [object, string | null][] = [
				[{ price: "0.1", quantity: "3" }, "0.3"],
				[{ price: "19.99", quantity: "3", discount: "0.99" }, "57"],
				[{ price: "234.56", quantity: "10", hs_discount_percentage: "20" }, "1876.48"],
				[{ price: "5" }, "5"],
				[{ quantity: "2" }, null],
				[{ price: "1e30", quantity: "1e30" }, null],
			];
			const quote = await make("quotes", { hs_title: "Offer" });
			const made = [];
			for (const [properties, amount] of items) {
				const item = await make("line_items", { name: "Item", ...properties }, [to(quote.id, 68)]);
				assert.equal(item.properties.amount ?? null, amount, JSON.stringify(properties));
				made.push(item);
			}
			assert.equal(await one("quotes", quote.id, "hs_quote_amount"), "1938.78");
			await patch("line_items", made[0].id, { quantity: "4" });
			assert.equal(await one("quotes", quote.id, "hs_quote_amount"), "1938.88");
			await archive("line_items", made[2].id);
			assert.equal(await one("quotes", quote.id, "hs_quote_amount"), "62.4");
			await unlink("quotes", quote.id, "line_items", made[1].id);
			assert.equal(await one("quotes", quote.id, "hs_quote_amount"), "5.4");
			for (const type of ["line_items", "quotes"]) {
				const body = await refused(at.call("POST", `${OBJECTS}/${type}`, { properties: { [type === "quotes" ? "hs_quote_amount" : "amount"]: "1" } }), 400);
				assert.equal(body.errors[0].code, "READ_ONLY_VALUE");
			}
		});

		test("headers of a logged email fill who it is from and to", async () => {
			const headers = { from: { email: "from@desk.example", firstName: "Fred", lastName: "From" }, to: [{ email: "a@customer.example", firstName: "Ann" }, { email: "b@customer.example", firstName: "Bob", lastName: "Bee" }], cc: [] };
			const email = await make("emails", { hs_timestamp: iso(Date.now()), hs_email_direction: "EMAIL", hs_email_headers: JSON.stringify(headers) });
			const read = await get("emails", email.id, "hs_email_from_email", "hs_email_from_firstname", "hs_email_from_lastname", "hs_email_to_email", "hs_email_to_firstname", "hs_email_to_lastname");
			const { createdate: _a, hs_createdate: _b, hs_lastmodifieddate: _c, hs_object_id: _d, ...people } = read;
			assert.deepEqual(people, { hs_email_from_email: "from@desk.example", hs_email_from_firstname: "Fred", hs_email_from_lastname: "From", hs_email_to_email: "a@customer.example;b@customer.example", hs_email_to_firstname: "Ann;Bob", hs_email_to_lastname: "Bee" });
			await patch("emails", email.id, { hs_email_headers: "" });
			assert.equal(await one("emails", email.id, "hs_email_to_email"), null);
			for (const bad of ["nonsense", "[]", "\"x\"", "{"]) {
				const body = await refused(at.call("PATCH", `${OBJECTS}/emails/${email.id}`, { properties: { hs_email_headers: bad } }), 400);
				assert.deepEqual(body.errors[0].context, { propertyName: ["hs_email_headers"] });
			}
			for (const odd of ["{}", '{"from":7,"to":{"email":"x@y.example"}}', '{"to":[null,3,{}]}']) await patch("emails", email.id, { hs_email_headers: odd });
			const call = await make("calls", { hs_timestamp: iso(Date.now()), hs_call_body: "<p>Asked for <b>help</b></p>" });
			assert.equal(await one("calls", call.id, "hs_body_preview"), "Asked for help");
		});

		test("what is read only is refused with READ_ONLY_VALUE, on create and on update, of every type", async () => {
			const types = ["tickets", "contacts", "companies", "deals", "products", "line_items", "quotes", "emails", "calls", "notes", "tasks", "meetings", "communications"];
			for (const type of types) {
				const { results } = await expectStatus(at.call("GET", `/crm/v3/properties/${type}`), 200);
				const names = results.filter((p: any) => p.modificationMetadata.readOnlyValue).map((p: any) => p.name);
				assert.ok(names.length > 3, type);
				for (const name of names) {
					const fault = await refused(at.call("POST", `${OBJECTS}/${type}`, { properties: { [name]: "1" } }), 400);
					assert.ok(fault.errors?.some((e: any) => e.code === "READ_ONLY_VALUE" && e.context.propertyName[0] === name), `${type} ${name}: ${JSON.stringify(fault)}`);
				}
			}
		});
	});

	describe("what other rows say of it", () => {
		test("messages of a ticket: who wrote first and last, how often we did; and its contact was contacted", async () => {
			const row = await mailIn(at.bellhop, "spoken@customer.example", "Spoken");
			const names = ["createdate", "hs_last_message_received_at", "last_reply_date", "hs_last_message_sent_at", "first_agent_reply_date", "hs_first_agent_message_sent_at", "time_to_first_agent_reply", "hs_lastcontacted", "hs_num_times_contacted", "num_notes", "num_contacted_notes", "notes_last_contacted", "hs_number_of_touches", "hs_lastactivitydate", "notes_last_updated", "last_engagement_date", "hs_num_associated_conversations", "hs_is_one_touch_ticket"];
			const asked = await get("tickets", row.id, ...names);
			assert.equal(asked.hs_last_message_received_at, asked.last_reply_date);
			assert.equal(asked.hs_num_associated_conversations, "1");
			assert.equal(asked.hs_lastactivitydate, asked.hs_last_message_received_at);
			assert.deepEqual(["first_agent_reply_date", "time_to_first_agent_reply", "hs_num_times_contacted", "hs_lastcontacted"].map((n) => asked[n]), [null, null, null, null]);
			await reply(row.id, "Once.", { stageId: "4" });
			const once = await get("tickets", row.id, ...names);
			assert.deepEqual(["hs_num_times_contacted", "num_notes", "num_contacted_notes", "hs_number_of_touches", "hs_is_one_touch_ticket"].map((n) => once[n]), ["1", "1", "1", "1", "true"]);
			assert.equal(Number(once.time_to_first_agent_reply), Date.parse(once.first_agent_reply_date) - Date.parse(once.createdate));
			await reply(row.id, "Twice.");
			const twice = await get("tickets", row.id, ...names);
			assert.deepEqual(["first_agent_reply_date", "hs_first_agent_message_sent_at"].map((n) => twice[n]), [once.first_agent_reply_date, once.first_agent_reply_date]);
			assert.deepEqual([twice.hs_num_times_contacted, twice.hs_is_one_touch_ticket], ["2", "false"]);
			for (const n of ["hs_lastcontacted", "notes_last_contacted", "last_engagement_date", "hs_lastactivitydate", "notes_last_updated"]) assert.equal(twice[n], twice.hs_last_message_sent_at, n);
			const contact = await get("contacts", row.contactId, "num_notes", "notes_last_contacted");
			assert.deepEqual([contact.num_notes, contact.notes_last_contacted], ["2", twice.hs_last_message_sent_at]);
		});

		test("where a ticket's first message came from", async () => {
			const row = await mailIn(at.bellhop, "origin@customer.example", "Origin");
			const names = ["hs_conversations_originating_thread_id", "hs_conversations_originating_message_id", "hs_originating_generic_channel_id", "hs_originating_channel_instance_id"];
			const { results } = await expectStatus(at.call("GET", `/desk/v1/tickets/${row.id}/messages`), 200);
			const first = await get("tickets", row.id, ...names);
			assert.deepEqual(names.slice(0, 3).map((n) => first[n]), [results[0].threadId, results[0].id, "1002"]);
			await reply(row.id);
			assert.deepEqual(await get("tickets", row.id, ...names).then((p) => names.map((n) => p[n])), names.map((n) => first[n]));
		});

		test("activities linked with a ticket and a contact, past and to come; a task that is done is not ahead", async () => {
			const ticket = await newTicket(at.call, { createdate: iso(Date.now() - 30 * DAY) });
			const contact = await newContact(at.call, "active@customer.example");
			const links = (ticketType: number, contactType: number) => [to(ticket.id, ticketType), to(contact.id, contactType)];
			const names = ["num_notes", "hs_num_times_contacted", "hs_lastcontacted", "hs_lastactivitydate", "last_engagement_date", "hs_nextactivitydate", "notes_next_activity_date"];
			const read = async () => names.map((n) => last[n], (last = await get("tickets", ticket.id, ...names)));
			let last: any;
			assert.deepEqual((await read()).map((v) => v === last.hs_lastactivitydate || v), [null, null, null, true, null, null, null]);
			const note = iso(Date.now() - 5 * DAY), call = iso(Date.now() - 10 * DAY), ahead = iso(Date.now() + 2 * DAY), further = iso(Date.now() + 4 * DAY);
			await make("notes", { hs_timestamp: note, hs_note_body: "n" }, links(228, 202));
			const called = await make("calls", { hs_timestamp: call, hs_call_title: "c" }, links(220, 194));
			assert.deepEqual(await read(), ["2", "1", call, note, call, null, null]);
			const task = await make("tasks", { hs_timestamp: ahead, hs_task_subject: "t" }, links(230, 204));
			await make("meetings", { hs_timestamp: further, hs_meeting_title: "m" }, links(226, 200));
			assert.deepEqual(await read(), ["4", "1", call, note, call, ahead, ahead]);
			await patch("tasks", task.id, { hs_task_status: "COMPLETED" });
			assert.deepEqual((await read()).slice(5), [further, further]);
			const email = await make("emails", { hs_timestamp: iso(Date.now() - DAY), hs_email_direction: "INCOMING_EMAIL" }, links(224, 198));
			assert.equal((await read())[1], "1", "who wrote to us was not contacted");
			await patch("emails", email.id, { hs_email_direction: "EMAIL" });
			assert.equal((await read())[1], "2");
			await archive("emails", email.id);
			await unlink("calls", called.id, "tickets", ticket.id);
			assert.deepEqual((await read()).slice(0, 5), ["3", null, null, note, null]);
			const person = await get("contacts", contact.id, "num_notes", "notes_last_contacted");
			assert.deepEqual([person.num_notes, person.notes_last_contacted], ["4", call]);
		});

		test("what lies ahead is behind when its time has come", async () => {
			const ticket = await newTicket(at.call);
			const soon = iso(Date.now() + 1500);
			await make("meetings", { hs_timestamp: soon, hs_meeting_title: "m" }, [to(ticket.id, 226)]);
			assert.equal(await one("tickets", ticket.id, "hs_nextactivitydate"), soon);
			await waitFor("the meeting to be over", async () => (await one("tickets", ticket.id, "hs_nextactivitydate")) === null);
			assert.equal(await one("tickets", ticket.id, "hs_lastcontacted"), soon);
		});

		test("companies: how many contacts and deals, parents and children; which is primary", async () => {
			const [mother, child] = [await newCompany(at.call, "Mother"), await newCompany(at.call, "Child")];
			const [ann, bob] = [await newContact(at.call, "ann.c@customer.example"), await newContact(at.call, "bob.c@customer.example")];
			const deal = await make("deals", { dealname: "d", pipeline: "default", dealstage: "contractsent" }, [to(mother.id, 341)]);
			await label("companies", mother.id, "companies", child.id, 13);
			await label("contacts", ann.id, "companies", mother.id, 1);
			await link("contacts", bob.id, "companies", mother.id);
			const names = ["num_associated_contacts", "num_associated_deals", "hs_num_child_companies", "hs_parent_company_id"];
			const family = async (id: string) => Object.values(await get("companies", id, ...names).then((p) => names.map((n) => p[n])));
			assert.deepEqual(await family(mother.id), ["2", "1", "1", null]);
			assert.deepEqual(await family(child.id), [null, null, null, mother.id]);
			assert.equal(await one("contacts", ann.id, "associatedcompanyid"), mother.id);
			assert.equal(await one("contacts", bob.id, "associatedcompanyid"), null);
			await label("contacts", ann.id, "companies", child.id, 1);
			assert.equal(await one("contacts", ann.id, "associatedcompanyid"), child.id);
			await archive("contacts", bob.id);
			await archive("deals", deal.id);
			await archive("companies", child.id);
			assert.deepEqual(await family(mother.id), ["1", null, null, null]);
			assert.equal(await one("contacts", ann.id, "associatedcompanyid"), null);
		});

		test("a ticket's companies and the addresses of its contacts follow their names", async () => {
			const company = await newCompany(at.call, "Acme");
			const contact = await newContact(at.call, "named@customer.example");
			const ticket = await newTicket(at.call, {}, [to(company.id, 26), to(contact.id, 16)]);
			const names = ["hs_num_associated_companies", "hs_primary_company_id", "hs_primary_company", "hs_primary_company_name", "hs_all_associated_contact_emails"];
			const read = () => get("tickets", ticket.id, ...names).then((p) => names.map((n) => p[n]));
			assert.deepEqual(await read(), ["1", company.id, "Acme", "Acme", "named@customer.example"]);
			const other = await newContact(at.call, "other.name@customer.example");
			await link("contacts", other.id, "tickets", ticket.id);
			await patch("contacts", contact.id, { email: "renamed@customer.example" });
			await patch("companies", company.id, { name: "Umbrella" });
			assert.deepEqual(await read(), ["1", company.id, "Umbrella", "Umbrella", "renamed@customer.example;other.name@customer.example"]);
			await unlink("tickets", ticket.id, "companies", company.id);
			await archive("contacts", contact.id);
			assert.deepEqual(await read(), [null, null, null, null, "other.name@customer.example"]);
		});

		test("two that are merged count what both had, once", async () => {
			const [a, b] = [await mailIn(at.bellhop, "merge.a@customer.example", "Merge A"), await mailIn(at.bellhop, "merge.b@customer.example", "Merge B")];
			await reply(a.id);
			await reply(b.id);
			await reply(b.id);
			const company = await newCompany(at.call, "Of both");
			for (const row of [a, b]) await link("tickets", row.id, "companies", company.id);
			for (const row of [a, b]) await link("contacts", row.contactId, "companies", company.id);
			const first = await one("tickets", a.id, "first_agent_reply_date");
			await expectStatus(at.call("POST", `${OBJECTS}/tickets/merge`, { primaryObjectId: a.id, objectIdToMerge: b.id }), 200);
			const names = ["hs_num_times_contacted", "hs_num_associated_conversations", "hs_num_associated_companies", "first_agent_reply_date", "hs_all_associated_contact_emails", "hs_merged_object_ids"];
			const merged = await get("tickets", a.id, ...names);
			assert.deepEqual(names.map((n) => merged[n]), ["3", "2", "1", first, "merge.a@customer.example;merge.b@customer.example", b.id]);
			assert.equal(await one("companies", company.id, "num_associated_contacts"), "2");
			await expectStatus(at.call("POST", `${OBJECTS}/contacts/merge`, { primaryObjectId: a.contactId, objectIdToMerge: b.contactId }), 200);
			assert.equal(await one("companies", company.id, "num_associated_contacts"), "1");
			assert.equal(await one("contacts", a.contactId, "num_notes"), "3");
			assert.equal(await one("tickets", a.id, "hs_all_associated_contact_emails"), "merge.a@customer.example");
		});

		test("a name that very many show reaches all of them", async () => {
			const company = await newCompany(at.call, "Many");
			const inputs = Array.from({ length: 100 }, () => ({ properties: { subject: "One of many", hs_pipeline_stage: "1" }, associations: [to(company.id, 26)] }));
			for (let i = 0; i < 6; i++) await expectStatus(at.call("POST", `${OBJECTS}/tickets/batch/create`, { inputs }), 201);
			await patch("companies", company.id, { name: "Renamed" });
			const named = async () => (await expectStatus(at.call("POST", `${OBJECTS}/tickets/search`, { filterGroups: [{ filters: [{ propertyName: "hs_primary_company_name", operator: "EQ", value: "Renamed" }] }], limit: 1 }), 200)).total;
			assert.ok((await named()) >= 500);
			await waitFor("the others", async () => (await named()) === 600);
		});

		test("a change that others made is in the history, and moves the version", async () => {
			const company = await newCompany(at.call, "History");
			const contact = await newContact(at.call, "history.c@customer.example");
			await link("contacts", contact.id, "companies", company.id);
			const { propertiesWithHistory } = await expectStatus(at.call("GET", `${OBJECTS}/companies/${company.id}?propertiesWithHistory=num_associated_contacts`), 200);
			assert.deepEqual(propertiesWithHistory.num_associated_contacts.map((h: any) => [h.value, h.sourceType]), [["1", "CALCULATED"]]);
		});
	});

	describe("all of them together", () => {
		/* A fixed row of numbers: a failure can be seen again. */
		const random = (() => {
			let state = 20261121;
			return (n: number) => {
				state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
				return (state >>> 8) % n;
			};
		})();
		const TYPES = ["tickets", "contacts", "companies", "deals", "notes", "calls", "tasks", "emails", "meetings", "quotes", "line_items"];
		const ACTIVITIES = ["notes", "calls", "tasks", "emails", "meetings"];
		const PAIRS = [["tickets", "contacts"], ["tickets", "companies"], ["contacts", "companies"], ["companies", "deals"], ["quotes", "line_items"], ...ACTIVITIES.flatMap((a) => [["tickets", a], ["contacts", a]])] as [string, string][];
		const PRIMARY: Record<string, number> = { tickets: 26, contacts: 1 };
		const live: Record<string, string[]> = Object.fromEntries(TYPES.map((t) => [t, []]));
		const pick = <T>(list: T[]): T | undefined => list[random(list.length)];
		let serial = 0;

		async function add(type: string) {
			const when = iso(Date.now() + (random(20) - 15) * DAY);
			const properties: Record<string, object> = {
				tickets: { subject: "s", hs_pipeline_stage: String(1 + random(4)) },
				contacts: { email: `truth${++serial}@customer.example` },
				companies: { name: `Company ${++serial}` },
				deals: { dealname: "d", pipeline: "default", dealstage: pick(["qualifiedtobuy", "closedwon", "contractsent"]) },
				quotes: { hs_title: "q" },
				line_items: { price: String(random(1000) / 100), quantity: String(1 + random(5)), discount: String(random(3) / 10) },
			};
			const extra = type === "emails" ? { hs_email_direction: pick(["EMAIL", "INCOMING_EMAIL"]) } : type === "tasks" ? { hs_task_status: pick(["NOT_STARTED", "COMPLETED"]) } : {};
			live[type]!.push((await make(type, properties[type] ?? { hs_timestamp: when, ...extra })).id);
		}
		async function act() {
			const [a, b] = pick(PAIRS)!;
			const [x, y] = [pick(live[a]!), pick(live[b]!)];
			const type = pick(TYPES)!;
			const id = pick(live[type]!);
			switch (random(12)) {
				case 0: case 1: return add(type);
				case 2: case 3: case 4: return x && y && link(a, x, b, y);
				case 5: return x && y && unlink(a, x, b, y);
				case 6: return x && y && b === "companies" && label(a, x, b, y, PRIMARY[a]!);
				case 7: {
					const [mother, child] = [pick(live.companies!), pick(live.companies!)];
					return mother !== child && label("companies", mother!, "companies", child!, 13);
				}
				case 8: {
					if (!id || live[type]!.length < 4) return;
					live[type] = live[type]!.filter((other) => other !== id);
					return archive(type, id);
				}
				case 9: {
					const kind = pick(["tickets", "contacts", "companies"])!;
					const [primaryObjectId, objectIdToMerge] = [pick(live[kind]!), pick(live[kind]!)];
					if (primaryObjectId === objectIdToMerge || live[kind]!.length < 6) return;
					live[kind] = live[kind]!.filter((other) => other !== objectIdToMerge);
					return expectStatus(at.call("POST", `${OBJECTS}/${kind}/merge`, { primaryObjectId, objectIdToMerge }), 200);
				}
				case 10: {
					const change: Record<string, object> = { tickets: { hs_pipeline_stage: String(1 + random(4)) }, contacts: { email: `truth${++serial}@elsewhere.example` }, companies: { name: `Renamed ${++serial}` }, line_items: { quantity: String(random(9)) }, tasks: { hs_task_status: pick(["NOT_STARTED", "COMPLETED"]) }, notes: { hs_timestamp: iso(Date.now() - random(9) * DAY) } };
					return id && change[type] && patch(type, id, change[type]!);
				}
				default: {
					const ticket = pick(live.tickets!);
					const { replyTo } = await expectStatus(at.call("GET", `/desk/v1/tickets/${ticket}`), 200);
					return replyTo?.to.length > 0 && reply(ticket!, "So.", random(3) ? {} : { stageId: String(1 + random(4)) });
				}
			}
		}
		async function all(type: string): Promise<any[]> {
			const names = (await expectStatus(at.call("GET", `/crm/v3/properties/${type}`), 200)).results.map((p: any) => p.name);
			const { results } = await expectStatus(at.call("POST", `${OBJECTS}/${type}/batch/read`, { properties: names, propertiesWithHistory: type === "tickets" ? ["hs_pipeline_stage"] : [], inputs: live[type]!.map((id) => ({ id })) }), 200);
			return results;
		}
		const latest = (times: (string | undefined)[]) => times.filter(Boolean).sort().at(-1) ?? null;
		const count = (n: number) => (n ? String(n) : null);
		const sum = (amounts: string[]) => String(amounts.reduce((total, amount) => total + Math.round(Number(amount) * 1000), 0) / 1000);

		test("after many changes at random everything is what the rows say", { timeout: 120_000 }, async () => {
			for (const n of [1, 2, 3, 4]) {
				const row = await mailIn(at.bellhop, `truth.mail${n}@customer.example`, `Truth ${n}`);
				live.tickets!.push(row.id);
				live.contacts!.push(row.contactId);
			}
			for (const type of TYPES) for (let i = 0; i < 5; i++) await add(type);
			for (let i = 0; i < 300; i++) await act();

			const objects = new Map<string, any>();
			for (const type of TYPES) for (const o of await all(type)) objects.set(o.id, { ...o, type });
			assert.equal(objects.size, TYPES.reduce((n, t) => n + live[t]!.length, 0));
			const linked = async (o: any, type: string, link?: number): Promise<any[]> =>
				(await expectStatus(at.call("GET", `/crm/v4/objects/${o.type}/${o.id}/associations/${type}?limit=500`), 200)).results
					.filter((l: any) => !link || l.associationTypes.some((t: any) => t.typeId === link))
					.map((l: any) => objects.get(String(l.toObjectId)))
					.sort((p: any, q: any) => Number(p.id) - Number(q.id));
			const check = (o: any, expected: Record<string, string | null>) => {
				for (const [name, value] of Object.entries(expected)) assert.equal(o.properties[name], value, `${name} of ${o.type} ${o.id}`);
			};
			const now = iso(Date.now());
			const activitiesOf = async (o: any) => {
				const list = (await Promise.all(ACTIVITIES.map((type) => linked(o, type)))).flat().map((a) => ({ ...a, at: a.properties.hs_timestamp }));
				const past = list.filter((a) => a.at <= now);
				const contacted = past.filter((a) => ["calls", "meetings"].includes(a.type) || a.properties.hs_email_direction === "EMAIL");
				const ahead = list.filter((a) => a.at > now && (a.type === "meetings" || (a.type === "tasks" && a.properties.hs_task_status !== "COMPLETED")));
				return { list, past, contacted, next: ahead.map((a) => a.at).sort()[0] ?? null, spoken: past.filter((a) => ["calls", "meetings", "emails"].includes(a.type)) };
			};
			const sentTo = new Map<string, string[]>();
			let [checked, replied] = [0, 0];
			for (const o of objects.values()) {
				checked++;
				if (o.type === "tickets") {
					const { results: messages } = await expectStatus(at.call("GET", `/desk/v1/tickets/${o.id}/messages?limit=100`), 200);
					const times = (direction: string) => messages.filter((m: any) => m.direction === direction).map((m: any) => m.createdAt as string);
					const [sent, received] = [times("OUTGOING"), times("INCOMING")];
					replied += sent.length;
					const a = await activitiesOf(o);
					const [companies, contacts, primary] = [await linked(o, "companies"), await linked(o, "contacts"), (await linked(o, "companies", 26))[0]];
					const { results: threads } = await expectStatus(at.call("GET", `/conversations/v3/conversations/threads?associatedTicketId=${o.id}`), 200);
					for (const thread of threads) {
						const ofThread = messages.filter((m: any) => m.threadId === thread.id && m.direction === "OUTGOING").map((m: any) => m.createdAt);
						sentTo.set(thread.associatedContactId, [...(sentTo.get(thread.associatedContactId) ?? []), ...ofThread]);
					}
					const closed = o.properties.hs_pipeline_stage === "4";
					check(o, {
						hs_last_message_received_at: latest(received), last_reply_date: latest(received), hs_last_message_sent_at: latest(sent),
						first_agent_reply_date: sent.sort()[0] ?? null, hs_first_agent_message_sent_at: sent.sort()[0] ?? null,
						time_to_first_agent_reply: sent.length ? String(Date.parse(sent.sort()[0]!) - Date.parse(o.createdAt)) : null,
						hs_number_of_touches: count(sent.length), hs_is_one_touch_ticket: closed ? String(sent.length === 1) : null,
						hs_num_times_contacted: count(sent.length + a.contacted.length), num_contacted_notes: count(sent.length + a.contacted.length),
						num_notes: count(sent.length + a.list.length),
						hs_lastcontacted: latest([...sent, ...a.contacted.map((x) => x.at)]), notes_last_contacted: latest([...sent, ...a.contacted.map((x) => x.at)]),
						last_engagement_date: latest([...sent, ...received, ...a.spoken.map((x) => x.at)]),
						notes_last_updated: latest([...messages.map((m: any) => m.createdAt), ...a.past.map((x) => x.at)]),
						hs_lastactivitydate: latest([o.createdAt, ...messages.map((m: any) => m.createdAt), ...a.past.map((x) => x.at)]),
						hs_nextactivitydate: a.next, notes_next_activity_date: a.next,
						hs_num_associated_conversations: count(threads.length),
						hs_num_associated_companies: count(companies.length), hs_primary_company_id: primary?.id ?? null,
						hs_primary_company: primary?.properties.name ?? null, hs_primary_company_name: primary?.properties.name ?? null,
						hs_all_associated_contact_emails: contacts.map((c) => c.properties.email).join(";") || null,
						time_to_close: closed ? String(Date.parse(o.properties.closed_date) - Date.parse(o.createdAt)) : null,
					});
					checkStages(o);
				} else if (o.type === "companies") {
					check(o, {
						num_associated_contacts: count((await linked(o, "contacts")).length), num_associated_deals: count((await linked(o, "deals")).length),
						hs_num_child_companies: count((await linked(o, "companies", 13)).length), hs_parent_company_id: (await linked(o, "companies", 14))[0]?.id ?? null,
					});
				} else if (o.type === "quotes") {
					const items = await linked(o, "line_items");
					check(o, { hs_quote_amount: items.length ? sum(items.map((i) => i.properties.amount)) : null });
				} else if (o.type === "line_items") {
					const { price, quantity, discount } = o.properties;
					assert.equal(Number(o.properties.amount), Math.round((Number(price) - Number(discount)) * Number(quantity) * 100) / 100);
				} else if (o.type === "deals") {
					const won = o.properties.dealstage === "closedwon";
					check(o, { hs_is_closed: String(won), hs_is_closed_won: String(won) });
				}
			}
			for (const o of [...objects.values()].filter((x) => x.type === "contacts")) {
				const [a, sent] = [await activitiesOf(o), sentTo.get(o.id) ?? []];
				check(o, {
					associatedcompanyid: (await linked(o, "companies", 1))[0]?.id ?? null, hs_email_domain: o.properties.email.split("@")[1],
					num_notes: count(sent.length + a.list.length), notes_last_contacted: latest([...sent, ...a.contacted.map((x) => x.at)]),
				});
			}
			assert.ok(checked > 50 && replied > 5, `${checked} objects, ${replied} replies`);
		});

		/* From the history of the stage alone. */
		function checkStages(o: any) {
			const entries = o.propertiesWithHistory.hs_pipeline_stage.toReversed().filter((e: any, i: number, list: any[]) => i === 0 || e.value !== list[i - 1].value);
			const entered: Record<string, number> = {}, exited: Record<string, number> = {}, total: Record<string, number> = {};
			entries.forEach((e: any, i: number) => {
				entered[e.value] = Date.parse(e.timestamp);
				const next = entries[i + 1];
				if (!next) return;
				exited[e.value] = Date.parse(next.timestamp);
				total[e.value] = (total[e.value] ?? 0) + exited[e.value]! - entered[e.value]!;
			});
			for (const s of ["1", "2", "3", "4"]) {
				const read = (name: string) => o.properties[`${name}_${s}`];
				for (const legacy of ["hs", "hs_v2"]) {
					assert.equal(read(`${legacy}_date_entered`), entered[s] ? iso(entered[s]!) : null, `entered ${s} of ${o.id}`);
					assert.equal(read(`${legacy}_date_exited`), exited[s] ? iso(exited[s]!) : null, `exited ${s} of ${o.id}`);
				}
				if (!entered[s]) assert.equal(read("hs_v2_cumulative_time_in"), null);
				else if (o.properties.hs_pipeline_stage === s) assert.ok(Number(read("hs_v2_cumulative_time_in")) >= (total[s] ?? 0));
				else assert.equal(read("hs_v2_cumulative_time_in"), String(total[s]));
			}
		}
	});
});
