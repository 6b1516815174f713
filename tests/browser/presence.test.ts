/* E-70: two people on one ticket, each in a real browser, against the real program. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Bellhop, type Browser, forEachEngine, launchBrowser, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, openDesk, row, ticketId, writeReply } from "./desk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };

forEachEngine((engine) => {
	let bellhop: Bellhop;
	let browser: Browser;

	before(async () => {
		[bellhop, browser] = await Promise.all([startBellhop({ engine }), launchBrowser()]);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
	});

	const mail = async (subject: string) => {
		await deliver(bellhop, { subject, from: `${subject.replaceAll(" ", ".").toLowerCase()}@customer.example` });
		return ticketId(bellhop, subject);
	};
	const onServer = async (id: string): Promise<any[]> => (await bellhop.api.post(`/desk/v1/tickets/${id}/presence`, { state: "away" })).results;
	const viewers = (page: Page) => page.getByRole("list", { name: "Also on this ticket" });
	const writing = (page: Page) => page.getByRole("status").getByText("Ada Lovelace is writing a reply");

	describe("presence", () => {
		test("E-70 who views and who writes is shown to the other within a second, in the header, above the composer and in the list, and goes when he leaves", async () => {
			const id = await mail("E70 together");
			const ben = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			await ben.page.getByRole("heading", { name: "E70 together" }).waitFor();
			const ada = await openDesk(browser, bellhop, `/tickets/open/${id}`, { who: ADA as Bellhop["admin"] });
			await viewers(ben.page).getByText("Ada Lovelace is viewing").waitFor();
			await row(ben.page, "E70 together").getByRole("img", { name: "Ada Lovelace is viewing" }).waitFor();
			await viewers(ada.page).getByRole("listitem").first().waitFor();
			assert.equal(await viewers(ada.page).getByText("Ada").count(), 0, "nobody sees himself");
			assert.equal(await viewers(ada.page).getByRole("listitem").count(), 1, "she sees the other");

			await writeReply(ada.page, "D");
			const pressed = Date.now();
			await writing(ben.page).waitFor();
			const ms = Date.now() - pressed;
			assert.ok(ms < 1000, `it took ${ms} ms`);
			await viewers(ben.page).getByText("Ada Lovelace is writing a reply").waitFor();
			await row(ben.page, "E70 together").getByRole("img", { name: "Ada Lovelace is writing a reply" }).waitFor();
			assert.deepEqual((await onServer(id)).map((p) => p.state), ["reply"]);
			await checkAccessibility(ben.page, "a colleague writes");

			await finish(ada);
			await viewers(ben.page).waitFor({ state: "detached" });
			await writing(ben.page).waitFor({ state: "detached" });
			await waitFor("nobody is left", async () => (await onServer(id)).length === 0);
			await finish(ben);
		});

		test("E-70 going to another ticket is leaving this one, and a tab that comes later is told who is there", async () => {
			const one = await mail("E70 first");
			const two = await mail("E70 second");
			const ada = await openDesk(browser, bellhop, `/tickets/open/${one}`, { who: ADA as Bellhop["admin"] });
			await waitFor("Ada", async () => (await onServer(one)).length === 1);
			const ben = await openDesk(browser, bellhop, "/tickets/open");
			await row(ben.page, "E70 first").getByRole("img", { name: "Ada Lovelace is viewing" }).waitFor();
			const tab = await ben.page.context().newPage();
			await tab.goto(`${bellhop.url}/tickets/open`);
			await row(tab, "E70 first").getByRole("img", { name: "Ada Lovelace is viewing" }).waitFor();
			await row(ada.page, "E70 second").click();
			for (const page of [ben.page, tab]) {
				await row(page, "E70 second").getByRole("img", { name: "Ada Lovelace is viewing" }).waitFor();
				await row(page, "E70 first").getByRole("img", { name: "Ada Lovelace is viewing" }).waitFor({ state: "detached" });
			}
			assert.deepEqual([await onServer(one), (await onServer(two)).length], [[], 1]);
			await finish(ada);
			await finish(ben);
		});
	});
});
