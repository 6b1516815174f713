/* An unknown visitor becomes a contact: from the magnifying glass on his message, by hand in a real browser. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, screenshot, startBellhop } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, messages, openDesk, ticketId } from "./desk.ts";

const CHANNELS = "/conversations/v3/custom-channels";
const opaque = (value: string) => ({ type: "CHANNEL_SPECIFIC_OPAQUE_ID", value });
const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const panelOf = (page: Page) => page.getByRole("complementary", { name: "Who is this?" });

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	let write: (visitor: string, thread: string, text: string, name?: string) => Promise<{ ticketId: string; threadId: string }>;

	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
		const { api } = bellhop;
		const channel = await api.post(CHANNELS, { name: "Chat", capabilities: { deliveryIdentifierTypes: ["CHANNEL_SPECIFIC_OPAQUE_ID"], threadingModel: "INTEGRATION_THREAD_ID", richText: [], allowOutgoingMessages: true } });
		const inboxId = (await api.get("/conversations/v3/conversations/inboxes")).results[0].id;
		const account = await api.post(`${CHANNELS}/${channel.id}/channel-accounts`, { inboxId, name: "Team", authorized: true, deliveryIdentifier: opaque("team") });
		write = async (visitor, thread, text, name) => {
			const m = await api.post(`${CHANNELS}/${channel.id}/messages`, { channelAccountId: account.id, messageDirection: "INCOMING", text, senders: [{ name, deliveryIdentifier: opaque(visitor) }], recipients: [{ deliveryIdentifier: opaque("team") }], integrationThreadId: thread });
			const { threadAssociations } = await api.get(`/conversations/v3/conversations/threads/${m.conversationsThreadId}?association=TICKET`);
			return { ticketId: threadAssociations.associatedTicketId, threadId: m.conversationsThreadId };
		};
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const contactOf = async (id: string) => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).contact;
	const threadContact = async (id: string) => (await bellhop.api.get(`/conversations/v3/conversations/threads/${id}`)).associatedContactId;

	test("G-1 G-2 G-3 G-4 G-5: the magnifying glass on a visitor's message opens a panel; Create new and Save make him a contact of ticket and conversation", async () => {
		const former = await write("nia-7", "nia-0", "Anybody there?");
		const now = await write("nia-7", "nia-1", "My lamp hums. I am Nia Falk, nia@customer.example.");
		const one = await openDesk(browser, bellhop, `/tickets/open/${now.ticketId}`);
		const two = await openDesk(browser, bellhop, `/tickets/open/${now.ticketId}`);
		const { page } = one;
		/* by the palette, and by the glass itself */
		await messages(page).first().getByRole("button", { name: "Identify sender" }).waitFor();
		await page.keyboard.press("Control+k");
		await page.getByRole("dialog", { name: "Commands" }).waitFor();
		await page.keyboard.type("identify");
		await page.getByRole("dialog", { name: "Commands" }).getByRole("menuitem", { name: /Identify sender/ }).waitFor();
		await page.keyboard.press("Enter");
		await panelOf(page).waitFor();
		await page.keyboard.press("Escape");
		await panelOf(page).waitFor({ state: "detached" });
		const glass = messages(page).first().getByRole("button", { name: "Identify sender" });
		await glass.focus();
		await page.keyboard.press("Enter");
		const panel = panelOf(page);
		await panel.getByRole("tab", { name: "Create new", selected: true }).waitFor();
		await checkAccessibility(page, "who is this?");
		await screenshot(page, "identify");
		await panel.getByRole("button", { name: "Save" }).click();
		await panel.getByText("Type a name or an email address.").waitFor();
		await panel.getByRole("textbox", { name: "Email" }).fill("nia");
		await panel.getByRole("button", { name: "Save" }).click();
		await panel.getByText(/Type a whole address/).waitFor();
		await panel.getByRole("textbox", { name: "Email" }).fill("nia@customer.example");
		await panel.getByRole("textbox", { name: "First name" }).fill("Nia");
		await panel.getByRole("textbox", { name: "Last name" }).fill("Falk");
		await panel.getByRole("checkbox", { name: /Anybody there/, checked: true }).waitFor();
		await panel.getByRole("button", { name: "Save" }).click();
		await panel.waitFor({ state: "detached" });
		for (const { page: window } of [one, two]) {
			await details(window).getByRole("link", { name: "Nia Falk" }).waitFor();
			await messages(window).first().getByRole("button", { name: "Identify sender" }).waitFor({ state: "detached" });
		}
		const contact = await contactOf(now.ticketId);
		assert.deepEqual([contact.email, contact.name], ["nia@customer.example", "Nia Falk"]);
		assert.equal((await contactOf(former.ticketId)).id, contact.id);
		for (const { threadId } of [former, now]) assert.equal(await threadContact(threadId), contact.id);
		await finish(one);
		await finish(two);
	});

	test("G-3 G-7: Add existing searches and chooses; an address that is taken offers its contact; tickets that are not his stay behind", async () => {
		const known = await bellhop.api.post("/crm/v3/objects/contacts", { properties: { email: "tove@customer.example", firstname: "Tove", lastname: "Ek" } });
		const other = await write("tove-1", "tove-0", "From the kiosk");
		const now = await write("tove-1", "tove-1", "This is Tove");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${now.ticketId}`);
		const { page } = desk;
		const open = () => messages(page).first().getByRole("button", { name: "Identify sender" }).click();
		const panel = panelOf(page);
		await open();
		await panel.getByRole("textbox", { name: "Email" }).fill("tove@customer.example");
		await panel.getByText("From the kiosk").click();
		await panel.getByRole("button", { name: "Save" }).click();
		await panel.getByText("A contact with this email address exists already.").waitFor();
		await panel.getByRole("button", { name: "Use this contact" }).waitFor();
		await page.keyboard.press("Escape");
		await panel.waitFor({ state: "detached" });
		assert.notEqual((await contactOf(now.ticketId)).id, known.id);

		await open();
		await panel.getByRole("tab", { name: "Add existing" }).click();
		await panel.getByRole("button", { name: "Save" }).click();
		await panel.getByText("Choose a contact.").waitFor();
		await panel.getByRole("combobox", { name: "Search contacts" }).fill("tove");
		await panel.getByRole("option", { name: /Tove Ek/ }).click();
		await panel.getByText("From the kiosk").click();
		await panel.getByRole("button", { name: "Save" }).click();
		await details(page).getByRole("link", { name: "Tove Ek" }).waitFor();
		assert.equal((await contactOf(now.ticketId)).id, known.id);
		assert.equal(await threadContact(now.threadId), known.id);
		assert.notEqual((await contactOf(other.ticketId)).id, known.id);
		await finish(desk, /status of 409/);
	});

	test("G-6: the magnifying glass is only on messages whose sender nobody knows", async () => {
		await deliver(bellhop, { subject: "Known", from: "Bea Moe <bea@customer.example>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Known")}`);
		await hasText(details(desk.page), /Bea Moe/);
		await messages(desk.page).first().waitFor();
		assert.equal(await desk.page.getByRole("button", { name: "Identify sender" }).count(), 0);
		await finish(desk);
	});
});
