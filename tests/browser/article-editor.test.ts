/* The page of one article: what is typed is kept, two people at once, history, languages, pictures, rights; and the public page's walls. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, launchBrowser, newPage, type Page, startBellhop, waitFor } from "../harness/index.ts";
import { checkAccessibility, finish, hasText, openDesk } from "./desk.ts";
import { payloads } from "./payloads.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

forOneEngine(import.meta.url, (engine) => {
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

	const make = async (title: string, more: object = {}): Promise<any> => bellhop.api.post("/desk/v1/articles", { lang: "en", title, body: `<p>${title} in full.</p>`, ...more });
	const read = (a: any, lang = a.lang) => bellhop.api.get(`/desk/v1/articles/${a.articleId}/texts/${lang}`);
	const publish = (a: any, lang = a.lang) => bellhop.api.post(`/desk/v1/articles/${a.articleId}/texts/${lang}/publish`, {});
	const open = (a: any, options: Parameters<typeof openDesk>[3] = {}) => openDesk(browser, bellhop, `/library/articles/${a.articleId}/${a.lang}`, options);
	const body = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
	const kept = (page: Page) => page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
	/* Behind what is there. */
	const type = async (page: Page, text: string) => {
		await body(page).click();
		await page.keyboard.press("Control+End");
		await page.keyboard.type(text);
	};

	test("what is typed is kept by itself, on the server; what is published stays until somebody publishes the changes", async () => {
		const a = await publish(await make("Kept by itself"));
		const desk = await open(a);
		const { page } = desk;
		await type(page, " And more.");
		await kept(page);
		await page.getByText("Unpublished changes").waitFor();
		assert.match((await read(a)).body, /And more\./);
		await page.reload();
		await hasText(body(page), /And more\./);
		assert.doesNotMatch(await (await fetch(a.url)).text(), /And more/);
		await page.getByRole("button", { name: "Publish changes" }).click();
		await page.getByText("Published. Customers read it from now on.").waitFor();
		assert.match(await (await fetch(a.url)).text(), /And more\./);
		/* an address that another article has is told at its field */
		await make("Taken address");
		await page.getByLabel("Address").fill("taken-address");
		await page.getByText("Another article has the address").first().waitFor();
		await page.getByLabel("Address").fill("an address of its own");
		await kept(page);
		assert.equal((await fetch(a.url, { redirect: "manual" })).status, 301);
		await finish(desk, /400/);
	});

	test("what is typed while the session ends, or without a network, is here afterwards; nothing waits unsaid", async () => {
		const a = await make("Session over");
		const b = await make("No network");
		const desk = await open(a);
		const { page } = desk;
		await type(page, " Typed without a session.");
		await page.context().clearCookies();
		await page.keyboard.type(" And more.");
		await page.getByLabel("Password").fill(bellhop.admin.password);
		await page.getByLabel("Email").fill(bellhop.admin.email);
		await page.getByRole("button", { name: "Sign in" }).click();
		/* back where he was, with what he wrote */
		await page.waitForURL(`**/library/articles/${a.articleId}/en`);
		await hasText(body(page), /Typed without a session\. And more\./);
		await waitFor("it on the server", async () => /And more\./.test((await read(a)).body));

		await page.goto(`${bellhop.url}/library/articles/${b.articleId}/en`);
		await type(page, "");
		await page.context().setOffline(true);
		await page.keyboard.type(" Typed offline.");
		await page.getByText(/Not saved:/).waitFor();
		await page.getByRole("link", { name: "All articles" }).or(page.getByRole("link", { name: "Knowledge base" })).first().click();
		const left = page.getByRole("status").filter({ hasText: "What you wrote in “No network” is on this device only." });
		await left.waitFor();
		await page.context().setOffline(false);
		await left.getByRole("link", { name: "Open" }).click();
		await hasText(body(page), /Typed offline\./);
		await kept(page);
		assert.match((await read(b)).body, /Typed offline\./);
		/* a colleague wrote meanwhile: nothing is written over */
		await page.context().setOffline(true);
		await type(page, " Second time.");
		await page.getByText(/Not saved:/).waitFor();
		await page.getByRole("link", { name: "All articles" }).or(page.getByRole("link", { name: "Knowledge base" })).first().click();
		await left.waitFor();
		await bellhop.api.patch(`/desk/v1/articles/${b.articleId}/texts/en`, { body: "<p>A colleague's words.</p>" });
		await page.context().setOffline(false);
		await left.getByRole("link", { name: "Open" }).click();
		await page.getByRole("button", { name: "Keep mine" }).click();
		await kept(page);
		assert.match((await read(b)).body, /Second time\./);
		await finish(desk, /401|409|ERR_INTERNET_DISCONNECTED/);
	});

	test("two people write at once: the slower one is told, sees what differs, and both texts stay in the history", async () => {
		const a = await make("Two at once");
		const one = await open(a);
		const two = await open(a, { who: ADA });
		await body(one.page).waitFor();
		await body(two.page).waitFor();
		/* a colleague's change comes in where nothing of one's own waits */
		await type(one.page, " Mine first.");
		await kept(one.page);
		await hasText(body(two.page), /Mine first\./);
		/* nobody hears of anything: both write */
		await two.page.context().setOffline(true);
		await type(two.page, " Ada's words.");
		await two.page.getByText(/^Not saved/).waitFor();
		await type(one.page, " Mine second.");
		await kept(one.page);
		await two.page.context().setOffline(false);
		await two.page.getByText("Somebody else has changed this article meanwhile.").waitFor();
		await two.page.getByRole("button", { name: "Show what differs" }).click();
		const dialog = two.page.getByRole("dialog");
		await dialog.locator("del").filter({ hasText: "Mine second" }).waitFor();
		await dialog.locator("ins").filter({ hasText: "Ada" }).waitFor();
		await checkAccessibility(two.page, "two texts that differ");
		await two.page.keyboard.press("Escape");
		await hasText(body(two.page), /Ada's words\./);
		await two.page.getByRole("button", { name: "Keep mine" }).click();
		await kept(two.page);
		await hasText(body(one.page), /Ada's words\./);
		const { results } = await bellhop.api.get(`/desk/v1/articles/${a.articleId}/texts/en/versions`);
		const texts = await Promise.all(results.map(async (v: any) => (await bellhop.api.get(`/desk/v1/articles/${a.articleId}/texts/en/versions/${v.versionId}`)).body));
		assert.ok(texts.some((b) => /Mine second/.test(b)) && /Ada's words/.test(texts[0]), JSON.stringify(texts));
		await finish(one);
		await finish(two, /409|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
	});

	test("the history says who wrote when, shows what came and went, by keys too, and brings a version back", async () => {
		const a = await publish(await make("With a past", { body: "<p>Press the red button twice.</p>" }));
		await bellhop.api.patch(`/desk/v1/articles/${a.articleId}/texts/en`, { body: "<p>Press the green button twice.</p>" });
		const desk = await open(a);
		const { page } = desk;
		await page.getByRole("button", { name: "History" }).click();
		const dialog = page.getByRole("dialog", { name: "History" });
		await dialog.locator("del").filter({ hasText: "red" }).waitFor();
		await dialog.locator("ins").filter({ hasText: "green" }).waitFor();
		await dialog.getByText("2 differences").waitFor();
		await checkAccessibility(page, "the history of an article");
		await dialog.getByRole("button", { name: "Next difference" }).focus();
		await page.keyboard.press("Enter");
		assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /red/);
		await page.keyboard.press("ArrowDown");
		assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /green/);
		await dialog.getByRole("list", { name: "Versions" }).getByRole("button").last().click();
		await dialog.getByRole("button", { name: "Restore this version" }).click();
		await dialog.waitFor({ state: "detached" });
		await hasText(body(page), /Press the red button twice\./);
		assert.equal((await bellhop.api.get(`/desk/v1/articles/${a.articleId}/texts/en/versions`)).results.length, 3);
		await finish(desk);
	});

	test("A-111 O-9: another language begins with the governing text, and tells its readers which one counts", async () => {
		const a = await publish(await make("Ship it"));
		const desk = await open(a);
		const { page } = desk;
		await page.getByRole("button", { name: "Add a language" }).click();
		await page.getByRole("menuitem", { name: "German", exact: true }).click();
		await page.waitForURL(/\/de$/);
		await hasText(body(page), /Ship it in full\./);
		await page.getByRole("textbox", { name: "Title", exact: true }).fill("Versenden");
		await page.getByText("Translated by a machine: readers are told so").click();
		await page.getByLabel("Available with").fill("Alle Produkte\nService Hub");
		await page.getByLabel("Tags").fill("post, paket");
		await kept(page);
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		await page.getByText("Published. Customers read it from now on.").waitFor();
		const text = await read(a, "de");
		assert.deepEqual([text.slug, text.tags, text.products, text.isMachineTranslated], ["versenden", ["post", "paket"], ["Alle Produkte", "Service Hub"], true]);
		const customer = await newPage(browser, { javaScriptEnabled: false });
		await customer.goto(text.url);
		await customer.getByText("Dieser Text wurde maschinell übersetzt").waitFor();
		await customer.getByText(/Zuletzt aktualisiert/).waitFor();
		await customer.getByText("Service Hub").waitFor();
		await customer.getByRole("link", { name: "Fassung auf Englisch lesen" }).click();
		assert.equal(await customer.getByRole("heading", { level: 1 }).innerText(), "Ship it");
		await customer.getByRole("link", { name: "Deutsch" }).click();
		assert.equal(await customer.getByRole("heading", { level: 1 }).innerText(), "Versenden");
		await customer.context().close();
		/* archived with its language only */
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Archive this language" }).click();
		await page.getByText("This article is archived.").waitFor();
		assert.equal((await fetch(text.url)).status, 410);
		await page.getByRole("button", { name: "Restore" }).click();
		await page.getByText("Restored as a draft.").waitFor();
		await finish(desk);
	});

	test("A-116: headings, call-outs, lists, tables, code and pictures with their description reach the public page", async () => {
		const a = await make("Everything", { body: "" });
		const desk = await open(a);
		const { page } = desk;
		await body(page).click();
		await page.keyboard.type("First part");
		await page.getByRole("button", { name: "Heading or paragraph" }).click();
		await page.getByRole("menuitem", { name: "Heading 1" }).click();
		await page.keyboard.press("End");
		await page.keyboard.press("Enter");
		await page.keyboard.type("Mind the gap");
		await page.getByRole("button", { name: "Warning", exact: true }).click();
		await page.keyboard.press("Enter");
		await page.keyboard.press("Enter");
		await page.keyboard.type("1. one");
		await page.keyboard.press("Enter");
		await page.keyboard.type("two");
		await page.keyboard.press("Enter");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Picture" }).click();
		const dialog = page.getByRole("dialog", { name: "Picture" });
		await dialog.locator("input[type=file]").setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
		await dialog.getByRole("button", { name: "Insert" }).click();
		await dialog.getByText("Pictures in articles are PNG, JPEG, GIF or WebP.").waitFor();
		await dialog.locator("input[type=file]").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: PNG });
		await dialog.getByLabel("What the picture shows").fill("A dot");
		await checkAccessibility(page, "the form of a picture");
		await dialog.getByRole("button", { name: "Insert" }).click();
		await dialog.waitFor({ state: "detached" });
		await body(page).getByRole("img", { name: "A dot" }).waitFor();
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Table" }).click();
		await page.getByRole("menuitem", { name: "Insert a table" }).click();
		await page.keyboard.type("Plan");
		await page.keyboard.press("Tab");
		await page.keyboard.type("Price");
		await page.keyboard.press("Tab");
		await page.keyboard.type("Period");
		await page.getByRole("button", { name: "Table" }).click();
		await page.getByRole("menuitem", { name: "Add a row" }).click();
		await kept(page);
		const html = (await read(a)).body;
		assert.match(html, /<h2>First part<\/h2><aside data-call-out="warning"><p>Mind the gap<\/p><\/aside><ol><li><p>one<\/p><\/li><li><p>two<\/p><\/li><\/ol>/);
		assert.match(html, /<img data-cid="a\.[\w-]+" alt="A dot">/);
		assert.match(html, /<table><tbody><tr><th><p>Plan<\/p><\/th><th><p>Price<\/p><\/th>/);
		assert.equal(html.match(/<tr>/g)?.length, 4);
		await page.getByRole("button", { name: "Preview" }).click();
		const preview = page.getByRole("dialog", { name: "Preview" });
		await preview.getByRole("img", { name: "A dot" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		await page.getByText("Published. Customers read it from now on.").waitFor();
		/* what was written is what is there after a reload */
		await page.reload();
		await body(page).locator("table").waitFor();
		await body(page).locator("aside").waitFor();
		await finish(desk, /400/);
		for (const [what, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" as const }, phone: { viewport: { width: 390, height: 780 } } })) {
			const customer = await newPage(browser, options);
			await customer.goto(a.url);
			await waitFor("the picture", () => customer.getByRole("img", { name: "A dot" }).evaluate((el) => (el as HTMLImageElement).naturalWidth > 0));
			await checkAccessibility(customer, `a public article, ${what}`);
			assert.equal(await customer.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${what}: nothing is wider than the window`);
			if (what === "light") {
				await customer.emulateMedia({ media: "print" });
				assert.equal(await customer.getByRole("navigation").isVisible(), false);
				await customer.emulateMedia({ media: "screen" });
				await customer.goto(`${bellhop.url}/kb/en`);
				await checkAccessibility(customer, "the articles of a language");
				await customer.getByRole("link", { name: "Everything" }).waitFor();
				await customer.goto(`${bellhop.url}/kb/en/nothing`);
				await checkAccessibility(customer, "an article that is not there");
			}
			await customer.context().close();
		}
	});

	test("O-3: who may not publish writes and has no button for it; a viewer reads", async () => {
		const a = await make("Rights and wrongs");
		const ada = await open(a, { who: ADA });
		await type(ada.page, " By Ada.");
		await kept(ada.page);
		assert.equal(await ada.page.getByRole("button", { name: /^Publish/ }).count(), 0);
		await finish(ada);
		const admin = await openDesk(browser, bellhop, "/settings/users");
		await admin.page.getByRole("button", { name: /Ada Lovelace/ }).first().click();
		await admin.page.getByText("May publish articles").click();
		await admin.page.getByRole("button", { name: "Save" }).click();
		await finish(admin);
		const again = await open(a, { who: ADA });
		await again.page.getByRole("button", { name: "Publish", exact: true }).click();
		await again.page.getByText("Published. Customers read it from now on.").waitFor();
		await finish(again);
		const { results } = await bellhop.api.get("/desk/v1/users?limit=100");
		await bellhop.api.patch(`/desk/v1/users/${results.find((u: any) => u.email === ADA.email).id}`, { role: "viewer" });
		const viewer = await open(a, { who: ADA });
		await viewer.page.getByRole("heading", { name: "Rights and wrongs" }).first().waitFor();
		await viewer.page.getByRole("button", { name: "Preview" }).waitFor();
		assert.equal(await body(viewer.page).count(), 0);
		await checkAccessibility(viewer.page, "an article as a viewer sees it");
		await viewer.page.goto(`${bellhop.url}/library/articles`);
		await viewer.page.getByRole("link", { name: "Rights and wrongs" }).waitFor();
		assert.equal(await viewer.page.getByRole("button", { name: "New article" }).count(), 0);
		await finish(viewer);
	});

	test("articles are found by words in any language, by state, language and category; categories have names and an order", async () => {
		await publish(await make("Aardvark", { tags: ["burrow"] }));
		await make("Ameise", { lang: "de" });
		const desk = await openDesk(browser, bellhop, "/library/articles");
		const { page } = desk;
		const list = page.getByRole("list", { name: "Knowledge base" });
		await page.getByRole("searchbox", { name: "Find articles in any language" }).fill("burrows");
		await waitFor("one article", async () => (await list.getByRole("listitem").count()) === 1);
		await list.getByRole("link", { name: "Aardvark" }).waitFor();
		await page.getByRole("searchbox").fill("nothing has this");
		await page.getByText("No article fits").waitFor();
		await page.getByRole("searchbox").fill("");
		await page.getByRole("button", { name: /Language/ }).click();
		await page.getByRole("option", { name: "German", exact: true }).click();
		await list.getByRole("link", { name: "Ameise" }).waitFor();
		await waitFor("German ones only", async () => (await list.getByText("Aardvark").count()) === 0);
		await checkAccessibility(page, "the list of articles");
		await page.getByRole("button", { name: "Categories", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "Categories" });
		for (const name of ["Billing", "Shipping"]) {
			await dialog.getByLabel("New category").fill(name);
			await dialog.getByRole("button", { name: "Add", exact: true }).click();
			await dialog.getByRole("textbox", { name: `Name of ${name}` }).waitFor();
		}
		await dialog.getByRole("button", { name: "Move Shipping up" }).click();
		await waitFor("their order", async () => (await bellhop.api.get("/desk/v1/article-categories")).results.map((k: any) => k.names.en).join() === "Shipping,Billing");
		await checkAccessibility(page, "categories of articles");
		await finish(desk);
	});

	test("V1 V3: the public page without its policy runs nothing and fetches nothing, whatever an article says", async () => {
		const outside = "https://outside.example";
		const text = `"><img src=${outside}/x.png onerror=canary()><svg onload=canary()>`;
		const a = await publish(await make(`Hostile ${text}`, { subtitle: text, tags: [text.slice(0, 60)], products: [text], body: `<p>Seen</p>${payloads().slice(0, 500).join("\n").replaceAll("\0", "").slice(0, 300_000)}` }));
		const page = await newPage(browser, { bypassCSP: true });
		await page.addInitScript("(() => { globalThis.__ran = []; globalThis.canary = globalThis.alert = () => globalThis.__ran.push(location.pathname); })()");
		const asked: string[] = [];
		await page.context().route((url) => !url.href.startsWith(bellhop.url), (route) => {
			asked.push(route.request().url());
			return route.abort();
		});
		for (const path of [new URL(a.url).pathname, "/kb/en"]) {
			await page.goto(`${bellhop.url}${path}`);
			await page.getByRole("heading", { level: 1 }).waitFor();
			assert.deepEqual(await page.evaluate("globalThis.__ran"), [], path);
			assert.deepEqual(asked, [], path);
			assert.equal(await page.evaluate(() => document.querySelectorAll("script, iframe, form, [onerror], [onload], [style], object, embed, base, meta[http-equiv]").length), 0, path);
		}
		await page.context().close();
	});
});
