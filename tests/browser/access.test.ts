/* Who sees and does what, by hand in real browsers: seats, which tickets one sees, and the settings of people. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, type Bellhop, type Browser, engineOf, launchBrowser, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, count, deliver, finish, openDesk, row, rows, ticketId } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
const BEN = { email: "ben@desk.example", password: "lightning rods" };

let bellhop: Bellhop;
let browser: Browser;
let ada: { id: string; ownerId: string };
let ben: { id: string; ownerId: string };

async function add(who: typeof ADA, first: string, last: string) {
	bellhop.command("user", "add", "--email", who.email, "--password", who.password, "--first-name", first, "--last-name", last);
	const { id } = await bellhop.api.get(`/settings/v3/users/${who.email}?idProperty=EMAIL`);
	const owner = await bellhop.api.get(`/crm/v3/owners/${id}?idProperty=userId`);
	return { id: id as string, ownerId: String(owner.id) };
}
const change = async (id: string, rights: object) => assert.equal((await bellhop.api.request("PATCH", `/desk/v1/users/${id}`, rights)).status, 200);
const give = async (ticket: string, ownerId: string) => assert.equal((await bellhop.api.request("PATCH", `/crm/v3/objects/tickets/${ticket}`, { properties: { hubspot_owner_id: ownerId } })).status, 200);

before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
	ada = await add(ADA, "Ada", "Lovelace");
	ben = await add(BEN, "Ben", "Franklin");
	await deliver(bellhop, { subject: "Lamp for Ada" });
	await deliver(bellhop, { subject: "Lamp for Ben" });
	await give(await ticketId(bellhop, "Lamp for Ada"), ada.ownerId);
	await give(await ticketId(bellhop, "Lamp for Ben"), ben.ownerId);
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

test("B-1 a fresh installation offers the whole desk: nothing is kept for those who pay", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/users");
	const menu = desk.page.getByRole("navigation", { name: "Settings" });
	for (const name of ["Users", "Teams", "Mail", "Pipelines", "Quarantine", "Your profile"]) await menu.getByRole("link", { name }).waitFor();
	await desk.page.getByRole("heading", { name: "Users", level: 1 }).waitFor();
	await desk.page.getByText("Ada Lovelace").waitFor();
	await checkAccessibility(desk.page, "users");
	await finish(desk);
});

test("B-2 B-12 with a service seat one answers; super admins give seats in the settings", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/users");
	await desk.page.getByRole("button", { name: "Edit Ada Lovelace" }).click();
	const dialog = desk.page.getByRole("dialog", { name: "Ada Lovelace" });
	await dialog.getByRole("button", { name: /Seat/ }).waitFor();
	await checkAccessibility(desk.page, "the rights of a user");
	await dialog.getByRole("button", { name: /Seat/ }).click();
	await desk.page.getByRole("option", { name: "Core" }).click();
	await dialog.getByRole("button", { name: "Save" }).click();
	await dialog.waitFor({ state: "detached" });
	const people = async () => (await bellhop.api.get("/desk/v1/users")).results.find((p: { id: string }) => p.id === ada.id);
	assert.equal((await people()).seat, "CORE");
	await change(ada.id, { seat: "SERVICE" });
	assert.equal((await people()).seat, "SERVICE");
	await finish(desk);
	const hers = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Lamp for Ada")}`, { who: ADA });
	await hers.page.getByRole("button", { name: /Write a reply/ }).or(hers.page.getByRole("textbox", { name: "Reply text" })).first().waitFor();
	await finish(hers);
});

test("B-3 B-4 B-5 B-17 B-18 without a service seat one sees and comments, has fewer views and no settings of the desk", async () => {
	await change(ben.id, { seat: "SALES" });
	const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Lamp for Ada")}`, { who: BEN });
	await desk.page.getByRole("heading", { name: "Lamp for Ada" }).first().waitFor();
	const views = desk.page.getByRole("navigation", { name: "Views" });
	await views.getByRole("link", { name: /All open/ }).waitFor();
	assert.equal(await views.getByRole("link", { name: /Unassigned/ }).count(), 0);
	assert.equal(await desk.page.getByRole("button", { name: "Send", exact: true }).count(), 0);
	await desk.page.goto(`${bellhop.url}/settings/users`);
	await desk.page.getByText("Only super admins can see these settings.").waitFor();
	await desk.page.goto(`${bellhop.url}/settings/mail`);
	await desk.page.getByText("Only admins can see these settings.").waitFor();
	await change(ben.id, { seat: "SERVICE" });
	await finish(desk);
});

test("E-50 B-11 who may not write to customers sees the conversation and no Send", async () => {
	const id = await ticketId(bellhop, "Lamp for Ben");
	await change(ben.id, { ticketCommunicate: "NONE" });
	const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: BEN });
	await desk.page.getByRole("heading", { name: "Lamp for Ben" }).first().waitFor();
	await desk.page.locator("article[data-message-id]").first().waitFor();
	assert.equal(await desk.page.getByRole("button", { name: "Send", exact: true }).count(), 0);
	assert.equal(await desk.page.getByRole("textbox", { name: "Reply text" }).count(), 0);
	const refused = await api(bellhop.url).request("POST", `/desk/v1/tickets/${id}/replies`, { text: "x" }, { origin: bellhop.url, cookie: (await desk.page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ") });
	assert.equal(refused.status, 403);
	await change(ben.id, { ticketCommunicate: "EVERYTHING" });
	await finish(desk);
});

test("B-6 B-7 B-8 an admin narrows what somebody sees while he looks at the list: the tickets go away without a reload", async () => {
	const his = await openDesk(browser, bellhop, "/tickets/open", { who: BEN });
	await row(his.page, "Lamp for Ada").waitFor();
	await row(his.page, "Lamp for Ben").waitFor();
	const admin = await openDesk(browser, bellhop, "/settings/users");
	await admin.page.getByRole("button", { name: "Edit Ben Franklin" }).click();
	const dialog = admin.page.getByRole("dialog", { name: "Ben Franklin" });
	await dialog.getByRole("button", { name: /^See|See$|See / }).first().click();
	await admin.page.getByRole("option", { name: "Their own tickets", exact: true }).click();
	await dialog.getByRole("button", { name: "Save" }).click();
	await dialog.waitFor({ state: "detached" });
	await row(his.page, "Lamp for Ada").waitFor({ state: "detached" });
	await row(his.page, "Lamp for Ben").waitFor();
	await waitFor("the count follows", async () => (await count(his.page, "open").innerText()).trim() === "1");
	/* what is handed to somebody else goes too, and a link to it leads nowhere */
	const id = await ticketId(bellhop, "Lamp for Ben");
	await give(id, ada.ownerId);
	await waitFor("no ticket is left", async () => (await rows(his.page).count()) <= 1 && (await row(his.page, "Lamp for Ben").count()) === 0);
	const gone = await api(bellhop.url).request("GET", `/desk/v1/tickets/${id}`, undefined, { cookie: (await his.page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ") });
	assert.equal(gone.status, 404);
	await finish(admin);
	await finish(his, /404/);
	await give(id, ben.ownerId);
});

test("H-19 H-25 a ticket is shared from its menu: who did not see it does", async () => {
	const id = await ticketId(bellhop, "Lamp for Ada");
	const his = await openDesk(browser, bellhop, "/tickets/open", { who: BEN });
	await row(his.page, "Lamp for Ben").waitFor();
	assert.equal(await row(his.page, "Lamp for Ada").count(), 0);
	const hers = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
	await hers.page.getByRole("button", { name: "More actions" }).or(hers.page.getByTestId("ticket-menu")).first().click();
	await hers.page.getByRole("menuitem", { name: "Manage access" }).click();
	const dialog = hers.page.getByRole("dialog", { name: "Who else sees this ticket" });
	await dialog.getByRole("checkbox", { name: "Ben Franklin" }).waitFor();
	await checkAccessibility(hers.page, "manage access");
	await dialog.getByText("Ben Franklin").click();
	await dialog.getByRole("button", { name: "Save" }).click();
	await dialog.waitFor({ state: "detached" });
	await row(his.page, "Lamp for Ada").waitFor();
	await finish(hers);
	await finish(his);
	await change(ben.id, { ticketView: "EVERYTHING" });
});

test("somebody is invited, changed, deactivated and brought back; teams are made and filled", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/users");
	const { page } = desk;
	await page.getByRole("button", { name: "Invite somebody" }).click();
	const invite = page.getByRole("dialog", { name: "Invite somebody" });
	await invite.getByRole("button", { name: "Send invitation" }).click();
	await invite.getByText("An email address is needed.").waitFor();
	await invite.getByLabel("Email").fill("cy@desk.example");
	await invite.getByLabel("First name").fill("Cyrus");
	await invite.getByRole("button", { name: "Send invitation" }).click();
	const link = page.getByRole("dialog", { name: "Hand over this link" });
	await link.getByText(/\/invitation\?token=/).waitFor();
	await link.getByRole("button", { name: "Done" }).click();
	await page.getByLabel("Search by name or email").fill("cyr");
	await page.getByText("Invited").waitFor();
	assert.equal(await page.getByText("Ada Lovelace").count(), 0);
	await page.getByRole("button", { name: "More for Cyrus" }).click();
	await page.getByRole("menuitem", { name: "Deactivate" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
	await page.getByText("Deactivated").waitFor();
	await page.getByRole("button", { name: "More for Cyrus" }).click();
	await page.getByRole("menuitem", { name: "Bring back" }).click();
	await link.getByRole("button", { name: "Done" }).click();
	await page.getByText("Invited").waitFor();
	await page.getByRole("link", { name: "Teams" }).click();
	await page.getByRole("button", { name: "New team" }).click();
	const name = page.getByRole("dialog", { name: "New team" });
	await name.getByLabel("Name").fill("North");
	await name.getByRole("button", { name: "Save" }).click();
	await page.getByRole("button", { name: "Members of North" }).click();
	const members = page.getByRole("dialog", { name: "Members of North" });
	await members.getByText("Ada Lovelace").click();
	await members.getByRole("button", { name: "Save" }).click();
	await page.getByText("1 member").waitFor();
	await checkAccessibility(page, "teams");
	await page.getByRole("button", { name: "More for North" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
	await page.getByText("There is no team yet.").waitFor();
	await finish(desk);
});

test("one changes one's own name and password", async () => {
	const desk = await openDesk(browser, bellhop, "/settings/profile", { who: ADA });
	const { page } = desk;
	await page.getByLabel("Last name").fill("King");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved").waitFor();
	await page.getByLabel("Current password").fill("nonsense words");
	await page.getByLabel("New password").fill("difference engine");
	await page.getByRole("button", { name: "Change password" }).click();
	await page.getByText("This is not your password.").waitFor();
	await page.getByLabel("Current password").fill(ADA.password);
	await page.getByRole("button", { name: "Change password" }).click();
	await page.getByText("Your password is changed.").waitFor();
	await checkAccessibility(page, "profile");
	await finish(desk, /400/);
});
