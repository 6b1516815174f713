/* What is written while no server is there: it waits on the device, goes out by itself, and once. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type Page, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, row, ticketId, writeReply } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
/* What a browser says of a network that is not there, and of a server that refuses. */
const AWAY = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_CONNECTION_REFUSED|ERR_FAILED|status of (409|503)/;

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;

	before(async () => {
		[bellhop, browser, sink] = await Promise.all([startBellhop({ engine }), launchBrowser(), startSmtpSink()]);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
		await bellhop.api.put("/desk/v1/relay", { url: sink.url });
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const mail = async (subject: string, from = `${subject.replaceAll(" ", ".").toLowerCase()}@customer.example`) => {
		await deliver(bellhop, { subject, from });
		return ticketId(bellhop, subject);
	};
	const sentTo = (address: string) => sink.mails.filter((m) => m.to.includes(address));
	const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true }).click();
	const saved = (page: Page) => page.getByRole("status").getByText(/^Draft saved/).waitFor();
	const waiting = (page: Page) => page.locator("[data-unsent]");
	const writeComment = async (page: Page, text: string) => {
		await page.getByRole("button", { name: /^Comment/ }).click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await page.getByRole("textbox", { name: "Comment text" }).click();
		await page.keyboard.type(text);
	};

	test("a reply without a network waits, says so, and is sent once when there is one; the draft does not come back", async () => {
		const id = await mail("Offline reply");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await writeReply(page, "Begun before. ");
		await saved(page);
		await page.context().setOffline(true);
		await page.keyboard.type("Ended without a network.");
		await page.getByRole("status").getByText("Will send when online").waitFor();
		await send(page);
		await waiting(page).getByText("Begun before. Ended without a network.").waitFor();
		await page.getByRole("region", { name: "Connection" }).getByText("1 change waits on this device.").waitFor();
		await page.getByRole("button", { name: /Write a reply/ }).waitFor();
		await checkAccessibility(page, "a reply that waits");
		await page.context().setOffline(false);
		await messages(page).getByText("Ended without a network.").waitFor();
		await waiting(page).waitFor({ state: "detached" });
		await page.getByRole("button", { name: /Write a reply/ }).waitFor();
		await sink.waitForMail("the reply", (m) => m.to.includes("offline.reply@customer.example"));
		assert.equal(sentTo("offline.reply@customer.example").length, 1);
		assert.equal((await (await page.request.get(`${bellhop.url}/desk/v1/tickets/${id}/drafts/reply`)).json()).version, 0);
		await finish(desk, AWAY);
	});

	test("a reply whose answer was lost survives a reload, and reaches the customer once", async () => {
		const id = await mail("Lost answer");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await page.route("**/replies", async (route) => {
			await route.fetch().catch(() => {});
			await route.abort("connectionreset").catch(() => {});
		});
		await writeReply(page, "Did it arrive?");
		await send(page);
		await waiting(page).getByText("Did it arrive?").waitFor();
		await page.reload();
		await waiting(page).getByText("Did it arrive?").waitFor();
		await page.unroute("**/replies");
		await waiting(page).waitFor({ state: "detached" });
		await sink.waitForMail("the reply", (m) => m.to.includes("lost.answer@customer.example"));
		assert.equal(await messages(page).getByText("Did it arrive?").count(), 1);
		assert.equal(sentTo("lost.answer@customer.example").length, 1);
		await finish(desk, AWAY);
	});

	test("comments and changes made without a server are kept over its restart, in their order", async () => {
		const id = await mail("Server away");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await hasText(page.getByRole("button", { name: /Status/ }), /New/);
		await page.getByRole("button", { name: /Status/ }).waitFor();
		await writeComment(page, "Said without a server");
		await bellhop.stop();
		await page.keyboard.press("Control+Enter");
		await waiting(page).getByText("Said without a server").waitFor();
		await page.getByRole("button", { name: /Status/ }).click();
		await page.getByRole("option", { name: "Waiting on us" }).click();
		await hasText(page.getByRole("button", { name: /Status/ }), /Waiting on us/);
		await page.locator("[data-prefix=Priority]").click();
		await page.getByRole("option", { name: "High" }).click();
		await page.getByRole("region", { name: "Connection" }).getByText("3 changes wait on this device.").waitFor();
		await page.getByRole("button", { name: "Show", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "Waiting on this device" });
		assert.equal(await dialog.locator("[data-unsent]").count(), 3);
		await checkAccessibility(page, "what waits");
		await dialog.locator("[data-unsent]").nth(2).getByRole("button", { name: "Cancel sending" }).click();
		await page.keyboard.press("Escape");
		await hasText(page.locator("[data-prefix=Priority]"), /No priority/);
		await bellhop.restart();
		await messages(page).getByText("Said without a server").waitFor({ timeout: 30_000 });
		await waitFor("the status", async () => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket.stageId === "3");
		await waitFor("nothing waits", async () => (await page.getByRole("region", { name: "Connection" }).count()) === 0);
		assert.equal((await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket.priority, undefined);
		await hasText(page.getByRole("button", { name: /Status/ }), /Waiting on us/);
		await finish(desk, AWAY);
	});

	test("H-1 a ticket closed by its key without a network leaves the list, in another window after a reload too, and is closed when there is one", async () => {
		const id = await mail("Closed away");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await hasText(page.getByRole("button", { name: /Status/ }), /New/);
		await page.route("**/desk/v1/tickets/bulk", (route) => route.abort("connectionreset"));
		await page.keyboard.press("e");
		await row(page, "Closed away").waitFor({ state: "detached" });
		await page.getByRole("region", { name: "Connection" }).getByText("1 change waits on this device.").waitFor();
		const other = await page.context().newPage();
		await other.context().route("**/desk/v1/tickets/bulk", (route) => route.abort("connectionreset"));
		await other.goto(`${bellhop.url}/tickets/open/${id}`);
		await hasText(other.getByRole("button", { name: /Status/ }), /Closed/);
		await other.context().unroute("**/desk/v1/tickets/bulk");
		await page.unroute("**/desk/v1/tickets/bulk");
		await waitFor("the status", async () => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket.isClosed);
		for (const one of [page, other]) await waitFor("nothing waits", async () => (await one.getByRole("region", { name: "Connection" }).count()) === 0);
		/* and the other window has let go of it */
		await bellhop.api.patch(`/crm/v3/objects/tickets/${id}`, { properties: { hs_pipeline_stage: "2" } });
		await hasText(other.getByRole("button", { name: /Status/ }), /Waiting on contact/);
		await finish(desk, AWAY);
	});

	test("what waits can be taken back into the editor, above what was written since", async () => {
		const id = await mail("Taken back");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await writeReply(page, "First reply");
		await page.context().setOffline(true);
		await send(page);
		await waiting(page).getByText("First reply").waitFor();
		await writeReply(page, "Second thoughts");
		await waiting(page).getByRole("button", { name: "Cancel sending" }).click();
		await hasText(editor(page), /^First reply\s+Second thoughts$/);
		await waiting(page).waitFor({ state: "detached" });
		await page.context().setOffline(false);
		await saved(page);
		assert.equal(sentTo("taken.back@customer.example").length, 0);
		await page.reload();
		await hasText(editor(page), /^First reply\s+Second thoughts$/);
		await finish(desk, AWAY);
	});

	test("E-71 a customer who wrote meanwhile is read first; the reply that waited is sent on demand, once", async () => {
		const from = "wrote.meanwhile@customer.example";
		await deliver(bellhop, { subject: "Wrote meanwhile", from, messageId: "<meanwhile-1@customer.example>" });
		const id = await ticketId(bellhop, "Wrote meanwhile");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		await messages(page).first().waitFor();
		await writeReply(page, "Written too early");
		await page.context().setOffline(true);
		await send(page);
		await waiting(page).getByText("Written too early").waitFor();
		await deliver(bellhop, { subject: "Re: Wrote meanwhile", from, text: "Wait with that", inReplyTo: "<meanwhile-1@customer.example>" });
		await page.context().setOffline(false);
		await waiting(page).getByText("Newer messages came before it could be sent. Read them first.").waitFor();
		await page.getByRole("region", { name: "Connection" }).getByText("1 change waits for you on this device.").waitFor();
		await messages(page).getByText("Wait with that").waitFor();
		await waiting(page).getByRole("button", { name: "Send anyway" }).click();
		await waiting(page).waitFor({ state: "detached" });
		await sink.waitForMail("the reply", (m) => m.to.includes("wrote.meanwhile@customer.example"));
		assert.equal(sentTo("wrote.meanwhile@customer.example").length, 1);
		await finish(desk, AWAY);
	});

	test("what one window has put aside is not sent from another one too; what was written there since stays", async () => {
		const id = await mail("Two windows");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		const other = await page.context().newPage();
		await other.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "In both windows");
		await hasText(editor(other), "In both windows");
		await saved(page);
		await page.context().setOffline(true);
		await send(page);
		await waiting(other).getByText("In both windows").waitFor();
		await waitFor("an empty editor", async () => (await editor(other).count()) === 0 || (await editor(other).innerText()).trim() === "");
		await writeReply(other, "Only here");
		await page.context().setOffline(false);
		await sink.waitForMail("the reply", (m) => m.to.includes("two.windows@customer.example"));
		await waiting(other).waitFor({ state: "detached" });
		await hasText(editor(other), "Only here");
		await saved(other);
		assert.equal(sentTo("two.windows@customer.example").length, 1);
		await finish(desk, AWAY);
	});

	test("what waits is its writer's: a colleague on the same device neither sees nor sends it; back again it goes", async () => {
		const id = await mail("Shared device");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
		const { page } = desk;
		await page.route("**/replies", (route) => route.abort("connectionreset"));
		await writeReply(page, "Ada's words");
		await send(page);
		await waiting(page).getByText("Ada's words").waitFor();
		await page.request.delete(`${bellhop.url}/desk/v1/session`, { headers: { origin: bellhop.url } });
		await page.unroute("**/replies");
		await page.request.post(`${bellhop.url}/desk/v1/session`, { data: bellhop.admin, headers: { origin: bellhop.url } });
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await messages(page).first().waitFor();
		await page.waitForTimeout(1500);
		assert.equal(await waiting(page).count(), 0);
		assert.equal(sentTo("shared.device@customer.example").length, 0);
		await page.request.post(`${bellhop.url}/desk/v1/session`, { data: ADA, headers: { origin: bellhop.url } });
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await sink.waitForMail("the reply", (m) => m.to.includes("shared.device@customer.example"));
		await finish(desk, AWAY);
	});

	test("D-1 a ticket whose answer was lost is made once, however often Create is pressed", async () => {
		const desk = await openDesk(browser, bellhop, "/tickets/open");
		const { page } = desk;
		let n = 0;
		await page.route("**/crm/v3/objects/tickets", async (route) => {
			if (n++ > 0) return route.continue();
			await route.fetch();
			await route.abort("connectionreset");
		});
		await page.getByRole("button", { name: "Create ticket" }).click();
		const panel = page.getByRole("complementary", { name: "Create ticket" });
		await panel.getByLabel(/Ticket name/).fill("Made once");
		await panel.getByRole("button", { name: /^Create/ }).last().click();
		await panel.getByRole("alert").waitFor();
		await panel.getByRole("button", { name: /^Create/ }).last().click();
		await page.getByRole("heading", { name: "Made once" }).waitFor();
		assert.equal(await row(page, "Made once").count(), 1);
		await finish(desk, AWAY);
	});

	test("what is typed while a reply is on its way changes nothing; a reply that fails after one went on says so there", async () => {
		const [id] = [await mail("On its way"), await mail("Another one")];
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		let refuse = () => {};
		await page.route("**/replies", async (route) => {
			await new Promise<void>((resolve) => {
				refuse = resolve;
			});
			await route.fulfill({ status: 400, json: { status: "error", message: "Out of paper.", category: "VALIDATION_ERROR" } });
		});
		await writeReply(page, "As it was");
		await send(page);
		await page.getByRole("button", { name: "Sending…" }).waitFor();
		await editor(page).click();
		await page.keyboard.type(" and more");
		await hasText(editor(page), "As it was");
		await row(page, "Another one").click();
		await page.getByRole("heading", { name: "Another one" }).waitFor();
		refuse();
		const told = page.getByRole("alert").filter({ hasText: "“On its way”: not sent, your text is kept there. Out of paper." });
		await told.getByRole("button", { name: "Open" }).click();
		await page.getByRole("heading", { name: "On its way" }).waitFor();
		await hasText(editor(page), "As it was");
		await editor(page).click();
		await page.keyboard.type(" and more");
		await hasText(editor(page), "As it was and more");
		await finish(desk, /status of 400/);
	});

	test("E-31 a session that ends while one types leads back to the ticket, with every word", async () => {
		const id = await mail("Session ends");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
		const { page } = desk;
		await writeReply(page, "Before the end");
		await saved(page);
		await page.context().clearCookies();
		await page.keyboard.insertText(" and after it");
		await page.getByRole("textbox", { name: "Email" }).fill(ADA.email);
		await page.getByLabel("Password").fill(ADA.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("heading", { name: "Session ends" }).waitFor();
		await hasText(editor(page), "Before the end and after it");
		await waitFor("the draft", async () => (await (await page.request.get(`${bellhop.url}/desk/v1/tickets/${id}/drafts/reply`)).json()).text === "Before the end and after it");
		await finish(desk, /status of 401/);
	});

	test("E-50 whoever loses the right to reply while he writes still has what he wrote", async () => {
		const id = await mail("Right is lost");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
		const { page } = desk;
		await writeReply(page, "Words to be kept");
		await saved(page);
		const { results } = await bellhop.api.get("/settings/v3/users?limit=50");
		const ada = results.find((u: { email: string }) => u.email === ADA.email);
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { role: "viewer" });
		const kept = page.getByText("You may not reply on this ticket any more. What you wrote is kept here:");
		await kept.waitFor();
		await page.getByRole("blockquote").getByText("Words to be kept").waitFor();
		await checkAccessibility(page, "a right that was lost");
		await page.reload();
		await kept.waitFor();
		await bellhop.api.patch(`/desk/v1/users/${ada.id}`, { role: "agent" });
		await hasText(editor(page), "Words to be kept");
		await finish(desk, /status of 403/);
	});

	test("a comment that its author has begun to change is still so after a look at another ticket and a reload", async () => {
		const id = await mail("Edit begun");
		await mail("Looked at meanwhile");
		await bellhop.api.post(`/desk/v1/tickets/${id}/comments`, { html: "<p>First words</p>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		const { page } = desk;
		const edit = page.getByRole("textbox", { name: "Change the comment" });
		await page.getByRole("button", { name: "More about this comment" }).click();
		await page.getByRole("menuitem", { name: "Edit" }).click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await edit.click();
		await page.keyboard.press("Control+End");
		await page.keyboard.type(", and many more");
		await row(page, "Looked at meanwhile").click();
		await page.getByRole("heading", { name: "Looked at meanwhile" }).waitFor();
		await row(page, "Edit begun").click();
		await hasText(edit, "First words, and many more");
		await page.reload();
		await hasText(edit, "First words, and many more");
		await page.getByRole("button", { name: "Cancel", exact: true }).click();
		await page.getByTestId("mail-body").getByText("First words", { exact: true }).waitFor();
		await page.reload();
		await page.getByTestId("mail-body").getByText("First words", { exact: true }).waitFor();
		assert.equal(await edit.count(), 0);
		await finish(desk);
	});

	test("E-49 a reply that another window took back is not said to be sent", async () => {
		const id = await mail("Undone elsewhere");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { undoSeconds: 20 });
		const { page } = desk;
		const other = await page.context().newPage();
		await other.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "Not yet");
		await send(page);
		const offer = page.getByRole("region", { name: "Notices" }).locator("div").filter({ hasText: "The reply is being sent" }).last();
		await offer.hover();
		await other.locator("[data-held]").getByRole("button", { name: "Undo" }).click();
		await hasText(editor(page), "Not yet");
		await offer.getByRole("button", { name: "Undo" }).click();
		await page.waitForTimeout(1000);
		assert.equal(await page.getByText("The reply was sent already.").count(), 0);
		await hasText(editor(page), "Not yet");
		await finish(desk, /status of 404/);
	});
});
