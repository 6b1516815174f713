/* Hostile text in every field that somebody can write, shown on every page while the page's policy is off: text stays text.
 * What mails and comments may bring as HTML is walls.test.ts. Reliability plan: V1, V3. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, engineOf, launchBrowser, newPage, pdf, signIn, startBellhop, waitFor } from "../harness/index.ts";
import { deliver, ticketId } from "./desk.ts";

const OUTSIDE = "https://outside.example";
const IMAGE = `"><img src=${OUTSIDE}/x.png onerror=canary()>`;
const SVG = "<svg onload=canary()>'`{{7*7}}";
const LINK = "javascript:canary()";

let bellhop: Bellhop;
let browser: Browser;
before(async () => {
	[bellhop, browser] = await Promise.all([startBellhop({ engine: engineOf(import.meta.url) }), launchBrowser()]);
});
after(async () => {
	await browser?.close();
	await bellhop?.stop();
});

/* Writes it wherever the API takes text; gives back the pages that show it. */
async function plant(): Promise<string[]> {
	const { api } = bellhop;
	const make = async (type: string, properties: Record<string, string>) => (await api.post(`/crm/v3/objects/${type}`, { properties })).id as string;
	await deliver(bellhop, { subject: `Planted ${IMAGE}`, text: `${SVG} ${IMAGE}`, from: "Mallory <mallory@hostile.example>" });
	const ticket = await ticketId(bellhop, `Planted ${IMAGE}`);
	const contact = await make("contacts", { firstname: IMAGE, lastname: SVG, jobtitle: IMAGE, company: SVG, email: "m@hostile.example", website: LINK });
	const company = await make("companies", { name: IMAGE, domain: "hostile.example", website: LINK, description: SVG });
	const deal = await make("deals", { dealname: IMAGE, pipeline: "default", dealstage: "appointmentscheduled" });
	const note = await make("notes", { hs_note_body: `<p>${IMAGE}</p>`, hs_timestamp: new Date().toISOString() });
	for (const [type, id] of [["contacts", contact], ["companies", company], ["deals", deal]] as const) await api.put(`/crm/v4/objects/tickets/${ticket}/associations/default/${type}/${id}`);
	await api.put(`/crm/v4/objects/notes/${note}/associations/default/contacts/${contact}`);
	await api.post(`/desk/v1/tickets/${ticket}/comments`, { html: `<p>${IMAGE}</p>${SVG}` });
	await api.post("/desk/v1/views", { name: IMAGE, audience: "PRIVATE", filterGroups: [{ filters: [{ propertyName: "subject", operator: "CONTAINS_TOKEN", value: "planted" }] }] });
	await api.post("/desk/v1/teams", { name: IMAGE });
	for (const kind of ["snippet", "template"]) {
		const folder = await api.post("/desk/v1/library/folders", { kind, name: IMAGE });
		await api.post(`/desk/v1/${kind}s`, { name: IMAGE, subject: kind === "template" ? SVG : undefined, html: `<p>${IMAGE} ${SVG}</p><a href="${LINK}">x</a>`, folderId: folder.id, audience: "EVERYONE" });
	}
	const form = new FormData();
	form.set("file", new Blob([pdf(["x"]) as any]), `${IMAGE}.pdf`);
	form.set("name", IMAGE);
	const uploaded = await fetch(`${bellhop.url}/desk/v1/documents`, { method: "POST", body: form, headers: { authorization: `Bearer ${bellhop.token}` } });
	assert.equal(uploaded.status, 201, await uploaded.clone().text());
	const document = (await uploaded.json()) as { id: string };
	const shared = await api.post("/desk/v1/share-links", { itemId: document.id });
	const film = new FormData();
	film.set("file", new Blob([Buffer.from("1a45dfa3874282847765626d", "hex")]), "x.webm");
	const file = await (await fetch(`${bellhop.url}/desk/v1/videos/files?part=video`, { method: "POST", body: film, headers: { authorization: `Bearer ${bellhop.token}` } })).json();
	const video = (await api.post("/desk/v1/videos", { name: IMAGE, audience: "EVERYONE", fileId: file.id })).id;
	const watched = new URL((await api.post("/desk/v1/share-links", { itemId: video })).url).pathname;
	await api.post("/desk/v1/booking-pages", { title: IMAGE, slug: "planted", description: SVG, location: LINK, confirmation: IMAGE, noticeMinutes: 0 });
	await api.post("/crm/v3/pipelines/tickets", { label: SVG, displayOrder: 9, stages: [{ label: IMAGE, displayOrder: 0, metadata: { ticketState: "OPEN" } }] });
	await api.patch("/desk/v1/account", { name: IMAGE });
	const product = await make("products", { name: IMAGE, hs_sku: SVG, description: IMAGE, price: "1", hs_currency: "EUR" });
	const lines = [{ name: IMAGE, description: SVG, sku: IMAGE, price: "1", quantity: "2", taxRate: "19", productId: product }];
	const quote = { title: IMAGE, currency: "EUR", terms: SVG, comments: IMAGE, contactId: contact, companyId: company, dealId: deal, ticketId: ticket, lines };
	const draft = await api.post("/desk/v1/quotes", quote);
	const published = await api.post(`/desk/v1/quotes/${(await api.post("/desk/v1/quotes", quote)).id}/publish`);
	const invited = (await api.post("/settings/v3/users", { email: "x@desk.example", firstName: IMAGE, lastName: SVG, sendWelcomeEmail: false })).id;
	assert.ok(invited);
	return [
		"/tickets/open", `/tickets/open/${ticket}`, "/search?q=planted", "/contacts", `/contacts/${contact}`, "/companies", `/companies/${company}`, "/deals", `/deals/${deal}`, "/library/snippets", "/library/templates", "/library/videos", `/library/videos/${video}`, watched,
		"/tickets/open", `/tickets/open/${ticket}`, "/search?q=planted", "/contacts", `/contacts/${contact}`, "/companies", `/companies/${company}`, "/deals", `/deals/${deal}`, "/library/snippets", "/library/templates", "/library/meetings", "/meet/planted",
		"/library/quotes", `/library/quotes/${draft.id}`, `/library/quotes/${published.id}`, "/library/products", new URL(published.url).pathname,
		"/library/documents", `/library/documents/${document.id}`, shared.url.slice(bellhop.url.length),
		...["preferences", "profile", "keyboard", "notifications", "recycle-bin", "blocked-senders", "users", "teams", "mail", "pipelines", "records", "quarantine"].map((p) => `/settings/${p}`),
	];
}

test("V1 V3: text in any field runs nothing and fetches nothing on any page, without the page's policy", async () => {
	const paths = await plant();
	const page = await newPage(browser, { bypassCSP: true });
	await page.addInitScript("(() => { globalThis.__ran = []; globalThis.canary = () => globalThis.__ran.push(location.pathname); })()");
	const outside: string[] = [];
	await page.context().route((url) => url.origin === OUTSIDE, (route) => {
		outside.push(`${page.url()}: ${route.request().url()}`);
		return route.abort();
	});
	await signIn(page.context(), bellhop);
	let shown = 0;
	for (const path of paths) {
		await page.goto(`${bellhop.url}${path}`);
		await waitFor(`${path} to be drawn`, () => page.evaluate(() => (document.querySelector("[data-region=main], [role=grid], article, main")?.textContent ?? "") !== ""));
		await page.waitForTimeout(300);
		shown += await page.evaluate(() => Number(document.body.innerText.includes("onerror=canary()")));
		assert.deepEqual(await page.evaluate(() => (globalThis as any).__ran), [], path);
		/* no address on the page runs code */
		assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0, path);
	}
	assert.deepEqual(outside, []);
	assert.ok(shown >= 8, `the planted text is to be seen on ${shown} pages`);
	await page.context().close();
});
