/* Two walls stand between a hostile mail and the agent: the server's sanitiser, and in the browser DOMPurify, the page's policy and the
 * message's own box. Each is tested here with the other one off, with the same payloads (CORPUS adds those of others).
 * Reliability plan: V1, V3, V4, V5, M8. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
	type Bellhop,
	type Browser,
	engineOf,
	expect,
	LineClient,
	launchBrowser,
	lmtpDeliver,
	newPage,
	type Page,
	signIn,
	startBellhop,
	waitFor,
	watchErrors,
} from "../harness/index.ts";
import { messages, rawMail, row, ticketId } from "./desk.ts";
import { ESCAPES, payloads } from "./payloads.ts";

const FROM = "Mallory <mallory@hostile.example>";
const PAGE_SIZE = 100;

/* Runs in every frame of the page before anything else: whatever a payload sets off is written down. */
const CANARY = `(() => {
	const ran = (globalThis.__ran = []);
	const note = (name) => (...args) => { ran.push(name + " " + args.join(" ").slice(0, 80)); };
	for (const name of ["canary", "alert", "confirm", "prompt", "print"])
		Object.defineProperty(globalThis, name, { value: note(name), writable: false, configurable: false });
	Object.defineProperty(globalThis, "xssed", { set: note("xssed"), get: () => undefined, configurable: false });
})();`;

const ranIn = async (page: Page) =>
	(await Promise.all(page.frames().map((f) => f.evaluate(() => (globalThis as any).__ran as string[]).catch(() => [])))).flat();

/* Puts HTML into mails of one ticket, and gives back what the server made of each, in the same order. */
async function throughServer(bellhop: Bellhop, name: string, htmls: readonly string[]): Promise<string[]> {
	const id = (n: number) => `<${name}-${n}@hostile.example>`;
	const mail = (html: string, n: number) => ({
		from: "mallory@hostile.example",
		to: [bellhop.inbox],
		data: rawMail({ from: FROM, to: bellhop.inbox, subject: n ? `${name} ${n}` : name, html: `<p>${n}</p>${html}`, messageId: id(n), inReplyTo: n ? id(0) : undefined }),
	});
	const client = await LineClient.open(bellhop.lmtpPort);
	await expect(client.reply(), 220);
	await expect(client.command("LHLO test.example"), 250);
	const send = async (html: string, n: number) => {
		const { replies } = await lmtpDeliver(client, mail(html, n));
		assert.equal(replies[0]?.code, 250, `${n}: ${replies[0]?.text}`);
	};
	await send(htmls[0] ?? "", 0);
	const ticket = await ticketId(bellhop, name);
	for (const [n, html] of htmls.entries()) if (n > 0) await send(html, n);
	client.close();

	const cleaned = new Map<number, string>();
	await waitFor("all mails to be read", async () => {
		const { body } = await bellhop.api.request("GET", "/healthz");
		assert.equal(body.quarantined, 0, "a mail is in quarantine");
		return body.queueDepth === 0;
	}, { timeoutMs: 60_000, everyMs: 100 });
	for (let before = ""; ;) {
		const page = await bellhop.api.get(`/desk/v1/tickets/${ticket}/messages?limit=${PAGE_SIZE}${before}`);
		for (const m of page.results) {
			const n = Number(/^<p>(\d+)<\/p>/.exec(m.html ?? "")?.[1] ?? Number.NaN);
			assert.ok(!Number.isNaN(n), `the mark is gone: ${String(m.html).slice(0, 200)}`);
			cleaned.set(n, m.html.replace(/^<p>\d+<\/p>/, ""));
		}
		if (!page.paging) break;
		before = `&before=${page.paging.next.before}`;
	}
	return htmls.map((html, n) => {
		const out = cleaned.get(n);
		assert.ok(out !== undefined, `mail ${n} did not come: ${html}`);
		return out;
	});
}

/* Every address that was asked for; nothing outside is let through. */
async function watchRequests(page: Page, ours: (url: URL) => boolean) {
	const asked: string[] = [];
	await page.context().route((url) => !ours(url), (route) => {
		asked.push(route.request().url());
		return route.abort();
	});
	return asked;
}

async function hostilePage(browser: Browser, options: Parameters<typeof newPage>[1] = {}) {
	const page = await newPage(browser, options);
	const dialogs: string[] = [];
	await page.addInitScript(CANARY);
	page.on("dialog", (dialog) => {
		dialogs.push(dialog.message());
		void dialog.dismiss();
	});
	return { page, dialogs };
}

let bellhop: Bellhop;
let browser: Browser;
const all = payloads();
let cleaned: string[] = [];

before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
	cleaned = await throughServer(bellhop, "first", all);
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

const BLANK = "https://bare.example/";

/* A page without any policy that puts strings into itself with innerHTML; what runs, is asked for, or looks like code is the answer. */
async function bareInnerHtml(htmls: readonly string[]) {
	const { page, dialogs } = await hostilePage(browser);
	const asked: string[] = [];
	await page.context().route("**/*", (route) => {
		const url = route.request().url();
		if (url === BLANK) return route.fulfill({ contentType: "text/html; charset=utf-8", body: "<!doctype html><body>" });
		if (!url.endsWith("/sentinel.png")) asked.push(url);
		return route.abort();
	});
	await page.goto(BLANK);
	const bad = await page.evaluate(async (list) => {
		const bad: string[] = [];
		/* Each is read twice: what a parser makes of its own output is where mutations hide. */
		for (const [n, html] of list.entries()) for (let round = 0, text = html; round < 2; round++) {
			const el = document.createElement("div");
			document.body.append(el);
			el.innerHTML = text;
			text = el.innerHTML;
			for (const inner of el.querySelectorAll("*")) {
				for (const { name, value } of inner.attributes) {
					const isCode = /^on/i.test(name) || (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !/^(https?:|mailto:|tel:|#|\/desk\/v1\/attachments\/)/i.test(value.trim()));
					if (isCode) bad.push(`${n}: ${name}="${value}"`);
				}
				inner.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
				if (inner instanceof HTMLElement) inner.focus();
			}
		}
		/* its failure comes after those of all images before it */
		await new Promise((resolve) => {
			const last = new Image();
			last.onerror = resolve;
			last.src = "/sentinel.png";
			document.body.append(last);
		});
		return bad;
	}, [...htmls]);
	const ran = await ranIn(page);
	await page.context().close();
	return { bad, ran, asked, dialogs };
}

test("V1 V4 M8: the test itself notices: without any wall the payloads run and fetch", async () => {
	const bare = await bareInnerHtml(all.slice(0, 120).filter((html) => !/http-equiv/.test(html)));
	assert.ok(bare.ran.length > 10, `ran ${bare.ran.length}`);
	assert.ok(bare.asked.length > 10, `asked for ${bare.asked.length}`);
	assert.ok(bare.bad.length > 10);
});

test(`V1 V4 M8: the server's wall alone: what it lets through runs nothing and fetches nothing on a page without a policy (${all.length} payloads)`, async () => {
	assert.deepEqual(await bareInnerHtml(cleaned), { bad: [], ran: [], asked: [], dialogs: [] });
});

test("V1: what the server has cleaned it leaves as it is", async () => {
	const twice = await throughServer(bellhop, "second", cleaned);
	const changed = cleaned.flatMap((html, n) => (html === twice[n] ? [] : [{ payload: all[n], once: html, twice: twice[n] }]));
	assert.deepEqual(changed, []);
});

/* Opens the ticket in the real workspace, where the server hands out these strings as if it had never cleaned anything. */
async function uncleanedWorkspace(htmls: readonly string[], options: Parameters<typeof newPage>[1] = {}) {
	const id = await ticketId(bellhop, "first");
	const { page, dialogs } = await hostilePage(browser, options);
	const errors = watchErrors(page);
	const outside = await watchRequests(page, (url) => url.origin === bellhop.url);
	const asked: string[] = [];
	/* what the workspace's own code fetches is no work of a payload: markup asks for pictures, styles, frames and the like */
	page.on("request", (request) => /^(fetch|xhr|eventsource)$/.test(request.resourceType()) || asked.push(request.url()));
	await signIn(page.context(), bellhop);
	await page.route(`**/desk/v1/tickets/${id}/messages*`, async (route) => {
		const answer = await route.fetch();
		const body = await answer.json();
		const [sample] = body.results;
		await route.fulfill({
			response: answer,
			json: { results: htmls.map((html, n) => ({ ...sample, id: String(1_000_000 + n), html, text: "" })) },
		});
	});
	await page.goto(`${bellhop.url}/tickets/open/${id}`);
	await waitFor("all messages", async () => (await messages(page).count()) === htmls.length, { timeoutMs: 30_000 });
	return { page, dialogs, errors, outside, asked };
}

const KNOWN = /^\/(tickets\/.*|assets\/.*|icon\.svg|favicon\.ico|desk\/v1\/(session|views.*|tickets\/\d+(\/messages)?|stream)|crm\/v3\/(owners|pipelines\/tickets))$/;

for (const [what, options] of [
	["with the page's policy", {}],
	["without the page's policy, DOMPurify alone", { bypassCSP: true }],
] as const) {
	test(`V1 V4 M8: the browser's wall alone, ${what}: nothing runs, nothing unknown is asked for`, async () => {
		const w = await uncleanedWorkspace(all, options);
		const bad = await w.page.evaluate(() => {
			const found: string[] = [];
			for (const host of document.querySelectorAll("[data-testid=mail-body]")) {
				for (const el of host.shadowRoot?.querySelectorAll("*") ?? []) {
					if (/^(script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|video|audio|dialog|template)$/.test(el.localName)) found.push(el.outerHTML.slice(0, 120));
					for (const { name, value } of el.attributes)
						if (/^on/i.test(name) || (/^(href|src)$/i.test(name) && !/^(https?:|mailto:|tel:|data:image\/|\/desk\/v1\/attachments\/)/i.test(value.trim()))) found.push(`${name}="${value}"`);
					el.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
				}
			}
			return found;
		});
		const unknown = w.asked.filter((url) => /^(https?|wss?):/.test(url) && !KNOWN.test(new URL(url).pathname));
		assert.deepEqual({ bad, ran: await ranIn(w.page), dialogs: w.dialogs, outside: w.outside, unknown }, { bad: [], ran: [], dialogs: [], outside: [], unknown: [] });
		/* Chromium reports to the policy what it sees while it reads a string into a document that nobody shows; without the policy
		 * the same payloads show that nothing comes of it. */
		assert.deepEqual(w.errors.filter((e) => !/violates the following Content Security Policy directive/.test(e)), []);
		await w.page.context().close();
	});
}

test("V5: a mail that nobody cleaned cannot paint outside of its card", async () => {
	const { page } = await uncleanedWorkspace(ESCAPES);
	const escaped: string[] = [];
	for (let n = 0; n < ESCAPES.length; n++) {
		await messages(page).nth(n).scrollIntoViewIfNeeded();
		const hits = await page.evaluate(() => {
			const out: string[] = [];
			for (let y = 4; y < innerHeight; y += 12) {
				for (let x = 4; x < innerWidth; x += 16) {
					const host = document.elementFromPoint(x, y)?.closest("[data-testid=mail-body]");
					const card = host?.closest("article")?.getBoundingClientRect();
					if (card && (x < card.left || x > card.right || y < card.top || y > card.bottom)) out.push(`${x},${y}`);
				}
			}
			return out;
		});
		if (hits.length) escaped.push(`${ESCAPES[n]}: ${hits.length} points`);
		const red = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
		if (red) escaped.push(`${ESCAPES[n]}: the page scrolls sideways`);
	}
	assert.deepEqual(escaped, []);
	await page.getByRole("button", { name: /Write a reply/ }).click();
	await page.context().close();
});

test("V3: hostile text in names, subject and file names is text everywhere", async () => {
	const hostile = `"><img src=x onerror=canary()>{{7*7}}\${7*7}'<script>canary()</script>`;
	const encoded = `=?UTF-8?B?${Buffer.from(hostile).toString("base64")}?=`;
	const boundary = "b0und";
	const data = [
		`From: ${encoded} <xss@hostile.example>`, `To: ${encoded} <${bellhop.inbox}>`, `Subject: ${encoded}`, "Message-ID: <v3@hostile.example>",
		"MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary=${boundary}`, "",
		`--${boundary}`, "Content-Type: text/plain; charset=utf-8", "", `${hostile} https://ok.example/"onmouseover=canary() javascript:canary()`,
		`--${boundary}`, `Content-Type: text/html; name="${encoded}"`, `Content-Disposition: attachment; filename="${encoded}"`, "", "<script>canary()</script>",
		`--${boundary}--`, "",
	].join("\r\n");
	const client = await LineClient.open(bellhop.lmtpPort);
	await expect(client.reply(), 220);
	await expect(client.command("LHLO test.example"), 250);
	const { replies } = await lmtpDeliver(client, { from: "xss@hostile.example", to: [bellhop.inbox], data });
	assert.equal(replies[0]?.code, 250, replies[0]?.text);
	client.close();

	await ticketId(bellhop, hostile);

	const { page, dialogs } = await hostilePage(browser);
	const errors = watchErrors(page);
	const outside = await watchRequests(page, (url) => url.origin === bellhop.url);
	await signIn(page.context(), bellhop);
	await page.goto(`${bellhop.url}/tickets/open`);
	await row(page, hostile).click();
	const body = messages(page).first();
	await body.getByText("{{7*7}}").first().waitFor();
	assert.equal(await page.locator("img").count(), 0);
	assert.ok(await body.getByTitle(/^Download/).isVisible());
	await body.getByRole("link", { name: "https://ok.example/" }).hover();
	await page.getByRole("button", { name: /Write a reply/ }).click();
	await page.goto(`${bellhop.url}/settings/mail`);
	await page.getByRole("heading", { name: "Outbox" }).waitFor();
	assert.deepEqual({ ran: await ranIn(page), dialogs, outside, errors }, { ran: [], dialogs: [], outside: [], errors: [] });
	await page.context().close();
});
