/* Meetings by hand: a booking page is made, put into a reply and a comment, and a customer books on it in a browser of his own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const ALWAYS = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;

	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true });
		({ bellhop, browser, sink } = mailDesk);
		await bellhop.api.put("/desk/v1/availability", { timeZone: "UTC", hours: ALWAYS, daysOff: [] });
	});
	after(() => stopMailDesk(mailDesk));

	const insert = async (page: Page, option: string | RegExp) => {
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Meeting link" }).click();
		await page.getByRole("dialog").getByRole("menuitem", { name: option }).first().click();
	};
	const make = (title: string, more: object = {}): Promise<any> => bellhop.api.post("/desk/v1/booking-pages", { title, noticeMinutes: 0, ...more });

	test("N-1 E-14 F-8 N-40 meeting: created, inserted in a reply and in a comment, sent through a real SMTP server, booked by the customer in a second browser", async () => {
		const desk = await openDesk(browser, bellhop, "/library/meetings");
		const { page } = desk;
		await page.getByText("There are no booking pages yet").waitFor();
		await page.getByText("Nothing is booked.").waitFor();
		await checkAccessibility(page, "no booking pages");
		await page.getByRole("button", { name: "New booking page" }).click();
		const form = page.getByRole("dialog", { name: "New booking page" });
		await form.getByRole("button", { name: "Save" }).click();
		await form.getByText("A booking page has a title").waitFor();
		await form.getByLabel("Title").fill("Talk to Ada");
		await form.getByLabel("Where").fill("https://video.example/ada");
		await form.getByLabel("Text after booking").fill("Have your order number at hand.");
		await checkAccessibility(page, "the form of a booking page");
		await page.keyboard.press("Control+Enter");
		await form.waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Talk to Ada", exact: true }).waitFor();
		await checkAccessibility(page, "booking pages");

		await deliver(bellhop, { subject: "Can we talk", from: "Anna Berg <anna@customer.example>" });
		const id = await ticketId(bellhop, "Can we talk");
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "Choose a time: ");
		await insert(page, /Talk to Ada/);
		await hasText(editor(page).locator("[data-card=meeting]"), /Talk to Ada/);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		const sent = await waitFor("the mail", () => sink.mails.find((m) => m.to.includes("anna@customer.example")));
		const html = leaves(readMail(sent.data)).find((p) => p.type === "text/html")?.text ?? "";
		const url = /<a href="([^"]+\/meet\/talk-to-ada\?t=[^"]+)"/.exec(html)?.[1] ?? "";
		assert.notEqual(url, "", html);
		assert.match(leaves(readMail(sent.data)).find((p) => p.type === "text/plain")?.text ?? "", /Talk to Ada/);

		/* the customer, on his own clock */
		const customer = await newPage(browser, { timezoneId: "Australia/Adelaide" });
		await customer.goto(url);
		await customer.waitForURL(/zone=Australia%2FAdelaide/);
		assert.equal(await customer.getByLabel("Time zone").inputValue(), "Australia/Adelaide");
		await checkAccessibility(customer, "where a meeting is booked");
		const slot = customer.locator(".slot").nth(3);
		const shown = (await slot.innerText()).trim();
		await slot.click();
		await customer.getByLabel("Your name").fill("Anna Berg");
		await customer.getByLabel("Your email").fill("anna@customer.example");
		await customer.getByLabel("What is it about?").fill("My lamp <b>broke</b>");
		await customer.getByRole("button", { name: "Book the meeting" }).click();
		await customer.getByRole("heading", { level: 1, name: "Your meeting is booked" }).waitFor();
		await customer.getByText("Have your order number at hand.").waitFor();
		await hasText(customer.locator(".meeting"), new RegExp(`${shown} \\(Australia/Adelaide\\)`));
		await checkAccessibility(customer, "a meeting that was booked");
		const invitation = await waitFor("the invitation", () => sink.mails.find((m) => m.to.includes("anna@customer.example") && /text\/calendar/.test(m.text)));
		assert.match(readMail(invitation.data).parts[0]?.text ?? "", new RegExp(`${shown} \\(Australia/Adelaide\\)[\\s\\S]*/booking/`));

		/* the agent sees it: in the list, on the ticket, in the bell */
		await page.goto(`${bellhop.url}/library/meetings`);
		const booked = page.getByRole("region", { name: "Upcoming meetings" }).getByRole("listitem").filter({ hasText: "Anna Berg" });
		await booked.getByText("My lamp <b>broke</b>").waitFor();
		await page.getByRole("button", { name: /^Notifications: 1 unread/ }).waitFor();
		const { results } = await bellhop.api.get(`/desk/v1/objects/tickets/${id}/timeline`);
		assert.equal(results.some((r: any) => /Talk to Ada: Anna Berg/.test(JSON.stringify(r))), true);

		/* in a comment */
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await page.getByRole("tab", { name: /Comment/ }).or(page.getByRole("button", { name: /^Comment/ })).first().click();
		const comment = page.getByRole("textbox", { name: /comment/i });
		await comment.click();
		await page.keyboard.type("They may book here: ");
		await insert(page, /Talk to Ada/);
		await comment.locator("[data-card=meeting]").waitFor();
		await page.getByRole("button", { name: /^Add comment/ }).click();
		await waitFor("the comment with its card", async () => {
			const answer = await bellhop.api.get(`/desk/v1/tickets/${id}/messages`);
			return answer.results.some((m: any) => m.type === "COMMENT" && /data-card="meeting"/.test(m.html));
		});
		await customer.context().close();
		await finish(desk, /400/);
	});

	test("N-40: a slot that was taken a second before says so, keeps what was typed, and offers others; without scripts too", async () => {
		const own = await make("Rush hour");
		for (const javaScriptEnabled of [true, false]) {
			const page = await newPage(browser, { javaScriptEnabled, timezoneId: "UTC" });
			await page.goto(`${bellhop.url}/meet/${own.slug}?zone=UTC`);
			await page.locator(".slot").first().click();
			const start = (await page.locator("input[name=start]:checked").inputValue()) as string;
			await page.getByLabel("Your name").fill("Second Comer");
			await page.getByLabel("Your email").fill("second@customer.example");
			await page.getByLabel("What is it about?").fill("What I typed");
			const rival = await fetch(`${bellhop.url}/meet/${own.slug}`, { method: "POST", redirect: "manual", headers: { origin: bellhop.url }, body: new URLSearchParams({ start, minutes: "30", zone: "UTC", name: "First", email: "first@customer.example" }) });
			assert.equal(rival.status, 303);
			await page.getByRole("button", { name: "Book the meeting" }).click();
			await page.getByRole("alert").getByText("This time is not free any more. Please choose another one.").waitFor();
			assert.deepEqual([await page.getByLabel("Your name").inputValue(), await page.getByLabel("What is it about?").inputValue()], ["Second Comer", "What I typed"]);
			assert.equal(await page.locator(`input[value="${start}"]`).count(), 0);
			if (javaScriptEnabled) await checkAccessibility(page, "a slot that was taken");
			await page.locator(".slot").first().click();
			await page.getByRole("button", { name: "Book the meeting" }).click();
			await page.getByRole("heading", { level: 1, name: "Your meeting is booked" }).waitFor();
			/* moved and canceled by the customer */
			await page.getByRole("link", { name: "Choose another time" }).click();
			await page.locator(".slot").nth(5).click();
			await page.getByRole("button", { name: "Move the meeting" }).click();
			await page.getByText("Your meeting has another time now.").waitFor();
			await page.getByText("Cancel the meeting").click();
			await page.getByRole("button", { name: "Yes, cancel it" }).click();
			await page.getByText("This meeting was canceled.").waitFor();
			await page.context().close();
		}
	});

	test("hours of a week are set by keyboard; an upcoming meeting is moved and canceled; a page is closed, archived and brought back", async () => {
		const own = await make("By keyboard");
		const free = (await bellhop.api.get(`/desk/v1/booking-pages/${own.id}/slots?days=3`)).results;
		const at = free.at(-1).startAt;
		await fetch(`${bellhop.url}/meet/${own.slug}`, { method: "POST", redirect: "manual", headers: { origin: bellhop.url }, body: new URLSearchParams({ start: String(Date.parse(at)), minutes: "30", zone: "UTC", name: "Keyboard Cat", email: "cat@customer.example" }) });
		const desk = await openDesk(browser, bellhop, "/library/meetings");
		const { page } = desk;
		await page.getByRole("button", { name: "Working hours" }).click();
		const hours = page.getByRole("dialog", { name: "Working hours" });
		await hours.getByLabel("Monday, from").focus();
		await page.keyboard.type("0800AM");
		await hours.getByRole("button", { name: "Remove these hours of Sunday" }).press("Enter");
		await hours.getByRole("group", { name: "Sunday" }).getByText("Not working").waitFor();
		await hours.getByRole("button", { name: /like Monday/ }).press("Enter");
		await checkAccessibility(page, "working hours");
		await hours.getByRole("button", { name: "Save" }).press("Enter");
		await hours.waitFor({ state: "detached" });
		const kept = await bellhop.api.get("/desk/v1/availability");
		assert.deepEqual([kept.hours.length, kept.hours[0].fromMinute, kept.hours[3].fromMinute, kept.hours.some((h: any) => h.weekday === 6)], [6, 480, 480, false]);
		await bellhop.api.put("/desk/v1/availability", { hours: ALWAYS });

		await page.getByRole("button", { name: "Move the meeting with Keyboard Cat" }).click();
		const move = page.getByRole("dialog", { name: "Move the meeting" });
		await move.getByRole("button", { name: /New time/ }).click();
		await page.getByRole("option").nth(4).click();
		await checkAccessibility(page, "moving a meeting");
		await move.getByRole("button", { name: "Move the meeting" }).click();
		await move.waitFor({ state: "detached" });
		await waitFor("another time", async () => (await bellhop.api.get("/desk/v1/bookings")).results.some((b: any) => b.name === "Keyboard Cat" && b.startAt !== at));
		await page.getByRole("button", { name: "Cancel the meeting with Keyboard Cat" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the meeting" }).click();
		await page.getByRole("button", { name: "Cancel the meeting with Keyboard Cat" }).waitFor({ state: "detached" });

		await page.getByRole("button", { name: "More for By keyboard" }).click();
		await page.getByRole("menuitem", { name: "Take no more bookings" }).click();
		await page.getByRole("listitem").filter({ hasText: "By keyboard" }).getByText("Closed").waitFor();
		await page.getByRole("button", { name: "More for By keyboard" }).click();
		await page.getByRole("menuitem", { name: "Archive" }).click();
		await page.getByRole("button", { name: "More for By keyboard" }).waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Undo" }).click();
		await page.getByRole("button", { name: "More for By keyboard" }).waitFor();
		await finish(desk);
	});

	test("on a phone nothing of an upcoming meeting lies under its buttons, however long names and addresses are", async () => {
		const page_ = await make("Langeswortohneleerzeichen".repeat(3), { slug: "narrow" });
		const [slot] = (await bellhop.api.get(`/desk/v1/booking-pages/${page_.id}/slots?from=${new Date(Date.now() + 3 * 86400e3).toISOString()}&days=1`)).results;
		const booked = await fetch(`${bellhop.url}/meet/narrow`, {
			method: "POST",
			redirect: "manual",
			headers: { origin: bellhop.url },
			body: new URLSearchParams({ start: String(Date.parse(slot.startAt)), minutes: "30", zone: "UTC", name: "Nora Narrow", email: "nora.has.a.rather.long.address@customer.example" }),
		});
		assert.equal(booked.status, 303);
		const { page, errors } = await openDesk(browser, bellhop, "/library/meetings", { viewport: { width: 390, height: 844 } });
		const item = page.getByRole("listitem").filter({ hasText: "Nora Narrow" });
		await item.waitFor();
		const left = (await item.getByRole("button").first().boundingBox())?.x ?? 0;
		for (const words of ["Langeswort", "nora.has.a"]) {
			const box = await item.getByText(words).boundingBox();
			assert.ok(box && box.x + box.width <= left, `${words} ends at ${box && box.x + box.width}, the button begins at ${left}`);
		}
		await finish({ page, errors });
	});

	test("a card of a page that was closed holds the reply back in one sentence, and nothing typed is lost", async () => {
		const own = await make("Closing time");
		await deliver(bellhop, { subject: "Late", from: "late@customer.example" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Late")}`);
		await writeReply(desk.page, "Words before it ");
		await insert(desk.page, /Closing time/);
		await editor(desk.page).locator("[data-card=meeting]").waitFor();
		await bellhop.api.patch(`/desk/v1/booking-pages/${own.id}`, { isActive: false });
		await desk.page.getByRole("button", { name: "Send", exact: true }).click();
		await desk.page.getByText("The booking page “Closing time” takes no bookings: open it again or take it out.").waitFor();
		await hasText(editor(desk.page), /Words before it/);
		await finish(desk, /400/);
	});
});
