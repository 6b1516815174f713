/* Reminders, mute, quiet hours and the sound, by hand. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, openDesk, row, ticketId } from "./desk.ts";

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;
	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const menu = async (page: Page, item: string) => {
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: item }).click();
	};
	const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
	async function open(subject: string, path = (id: string) => `/tickets/open/${id}`) {
		await deliver(bellhop, { subject });
		const id = await ticketId(bellhop, subject);
		const desk = await openDesk(browser, bellhop, path(id));
		return { ...desk, id };
	}
	const detail = (page: Page, id: string) => page.request.get(`${bellhop.url}/desk/v1/tickets/${id}`).then((answer) => answer.json());

	test("S-4: by the ticket's menu one is reminded at any time with a note; the line above the messages says so, and takes it back", async () => {
		const { page, errors, id } = await open("Remember me");
		await menu(page, "Remind me…");
		await page.getByRole("menuitem", { name: /Pick date and time/ }).click();
		const dialog = page.getByRole("dialog", { name: "Remind me…" });
		await dialog.getByLabel("Remind me at").fill("2020-01-01T10:00");
		await dialog.getByRole("button", { name: "Remind me", exact: true }).click();
		await dialog.getByText("Choose a time that is still to come.").waitFor();
		await dialog.getByLabel("Remind me at").fill("2027-05-04T10:00");
		await dialog.getByLabel("Note to yourself").fill("Ask Anna <b>again</b>");
		await checkAccessibility(page, "a reminder at any time");
		await page.keyboard.press("Enter");
		await page.getByText(/You will be reminded on May 4, 2027.*: Ask Anna <b>again<\/b>/).waitFor();
		assert.equal((await detail(page, id)).reminderNote, "Ask Anna <b>again</b>");
		await checkAccessibility(page, "a ticket with a reminder");
		await page.reload();
		await page.getByText(/You will be reminded on/).waitFor();
		await page.getByRole("button", { name: "Remove the reminder" }).click();
		await page.getByText("The reminder is removed.").waitFor();
		await page.getByText(/You will be reminded on/).waitFor({ state: "detached" });
		assert.equal((await detail(page, id)).remindAt, undefined);
		await finish({ page, errors });
	});

	test("S-4: from the palette for the row that the keys stand on, and undone; its time pops up also on the ticket itself, and in another window's bell", async () => {
		const { page, errors, id } = await open("Keyboard reminder", () => "/tickets/open");
		await row(page, "Keyboard reminder").click();
		await page.getByRole("heading", { name: "Keyboard reminder" }).waitFor();
		await page.keyboard.press("Control+k");
		await page.keyboard.type("Remind me");
		await page.getByRole("menuitem", { name: /Remind me…/ }).first().waitFor();
		await page.keyboard.press("Enter");
		await page.getByRole("menuitem", { name: /Tomorrow/ }).waitFor();
		await page.keyboard.type("tomo");
		await page.keyboard.press("Enter");
		await page.getByText(/^You will be reminded: /).waitFor();
		await page.getByRole("button", { name: "Undo" }).click();
		await page.getByText("The reminder is removed.").waitFor();

		const other = await openDesk(browser, bellhop, "/contacts");
		await page.bringToFront();
		await page.request.put(`${bellhop.url}/desk/v1/tickets/${id}/reminder`, { data: { at: soon(1200), note: "Now!" }, headers: { origin: bellhop.url } });
		await page.getByText(/You will be reminded on .*: Now!/).waitFor();
		await page.getByText("Reminder: Now!: Keyboard reminder").waitFor();
		await page.getByText(/You will be reminded on/).waitFor({ state: "detached" });
		await bell(other.page).click();
		const item = other.page.getByRole("dialog", { name: "Notifications" }).getByRole("link", { name: /Reminder: Now!/ });
		await item.waitFor();
		await checkAccessibility(other.page, "a reminder in the bell");
		await item.click();
		await other.page.getByRole("heading", { name: "Keyboard reminder" }).waitFor();
		await finish(other);
		await finish({ page, errors });
	});

	test("S-8: a ticket is muted by its menu or by a notification's, says so, and is unmuted; the sound is switched there too", async () => {
		const { page, errors, id } = await open("Too loud");
		await menu(page, "Mute this ticket");
		await page.getByText(/You muted this ticket/).waitFor();
		await checkAccessibility(page, "a muted ticket");
		await page.getByRole("button", { name: "Unmute this ticket" }).click();
		await page.getByText(/You muted this ticket/).waitFor({ state: "detached" });

		await page.request.put(`${bellhop.url}/desk/v1/tickets/${id}/reminder`, { data: { at: soon(300) }, headers: { origin: bellhop.url } });
		await page.goto(`${bellhop.url}/contacts`);
		await waitFor("the notification", async () => (await (await page.request.get(`${bellhop.url}/desk/v1/notifications`)).json()).results.some((n: any) => n.ticketId === id));
		const mark = async () => [/^\((\d+)\) /.exec(await page.title())?.[1], ((await page.locator("link[rel=icon]").getAttribute("href")) ?? "").slice(0, 14)];
		await waitFor("the tab to say how much there is to read", async () => JSON.stringify(await mark()) === JSON.stringify(["1", "data:image/svg"]));
		const list = page.getByRole("dialog", { name: "Notifications" });
		const choose = async (item: string) => {
			await list.getByRole("listitem").filter({ hasText: "Too loud" }).getByRole("button", { name: "More about this notification" }).click();
			await page.getByRole("menuitem", { name: item }).click();
		};
		await bell(page).click();
		await choose("Mute this ticket");
		await page.getByText("You hear nothing of this ticket any more.").waitFor();
		assert.equal((await detail(page, id)).isMuted, true);
		await choose("Turn off the sound");
		await page.getByText("Notifications make no sound now.").waitFor();
		assert.equal((await (await page.request.get(`${bellhop.url}/desk/v1/preferences`)).json()).notificationSound, false);
		await choose("Turn on the sound");
		await page.getByText("Notifications have a sound again.").waitFor();
		await list.getByRole("button", { name: "Mark all as read" }).click();
		await waitFor("the tab to say nothing", async () => {
			const [count, icon] = await mark();
			return count === undefined && !icon?.startsWith("data:");
		});
		await finish({ page, errors });
	});

	test("S-6: quiet hours and sound are set on the page of notifications, and kept; the bell of reminders cannot be switched off", async () => {
		const { page, errors } = await openDesk(browser, bellhop, "/settings/notifications", { timezoneId: "Asia/Tokyo" });
		const bellBox = page.getByRole("table", { name: "Your notifications" }).getByRole("checkbox", { name: "Reminders: Bell" });
		assert.deepEqual([await bellBox.isChecked(), await bellBox.isDisabled()], [true, true]);
		const quiet = page.getByRole("region", { name: "Quiet hours" });
		const flip = (name: string) => page.getByRole("switch", { name }).locator("xpath=ancestor-or-self::label").click();
		await flip("Quiet hours every day");
		await quiet.getByLabel("From").fill("21:30");
		await quiet.getByLabel("Until").fill("06:15");
		await page.keyboard.press("Enter");
		await waitFor("them to be kept", async () => {
			const { quietHours } = await (await page.request.get(`${bellhop.url}/desk/v1/preferences`)).json();
			assert.deepEqual(quietHours, { isOn: true, from: "21:30", to: "06:15", timeZone: "Asia/Tokyo" });
			return true;
		});
		await hasText(quiet.getByRole("status"), "Time zone: Asia/Tokyo");
		await flip("A short tone with pop-ups and browser notifications");
		await checkAccessibility(page, "quiet hours");
		await page.reload();
		await quiet.getByLabel("From").waitFor();
		assert.equal(await quiet.getByLabel("From").inputValue(), "21:30");
		assert.equal(await page.getByRole("switch", { name: /A short tone/ }).isChecked(), false);
		await page.request.patch(`${bellhop.url}/desk/v1/preferences`, { data: { quietHours: null, notificationSound: null }, headers: { origin: bellhop.url } });
		await finish({ page, errors });
	});
});
