/* Types that users define, under /crm-object-schemas/v3/schemas: made while the desk runs, their objects at once good for every call. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { api, forEachEngine, startBellhop, waitFor } from "../harness/index.ts";
import { agent, byCookie, caller, desk, expectStatus, newContact, OBJECTS, refused, signIn, sql } from "./help.ts";

const SCHEMAS = "/crm-object-schemas/v3/schemas";
const text = (name: string, more: object = {}) => ({ name, label: name, type: "string", fieldType: "text", ...more });
const egg = (name: string, more: object = {}) => ({ name, labels: { singular: `One ${name}`, plural: `Many ${name}` }, requiredProperties: [], properties: [], associatedObjects: [], ...more });
const car = (name: string) => egg(name, {
	description: "On wheels",
	primaryDisplayProperty: "model", secondaryDisplayProperties: ["vin"], requiredProperties: ["model"], searchableProperties: ["model", "vin"],
	properties: [text("model"), text("vin", { groupName: "papers" }), { name: "kind", label: "Kind", type: "enumeration", fieldType: "select", options: [{ label: "Van", value: "van" }, { label: "Bus", value: "bus" }] }, { name: "seats", label: "Seats", type: "number", fieldType: "number" }],
	associatedObjects: ["CONTACT", "0-2", "tickets"],
});
const codes = (body: any) => body.errors.map((e: any) => [e.code, e.in]);

forEachEngine((engine) => {
	const at = desk(engine);
	const make = (body: object) => expectStatus(at.call("POST", SCHEMAS, body), 201);

	describe("one type", () => {
		test("made 201 with properties, groups and associations; read by all its names; changed 200; archived and purged 204", async () => {
			const made = await make(car("car"));
			const number = Number(made.id);
			assert.ok(number > 1_000_000);
			const { properties, associations, createdAt, updatedAt, ...rest } = made;
			assert.equal(createdAt, updatedAt);
			assert.deepEqual(rest, {
				id: String(number), objectTypeId: `2-${number}`, name: "car", fullyQualifiedName: "p1_car", metaType: "PORTAL_SPECIFIC",
				labels: { singular: "One car", plural: "Many car" }, description: "On wheels", primaryDisplayProperty: "model",
				secondaryDisplayProperties: ["vin"], requiredProperties: ["model"], searchableProperties: ["model", "vin"], archived: false,
				createdByUserId: rest.createdByUserId, updatedByUserId: rest.createdByUserId,
			});
			assert.ok(rest.createdByUserId > 0);
			const by = Object.fromEntries(properties.map((p: any) => [p.name, p]));
			assert.deepEqual([by.model.groupName, by.vin.groupName, by.hs_object_id.groupName], ["car_information", "papers", "car_information"]);
			assert.deepEqual([by.hs_object_id.hubspotDefined, by.model.hubspotDefined, by.kind.options.length], [true, false, 2]);
			const links = associations.map((a: any) => [a.name, a.fromObjectTypeId, a.toObjectTypeId]);
			const type = `2-${number}`;
			for (const link of [["car_to_contact", type, "0-1"], ["contact_to_car", "0-1", type], ["company_to_car", "0-2", type], ["car_to_ticket", type, "0-5"], ["car_to_note", type, "0-46"], ["email_to_car", "0-49", type]])
				assert.ok(links.some((l: string[]) => l.join() === link.join()), `${link} in ${JSON.stringify(links)}`);
			assert.equal(new Set(associations.map((a: any) => a.id)).size, associations.length);
			for (const name of [type, "car", "p1_car", "p_car", "CAR", "Many%20car"]) assert.deepEqual(await expectStatus(at.call("GET", `${SCHEMAS}/${name}`), 200), made, name);
			assert.deepEqual((await expectStatus(at.call("GET", SCHEMAS), 200)).results, [made]);
			assert.deepEqual((await expectStatus(at.call("GET", `${SCHEMAS}?archived=true`), 200)).results, []);

			const changed = await expectStatus(at.call("PATCH", `${SCHEMAS}/car`, { labels: { singular: "Vehicle", plural: "Vehicles" }, clearDescription: true, requiredProperties: ["model", "kind"] }), 200);
			assert.deepEqual([changed.labels, changed.description, changed.requiredProperties, changed.properties, changed.portalId], [{ singular: "Vehicle", plural: "Vehicles" }, undefined, ["model", "kind"], undefined, 1]);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/car`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/car`), 204);
			assert.equal((await refused(at.call("GET", `${SCHEMAS}/car`), 404)).category, "OBJECT_NOT_FOUND");
			assert.equal((await expectStatus(at.call("GET", `${SCHEMAS}/car?archived=true`), 200)).archived, true);
			assert.deepEqual((await expectStatus(at.call("GET", `${SCHEMAS}?archived=true`), 200)).results.map((t: any) => t.name), ["car"]);
			await refused(at.call("GET", `${OBJECTS}/car`), 400, "Unable to infer object type from: car");
			await refused(at.call("POST", SCHEMAS, car("car")), 409, /archived: purge it first/);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/car?archived=true`), 204);
			await refused(at.call("DELETE", `${SCHEMAS}/car?archived=true`), 404);
			const again = await make(car("car"));
			assert.ok(Number(again.id) > number, "a number comes once");
			assert.notDeepEqual(again.associations.map((a: any) => a.id), []);
		});

		test("what may not be is refused, says which field, and leaves nothing behind", async () => {
			await refused(at.call("POST", SCHEMAS, { labels: {} }), 400, "Invalid input JSON on line 1, column 1. Some required fields were not set: [requiredProperties, properties, associatedObjects, name]");
			await refused(at.call("POST", SCHEMAS, []), 400);
			for (const name of ["9x", "a-b", "", "ü", " x", "a".repeat(101), "a\nb"]) assert.deepEqual(codes(await refused(at.call("POST", SCHEMAS, egg(name)), 400)), [["INVALID_NAME", "name"]], name);
			const cases: [object, [string, string]][] = [
				[egg("bad", { primaryDisplayProperty: "nowhere" }), ["PROPERTY_DOESNT_EXIST", "primaryDisplayProperty"]],
				[egg("bad", { requiredProperties: ["nowhere"] }), ["PROPERTY_DOESNT_EXIST", "requiredProperties"]],
				[egg("bad", { requiredProperties: ["hs_object_id"] }), ["READ_ONLY_VALUE", "requiredProperties"]],
				[egg("bad", { searchableProperties: ["a b"] }), ["INVALID_TYPE", "searchableProperties"]],
				[egg("bad", { searchableProperties: "model" }), ["INVALID_TYPE", "searchableProperties"]],
				[egg("bad", { associatedObjects: [5] }), ["INVALID_TYPE", "associatedObjects"]],
				[egg("bad", { labels: { singular: "x".repeat(301) } }), ["INVALID_LENGTH", "labels"]],
				[egg("bad", { properties: [text("hs_mine")] }), ["RESERVED_NAME", "name"]],
				[egg("bad", { properties: [text("x", { type: "colour" })] }), ["INVALID_OPTION", "type"]],
				[egg("bad", { properties: [text("x", { groupName: "Not A Group" })] }), ["INVALID_NAME", "name"]],
			];
			for (const [body, fault] of cases) assert.deepEqual(codes(await refused(at.call("POST", SCHEMAS, body), 400)), [fault], JSON.stringify(body));
			await refused(at.call("POST", SCHEMAS, egg("bad", { properties: [text("x"), text("x")] })), 409, "A property named 'x' already exists.");
			await refused(at.call("POST", SCHEMAS, egg("bad", { properties: ["x"] })), 400);
			await refused(at.call("POST", SCHEMAS, egg("bad", { associatedObjects: ["nowhere"] })), 404);
			await refused(at.call("POST", SCHEMAS, egg("bad", { properties: Array.from({ length: 201 }, (_, i) => text(`x${i}`)) })), 413);
			await refused(at.call("GET", `${SCHEMAS}/bad`), 404);
			assert.ok(!(await expectStatus(at.call("GET", SCHEMAS), 200)).results.some((t: any) => t.name === "bad"));
		});

		test("names and labels mean one type", async () => {
			await make(egg("boat"));
			for (const name of ["boat", "Boat", "contact", "Tickets", "p_boat", "p1_boat", "p7_boat", "p_contact"]) {
				const answer = await at.call("POST", SCHEMAS, egg(name, { labels: { singular: "Own", plural: "Owns" } }));
				if (name === "p_contact") await expectStatus(answer, 201);
				else await refused(answer, 409, new RegExp(`The name "${name}" is that of another type`));
			}
			await refused(at.call("POST", SCHEMAS, egg("ship", { labels: { singular: "One boat", plural: "Ships" } })), 409, /label/);
			await refused(at.call("POST", SCHEMAS, egg("ship", { labels: { singular: "Ship", plural: "tickets" } })), 409, /label/);
			await refused(at.call("PATCH", `${SCHEMAS}/p_contact`, { labels: { plural: "Many boat" } }), 409, /label/);
			await expectStatus(at.call("GET", `${OBJECTS}/p_boat`), 200);
		});

		test("a built-in type is read, and not changed", async () => {
			const contact = await expectStatus(at.call("GET", `${SCHEMAS}/contacts`), 200);
			assert.deepEqual([contact.objectTypeId, contact.labels, contact.fullyQualifiedName], ["0-1", { singular: "Contact", plural: "Contacts" }, "contact"]);
			assert.ok(contact.properties.some((p: any) => p.name === "email"));
			await refused(at.call("PATCH", `${SCHEMAS}/contacts`, { labels: { singular: "X" } }), 400, /built in/);
			await refused(at.call("DELETE", `${SCHEMAS}/contacts`), 400, /built in/);
			await refused(at.call("DELETE", `${SCHEMAS}/contacts?archived=true`), 404);
			await refused(at.call("POST", `${SCHEMAS}/contacts/associations`, { fromObjectTypeId: "0-1", toObjectTypeId: "0-7" }), 400);
		});

		test("agents read types and work with their objects; only administrators change them; a token needs the scopes of custom types", async () => {
			const type = await make(egg("tool", { properties: [text("label")], requiredProperties: ["label"] }));
			const call = byCookie(at.bellhop, await signIn(at.bellhop, agent));
			await expectStatus(call("GET", `${SCHEMAS}/tool`), 200);
			await expectStatus(call("POST", `${OBJECTS}/tool`, { properties: { label: "Saw" } }), 201);
			await refused(call("POST", SCHEMAS, egg("mine")), 403, "Only admins may do this.");
			await refused(call("DELETE", `${SCHEMAS}/tool`), 403);
			const limited = at.token("admin@desk.example", "crm.objects.contacts.read");
			assert.deepEqual((await refused(limited("GET", `${OBJECTS}/${type.objectTypeId}`), 403)).errors[0].context.requiredGranularScopes, ["crm.objects.custom.read"]);
			assert.deepEqual((await refused(limited("POST", `${OBJECTS}/tool`, { properties: {} }), 403)).errors[0].context.requiredGranularScopes, ["crm.objects.custom.write"]);
			assert.deepEqual((await refused(limited("GET", SCHEMAS), 403)).errors[0].context.requiredGranularScopes, ["crm.schemas.custom.read"]);
			assert.deepEqual((await refused(limited("POST", SCHEMAS, egg("mine")), 403)).errors[0].context.requiredGranularScopes, ["crm.schemas.custom.write"]);
		});
	});

	describe("objects of the type", () => {
		test("created, read, listed, changed, archived, found and batched by every name of the type", async () => {
			const type = await make({ ...car("van"), labels: { singular: "Van", plural: "Vans" } });
			assert.deepEqual((await refused(at.call("POST", `${OBJECTS}/van`, { properties: { vin: "1" } }), 400)).context.properties, ["model"]);
			const made: any[] = [];
			for (const name of [type.objectTypeId, "van", "p1_van", "p_van", "vans"]) made.push(await expectStatus(at.call("POST", `${OBJECTS}/${name}`, { properties: { model: `M ${name}`, kind: "bus", seats: made.length } }), 201));
			assert.deepEqual(made[0].properties.model, `M ${type.objectTypeId}`);
			const one = await expectStatus(at.call("GET", `${OBJECTS}/p_van/${made[1].id}?properties=model,seats,vin&propertiesWithHistory=model`), 200);
			assert.deepEqual([one.properties.model, one.properties.seats, one.properties.vin, one.propertiesWithHistory.model.length], ["M van", "1", null, 1]);
			assert.deepEqual((await expectStatus(at.call("GET", `${OBJECTS}/vans?limit=100`), 200)).results.map((o: any) => o.id), made.map((o) => o.id));
			await expectStatus(at.call("PATCH", `${OBJECTS}/vans/${made[1].id}`, { properties: { vin: "WVWZZZ1J" } }), 200);
			assert.deepEqual(codes(await refused(at.call("PATCH", `${OBJECTS}/vans/${made[1].id}`, { properties: { kind: "ship" } }), 400)).map((c: any) => c[0]), ["INVALID_OPTION"]);
			const found = await expectStatus(at.call("POST", `${OBJECTS}/${type.objectTypeId}/search`, { query: "wvwzzz", filterGroups: [{ filters: [{ propertyName: "seats", operator: "GTE", value: "1" }] }] }), 200);
			assert.deepEqual([found.total, found.results[0].id], [1, made[1].id]);
			const batch = await expectStatus(at.call("POST", `${OBJECTS}/van/batch/create`, { inputs: [{ properties: { model: "B1" } }, { properties: { model: "B2" } }] }), 201);
			const ids = batch.results.map((o: any) => ({ id: o.id }));
			assert.equal((await expectStatus(at.call("POST", `${OBJECTS}/van/batch/read`, { inputs: ids, properties: ["model"] }), 200)).results.length, 2);
			await expectStatus(at.call("POST", `${OBJECTS}/van/batch/update`, { inputs: ids.map((i: any) => ({ ...i, properties: { seats: "9" } })) }), 200);
			await expectStatus(at.call("POST", `${OBJECTS}/van/batch/archive`, { inputs: ids }), 204);
			await expectStatus(at.call("DELETE", `${OBJECTS}/van/${made[0].id}`), 204);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/van?archived=true&limit=100`), 200)).results.length, 3);
			await refused(at.call("POST", `${OBJECTS}/van/merge`, { primaryObjectId: made[1].id, objectIdToMerge: made[2].id }), 400, /cannot be merged/);

			const list = await expectStatus(at.call("POST", "/crm/v3/lists", { name: "Vans", objectTypeId: type.objectTypeId, processingType: "MANUAL" }), 200);
			await refused(at.call("DELETE", `${SCHEMAS}/van`), 400, new RegExp(`still has objects, as ${made[1].id}`));
			for (const o of made) await expectStatus(at.call("DELETE", `${OBJECTS}/van/${o.id}`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/van`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/van?archived=true`), 204);
			await refused(at.call("GET", `/crm/v3/lists/${list.list.listId}`), 404);
			assert.equal(await sql(at.bellhop, `SELECT count(*) FROM object WHERE object_type = ${type.id}`), "0");
		});

		test("linked in both directions, with ids of their own; definitions of links come and go", async () => {
			const type = await make({ ...car("truck"), labels: { singular: "Truck", plural: "Trucks" } });
			const ann = await newContact(at.call, "driver@customer.example");
			const truck = await expectStatus(at.call("POST", `${OBJECTS}/truck`, { properties: { model: "T" }, associations: [{ to: { id: ann.id }, types: [] }] }), 201);
			const of = (from: string, to: string) => type.associations.find((a: any) => a.name === `${from}_to_${to}`);
			assert.deepEqual((await expectStatus(at.call("GET", `${OBJECTS}/trucks/${truck.id}?associations=contacts`), 200)).associations.contacts.results, [{ id: ann.id, type: "truck_to_contact" }]);
			assert.deepEqual((await expectStatus(at.call("GET", `${OBJECTS}/contacts/${ann.id}?associations=p_truck`), 200)).associations.p1_truck.results, [{ id: truck.id, type: "contact_to_truck" }]);
			const labels = (await expectStatus(at.call("GET", `/crm/v4/associations/truck/contacts/labels`), 200)).results;
			assert.deepEqual(labels.map((l: any) => [String(l.typeId), l.category, l.label]), [[of("truck", "contact").id, "USER_DEFINED", null]]);
			await expectStatus(at.call("PUT", `${OBJECTS}/contacts/${ann.id}/associations/truck/${truck.id}/${of("contact", "truck").id}`), 200);
			await refused(at.call("PUT", `/crm/v4/objects/truck/${truck.id}/associations/default/products/1`), 400, "One or more associations are invalid");

			const link = await expectStatus(at.call("POST", `${SCHEMAS}/truck/associations`, { fromObjectTypeId: type.objectTypeId, toObjectTypeId: "0-7", name: "truck_to_part" }), 201);
			assert.deepEqual([link.name, link.fromObjectTypeId, link.toObjectTypeId], ["truck_to_part", type.objectTypeId, "0-7"]);
			await refused(at.call("POST", `${SCHEMAS}/truck/associations`, { fromObjectTypeId: "0-7", toObjectTypeId: type.objectTypeId }), 409);
			await expectStatus(at.call("POST", `${SCHEMAS}/truck/associations`, { fromObjectTypeId: type.objectTypeId, toObjectTypeId: type.objectTypeId }), 201);
			const part = await expectStatus(at.call("POST", `${OBJECTS}/products`, { properties: { name: "Wheel" } }), 201);
			await expectStatus(at.call("PUT", `/crm/v4/objects/truck/${truck.id}/associations/default/products/${part.id}`), 200);
			await refused(at.call("DELETE", `${SCHEMAS}/truck/associations/${link.id}`), 400, /in use/);
			await expectStatus(at.call("DELETE", `/crm/v4/objects/products/${part.id}/associations/truck/${truck.id}`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/truck/associations/${link.id}`), 204);
			await refused(at.call("DELETE", `${SCHEMAS}/truck/associations/${link.id}`), 404);
			await refused(at.call("DELETE", `${SCHEMAS}/contacts/associations/15`), 400, /built in/);
			await refused(at.call("POST", `${SCHEMAS}/truck/associations`, { fromObjectTypeId: "0-1", toObjectTypeId: "0-2" }), 400);
			await refused(at.call("POST", `${SCHEMAS}/truck/associations`, {}), 400, /fromObjectTypeId/);
		});

		test("properties of the type are made and archived like any, but not those that it requires", async () => {
			await make(egg("plant", { properties: [text("species")], requiredProperties: ["species"] }));
			await expectStatus(at.call("POST", "/crm/v3/properties/plant", text("colour", { groupName: "plant_information" })), 201);
			const rose = await expectStatus(at.call("POST", `${OBJECTS}/plant`, { properties: { species: "Rose", colour: "red" } }), 201);
			assert.equal(rose.properties.colour, "red");
			await refused(at.call("DELETE", "/crm/v3/properties/plant/species"), 400, /requires, shows or searches/);
			await expectStatus(at.call("DELETE", "/crm/v3/properties/plant/colour"), 204);
			assert.ok(!(await expectStatus(at.call("GET", `${SCHEMAS}/plant`), 200)).properties.some((p: any) => p.name === "colour"));
		});

		test("pipelines: the first one is the default, and objects without a stage stay as they are", async () => {
			await make(egg("order", { properties: [text("label")] }));
			const before = await expectStatus(at.call("POST", `${OBJECTS}/order`, { properties: { label: "Early" } }), 201);
			assert.deepEqual(codes(await refused(at.call("POST", `${OBJECTS}/order`, { properties: { label: "x", hs_pipeline_stage: "1" } }), 400)).map((f: any) => f[0]), ["INVALID_OPTION"]);
			const stages = [{ label: "New", displayOrder: 0, metadata: {} }, { label: "Done", displayOrder: 1, metadata: {} }];
			const pipeline = await expectStatus(at.call("POST", "/crm/v3/pipelines/order", { label: "Flow", displayOrder: 0, stages }), 201);
			const made = await expectStatus(at.call("POST", `${OBJECTS}/order`, { properties: { label: "Late", hs_pipeline_stage: pipeline.stages[0].id } }), 201);
			assert.equal((await expectStatus(at.call("GET", `${OBJECTS}/order/${made.id}?properties=hs_pipeline`), 200)).properties.hs_pipeline, pipeline.id);
			await expectStatus(at.call("PATCH", `${OBJECTS}/order/${before.id}`, { properties: { label: "Earlier" } }), 200);
			assert.deepEqual(codes(await refused(at.call("PATCH", `${OBJECTS}/order/${before.id}`, { properties: { hs_pipeline_stage: "nowhere" } }), 400)).map((f: any) => f[0]), ["INVALID_OPTION"]);
			await expectStatus(at.call("PATCH", `${OBJECTS}/order/${before.id}`, { properties: { hs_pipeline_stage: pipeline.stages[1].id } }), 200);
			await refused(at.call("DELETE", `/crm/v3/pipelines/order/${pipeline.id}`), 400);
		});
	});

	/* SQLite has one process */
	test("another process on the same database knows the type at once", { skip: engine === "sqlite" }, async () => {
		const other = await startBellhop({ engine, dataDir: at.bellhop.dataDir, db: at.bellhop.db });
		try {
			const there = caller(api(other.url, at.bellhop.token));
			await expectStatus(there("GET", `${OBJECTS}/tickets?limit=1`), 200);
			await make(egg("twin", { properties: [text("label")] }));
			const { id } = await expectStatus(there("POST", `${OBJECTS}/twin`, { properties: { label: "A" } }), 201);
			await waitFor("the type", async () => (await there("GET", `${OBJECTS}/twin/${id}`)).status === 200);
			/* a read that needs the type by its id only, at once */
			for (let i = 0; i < 5; i++) {
				const { objectTypeId } = await make(egg(`twin_${i}`));
				assert.ok((await expectStatus(there("GET", `${SCHEMAS}/notes`), 200)).associations.some((a: any) => a.toObjectTypeId === objectTypeId));
			}
			await expectStatus(at.call("DELETE", `${OBJECTS}/twin/${id}`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/twin`), 204);
			await refused(there("POST", `${OBJECTS}/twin`, { properties: { label: "B" } }), 400, "Unable to infer object type from: twin");
		} finally {
			await other.stop();
		}
	});

	test("while objects come and the type goes, either the object or the archive is refused", async () => {
		for (let i = 0; i < 10; i++) {
			await make(egg(`race${i}`, { properties: [text("label")] }));
			const answers = await Promise.all([1, 2, 3].map(() => at.call("POST", `${OBJECTS}/race${i}`, { properties: { label: "x" } })).concat(at.call("DELETE", `${SCHEMAS}/race${i}`)));
			const gone = answers.pop()?.status === 204;
			assert.deepEqual(new Set(answers.map((a) => a.status === 201)), new Set([!gone]), answers.map((a) => a.status).join());
		}
	});

	test("more than the most is refused", async () => {
		const { results } = await expectStatus(at.call("GET", SCHEMAS), 200);
		const archived = (await expectStatus(at.call("GET", `${SCHEMAS}?archived=true`), 200)).results.length;
		for (let n = results.length + archived; n < 100; n++) await make(egg(`filler${n}`));
		await refused(at.call("POST", SCHEMAS, egg("one_more")), 400, "There are 100 custom types already, which is the most.");
	});

	test("the client's methods: create, read, list, update, associations, archive", async () => {
		const client = new Client({ basePath: at.bellhop.url, accessToken: at.bellhop.token });
		for (const { name } of (await expectStatus(at.call("GET", SCHEMAS), 200)).results.filter((t: any) => t.name.startsWith("filler"))) {
			await expectStatus(at.call("DELETE", `${SCHEMAS}/${name}`), 204);
			await expectStatus(at.call("DELETE", `${SCHEMAS}/${name}?archived=true`), 204);
		}
		const { coreApi } = client.crm.schemas;
		const made = await coreApi.create({ ...car("client_car"), labels: { singular: "Client car", plural: "Client cars" } } as any);
		assert.ok(made.createdAt instanceof Date);
		assert.deepEqual([made.name, made.requiredProperties, made.labels.plural], ["client_car", ["model"], "Client cars"]);
		assert.equal((await coreApi.getById("p_client_car")).id, made.id);
		assert.ok((await coreApi.getAll(false)).results.some((t) => t.id === made.id));
		const changed = await coreApi.update(made.objectTypeId ?? "", { secondaryDisplayProperties: ["kind"] } as any);
		assert.deepEqual([changed.secondaryDisplayProperties, changed.name], [["kind"], "client_car"]);
		const link = await coreApi.createAssociation("client_car", { fromObjectTypeId: made.objectTypeId ?? "", toObjectTypeId: "0-3", name: "car_deal" });
		assert.equal(link.name, "car_deal");
		await coreApi.archiveAssociation("client_car", link.id);
		const o = await client.crm.objects.basicApi.create("p_client_car", { properties: { model: "A" }, associations: [] });
		assert.equal((await client.crm.objects.basicApi.getById("client_car", o.id, ["model"])).properties.model, "A");
		assert.equal((await client.crm.objects.searchApi.doSearch(made.objectTypeId ?? "", { filterGroups: [{ filters: [{ propertyName: "model", operator: "EQ" as any, value: "A" }] }] } as any)).total, 1);
		await client.crm.objects.basicApi.archive("client_car", o.id);
		await coreApi.archive("client_car");
		await assert.rejects(coreApi.getById("client_car"), (e: any) => e.code === 404);
	});
});
