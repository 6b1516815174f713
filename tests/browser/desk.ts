/* What the browser tests do again and again: sign in by hand, find rows and messages, write, and look for what must never be there. */
import assert from "node:assert/strict";
import { type Bellhop, type Browser, axePath, lmtpSend, type Page, newPage, signIn, waitFor, watchErrors } from "../harness/index.ts";

export interface Desk {
	page: Page;
	/* What went wrong in this window so far; see finish(). */
	errors: string[];
}

/* A signed-in window at an address of the desk. */
/* Replies leave at once unless a test is about taking them back. */
export async function openDesk(browser: Browser, bellhop: Bellhop, path = "/", options: Parameters<typeof newPage>[1] & { who?: Bellhop["admin"]; undoSeconds?: number } = {}): Promise<Desk> {
	const { who, undoSeconds = 0, ...context } = options;
	const page = await newPage(browser, context);
	const errors = watchErrors(page);
	await signIn(page.context(), bellhop, who);
	await page.request.patch(`${bellhop.url}/desk/v1/preferences`, { data: { undoSeconds }, headers: { origin: bellhop.url } });
	await page.goto(`${bellhop.url}${path}`);
	return { page, errors };
}

/* Closes the window; nothing may have gone wrong in it except what the test wanted. */
export async function finish(desk: Desk, wanted: RegExp = /^(?!)/) {
	await desk.page.context().close();
	assert.deepEqual(desk.errors.filter((e) => !wanted.test(e)), []);
}

export async function signInByHand(page: Page, bellhop: Bellhop, who = bellhop.admin) {
	if (who === bellhop.admin) await bellhop.api.patch("/desk/v1/preferences", { undoSeconds: 0 });
	await page.goto(bellhop.url);
	await page.getByLabel("Email").fill(who.email);
	await page.getByLabel("Password").fill(who.password);
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.getByRole("navigation", { name: "Views" }).waitFor();
}

export const rows = (page: Page) => page.getByRole("grid").getByRole("row");
export const row = (page: Page, subject: string | RegExp) => rows(page).filter({ hasText: subject });
export const messages = (page: Page) => page.locator("article[data-message-id]");
export const editor = (page: Page) => page.getByRole("textbox", { name: "Reply text" });
export const count = (page: Page, view: string) => page.getByTestId(`count-${view}`);

/* Opens the reply box, waits for the rich editor, and types. */
export async function writeReply(page: Page, text: string) {
	const start = page.getByRole("button", { name: /Write a reply/ });
	const tools = page.getByRole("toolbar", { name: "Text style" });
	await start.or(tools).first().waitFor();
	if (await start.isVisible()) await start.click();
	await tools.waitFor();
	await editor(page).click();
	await page.keyboard.type(text);
}

export async function hasText(locator: ReturnType<Page["locator"]>, text: string | RegExp, what = String(text), timeoutMs = 10_000) {
	await waitFor(what, async () => {
		/* a mail's HTML stands in a shadow root, which innerText does not enter */
		const shown = (await locator.evaluate((el) => (el.shadowRoot ? el.shadowRoot.textContent : (el as HTMLElement).innerText)) ?? "").trim();
		if (typeof text === "string" ? shown === text : text.test(shown)) return true;
		throw new Error(`it says ${JSON.stringify(shown)}`);
	}, { timeoutMs });
}

/* The form that makes a card of an address: at once, or behind the list of the desk's own things. */
export async function cardForm(page: Page, title: string) {
	const dialog = page.getByRole("dialog", { name: title });
	const address = dialog.getByLabel("Address");
	const other = dialog.getByRole("menuitem", { name: "Enter an address" });
	await address.or(other).first().waitFor();
	if (await other.isVisible()) await other.click();
	await address.waitFor();
	return dialog;
}

/* Fails when axe-core finds anything against WCAG 2.2 AA or its own good practice. */
export async function checkAccessibility(page: Page, what: string) {
	/* An unfinished fade would be measured as poor contrast. */
	await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {}))));
	/* The page's policy refuses foreign scripts; the debugger's evaluation is not a script of the page. */
	const { readFileSync } = await import("node:fs");
	await page.evaluate(readFileSync(axePath, "utf8"));
	const violations = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run(where: object, options: object): Promise<{ violations: any[] }> } };
		/* what the widgets announce stands in a log of theirs for some seconds, named by elements that may be gone by then */
		/* and the tip of a button that the pointer happens to be on stands outside of all regions for as long */
		const tips = [...document.querySelectorAll("[role=tooltip]")].map((tip) => tip.closest("[data-overlay-container]") ?? tip);
		const found = await axe.run({ exclude: [["[data-live-announcer]"], ...tips] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
		return found.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.map((n: any) => n.html.slice(0, 200)).join(" | ")}`);
	});
	assert.deepEqual(violations, [], what);
}

let mailCount = 0;

/* A mail into the desk's inbox by LMTP; subject and text are enough. */
export async function deliver(bellhop: Bellhop, mail: { subject: string; text?: string; html?: string; from?: string; messageId?: string; inReplyTo?: string; to?: string; cc?: string }) {
	const from = mail.from ?? "Anna Berg <anna@customer.example>";
	const data = rawMail({ ...mail, from, to: mail.to ?? bellhop.inbox });
	const { replies } = await lmtpSend(bellhop.lmtpPort, { from: /<(.*)>/.exec(from)?.[1] ?? from, to: [bellhop.inbox], data });
	assert.equal(replies[0]?.code, 250, replies[0]?.text);
}

export function rawMail(mail: { from: string; to: string; subject: string; text?: string; html?: string; messageId?: string; inReplyTo?: string; cc?: string }): string {
	const encoded = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`);
	const body = Buffer.from(mail.html ?? mail.text ?? "Hello").toString("base64").replace(/.{76}/g, "$&\r\n");
	return [
		`From: ${mail.from}`,
		`To: ${mail.to}`,
		...(mail.cc ? [`Cc: ${mail.cc}`] : []),
		`Subject: ${encoded(mail.subject)}`,
		`Message-ID: ${mail.messageId ?? `<${process.pid}.${++mailCount}@customer.example>`}`,
		...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`] : []),
		`Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
		"MIME-Version: 1.0",
		`Content-Type: text/${mail.html ? "html" : "plain"}; charset=utf-8`,
		"Content-Transfer-Encoding: base64",
		"",
		body,
		"",
	].join("\r\n");
}

/* The id of the ticket with this subject, once it is there. */
export async function ticketId(bellhop: Bellhop, subject: string, view = "open"): Promise<string> {
	return waitFor(`the ticket "${subject}"`, async () => {
		const { results } = await bellhop.api.get(`/desk/v1/views/${view}/tickets?limit=100`);
		return results.find((r: { subject: string }) => r.subject === subject)?.id as string | undefined;
	});
}
