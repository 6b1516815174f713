/* make screens: pictures of every page of the running program with its demo desk, into docs/screens/ (or the directory given).
 * They are looked at by people, and one of them stands in the README. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bellhop, type Browser, launchBrowser, newPage, office, type Page, pdf, signIn, startBellhop, waitFor } from "../harness/index.ts";
import { videoOf } from "./film.ts";

const outDir = process.argv[2] ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));

/* How a page is looked at. The names of files end with these. */
const LOOKS = {
	light: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
	dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
	phone: { viewport: { width: 390, height: 780 }, colorScheme: "light" },
	ja: { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "ja-JP" },
} as const;
type Look = keyof typeof LOOKS;

const SETTLE_MS = 700;

interface Picture {
	name: string;
	signedOut?: boolean;
	/* All looks, where nothing is said. */
	looks?: Look[];
	take(page: Page, bellhop: Bellhop, look: Look): Promise<void>;
}

const open = (path: string) => async (page: Page, bellhop: Bellhop) => {
	await page.goto(`${bellhop.url}${path}`);
};

/* The ticket of the open view whose subject matches. */
async function openTicket(page: Page, bellhop: Bellhop, subject: RegExp) {
	const { results } = await bellhop.api.get("/desk/v1/views/open/tickets?limit=50");
	const row = results.find((r: { subject: string }) => subject.test(r.subject)) ?? results[0];
	await page.goto(`${bellhop.url}/tickets/open/${row.id}`);
	await page.locator("article[data-message-id]").first().waitFor();
}

/* Pages are found by what is the same in every language. */
async function writeReply(page: Page, text: string) {
	await page.keyboard.press("r");
	await page.locator("[data-region=composer] .ProseMirror").waitFor();
	await page.locator("[data-region=composer] .ProseMirror").first().click();
	/* the draft of the look before */
	await page.keyboard.press("Control+a");
	await page.keyboard.type(text);
}

const record = (type: string) => async (page: Page, bellhop: Bellhop) => {
	const { results } = await bellhop.api.get(`/crm/v3/objects/${type}?limit=1`);
	await page.goto(`${bellhop.url}/${type}${results[0] ? `/${results[0].id}` : ""}`);
};

/* The open tickets as a table or a board. */
const listAs = (layout: "table" | "board") => async (page: Page, bellhop: Bellhop) => {
	await bellhop.api.patch("/desk/v1/preferences", { viewLayouts: { open: { layout } } });
	await page.goto(`${bellhop.url}/tickets/open`);
	await page.getByRole("grid").or(page.getByRole("list")).first().waitFor();
	await page.waitForTimeout(SETTLE_MS);
	await bellhop.api.patch("/desk/v1/preferences", { viewLayouts: null });
};

/* Something to see on a page of the library. */
const library = (kind: "snippets" | "templates") => async (page: Page, bellhop: Bellhop) => {
	const { results } = await bellhop.api.get(`/desk/v1/${kind}`);
	if (results.length === 0) {
		await bellhop.api.post(`/desk/v1/${kind}`, { name: "Delivery times", shortcut: kind === "snippets" ? "times" : undefined, subject: kind === "templates" ? "Your delivery" : undefined, html: "<p>Dear {{contact.firstname}}, we deliver from Monday to Friday, between 8 and 16 o'clock.</p>", audience: "EVERYONE" });
		await bellhop.api.post(`/desk/v1/${kind}`, { name: "Return of goods", shortcut: kind === "snippets" ? "return" : undefined, subject: kind === "templates" ? "Your return {{placeholder.Return number}}" : undefined, html: "<p>Please put the note into the parcel. {{sender.firstname}}</p>", audience: "PRIVATE" });
	}
	await page.goto(`${bellhop.url}/library/${kind}`);
	await page.getByRole("list").last().waitFor();
};
/* A quote that is written and one that is out, with a product; made once. */
let quotes: Promise<{ draft: any; published: any }> | undefined;
const aQuote = (bellhop: Bellhop) =>
	(quotes ??= (async () => {
		const { api } = bellhop;
		await api.post("/crm/v3/objects/products", { properties: { name: "Reading lamp", hs_sku: "RL-2", price: "24.90", hs_currency: "EUR", hs_tax_rate: "19", description: "Brass, with a dimmer." } });
		const quote = {
			currency: "EUR",
			expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
			comments: "As discussed on the phone.",
			terms: "Payment within 30 days.\nDelivery in three weeks.",
			lines: [
				{ name: "Reading lamp", sku: "RL-2", description: "Brass, with a dimmer.", quantity: "12", price: "24.90", discountPercentage: "10", taxRate: "19" },
				{ name: "Delivery and assembly", quantity: "1", price: "89", taxRate: "19" },
				{ name: "Handbook", quantity: "12", price: "4.50", discount: "0.50", taxRate: "7" },
			],
		};
		const draft = await api.post("/desk/v1/quotes", { ...quote, title: "Lamps for the reading room" });
		const { id } = await api.post("/desk/v1/quotes", { ...quote, title: "Lamps for the hotel lobby" });
		return { draft, published: await api.post(`/desk/v1/quotes/${id}/publish`) };
	})());
/* Articles to be looked at: made once. */
async function writeArticles(bellhop: Bellhop) {
	const { api } = bellhop;
	const there = await api.get("/desk/v1/articles");
	const before = there.results.find((a: any) => a.shown.title === "Return an order");
	if (before) return before.id as string;
	const category = await api.post("/desk/v1/article-categories", { names: { en: "Orders", de: "Bestellungen", ja: "ご注文" } });
	const make = (title: string, subtitle: string, body: string, more: object = {}) => api.post("/desk/v1/articles", { lang: "en", title, subtitle, body, categoryId: category.id, ...more });
	const article = await make(
		"Return an order",
		"Within 30 days, in three steps",
		`<p>You can send back anything that you have not used. The carrier collects it from your door.</p><h2>Before you begin</h2><ul><li><p>Have your <strong>order number</strong> at hand.</p></li><li><p>Keep the box.</p></li></ul><aside data-call-out="note"><p><strong>Note:</strong> gift cards cannot be returned.</p></aside><h2>Ask for a label</h2><ol><li><p>Open <a href="https://shop.example/orders">your orders</a>.</p></li><li><p>Press <strong>Return</strong> beside the thing.</p></li><li><p>Print the label.</p></li></ol><table><tbody><tr><th><p>Country</p></th><th><p>Free</p></th></tr><tr><td><p>Germany</p></td><td><p>✓</p></td></tr><tr><td><p>Finland</p></td><td><p>✓</p></td></tr></tbody></table><aside data-call-out="warning"><p><strong>Please note:</strong> after 30 days we cannot take it back.</p></aside>`,
		{ products: ["All products and plans"], tags: ["refund", "label"] },
	);
	const publish = (a: any) => api.post(`/desk/v1/articles/${a.articleId}/texts/${a.lang}/publish`, {});
	await publish(article);
	const german = await api.post(`/desk/v1/articles/${article.articleId}/texts`, { lang: "de", isMachineTranslated: true });
	await api.patch(`/desk/v1/articles/${article.articleId}/texts/de`, { title: "Eine Bestellung zurücksenden", subtitle: "In 30 Tagen, in drei Schritten", version: german.version });
	await publish(german);
	await publish(await make("Track a delivery", "Where it is right now", "<p>Open the link in the mail.</p>"));
	await make("Change an address", "", "<p>Soon.</p>");
	return article.articleId as string;
}

/* A price list that somebody has read. */
async function sharedDocument(page: Page, bellhop: Bellhop): Promise<{ id: string; url: string }> {
	const { results } = await bellhop.api.get("/desk/v1/documents");
	let id = results.find((d: { name: string }) => d.name === "Price list")?.id as string | undefined;
	if (!id) {
		for (const [name, buffer] of [["Price list.pdf", pdf(["Price list 2027", "Towels", "Soap", "Delivery"])], ["Order form.xlsx", office("xlsx")]] as const) {
			const answer = await page.request.post(`${bellhop.url}/desk/v1/documents`, { multipart: { file: { name, mimeType: "application/octet-stream", buffer } }, headers: { origin: bellhop.url } });
			const made = await answer.json();
			if (name.endsWith(".pdf")) id = made.id;
		}
		await waitFor("its pictures", async () => (await bellhop.api.get(`/desk/v1/documents/${id}`)).pictureState === "READY");
		const { url } = await bellhop.api.post("/desk/v1/share-links", { itemId: id, email: "mikko.lahtinen@majatalo-kuura.example", asksEmail: true });
		await bellhop.api.post("/desk/v1/share-links", { itemId: id, mayDownload: false });
		const cookie = { cookie: `visit=${"v".repeat(24)}`, origin: bellhop.url };
		await fetch(url, { method: "POST", redirect: "manual", headers: cookie, body: new URLSearchParams({ email: "mikko.lahtinen@majatalo-kuura.example" }) });
		await fetch(`${url}/seen`, { method: "POST", headers: cookie, body: new URLSearchParams({ pages: "1:700,2:1200,4:300" }) });
	}
	const links = (await bellhop.api.get(`/desk/v1/share-links?itemId=${id}`)).results;
	return { id: id as string, url: links[0].url };
}
/* A video with a link that somebody has: the list, its page (ID), or what the customer sees (LINK). */
const videos = (path: string) => async (page: Page, bellhop: Bellhop) => {
	const { results } = await bellhop.api.get("/desk/v1/videos");
	let video = results[0];
	if (!video) {
		await signIn(page.context(), bellhop);
		await page.goto(`${bellhop.url}/library/videos`);
		video = await videoOf(page, bellhop, "How to change the address of an order", "video/mp4");
		await bellhop.api.post("/desk/v1/share-links", { itemId: video.id, email: "anna@customer.example" });
	}
	const [link] = (await bellhop.api.get(`/desk/v1/share-links?itemId=${video.id}`)).results;
	await page.goto(path === "LINK" ? link.url : `${bellhop.url}${path.replace("ID", video.id)}`);
	await page.locator("video, ul img").first().waitFor();
};

const ENGLISH = /invoice|order|shipment|lamp|delivery|password/i;
const REPLY = "Thank you for writing. I have looked at it and will come back to you today.";

const pictures: Picture[] = [
	{ name: "sign-in", signedOut: true, take: open("/") },
	{
		name: "ticket",
		async take(page, bellhop) {
			await openTicket(page, bellhop, ENGLISH);
			await writeReply(page, REPLY);
		},
	},
	{ name: "list", take: open("/tickets/open") },
	{ name: "table", looks: ["light", "dark", "ja"], take: listAs("table") },
	{ name: "board", looks: ["light", "dark", "ja"], take: listAs("board") },
	{
		name: "create",
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/tickets/open`);
			await page.getByRole("grid").waitFor();
			await page.keyboard.press("c");
			await page.getByRole("complementary").first().waitFor();
		},
	},
	{
		name: "palette",
		looks: ["light", "dark", "ja"],
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/tickets/open`);
			await page.getByRole("grid").waitFor();
			await page.keyboard.press("Control+k");
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		name: "keys",
		looks: ["light", "ja"],
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/tickets/open`);
			await page.getByRole("grid").waitFor();
			await page.keyboard.press("?");
			await page.getByRole("dialog").waitFor();
		},
	},
	{ name: "search", take: open("/search?q=delivery") },
	{ name: "contacts", take: open("/contacts") },
	{ name: "contact", take: record("contacts") },
	{ name: "companies", take: open("/companies") },
	{ name: "company", take: record("companies") },
	{ name: "deals", take: open("/deals") },
	{ name: "library-snippets", take: library("snippets") },
	{ name: "library-templates", take: library("templates") },
	{ name: "library-videos", take: videos("/library/videos") },
	{ name: "library-video", take: videos("/library/videos/ID") },
	{ name: "record", take: open("/record") },
	{ name: "public-video", signedOut: true, take: videos("LINK") },
	{
		name: "quotes",
		async take(page, bellhop) {
			await aQuote(bellhop);
			await page.goto(`${bellhop.url}/library/quotes`);
		},
	},
	{ name: "products", take: open("/library/products") },
	{
		name: "quote-draft",
		async take(page, bellhop) {
			const { draft } = await aQuote(bellhop);
			await page.goto(`${bellhop.url}/library/quotes/${draft.id}`);
		},
	},
	{
		name: "quote-published",
		async take(page, bellhop) {
			const { published } = await aQuote(bellhop);
			await page.goto(`${bellhop.url}/library/quotes/${published.id}`);
		},
	},
	{
		name: "quote-page",
		signedOut: true,
		async take(page, bellhop) {
			const { published } = await aQuote(bellhop);
			await page.goto(published.url);
		},
	},
	{
		name: "articles",
		async take(page, bellhop) {
			await writeArticles(bellhop);
			await page.goto(`${bellhop.url}/library/articles`);
		},
	},
	{
		name: "article",
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/library/articles/${await writeArticles(bellhop)}/en`);
			await page.locator(".ProseMirror").first().waitFor();
		},
	},
	{
		name: "article-history",
		looks: ["light", "dark", "phone"],
		async take(page, bellhop) {
			const id = await writeArticles(bellhop);
			await bellhop.api.patch(`/desk/v1/articles/${id}/texts/en`, { subtitle: "Within 60 days, in two steps" });
			await page.goto(`${bellhop.url}/library/articles/${id}/en`);
			await page.locator(".ProseMirror").first().waitFor();
			await page.locator("header button").nth(1).click();
			await page.getByRole("dialog").locator("ins").first().waitFor();
		},
	},
	{
		name: "article-page",
		signedOut: true,
		async take(page, bellhop, look) {
			await writeArticles(bellhop);
			await page.goto(`${bellhop.url}/kb/${look === "dark" ? "de/eine-bestellung-zurucksenden" : "en/return-an-order"}`);
		},
	},
	{
		name: "article-index",
		signedOut: true,
		looks: ["light", "phone"],
		async take(page, bellhop) {
			await writeArticles(bellhop);
			await page.goto(`${bellhop.url}/kb/en`);
		},
	},
	{
		name: "library-documents",
		async take(page, bellhop) {
			await sharedDocument(page, bellhop);
			await page.goto(`${bellhop.url}/library/documents`);
			await page.locator("img[src*='/pictures/0']").waitFor();
		},
	},
	{
		name: "library-document",
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/library/documents/${(await sharedDocument(page, bellhop)).id}`);
			await page.getByRole("table").waitFor();
		},
	},
	{
		name: "shared-document",
		async take(page, bellhop) {
			await page.goto((await sharedDocument(page, bellhop)).url);
			await page.locator("#document img").first().waitFor();
		},
	},
	{
		name: "shared-gate",
		async take(page, bellhop) {
			const { id } = await sharedDocument(page, bellhop);
			const links = (await bellhop.api.get(`/desk/v1/share-links?itemId=${id}`)).results;
			await page.goto(links.find((l: { asksEmail: boolean }) => l.asksEmail).url);
			await page.locator("form").waitFor();
		},
	},
	{
		name: "library-meetings",
		async take(page, bellhop) {
			const { results } = await bellhop.api.get("/desk/v1/booking-pages");
			if (results.length === 0) await bellhop.api.post("/desk/v1/booking-pages", { title: "Talk to us", lengths: [15, 30], description: "We look at your order together." });
			await page.goto(`${bellhop.url}/library/meetings`);
			await page.getByRole("list").last().waitFor();
		},
	},
	{
		name: "meeting",
		signedOut: true,
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/meet/noor`);
			await page.locator(".slot").first().waitFor();
		},
	},
	...["preferences", "profile", "keyboard", "notifications", "recycle-bin", "blocked-senders", "users", "teams", "mail", "pipelines", "records", "quarantine"].map(
		(page): Picture => ({ name: `settings-${page}`, take: open(`/settings/${page}`) }),
	),
];

async function take(browser: Browser, bellhop: Bellhop, picture: Picture, look: Look) {
	const page = await newPage(browser, { ...LOOKS[look], reducedMotion: "reduce" });
	if (!picture.signedOut) await signIn(page.context(), bellhop);
	await picture.take(page, bellhop, look);
	await waitFor("all to be loaded", () => page.evaluate(() => document.querySelector("#root")?.childElementCount !== 0 && !document.querySelector("[role=status] [class*=skeleton]")));
	/* the live stream never ends, so the network is never idle: what is late has this long */
	await page.waitForTimeout(SETTLE_MS);
	await page.evaluate(() => document.fonts.ready);
	await page.mouse.move(1, 1);
	await page.screenshot({ path: join(outDir, `${picture.name}-${look}.jpg`), type: "jpeg", quality: 72 });
	await page.context().close();
}

mkdirSync(outDir, { recursive: true });
const bellhop = await startBellhop({ engine: "sqlite", initArgs: ["--demo"] });
const browser = await launchBrowser();
/* Only pictures whose names match it. */
const wanted = new RegExp(process.argv[3] ?? "");
for (const picture of pictures.filter((one) => wanted.test(one.name)))
	for (const look of picture.looks ?? (Object.keys(LOOKS) as Look[])) {
		await take(browser, bellhop, picture, look);
		console.log(join(outDir, `${picture.name}-${look}.jpg`));
	}
await browser.close();
await bellhop.stop();
