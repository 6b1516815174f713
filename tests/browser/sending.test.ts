/* Drafts and the act of sending, by hand in a real browser against the real program. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, count, deliver, editor, finish, hasText, messages, openDesk, row, ticketId, writeReply } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
const RULES = "/desk/v1/pipelines/tickets/0/rules";
const AUTOMATION = "/desk/v1/pipelines/tickets/0/automation";

forEachEngine((engine) => {
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
	const saved = (page: Page) => page.getByRole("status").getByText(/^Draft saved/).waitFor();
	/* What the server has for whoever this window is signed in as. */
	const onServer = async (page: Page, id: string) => (await page.request.get(`${bellhop.url}/desk/v1/tickets/${id}/drafts/reply`)).json();
	const shownText = (page: Page, text: string | RegExp) => hasText(editor(page), text);
	const sentTo = (address: string) => sink.mails.filter((m) => m.to.includes(address));
	const ticket = async (id: string) => (await bellhop.api.get(`/desk/v1/tickets/${id}`)).ticket;
	const sendAnd = async (page: Page, name: string | RegExp) => {
		await page.getByRole("button", { name: "Send and set status" }).click();
		await page.getByRole("menuitem", { name }).click();
	};

	describe("drafts", () => {
		test("E-30 what one types is saved by itself, on the server too, and says so", async () => {
			const id = await mail("E30 saved");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(desk.page, "Words of a draft");
			await saved(desk.page);
			assert.equal((await onServer(desk.page, id)).text, "Words of a draft");
			await checkAccessibility(desk.page, "a draft");
			await finish(desk);
		});

		test("E-31 B-41 a draft is there after a reload, in another browser, and in the Drafts view, with its mark in the list", async () => {
			const id = await mail("E31 kept");
			const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(one.page, "Half a sentence");
			await saved(one.page);
			await one.page.goto(`${bellhop.url}/tickets/open`);
			await row(one.page, "E31 kept").getByRole("img", { name: "You have a draft here" }).waitFor();
			await one.page.getByRole("link", { name: /^Drafts/ }).click();
			await row(one.page, "E31 kept").click();
			await shownText(one.page, "Half a sentence");
			await one.page.reload();
			await shownText(one.page, "Half a sentence");
			const two = await openDesk(browser, bellhop, `/tickets/drafts/${id}`);
			await shownText(two.page, "Half a sentence");
			await editor(two.page).click();
			await two.page.keyboard.press("Control+End");
			await two.page.keyboard.type(", and its end");
			await shownText(one.page, "Half a sentence, and its end");
			await finish(one);
			await finish(two);
		});

		test("E-31 a draft outlives a killed browser window, a restarted server and a colleague's reply", async () => {
			const id = await mail("E31 crash");
			const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(one.page, "Not lost");
			await saved(one.page);
			await one.page.context().close();
			await bellhop.kill9();
			await bellhop.restart();
			await bellhop.api.post(`/desk/v1/tickets/${id}/replies`, { text: "A colleague was here" });
			const two = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await shownText(two.page, "Not lost");
			await messages(two.page).filter({ hasText: "A colleague was here" }).waitFor();
			await finish(two);
		});

		test("E-32 a draft is seen by its writer only, a super admin included", async () => {
			const id = await mail("E32 private");
			const ada = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
			const admin = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(ada.page, "zyzzyva words");
			await saved(ada.page);
			await hasText(count(ada.page, "drafts"), "1");
			await admin.page.reload();
			await admin.page.getByRole("button", { name: /Write a reply/ }).waitFor();
			assert.equal((await onServer(admin.page, id)).version, 0);
			await admin.page.getByRole("link", { name: /^Drafts/ }).click();
			await admin.page.getByRole("grid").or(admin.page.getByText("You have no drafts")).first().waitFor();
			assert.equal(await row(admin.page, "E32 private").count(), 0);
			const found = await bellhop.api.get("/desk/v1/search?q=zyzzyva");
			assert.deepEqual(found.results, []);
			await finish(ada);
			await finish(admin);
		});

		test("E-34 a draft that is discarded leaves the Drafts view, and Undo brings it back", async () => {
			const id = await mail("E34 discarded");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(desk.page, "Think again");
			await saved(desk.page);
			const before = (await (await desk.page.request.get(`${bellhop.url}/desk/v1/drafts`)).json()).results.length;
			await hasText(count(desk.page, "drafts"), String(before));
			await desk.page.getByRole("button", { name: "Discard draft" }).click();
			await hasText(count(desk.page, "drafts"), String(before - 1));
			assert.equal((await onServer(desk.page, id)).version, 0);
			await desk.page.getByRole("button", { name: "Undo" }).click();
			await shownText(desk.page, "Think again");
			await hasText(count(desk.page, "drafts"), String(before));
			await finish(desk);
		});

		test("E-33 two windows that wrote at once: the newer text stands, the other one can be taken up", async () => {
			const id = await mail("E33 twice");
			const one = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(one.page, "Mine");
			await saved(one.page);
			const elsewhere = await one.page.request.put(`${bellhop.url}/desk/v1/tickets/${id}/drafts/reply`, { data: { html: "<p>Elsewhere</p>", text: "Elsewhere", device: "phone", version: 0 }, headers: { origin: bellhop.url } });
			assert.equal((await elsewhere.json()).kept.text, "Mine");
			await shownText(one.page, "Elsewhere");
			await one.page.getByText(/You wrote something else in another window/).waitFor();
			await one.page.getByRole("button", { name: "Use that text" }).click();
			await shownText(one.page, "Mine");
			await finish(one);
		});
	});

	describe("sending", () => {
		test("E-40 Send sends the reply, and the draft is gone; E-48 the ticket is the sender's", async () => {
			const id = await mail("E40 sent", "e40@customer.example");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
			await writeReply(desk.page, "Here you are");
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			await messages(desk.page).getByText("Here you are").waitFor();
			const got = await sink.waitForMail("the reply", (m) => m.to.includes("e40@customer.example"));
			assert.match(got.text, /Here you are/);
			await desk.page.getByRole("button", { name: /Write a reply/ }).waitFor();
			assert.equal((await onServer(desk.page, id)).version, 0);
			await hasText(desk.page.getByRole("button", { name: /Owner/ }), /Ada Lovelace/);
			await finish(desk);
		});

		test("E-41 E-42 E-44 send and set a status: the menu has the statuses of the ticket's pipeline, and both happen", async () => {
			const made = await bellhop.api.post("/crm/v3/pipelines/tickets", { label: "Elsewhere", displayOrder: 7, stages: [{ label: "Faraway", displayOrder: 0, metadata: { ticketState: "OPEN" } }] });
			assert.ok(made.id);
			const id = await mail("E41 both", "e41@customer.example");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(desk.page, "Done and closed");
			await desk.page.getByRole("button", { name: "Send and set status" }).click();
			await desk.page.getByRole("menuitem", { name: /^Send and set/ }).first().waitFor();
			assert.deepEqual(await desk.page.getByRole("menuitem", { name: /^Send and set/ }).allInnerTexts(), ["New", "Waiting on contact", "Waiting on us", "Closed"].map((s) => `Send and set “${s}”`));
			await desk.page.getByRole("menuitem", { name: /Closed/ }).click();
			await hasText(desk.page.getByRole("button", { name: /Status/ }), /Closed/);
			await sink.waitForMail("the reply", (m) => m.to.includes("e41@customer.example"));
			assert.equal((await ticket(id)).stageId, "4");
			await finish(desk);
		});

		test("E-43 E-44 K-10 a conditional status asks for its properties first; to let it be does neither, to fill them in both", async () => {
			await bellhop.api.put(RULES, { stages: [{ stageId: "4", requiredProperties: ["hs_resolution"] }] });
			const id = await mail("E43 asked", "e43@customer.example");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(desk.page, "Only with a resolution");
			await saved(desk.page);
			await sendAnd(desk.page, /Closed/);
			const dialog = desk.page.getByRole("dialog");
			await dialog.waitFor();
			await checkAccessibility(desk.page, "required properties");
			await desk.page.keyboard.press("Escape");
			await dialog.waitFor({ state: "detached" });
			assert.deepEqual([(await ticket(id)).stageId, sentTo("e43@customer.example").length], ["1", 0]);
			await shownText(desk.page, "Only with a resolution");
			await sendAnd(desk.page, /Closed/);
			await dialog.getByRole("button", { name: /Resolution/ }).click();
			await desk.page.getByRole("option").nth(1).click();
			await dialog.getByRole("button").last().click();
			await sink.waitForMail("the reply", (m) => m.to.includes("e43@customer.example"));
			assert.equal((await ticket(id)).stageId, "4");
			assert.ok((await bellhop.api.get(`/desk/v1/tickets/${id}`)).properties.hs_resolution);
			await bellhop.api.put(RULES, { stages: [] });
			await finish(desk);
		});

		test("L-1 L-2 E-45 the setting is switched on by hand; a plain send follows it, a chosen status is never reverted", async () => {
			const settings = await openDesk(browser, bellhop, "/settings/pipelines");
			const field = settings.page.getByRole("button", { name: /Change ticket status when an email is sent to the customer/ });
			await field.click();
			await settings.page.getByRole("option", { name: "Waiting on contact" }).click();
			await waitFor("the setting", async () => (await bellhop.api.get(AUTOMATION)).sentStageId === "2");
			await checkAccessibility(settings.page, "automation");
			await finish(settings);
			const [plain, chosen] = [await mail("L1 plain", "l1@customer.example"), await mail("E45 chosen", "e45@customer.example")];
			const desk = await openDesk(browser, bellhop, `/tickets/open/${plain}`);
			await writeReply(desk.page, "Which one?");
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			await hasText(desk.page.getByRole("button", { name: /Status/ }), /Waiting on contact/);
			await desk.page.goto(`${bellhop.url}/tickets/open/${chosen}`);
			await writeReply(desk.page, "We look into it");
			await sendAnd(desk.page, /Waiting on us/);
			await hasText(desk.page.getByRole("button", { name: /Status/ }), /Waiting on us/);
			await sink.waitForMail("the reply", (m) => m.to.includes("e45@customer.example"));
			await waitFor("delivered", async () => (await bellhop.api.get(`/desk/v1/tickets/${chosen}/messages`)).results.at(-1).state === "SENT");
			assert.equal((await ticket(chosen)).stageId, "3");
			await bellhop.api.put(AUTOMATION, {});
			await finish(desk);
		});

		test("E-49 undo: the reply waits, Undo brings it back into the editor, nothing is sent; sent again it goes out once", async () => {
			const id = await mail("E49 undone", "e49@customer.example");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { undoSeconds: 20 });
			await writeReply(desk.page, "Too early");
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			const held = desk.page.locator("[data-held]");
			await held.getByText(/^Sending in \d+ seconds$/).waitFor();
			await checkAccessibility(desk.page, "a held reply");
			await held.getByRole("button", { name: "Undo" }).click();
			await shownText(desk.page, "Too early");
			await held.waitFor({ state: "detached" });
			assert.deepEqual([sentTo("e49@customer.example").length, (await bellhop.api.get(`/desk/v1/tickets/${id}/messages`)).results.length], [0, 1]);
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			await held.getByRole("button", { name: "Send now" }).click();
			await messages(desk.page).getByText("Too early").waitFor();
			await sink.waitForMail("the reply", (m) => m.to.includes("e49@customer.example"));
			assert.equal(sentTo("e49@customer.example").length, 1);
			await finish(desk);
		});

		test("E-49 a closed window does not lose the mail; scheduled replies show their time and can be cancelled", async () => {
			const id = await mail("E49 closed", "e49c@customer.example");
			const one = await openDesk(browser, bellhop, `/tickets/open/${id}`, { undoSeconds: 5 });
			await writeReply(one.page, "Goes on its own");
			await one.page.getByRole("button", { name: "Send", exact: true }).click();
			await one.page.locator("[data-held]").waitFor();
			await finish(one);
			await sink.waitForMail("the reply", (m) => m.to.includes("e49c@customer.example"));
			const two = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await writeReply(two.page, "Tomorrow then");
			await two.page.getByRole("button", { name: "Send later…" }).click();
			await checkAccessibility(two.page, "schedule");
			await two.page.getByRole("button", { name: /^Tomorrow morning/ }).click();
			const held = two.page.locator("[data-held]");
			await held.getByText(/^Scheduled for/).waitFor();
			await held.getByRole("button", { name: "Cancel sending" }).click();
			await shownText(two.page, "Tomorrow then");
			await finish(two);
		});

		test("E-50 who may not reply sees no Send", async () => {
			const id = await mail("E50 viewer");
			const VIEWER = { email: "viewer@desk.example", password: "viewers have eyes" };
			bellhop.command("user", "add", "--email", VIEWER.email, "--password", VIEWER.password, "--role", "viewer");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: VIEWER });
			await messages(desk.page).first().waitFor();
			await waitFor("no reply box", async () => (await desk.page.getByRole("button", { name: /^(Send|Write a reply)/ }).count()) === 0);
			await finish(desk);
		});
	});

	describe("together", () => {
		test("E-71 a reply of a colleague while one writes: shown before it is sent, with Send anyway, Edit and Discard", async () => {
			const id = await mail("E71 crossing", "e71@customer.example");
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA });
			await writeReply(desk.page, "My answer");
			await bellhop.api.post(`/desk/v1/tickets/${id}/replies`, { text: "The other answer" });
			await messages(desk.page).filter({ hasText: "The other answer" }).waitFor();
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			const notice = desk.page.getByRole("alertdialog");
			await notice.getByText("A colleague wrote meanwhile").waitFor();
			await notice.getByText("The other answer").waitFor();
			await notice.getByRole("button", { name: "Edit my reply" }).click();
			await desk.page.getByRole("button", { name: "Send", exact: true }).click();
			await notice.getByRole("button", { name: "Send anyway" }).click();
			await messages(desk.page).getByText("My answer").waitFor();
			await finish(desk, /status of 409/);
		});

		test("E-72 a new ticket is unread until it was looked at, again by U, and shows who has seen it", async () => {
			const id = await mail("E72 unread");
			const ada = await openDesk(browser, bellhop, "/tickets/open", { who: ADA });
			const admin = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			const inList = row(ada.page, "E72 unread");
			await waitFor("unread", async () => (await inList.getAttribute("data-unread")) !== null);
			await inList.click();
			await waitFor("read", async () => (await inList.getAttribute("data-unread")) === null);
			await admin.page.getByText(/^Seen by .*Ada Lovelace/).waitFor();
			await ada.page.getByRole("heading", { name: "E72 unread" }).waitFor();
			await ada.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
			await ada.page.keyboard.press("u");
			await waitFor("unread again", async () => (await inList.getAttribute("data-unread")) !== null);
			await finish(ada);
			await finish(admin);
		});
	});
});
