/* What the thread shows beside plain mails: what happened in between, several conversations, long bodies, and what went wrong. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, type SmtpSink, startBellhop, startSmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";

forOneEngine(import.meta.url, (engine) => {
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		sink = await startSmtpSink();
		[bellhop, browser] = await Promise.all([startBellhop({ engine, args: ["--smtp", sink.url, "--allow-internal", "127.0.0.1"] }), launchBrowser()]);
	});
	after(async () => {
		await browser?.close();
		await bellhop?.stop();
		await sink?.stop();
	});
	const open = async (subject: string, mail: Partial<Parameters<typeof deliver>[1]> = {}) => {
		await deliver(bellhop, { subject, ...mail });
		const id = await ticketId(bellhop, subject);
		return { id, ...(await openDesk(browser, bellhop, `/tickets/open/${id}`)) };
	};

	test("E-6 changes of status and owner stand between the messages, folded to the newest, and appear live", async () => {
		const desk = await open("Changes");
		const { page, id } = desk;
		await messages(page).first().waitFor();
		const { results } = await bellhop.api.get("/crm/v3/pipelines/tickets");
		const stages = [...results[0].stages].sort((a, b) => a.displayOrder - b.displayOrder);
		const owner = (await bellhop.api.get("/crm/v3/owners")).results[0];
		const set = (properties: object) => bellhop.api.patch(`/crm/v3/objects/tickets/${id}`, { properties });
		await set({ hs_pipeline_stage: stages[1].id });
		await page.getByText(new RegExp(`set the status to ${stages[1].label}`)).waitFor();
		await set({ hubspot_owner_id: owner.id });
		await page.getByText(/made .* the owner/).waitFor();
		assert.equal(await page.getByText(/set the status to/).count(), 0, "folded");
		await page.getByRole("button", { name: "1 earlier change" }).click();
		await page.getByText(new RegExp(`set the status to ${stages[1].label}`)).waitFor();
		await checkAccessibility(page, "a thread with changes");
		await finish(desk);
	});

	test("E-6 a long body shows its beginning; the rest on demand, the original in a frame without rights", async () => {
		const lines = Array.from({ length: 120 }, (_, i) => `<p>Line ${i + 1}</p>`).join("");
		const desk = await open("Long", { html: `<h1 style="color:#a00">Report</h1>${lines}<script>document.title = "bad"</script>` });
		const { page } = desk;
		const message = messages(page).first();
		await message.getByRole("button", { name: "Show the whole message" }).waitFor();
		const cut = (await message.boundingBox())!.height;
		assert.ok(cut < 800, `cut to ${cut} px`);
		await message.getByRole("button", { name: "Show the whole message" }).click();
		await waitFor("the whole", async () => (await message.boundingBox())!.height > 2000);
		await message.getByRole("button", { name: "Show less" }).click();
		await message.getByRole("button", { name: "View original" }).click();
		const frame = page.getByRole("dialog", { name: "Original message" }).locator("iframe");
		assert.equal(await frame.getAttribute("sandbox"), "");
		await frame.contentFrame().getByText("Line 120").waitFor();
		assert.doesNotMatch(await page.title(), /bad/);
		await page.keyboard.press("Escape");
		await frame.waitFor({ state: "detached" });
		await finish(desk, /Content Security Policy|Blocked script execution/);
	});

	test("E-1 a ticket that another was merged into shows the messages of both conversations, each marked where it begins", async () => {
		await deliver(bellhop, { subject: "First of two", text: "About the lamp." });
		await deliver(bellhop, { subject: "Second of two", text: "About the plug." });
		const [first, second] = [await ticketId(bellhop, "First of two"), await ticketId(bellhop, "Second of two")];
		await bellhop.api.post("/crm/v3/objects/tickets/merge", { primaryObjectId: first, objectIdToMerge: second });
		const merged = await waitFor("the merged ticket", async () => (await bellhop.api.get("/desk/v1/views/open/tickets?limit=100")).results.find((r: any) => /of two/.test(r.subject))?.id);
		const desk = await openDesk(browser, bellhop, `/tickets/open/${merged}`);
		const { page } = desk;
		await waitFor("both", async () => (await messages(page).count()) === 2);
		await page.getByText("Conversation “First of two”").waitFor();
		await page.getByText("Conversation “Second of two”").waitFor();
		/* each is answered in its own conversation */
		await messages(page).filter({ hasText: "About the lamp." }).getByRole("button", { name: "Reply to this message" }).click();
		await page.getByText(/^Replying to Anna Berg’s message/).waitFor();
		await checkAccessibility(page, "two conversations");
		await finish(desk);
	});

	test("E-2 a message of another channel says which, and the same editor answers it there, without addresses", async () => {
		const got: any[] = [];
		const hook = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on("data", (chunk) => chunks.push(chunk));
			request.on("end", () => {
				got.push(JSON.parse(Buffer.concat(chunks).toString()));
				response.writeHead(200).end();
			});
		});
		await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
		try {
			const opaque = (value: string) => ({ type: "CHANNEL_SPECIFIC_OPAQUE_ID", value });
			const { results } = await bellhop.api.get("/conversations/v3/conversations/inboxes");
			const channels = "/conversations/v3/custom-channels";
			const channel = await bellhop.api.post(channels, { name: "Shop chat", webhookUrl: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`, capabilities: { deliveryIdentifierTypes: ["CHANNEL_SPECIFIC_OPAQUE_ID"], threadingModel: "INTEGRATION_THREAD_ID", richText: ["BOLD"], allowOutgoingMessages: true } });
			const account = await bellhop.api.post(`${channels}/${channel.id}/channel-accounts`, { inboxId: results[0].id, name: "Shop", authorized: true, deliveryIdentifier: opaque("shop") });
			await bellhop.api.post(`${channels}/${channel.id}/messages`, { channelAccountId: account.id, messageDirection: "INCOMING", text: "Is it in stock?", integrationThreadId: "t1", senders: [{ name: "Cora Caller", deliveryIdentifier: opaque("cora") }], recipients: [{ deliveryIdentifier: account.deliveryIdentifier }] });
			const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Is it in stock?")}`);
			const { page } = desk;
			await messages(page).first().getByText("Shop chat", { exact: true }).waitFor();
			await writeReply(page, "Yes, it is.");
			await page.getByText(/^Replying to Cora Caller’s message/).waitFor();
			assert.equal(await page.getByRole("button", { name: "Bcc", exact: true }).count(), 0);
			await checkAccessibility(page, "an answer on another channel");
			await page.keyboard.press("Control+Enter");
			await waitFor("the answer at the other program", async () => got.some((body) => JSON.stringify(body).includes("Yes, it is.")));
			await finish(desk);
		} finally {
			hook.close();
		}
	});

	test("E-73 a message that did not reach everybody, and one that was forwarded, say so", async () => {
		const desk = await open("Refused");
		const { page, id } = desk;
		const [first] = (await bellhop.api.get(`/desk/v1/tickets/${id}/messages`)).results;
		sink.failNext({ at: "rcpt", reply: "550 no such user", match: /nobody@partner\.example/, times: 5 });
		await bellhop.api.post(`/desk/v1/tickets/${id}/replies`, { text: "Handed on.", isForward: true, inReplyToId: first.id, to: ["nobody@partner.example"] });
		const message = messages(page).filter({ hasText: "Handed on." });
		await message.getByText("Forwarded", { exact: true }).waitFor();
		await message.getByText("Not sent", { exact: true }).first().waitFor();
		await hasText(message.getByRole("list", { name: "Delivery" }), /nobody@partner\.example/);
		await checkAccessibility(page, "a message that was refused");
		await finish(desk);
	});
});
