/* Labels that users make for links, and how many links an object may have: by the unmodified client where it has the call. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@hubspot/api-client";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, newCompany, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const USER = "USER_DEFINED";

forEachEngine((engine) => {
	const at = desk(engine);
	let n = 0;
	const schema = () => new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm.associations.v4.schema;
	const labels = (from: string, to: string, rest = "") => `/crm/v4/associations/${from}/${to}/labels${rest}`;
	const limits = (rest: string) => `/crm/v4/associations/definitions/configurations/${rest}`;
	const v4 = (type: string, id: string, rest: string) => `/crm/v4/objects/${type}/${id}/associations/${rest}`;
	const put = (type: string, id: string, to: string, toId: string, ...ids: number[]) =>
		at.call("PUT", v4(type, id, `${to}/${toId}`), ids.map((associationTypeId) => ({ associationCategory: USER, associationTypeId })));
	const links = async (type: string, id: string, to: string) =>
		(await expectStatus(at.call("GET", v4(type, id, to)), 200)).results.map((r: any) => [r.toObjectId, r.associationTypes.map((t: any) => t.label)]);
	const make = async (from: string, to: string, label: string, name: string, inverseLabel?: string): Promise<[number, number]> => {
		const { results } = await schema().definitionsApi.create(from, to, { label, name, inverseLabel } as any);
		return [results[0]?.typeId as number, results.at(-1)?.typeId as number];
	};
	const contact = async () => (await newContact(at.call, `label${++n}@customer.example`)).id as string;
	const company = async () => (await newCompany(at.call, `Label ${++n}`)).id as string;
	const ticket = async () => (await newTicket(at.call)).id as string;

	test("a label is made for both directions, listed from both, and used", async () => {
		const made = await schema().definitionsApi.create("contacts", "companies", { label: "Billing", name: "billing" } as any);
		assert.deepEqual(made.results.map((r) => [r.category, r.label]), [[USER, "Billing"], [USER, "Billing"]]);
		const [there, back] = made.results.map((r) => r.typeId) as [number, number];
		assert.ok(there > 1_000_000 && back === there + 1);
		assert.ok((await schema().definitionsApi.getAll("contacts", "companies")).results.some((r) => r.typeId === there && r.label === "Billing" && r.category === USER));
		assert.ok((await schema().definitionsApi.getAll("companies", "contacts")).results.some((r) => r.typeId === back));
		const [ann, acme] = [await contact(), await company()];
		const body = await expectStatus(put("contacts", ann, "companies", acme, there, 1), 201);
		assert.deepEqual(body.labels, ["Billing", "Primary"]);
		assert.deepEqual(await links("contacts", ann, "companies"), [[acme, ["Primary", null, "Billing"]]]);
		assert.deepEqual(await links("companies", acme, "contacts"), [[ann, ["Primary", null, "Billing"]]]);
		await refused(put("contacts", ann, "companies", acme, back), 400, "invalid from object type 0-1 for associations to be created. expected: 0-2");
		const types = await expectStatus(at.call("GET", "/crm/v3/associations/contacts/companies/types"), 200);
		assert.ok(types.results.some((t: any) => t.id === `${there}` && t.name === "billing"));
		await expectStatus(at.call("POST", "/crm/v3/associations/companies/contacts/batch/create", { inputs: [{ from: { id: acme }, to: { id: ann }, type: "billing" }] }), 201);
	});

	test("an inverse label reads differently from the other side; among contacts both have ids of their own", async () => {
		const [manager, employee] = await make("contacts", "contacts", "Manager", "manager_employee", "Employee");
		assert.equal(employee, manager + 1);
		const [boss, ann] = [await contact(), await contact()];
		await expectStatus(put("contacts", boss, "contacts", ann, manager), 201);
		assert.deepEqual(await links("contacts", boss, "contacts"), [[ann, [null, "Manager"]]]);
		assert.deepEqual(await links("contacts", ann, "contacts"), [[boss, [null, "Employee"]]]);
		const [colleague, same] = await make("contacts", "contacts", "Colleague", "colleague");
		assert.equal(colleague, same, "one id that reads the same from both sides");
		await expectStatus(put("contacts", boss, "contacts", ann, manager, colleague), 201);
		assert.deepEqual(await links("contacts", ann, "contacts"), [[boss, [null, "Employee", "Colleague"]]]);
	});

	test("a label is changed: both sides where they read the same, else each its own", async () => {
		const [one, other] = await make("tickets", "contacts", "Witnes", "witness");
		const labelOf = async (from: string, to: string, id: number) => (await schema().definitionsApi.getAll(from, to)).results.find((r) => r.typeId === id)?.label;
		await schema().definitionsApi.update("tickets", "contacts", { associationTypeId: one, label: "Witness" });
		assert.deepEqual([await labelOf("tickets", "contacts", one), await labelOf("contacts", "tickets", other)], ["Witness", "Witness"]);
		await schema().definitionsApi.update("tickets", "contacts", { associationTypeId: one, label: "Seen by", inverseLabel: "Saw" });
		await schema().definitionsApi.update("contacts", "tickets", { associationTypeId: other, label: "Has seen" });
		assert.deepEqual([await labelOf("tickets", "contacts", one), await labelOf("contacts", "tickets", other)], ["Seen by", "Has seen"]);
	});

	test("who removes a label takes it off the links, which stay; its id never comes back", async () => {
		const [one] = await make("tickets", "companies", "Supplier", "supplier");
		const [t, acme] = [await ticket(), await company()];
		await expectStatus(put("tickets", t, "companies", acme, one), 201);
		await schema().definitionsApi.remove("tickets", "companies", one);
		assert.deepEqual(await links("tickets", t, "companies"), [[acme, [null]]]);
		assert.deepEqual(await links("companies", acme, "tickets"), [[t, [null]]]);
		await refused(put("tickets", t, "companies", acme, one), 400, `Association type ${one} does not exist.`);
		await refused(at.call("DELETE", labels("tickets", "companies", `/${one}`)), 404);
		const [next] = await make("tickets", "companies", "Supplier", "supplier");
		assert.ok(next > one + 1);
	});

	test("built-in types, and labels of other types of objects, are neither changed nor removed", async () => {
		const [one] = await make("deals", "contacts", "Buyer", "buyer");
		for (const id of [16, 26, 339]) {
			const to = id === 16 ? "contacts" : "companies";
			await refused(at.call("DELETE", labels("tickets", to, `/${id}`)), 400, /not a label that a user has made/);
			await refused(at.call("PUT", labels("tickets", to), { associationTypeId: id, label: "Mine" }), 400);
		}
		for (const [from, to, id] of [["contacts", "deals", one], ["tickets", "contacts", one], ["tickets", "contacts", 26]] as const) {
			await refused(at.call("DELETE", labels(from, to, `/${id}`)), 404);
			await refused(at.call("PUT", labels(from, to), { associationTypeId: id, label: "x" }), 404);
		}
		await refused(at.call("DELETE", labels("tickets", "contacts", "/abc")), 400);
	});

	test("what is no label is refused, with the field at fault, and nothing is made", async () => {
		const before = (await schema().definitionsApi.getAll("tickets", "deals")).results.length;
		const bad: [unknown, string | RegExp][] = [
			[{}, /\[label\]/], [{ label: "x" }, /\[name\]/], [{ label: 1, name: "x" }, /\[label\]/], [[], /object/], [undefined, /object/],
		];
		for (const [body, message] of bad) await refused(at.call("POST", labels("tickets", "deals"), body), 400, message);
		const fields: [unknown, string][] = [
			[{ label: " ", name: "x" }, "label"], [{ label: "x".repeat(251), name: "x" }, "label"], [{ label: "x", name: "" }, "name"], [{ label: "x", name: "1x" }, "name"],
			[{ label: "x", name: "a b" }, "name"], [{ label: "x", name: "x".repeat(101) }, "name"], [{ label: "x", name: "x", inverseLabel: "" }, "inverseLabel"], [{ label: "x", name: "ä" }, "name"],
		];
		for (const [body, field] of fields) assert.equal((await refused(at.call("POST", labels("tickets", "deals"), body), 400)).errors[0].in, field, JSON.stringify(body));
		await make("tickets", "deals", "Cause", "cause");
		for (const body of [{ label: "Cause", name: "other" }, { label: "CAUSE", name: "other" }, { label: "Other", name: "cause" }]) await refused(at.call("POST", labels("tickets", "deals"), body), 409);
		await refused(at.call("POST", labels("deals", "tickets"), { label: "Other", name: "CAUSE" }), 409);
		await refused(at.call("POST", labels("tickets", "companies"), { label: "Primary", name: "mine" }), 409);
		await refused(at.call("POST", labels("notes", "products"), { label: "x", name: "x" }), 400, "Objects of these two types cannot be associated.");
		await refused(at.call("POST", labels("contacts", "contacts"), { label: "Same", name: "same", inverseLabel: "same" }), 400, /different/);
		assert.equal((await schema().definitionsApi.getAll("tickets", "deals")).results.length, before + 1);
	});

	test("fifty labels between two types of objects, and no more", async () => {
		for (let i = 0; i < 50; i++) await expectStatus(at.call("POST", labels("notes", "deals"), { label: `L${i}`, name: `l${i}` }), 200);
		await refused(at.call("POST", labels("notes", "deals"), { label: "L50", name: "l50" }), 400, /at most 50 labels/);
	});

	test("an agent reads labels and uses them; making them is for super admins", async () => {
		const [one] = await make("tickets", "contacts", "Guest", "guest");
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		const [t, ann] = [await ticket(), await contact()];
		await expectStatus(call("PUT", v4("tickets", t, `contacts/${ann}`), [{ associationCategory: USER, associationTypeId: one }]), 201);
		await refused(call("POST", labels("tickets", "contacts"), { label: "x", name: "x" }), 403);
		await refused(call("PUT", labels("tickets", "contacts"), { associationTypeId: one, label: "x" }), 403);
		await refused(call("DELETE", labels("tickets", "contacts", `/${one}`)), 403);
		await refused(call("POST", limits("tickets/contacts/batch/create"), { inputs: [{ category: "HUBSPOT_DEFINED", typeId: 16, maxToObjectIds: 1 }] }), 403);
	});

	test("links that are made while their label goes have it everywhere or nowhere", async () => {
		for (let round = 0; round < 8; round++) {
			const [one] = await make("tickets", "contacts", `Passing ${round}`, `passing${round}`);
			const ann = await contact();
			const all = await Promise.all(Array.from({ length: 8 }, ticket));
			const t = all[0] as string;
			const link = (id: string) => put("tickets", id, "contacts", ann, one);
			const answers = await Promise.all([...all.slice(0, 4).map(link), at.call("DELETE", labels("tickets", "contacts", `/${one}`)), ...all.slice(4).map(link)]);
			for (const answer of answers) assert.ok([201, 204, 400].includes(answer.status), answer.text);
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM association WHERE type_id IN (${one}, ${one + 1})`), "0");
			await expectStatus(at.call("GET", v4("tickets", t, "contacts")), 200);
		}
	});

	test("limits: set, listed, changed, taken away", async () => {
		const api = {
			create: (body: unknown) => expectStatus(at.call("POST", limits("companies/contacts/batch/create"), body), 201),
			update: (body: unknown) => expectStatus(at.call("POST", limits("companies/contacts/batch/update"), body), 200),
			list: async (rest: string) => (await expectStatus(at.call("GET", limits(rest)), 200)).results.map((r: any) => [r.typeId, r.userEnforcedMaxToObjectIds]),
		};
		const [one, back] = await make("companies", "contacts", "Decides", "decides");
		const input = (typeId: number, maxToObjectIds: number, category = USER) => ({ inputs: [{ category, typeId, maxToObjectIds }] });
		assert.deepEqual((await api.create(input(one, 1))).results, [{ category: USER, typeId: one, label: "Decides", userEnforcedMaxToObjectIds: 1 }]);
		assert.deepEqual(await api.list("companies/contacts"), [[one, 1]]);
		assert.deepEqual(await api.list("all"), [[one, 1]]);
		const [acme, ann, bob] = [await company(), await contact(), await contact()];
		await expectStatus(put("companies", acme, "contacts", ann, one), 201);
		await expectStatus(put("companies", acme, "contacts", ann, one), 201);
		const full = await refused(put("companies", acme, "contacts", bob, one), 400, /over the limit/);
		assert.deepEqual(full.context, { fromObjectId: [acme], associationTypeId: [`${one}`], limit: ["1"] });
		await refused(put("contacts", bob, "companies", acme, back), 400, /over the limit/);
		assert.deepEqual(await links("companies", acme, "contacts"), [[ann, [null, "Decides"]]], "who is refused is not linked at all");
		await expectStatus(at.call("PUT", v4("companies", acme, `default/contacts/${bob}`)), 200);
		assert.deepEqual((await api.update(input(one, 2))).results, [{ category: USER, typeId: one, userEnforcedMaxToObjectIds: 2 }]);
		await expectStatus(put("companies", acme, "contacts", bob, one), 201);
		await expectStatus(at.call("POST", limits("companies/contacts/batch/purge"), { inputs: [{ category: USER, typeId: one }] }), 204);
		assert.deepEqual(await api.list("companies/contacts"), []);
		await expectStatus(put("companies", acme, "contacts", await contact(), one), 201);
	});

	test("limits that cannot be are told with 207, each with its field", async () => {
		const [one] = await make("deals", "companies", "Partner", "partner");
		const path = limits("deals/companies/batch/create");
		const body = await expectStatus(
			at.call("POST", path, { inputs: [{ typeId: one, maxToObjectIds: 0 }, { typeId: one, maxToObjectIds: 50001 }, { typeId: 5, maxToObjectIds: 1 }, { typeId: 16, maxToObjectIds: 1 }, { typeId: one, category: "HUBSPOT_DEFINED", maxToObjectIds: 1 }, { typeId: 341, maxToObjectIds: 5 }, { typeId: one, maxToObjectIds: 6 }, { typeId: one, maxToObjectIds: 5 }, { typeId: one, maxToObjectIds: 5 }] }),
			207,
		);
		assert.deepEqual(body.results.map((r: any) => [r.typeId, r.userEnforcedMaxToObjectIds]), [[341, 5], [one, 5]]);
		assert.deepEqual(body.errors.map((e: any) => e.errors[0]?.in ?? e.category), ["maxToObjectIds", "maxToObjectIds", "typeId", "typeId", "category", "maxToObjectIds", "CONFLICT"]);
		const lower = await expectStatus(at.call("POST", limits("deals/companies/batch/update"), { inputs: [{ typeId: 341, maxToObjectIds: 4 }, { typeId: 342, maxToObjectIds: 4 }] }), 207);
		assert.equal(lower.numErrors, 2);
		await refused(at.call("POST", path, { inputs: [] }), 400);
		await refused(at.call("POST", path, { inputs: Array.from({ length: 101 }, () => ({})) }), 400, /100/);
		await refused(at.call("POST", limits("deals/companies/batch/purge"), { inputs: [{ typeId: 16 }] }), 400);
		await expectStatus(at.call("POST", limits("deals/companies/batch/purge"), { inputs: [{ typeId: one }, { typeId: 341 }] }), 204);
	});

	test("a limit holds for new objects, in batches, and for two who come at once", async () => {
		await expectStatus(at.call("POST", limits("tickets/contacts/batch/create"), { inputs: [{ typeId: 16, maxToObjectIds: 2 }] }), 201);
		const people = [await contact(), await contact(), await contact()];
		const to = (id: string) => ({ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] });
		await refused(at.call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "1" }, associations: people.map(to) }), 400, /over the limit/);
		const t = (await newTicket(at.call, {}, people.slice(0, 1).map(to))).id;
		const batch = await expectStatus(at.call("POST", "/crm/v4/associations/tickets/contacts/batch/associate/default", { inputs: people.map((id) => ({ from: { id: t }, to: { id } })) }), 200);
		assert.equal(batch.numErrors, 1);
		const fresh = (await newTicket(at.call)).id;
		const answers = await Promise.all(people.map((id) => at.call("PUT", v4("contacts", id, `default/tickets/${fresh}`))));
		assert.deepEqual(answers.map((a) => a.status).sort(), [200, 200, 400]);
		assert.equal((await links("tickets", fresh, "contacts")).length, 2);
		await expectStatus(at.call("POST", limits("tickets/contacts/batch/purge"), { inputs: [{ typeId: 16 }] }), 204);
	});

	test("a report tells who is near a limit, soon after it was asked for, and only to whom it is for", async () => {
		const report = () => new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token }).crm.associations.v4.reportApi;
		const [one] = await make("companies", "tickets", "Watches", "watches");
		const reports = async () => (await expectStatus(at.call("GET", "/desk/v1/association-reports"), 200)).results;
		await expectStatus(at.call("POST", limits("companies/tickets/batch/create"), { inputs: [{ typeId: one, maxToObjectIds: 5 }] }), 201);
		const [busy, calm] = [await company(), await company()];
		for (let i = 0; i < 4; i++) await expectStatus(put("companies", busy, "tickets", await ticket(), one), 201);
		for (let i = 0; i < 3; i++) await expectStatus(put("companies", calm, "tickets", await ticket(), one), 201);
		const admin = Number((await sql(at.bellhop, "SELECT min(id) FROM desk_user")));
		const asked = await report().request(admin);
		assert.deepEqual([asked.userId, asked.userEmail, asked.enqueueTime instanceof Date], [admin, at.bellhop.admin.email, true]);
		const made = await waitFor("the report", async () => (await reports()).find((r: any) => r.madeAt));
		assert.equal(made.isComplete, true);
		assert.deepEqual(made.objects, [{ objectId: busy, objectTypeId: "0-2", toObjectTypeId: "0-5", associationTypeId: one, label: "Watches", associations: 4, limit: 5, percent: 80 }]);
		await expectStatus(at.call("POST", limits("companies/tickets/batch/purge"), { inputs: [{ typeId: one }] }), 204);
		await report().request(admin);
		await waitFor("a second report", async () => (await reports()).filter((r: any) => r.madeAt).length === 2);
		assert.deepEqual((await reports())[0].objects, []);
		const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		assert.deepEqual((await expectStatus(call("GET", "/desk/v1/association-reports"), 200)).results, []);
		await refused(call("POST", `/crm/v4/associations/usage/high-usage-report/${admin}`), 403);
		await refused(at.call("POST", "/crm/v4/associations/usage/high-usage-report/999999"), 404);
		await refused(at.call("POST", "/crm/v4/associations/usage/high-usage-report/x"), 404);
		await sql(at.bellhop, "UPDATE association_report SET made_at = 0");
		const before = (await reports()).length;
		await expectStatus(at.call("POST", `/crm/v4/associations/usage/high-usage-report/${admin}`), 200);
		assert.equal((await reports()).length, before, "one that is being made is not made twice");
	});
});
