/* Who sees which tickets: by user, by team, by sharing, by pipeline. Random people and random tickets; every way to read is asked, and
 * compared with a plain model. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachEngine, openStream, waitFor } from "../harness/index.ts";
import { byCookie, type Call, CONVERSATIONS, desk, expectStatus, mailIn, newContact, newTicket, OBJECTS, refused, signIn, sql } from "./help.ts";

const REACHES = ["EVERYTHING", "TEAM", "OWNED", "NONE", "TEAM_AND_UNASSIGNED", "OWNED_AND_UNASSIGNED"] as const;
type Reach = (typeof REACHES)[number];

/* The same numbers for the same seed. */
function dice(seed: number) {
	let state = seed;
	const next = (n: number) => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return (state >>> 8) % n;
	};
	return { next, pick: <T>(list: readonly T[]) => list[next(list.length)] as T, some: <T>(list: readonly T[], n: number) => list.filter(() => next(list.length) < n) };
}

interface Rights { seat?: string; ticketView?: Reach; ticketEdit?: Reach; ticketDelete?: Reach; ticketCommunicate?: Reach }

forEachEngine((engine) => {
	const at = desk(engine);
	let n = 0;

	async function person(rights: Rights = {}) {
		const who = { email: `p${++n}@desk.example`, password: "people have words" };
		at.bellhop.command("user", "add", "--email", who.email, "--password", who.password);
		const user = (await expectStatus(at.call("GET", `/settings/v3/users/${who.email}?idProperty=EMAIL`), 200)).id as string;
		const owner = (await expectStatus(at.call("GET", `/crm/v3/owners/${user}?idProperty=userId`), 200)).id as string;
		await expectStatus(at.call("PATCH", `/desk/v1/users/${user}`, rights), 200);
		const cookie = await signIn(at.bellhop, who);
		return { ...who, id: user, ownerId: String(owner), cookie, call: byCookie(at.bellhop, cookie), rights };
	}
	const team = async (name: string, secondaryUserIds: string[]) => (await expectStatus(at.call("POST", "/desk/v1/teams", { name, secondaryUserIds }), 201)).id as string;
	const allPages = async (call: Call, path: string): Promise<any[]> => {
		const all: any[] = [];
		for (let after: string | undefined = ""; after !== undefined; ) {
			const page: any = await expectStatus(call("GET", `${path}${path.includes("?") ? "&" : "?"}limit=7${after ? `&after=${after}` : ""}`), 200);
			all.push(...page.results);
			after = page.paging?.next?.after;
		}
		return all;
	};

	test("B-14 who may not edit writes notes and tasks on records and tickets that he sees, and changes nothing else", async () => {
		const viewer = await person();
		await expectStatus(at.call("PATCH", `/desk/v1/users/${viewer.id}`, { role: "viewer" }), 200);
		const contact = await newContact(at.call, "noted@customer.example");
		const ticket = await newTicket(at.call, { subject: "Noted" });
		const to = (id: string, associationTypeId: number) => ({ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] });
		const note = { hs_note_body: "Seen", hs_timestamp: new Date().toISOString() };
		for (const [type, properties, links] of [
			["notes", note, [to(contact.id, 202), to(ticket.id, 228)]],
			["tasks", { hs_task_subject: "Call back", hs_timestamp: note.hs_timestamp }, [to(contact.id, 204)]],
		] as const) {
			const made = await expectStatus(viewer.call("POST", `${OBJECTS}/${type}`, { properties, associations: links }), 201);
			assert.equal((await expectStatus(at.call("GET", `/crm/v4/objects/${type}/${made.id}/associations/contacts`), 200)).results.length, 1);
			await refused(viewer.call("PATCH", `${OBJECTS}/${type}/${made.id}`, { properties }), 403);
			await refused(viewer.call("DELETE", `${OBJECTS}/${type}/${made.id}`), 403);
			await refused(viewer.call("PUT", `/crm/v4/objects/${type}/${made.id}/associations/default/tickets/${ticket.id}`), 403);
		}
		for (const type of ["calls", "emails", "meetings", "contacts", "tickets"]) await refused(viewer.call("POST", `${OBJECTS}/${type}`, { properties: {} }), 403);
		const limited = await person({ ticketView: "OWNED" });
		const before = await sql(at.bellhop, "SELECT COUNT(*) FROM object");
		const answer = await limited.call("POST", `${OBJECTS}/notes`, { properties: note, associations: [to(ticket.id, 228)] });
		assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
		const looking = await person({ seat: "VIEW_ONLY" });
		await refused(looking.call("POST", `${OBJECTS}/notes`, { properties: note }), 403);
		assert.equal(await sql(at.bellhop, "SELECT COUNT(*) FROM object"), before);
	});

	describe("B-6 B-7 tickets that somebody may not see do not exist for him", () => {
		test("B-6 owned only: one ticket by every route", async () => {
			const ann = await person({ ticketView: "OWNED" });
			const row = await mailIn(at.bellhop, "secret@customer.example", "Secret zebra");
			const id = row.id;
			const thread = (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${id}`), 200)).results[0];
			for (const [method, path, body] of [
				["GET", `/desk/v1/tickets/${id}`], ["GET", `/desk/v1/tickets/${id}/messages`], ["GET", `${OBJECTS}/tickets/${id}`], ["PATCH", `${OBJECTS}/tickets/${id}`, { properties: { subject: "x" } }],
				["POST", `/desk/v1/tickets/${id}/replies`, { text: "x" }], ["GET", `${CONVERSATIONS}/threads/${thread.id}`], ["GET", `${CONVERSATIONS}/threads/${thread.id}/messages`],
				["PATCH", `${CONVERSATIONS}/threads/${thread.id}`, { status: "CLOSED" }], ["DELETE", `${CONVERSATIONS}/threads/${thread.id}`], ["POST", `${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "COMMENT", text: "x" }],
				["GET", `/crm/v4/objects/tickets/${id}/associations/contacts`], ["POST", `/desk/v1/objects/tickets/${id}/restore`],
			] as [string, string, unknown][]) await refused(ann.call(method, path, body), 404);
			await expectStatus(ann.call("DELETE", `${OBJECTS}/tickets/${id}`), 204); // as of one that is not there
			await expectStatus(at.call("GET", `${OBJECTS}/tickets/${id}`), 200);
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hubspot_owner_id: ann.ownerId } }), 200);
			await expectStatus(ann.call("GET", `/desk/v1/tickets/${id}`), 200);
			assert.deepEqual((await expectStatus(ann.call("GET", "/desk/v1/views/open/tickets?limit=100"), 200)).results.map((r: any) => r.id), [id]);
		});

		test("B-6 B-7 B-8 B-9 B-10 H-25 K-13 random people and tickets: every way to read agrees with the model", async () => {
			const d = dice(20261121);
			const word = "okapi";
			const people = [];
			for (let i = 0; i < 6; i++)
				people.push(await person({ ticketView: d.pick(REACHES.filter((r) => r !== "NONE")), ticketEdit: d.pick(REACHES), ticketDelete: d.pick(REACHES), ticketCommunicate: d.pick(REACHES) }));
			const teams: { id: string; members: string[] }[] = [];
			for (const name of ["north", "south"]) {
				const members = d.some(people, 3).map((p) => p.id);
				teams.push({ id: await team(`${name} ${n}`, members), members });
			}
			const closedTo = people.filter(() => d.next(3) === 0).map((p) => p.id);
			const pipeline = await expectStatus(at.call("POST", "/crm/v3/pipelines/tickets", { label: "Board", displayOrder: 9, stages: [{ label: "Open", displayOrder: 0, metadata: { ticketState: "OPEN" } }, { label: "Done", displayOrder: 1, metadata: { ticketState: "CLOSED" } }] }), 201);
			await expectStatus(at.call("PUT", `/desk/v1/pipeline-access/${pipeline.id}`, { userIds: people.map((p) => p.id).filter((id) => !closedTo.includes(id)), teamIds: [] }), 200);
			const contact = await newContact(at.call, "everybody@customer.example");
			const tickets: { id: string; owner?: (typeof people)[number]; users: string[]; teams: string[]; isLimited: boolean; isClosed: boolean }[] = [];
			for (let i = 0; i < 30; i++) {
				const owner = d.next(4) === 0 ? undefined : d.pick(people);
				const users = d.next(4) === 0 ? [d.pick(people).id] : [];
				const shared = d.next(5) === 0 ? [d.pick(teams).id] : [];
				const isLimited = d.next(4) === 0;
				const isClosed = d.next(4) === 0;
				const stage = isLimited ? pipeline.stages[isClosed ? 1 : 0].id : isClosed ? "4" : "1";
				const { id } = await newTicket(at.call, { subject: `${word} ${i}`, hs_pipeline: isLimited ? pipeline.id : "0", hs_pipeline_stage: stage, hubspot_owner_id: owner?.ownerId ?? "", hs_shared_user_ids: users.join(";"), hs_shared_team_ids: shared.join(";") }, [{ to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] }]);
				tickets.push({ id, owner, users, teams: shared, isLimited, isClosed });
			}
			const list = await expectStatus(at.call("POST", "/crm/v3/lists", { name: `okapis ${engine}`, objectTypeId: "0-5", processingType: "MANUAL" }), 200);
			await expectStatus(at.call("PUT", `/crm/v3/lists/${list.list.listId}/memberships/add`, tickets.map((t) => t.id)), 200);

			type Person = (typeof people)[number];
			type Ticket = (typeof tickets)[number];
			const teamsOf = (p: Person) => teams.filter((t) => t.members.includes(p.id));
			const isHis = (p: Person, reach: Reach, t: Ticket) =>
				reach === "EVERYTHING" || (reach !== "NONE" && t.owner === p) || (reach.startsWith("TEAM") && t.owner !== undefined && teamsOf(p).some((team) => team.members.includes((t.owner as Person).id))) || (reach.endsWith("UNASSIGNED") && !t.owner);
			const isShared = (p: Person, t: Ticket) => t.users.includes(p.id) || teamsOf(p).some((team) => t.teams.includes(team.id));
			const sees = (p: Person, t: Ticket) => !(t.isLimited && closedTo.includes(p.id)) && (isHis(p, p.rights.ticketView as Reach, t) || isShared(p, t));
			const may = (p: Person, reach: Reach, t: Ticket, byShare = true) => sees(p, t) && (isHis(p, reach, t) || (byShare && reach !== "NONE" && isShared(p, t)));
			const mine = new Set(tickets.map((t) => t.id));
			const sorted = (ids: Iterable<unknown>) => [...ids].map(String).filter((id) => mine.has(id)).sort();
			const streams = [];

			for (const p of people) {
				const what = `${engine} ${JSON.stringify(p.rights)} teams ${teamsOf(p).length} closed ${closedTo.includes(p.id)}`;
				const seen = tickets.filter((t) => sees(p, t));
				const want = sorted(seen.map((t) => t.id));
				const same = (ids: Iterable<unknown>, way: string, of = want) => assert.deepEqual(sorted(ids), of, `${way}: ${what}`);
				for (const sort of ["newest", "oldest", "priority", "created", "createdOldest"]) same((await allPages(p.call, `/desk/v1/views/open/tickets?sort=${sort}`)).map((r) => r.id), `open view by ${sort}`, sorted(seen.filter((t) => !t.isClosed).map((t) => t.id)));
				same((await allPages(p.call, "/desk/v1/views/closed/tickets")).map((r) => r.id), "closed view", sorted(seen.filter((t) => t.isClosed).map((t) => t.id)));
				same((await allPages(p.call, "/desk/v1/views/unassigned/tickets")).map((r) => r.id), "unassigned view", sorted(seen.filter((t) => !t.isClosed && !t.owner).map((t) => t.id)));
				same((await allPages(p.call, "/desk/v1/views/mine/tickets")).map((r) => r.id), "mine", sorted(seen.filter((t) => !t.isClosed && t.owner === p).map((t) => t.id)));
				for (const view of (await expectStatus(p.call("GET", "/desk/v1/views"), 200)).results)
					if (["open", "closed", "unassigned", "mine"].includes(view.id)) assert.equal(view.count, (await allPages(p.call, `/desk/v1/views/${view.id}/tickets`)).length, `count of ${view.id}: ${what}`);
				same((await allPages(p.call, `${OBJECTS}/tickets`)).map((r) => r.id), "object list");
				const search = async (body: object) => (await expectStatus(p.call("POST", `${OBJECTS}/tickets/search`, { limit: 100, ...body }), 200)).results.map((r: any) => r.id);
				same(await search({}), "search for all");
				same(await search({ query: word }), "search by word");
				same(await search({ sorts: [{ propertyName: "hs_lastactivitydate", direction: "ASCENDING" }] }), "search in an order");
				same(await search({ filterGroups: [{ filters: [{ propertyName: "hs_pipeline", operator: "EQ", value: "0" }] }, { filters: [{ propertyName: "hs_pipeline", operator: "EQ", value: pipeline.id }] }] }), "search by filters");
				same(await search({ filterGroups: [{ filters: [{ propertyName: "associations.contact", operator: "EQ", value: contact.id }] }] }), "search by link");
				const found: string[] = [];
				for (let after: string | undefined = ""; after !== undefined; ) {
					const page: any = await expectStatus(p.call("GET", `/desk/v1/search?q=${word}&kind=ticket&limit=20${after ? `&after=${encodeURIComponent(after)}` : ""}`), 200);
					found.push(...page.results.map((r: any) => r.ticket?.id ?? r.id ?? r.object?.id));
					after = page.paging?.next?.after;
				}
				same(found, "words over the desk");
				const batch = await p.call("POST", `${OBJECTS}/tickets/batch/read`, { properties: ["subject"], inputs: tickets.map((t) => ({ id: t.id })) });
				same(batch.body.results.map((r: any) => r.id), "batch read");
				same((await allPages(p.call, `/crm/v4/objects/contacts/${contact.id}/associations/tickets`)).map((r) => r.toObjectId), "links of the contact");
				const links = await p.call("POST", "/crm/v4/associations/contacts/tickets/batch/read", { inputs: [{ id: contact.id }] });
				same((links.body.results[0]?.to ?? []).map((r: any) => r.toObjectId), "links in a batch");
				same((await allPages(p.call, `/crm/v3/lists/${list.list.listId}/memberships`)).map((r) => r.recordId), "members of a list");
				for (const t of tickets) {
					const answer = await p.call("GET", `/desk/v1/tickets/${t.id}`);
					assert.equal(answer.status, sees(p, t) ? 200 : 404, `one ticket: ${what}`);
					if (answer.status !== 200) continue;
					const abilities = ["edit", "delete", "reply"].filter((a) => answer.body.abilities.includes(a));
					const wanted = [may(p, p.rights.ticketEdit as Reach, t) && "edit", may(p, p.rights.ticketDelete as Reach, t, false) && "delete", may(p, p.rights.ticketCommunicate as Reach, t) && "reply"].filter(Boolean);
					assert.deepEqual(abilities, wanted, `abilities: ${what}`);
					same(answer.body.otherTickets.map((r: any) => r.id).concat(t.id).slice(0, 100), "other tickets of the contact", sorted(answer.body.otherTickets.map((r: any) => r.id).concat(t.id)));
					for (const other of answer.body.otherTickets) assert.ok(want.includes(other.id) || !mine.has(other.id), `other tickets: ${what}`);
				}
				const token = at.token(p.email, "*");
				same((await expectStatus(token("POST", `${OBJECTS}/tickets/search`, { limit: 100 }), 200)).results.map((r: any) => r.id), "a token that acts for him");
				streams.push({ p, want, what, stream: await openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie: p.cookie }) });
			}
			for (const t of tickets) await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${t.id}`, { properties: { content: "touched" } }), 200);
			await newContact(at.call, `last${engine}@customer.example`);
			for (const { want, what, stream } of streams) {
				await waitFor("the last event", () => stream.events.some((e) => e.event === "contact.created"));
				assert.deepEqual(sorted(new Set(stream.events.map((e) => e.data.ticketId))), want, `stream: ${what}`);
				stream.close();
			}
		});
	});

	describe("B-13 changes of rights count at once", () => {
		test("a narrowed user is told to load anew; who loses a ticket hears that it is gone, and nobody else hears of it", async () => {
			const [ann, bob, out] = [await person({ ticketView: "OWNED" }), await person({ ticketView: "OWNED" }), await person({ ticketView: "OWNED" })];
			const ticket = await newTicket(at.call, { subject: "Passed on", hubspot_owner_id: ann.ownerId });
			const open = (who: { cookie: string }) => openStream(`${at.bellhop.url}/desk/v1/stream`, { cookie: who.cookie });
			const [hers, his, theirs] = [await open(ann), await open(bob), await open(out)];
			await expectStatus(at.call("PATCH", `${OBJECTS}/tickets/${ticket.id}`, { properties: { hubspot_owner_id: bob.ownerId } }), 200);
			await waitFor("she hears that it is gone", () => hers.events.some((e) => e.event === "ticket.hidden" && e.data.ticketId === ticket.id));
			await waitFor("he hears of it", () => his.events.some((e) => e.event === "ticket.changed" && e.data.ticket?.id === ticket.id));
			await refused(ann.call("GET", `/desk/v1/tickets/${ticket.id}`), 404);
			await expectStatus(bob.call("GET", `/desk/v1/tickets/${ticket.id}`), 200);
			await expectStatus(at.call("PATCH", `/desk/v1/users/${bob.id}`, { ticketView: "TEAM" }), 200);
			await waitFor("he loads anew", () => his.events.some((e) => e.event === "reset"));
			assert.ok(!theirs.events.some((e) => e.event.startsWith("ticket.") && e.data.ticketId === ticket.id), "nobody else");
			for (const stream of [hers, his, theirs]) stream.close();
		});
	});

	describe("B-2 B-3 B-4 B-5 B-12 B-17 seats", () => {
		test("B-1 a fresh desk offers everything to who sets it up", async () => {
			const session = (await expectStatus(at.call("GET", "/desk/v1/session"), 200)).user;
			for (const ability of ["administer", "comment", "customise", "delete", "edit", "managePeople", "reply", "view"]) assert.ok(session.abilities.includes(ability), ability);
		});

		test("B-2 B-3 B-4 what each seat may do; super admins need none", async () => {
			const row = await mailIn(at.bellhop, "seats@customer.example", `Seats ${engine}`);
			const thread = (await expectStatus(at.call("GET", `${CONVERSATIONS}/threads?associatedTicketId=${row.id}`), 200)).results[0];
			const tries: [string, (call: Call) => Promise<any>, string][] = [
				["see the ticket", (call) => call("GET", `/desk/v1/tickets/${row.id}`), "SERVICE SALES CORE VIEW_ONLY"],
				["comment", (call) => call("POST", `${CONVERSATIONS}/threads/${thread.id}/messages`, { type: "COMMENT", text: "x" }), "SERVICE SALES CORE"],
				["change the ticket", (call) => call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { content: "x" } }), "SERVICE"],
				["open a ticket", (call) => call("POST", `${OBJECTS}/tickets`, { properties: { subject: "x", hs_pipeline_stage: "1" } }), "SERVICE"],
				["reply", (call) => call("POST", `/desk/v1/tickets/${row.id}/replies`, { text: "x" }), "SERVICE"],
				["make a contact", (call) => call("POST", `${OBJECTS}/contacts`, { properties: { firstname: "x" } }), "SERVICE SALES CORE"],
			];
			for (const seat of ["SERVICE", "SALES", "CORE", "VIEW_ONLY"]) {
				const p = await person({ seat });
				for (const [what, go, who] of tries) {
					const { status, text } = await go(p.call);
					assert.equal(status < 300, who.split(" ").includes(seat), `${seat}: ${what}: ${status} ${text}`);
					if (status >= 300) assert.equal(status, 403, `${seat}: ${what}`);
				}
				const views = (await expectStatus(p.call("GET", "/desk/v1/views"), 200)).results.map((v: any) => v.id);
				if (seat === "SERVICE") assert.ok(views.includes("unassigned") && views.includes("mine"), String(views));
				else assert.deepEqual(views.filter((v: string) => !["open", "mentions", "following"].includes(v)), [], `${seat} has ${views}`);
				assert.ok(views.includes("open"));
				if (seat !== "SERVICE") await refused(p.call("GET", "/desk/v1/views/unassigned/tickets"), 404);
				await expectStatus(at.call("PATCH", `/desk/v1/users/${p.id}`, { role: "admin" }), 200);
				await expectStatus(at.call("PATCH", `/desk/v1/users/${p.id}`, { seat }), 200);
				const outbox = await p.call("GET", "/desk/v1/outbox");
				assert.equal(outbox.status, seat === "SERVICE" ? 200 : 403, `${seat}: settings`);
			}
			const boss = await person();
			await expectStatus(at.call("PATCH", `/desk/v1/users/${boss.id}`, { role: "super_admin", seat: "VIEW_ONLY", ticketView: "OWNED" }), 200);
			await expectStatus(boss.call("PATCH", `${OBJECTS}/tickets/${row.id}`, { properties: { content: "y" } }), 200);
		});

		test("only super admins change rights; what is no right is named; the change is an event with who did it", async () => {
			const [ann, bob] = [await person(), await person()];
			await refused(ann.call("PATCH", `/desk/v1/users/${bob.id}`, { ticketView: "OWNED" }), 403);
			await refused(ann.call("GET", "/desk/v1/users"), 403);
			for (const [field, value] of [["seat", "GOLD"], ["ticketView", "SOME"], ["role", "king"], ["ticketEdit", ""]] as const) {
				const answer = await refused(at.call("PATCH", `/desk/v1/users/${bob.id}`, { [field]: value }), 400);
				assert.equal(answer.errors[0].in, field);
			}
			await expectStatus(at.call("PATCH", `/desk/v1/users/${bob.id}`, { ticketView: "OWNED", seat: "CORE" }), 200);
			const body = await sql(at.bellhop, `SELECT user_id, body FROM event WHERE kind = 'user.changed' AND about_id = ${bob.id} ORDER BY id DESC LIMIT 1`);
			assert.match(body, /^[1-9]\d*\|/);
			assert.match(body, /"ticketView"/);
		});
	});

	describe("H-25 H-19 sharing", () => {
		test("names users and teams that are there, at most 50, and goes with the ticket's history", async () => {
			const [ann, bob] = [await person({ ticketView: "OWNED" }), await person()];
			const { id } = await newTicket(bob.call, { subject: "Shared" });
			const share = (value: string) => bob.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { hs_shared_user_ids: value } });
			await refused(ann.call("GET", `${OBJECTS}/tickets/${id}`), 404);
			await refused(share("999999"), 400);
			await refused(share("everybody"), 400);
			await refused(share(Array.from({ length: 51 }, (_, i) => i + 1).join(";")), 400);
			await expectStatus(share(`${ann.id}`), 200);
			await expectStatus(ann.call("PATCH", `${OBJECTS}/tickets/${id}`, { properties: { content: "x" } }), 200);
			await expectStatus(share(""), 200);
			await refused(ann.call("GET", `${OBJECTS}/tickets/${id}`), 404);
		});
	});

	describe("one's own profile", () => {
		test("name and password; the other sessions end, a wrong password is refused", async () => {
			const ann = await person();
			const other = byCookie(at.bellhop, await signIn(at.bellhop, { email: ann.email, password: ann.password }));
			await expectStatus(ann.call("PATCH", "/desk/v1/profile", { firstName: "Änn", lastName: "Other" }), 204);
			assert.equal((await expectStatus(ann.call("GET", "/desk/v1/session"), 200)).user.firstName, "Änn");
			assert.equal((await refused(ann.call("POST", "/desk/v1/profile/password", { currentPassword: "wrong", password: "new words here" }), 400)).errors[0].in, "currentPassword");
			await refused(ann.call("POST", "/desk/v1/profile/password", { currentPassword: ann.password, password: "short" }), 400);
			await refused(at.token(ann.email, "*")("POST", "/desk/v1/profile/password", { currentPassword: ann.password, password: "new words here" }), 403);
			await expectStatus(ann.call("POST", "/desk/v1/profile/password", { currentPassword: ann.password, password: "new words here" }), 204);
			await expectStatus(ann.call("GET", "/desk/v1/session"), 200);
			await refused(other("GET", "/desk/v1/session"), 401);
			await signIn(at.bellhop, { email: ann.email, password: "new words here" });
		});
	});
});
