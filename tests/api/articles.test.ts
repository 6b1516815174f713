/* Knowledge articles: drafts, what is published, versions, languages, addresses, who may do what, and what customers see. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, mailIn, refused, signIn, sql, type Call } from "./help.ts";

const ARTICLES = "/desk/v1/articles";
const CATEGORIES = "/desk/v1/article-categories";
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

forEachEngine((engine) => {
	const at = desk(engine);
	let ada: Call; /* an agent without the right to publish */
	let cookie: string;
	before(async () => {
		cookie = await signIn(at.bellhop, agent);
		ada = byCookie(at.bellhop, cookie);
	});
	const write = async (title: string, more: object = {}, call: Call = at.call): Promise<any> => expectStatus(call("POST", ARTICLES, { lang: "en", title, body: `<p>${title} in full</p>`, ...more }), 201);
	const text = (id: string, lang = "en") => `${ARTICLES}/${id}/texts/${lang}`;
	const publish = async (id: string, lang = "en", body: object = {}) => expectStatus(at.call("POST", `${text(id, lang)}/publish`, body), 200);
	const page = async (path: string) => {
		const answer = await fetch(`${at.bellhop.url}${path}`, { redirect: "manual" });
		return { status: answer.status, html: await answer.text(), headers: answer.headers };
	};
	const path = (url: string) => new URL(url).pathname;

	test("a draft is read by nobody outside; what is published stays as it is until somebody publishes again", async () => {
		const draft = await write("Reset your password");
		assert.equal(draft.state, "DRAFT");
		assert.equal(draft.slug, "reset-your-password");
		assert.equal(path(draft.url), "/kb/en/reset-your-password");
		assert.equal((await page(path(draft.url))).status, 404);
		const published = await publish(draft.articleId);
		assert.equal(published.state, "PUBLISHED");
		assert.equal(published.hasChanges, false);
		assert.match((await page(path(draft.url))).html, /<h1>Reset your password<\/h1>[\s\S]*Reset your password in full/);
		const edited = await expectStatus(at.call("PATCH", text(draft.articleId), { title: "Reset your pass phrase", body: "<p>New words</p>", version: published.version }), 200);
		assert.deepEqual([edited.state, edited.hasChanges, edited.slug], ["PUBLISHED", true, "reset-your-password"]);
		assert.match((await page(path(draft.url))).html, /Reset your password in full/);
		await publish(draft.articleId);
		assert.match((await page(path(draft.url))).html, /Reset your pass phrase[\s\S]*New words/);
		await expectStatus(at.call("POST", `${text(draft.articleId)}/unpublish`, {}), 200);
		assert.equal((await page(path(draft.url))).status, 404);
	});

	test("a browser that has the page asks whether it is still that one; its title is the only heading of the first level", async () => {
		const made = await publish((await write("Kept page", { body: "<h1>Within</h1><p>Words</p>" })).articleId);
		const first = await page(path(made.url));
		assert.match(first.html, /<h1>Kept page<\/h1>[\s\S]*<h2>Within<\/h2>/);
		assert.equal(first.html.match(/<h1/g)?.length, 1);
		assert.deepEqual([first.headers.get("cache-control"), first.headers.get("vary")], ["public, no-cache", "Accept-Language"]);
		const again = () => fetch(made.url, { headers: { "if-none-match": first.headers.get("etag") as string } });
		const known = await again();
		assert.deepEqual([known.status, await known.text(), known.headers.get("etag")], [304, "", first.headers.get("etag")]);
		await expectStatus(at.call("PATCH", text(made.articleId), { body: "<p>Other words</p>" }), 200);
		assert.equal((await again()).status, 304, "a draft is nobody's");
		await publish(made.articleId);
		assert.match(await (await again()).text(), /Other words/);
		await expectStatus(at.call("POST", `${text(made.articleId)}/unpublish`, {}), 200);
		const gone = await again();
		assert.deepEqual([gone.status, gone.headers.get("cache-control")], [404, "no-store"]);
	});

	test("an article without a text is not published, and bad values are named", async () => {
		const empty = await write("Empty", { body: "<p></p>" });
		await refused(at.call("POST", `${text(empty.articleId)}/publish`, {}), 400, /without a text/);
		await refused(at.call("POST", ARTICLES, { lang: "en", title: " " }), 400, /title/);
		await refused(at.call("POST", ARTICLES, { lang: "klingon", title: "x" }), 400, /language/);
		await refused(at.call("POST", ARTICLES, { lang: "en", title: "x".repeat(201) }), 400, /200/);
		await refused(at.call("POST", ARTICLES, { lang: "en", title: "x", categoryId: "999999" }), 400, /category/);
		await refused(at.call("PATCH", text(empty.articleId), { body: "x".repeat((512 << 10) + 1) }), 400, /bytes/);
		await refused(at.call("PATCH", text(empty.articleId), { tags: Array.from({ length: 31 }, (_, i) => `t${i}`) }), 400, /30/);
		await refused(at.call("PATCH", text(empty.articleId), { tags: "one" }), 400, /list/);
		await refused(at.call("PATCH", text(empty.articleId), { slug: "???" }), 400, /letters/);
		await refused(at.call("GET", text(empty.articleId, "de")), 404);
		await refused(at.call("GET", `${ARTICLES}/999999`), 404);
		await refused(at.call("GET", `${ARTICLES}?state=LOST`), 400);
		await refused(at.call("GET", `${ARTICLES}?after=x`), 400);
	});

	test("who was not the last to change it is told so, and both texts are in the history", async () => {
		const made = await write("Two hands", {}, ada);
		const mine = await expectStatus(ada("PATCH", text(made.articleId), { body: "<p>Ada's</p>", version: made.version }), 200);
		const late = await refused(at.call("PATCH", text(made.articleId), { body: "<p>The boss's</p>", version: made.version }), 409, /Somebody else/);
		assert.equal(late.category, "NEWER_VERSION");
		assert.deepEqual(late.context.version, [String(mine.version)]);
		assert.match((await expectStatus(at.call("GET", text(made.articleId)), 200)).body, /Ada's/);
		const over = await expectStatus(at.call("PATCH", text(made.articleId), { body: "<p>The boss's</p>", version: mine.version, isNewVersion: true }), 200);
		const { results } = await expectStatus(at.call("GET", `${text(made.articleId)}/versions`), 200);
		assert.equal(results.length, 2);
		assert.equal(results[0].versionId, over.versionId);
		assert.match((await expectStatus(at.call("GET", `${text(made.articleId)}/versions/${results[1].versionId}`), 200)).body, /Ada's/);
		const back = await expectStatus(at.call("POST", `${text(made.articleId)}/versions/${results[1].versionId}/restore`, { version: over.version }), 200);
		assert.match(back.body, /Ada's/);
		assert.equal((await expectStatus(at.call("GET", `${text(made.articleId)}/versions?limit=2`), 200)).paging.next.after.length > 0, true);
		await refused(at.call("GET", `${text(made.articleId)}/versions/999999`), 404);
		await refused(at.call("POST", `${text(made.articleId)}/publish`, { version: 1 }), 409);
	});

	test("an address is one article's; the addresses it had lead to the new one, for ever", async () => {
		const one = await write("Same name");
		const two = await write("Same name");
		assert.deepEqual([one.slug, two.slug], ["same-name", "same-name-2"]);
		const renamed = await expectStatus(at.call("PATCH", text(two.articleId), { title: "Another name" }), 200);
		assert.equal(renamed.slug, "another-name", "an unpublished one follows its title");
		await refused(at.call("PATCH", text(two.articleId), { slug: "Same Name" }), 400, /Another article/);
		await publish(one.articleId);
		const moved = await expectStatus(at.call("PATCH", text(one.articleId), { slug: "Étape n° 1" }), 200);
		assert.equal(moved.slug, "etape-n-1");
		assert.deepEqual(moved.formerSlugs, ["same-name"]);
		const old = await page("/kb/en/same-name");
		assert.equal(old.status, 301);
		assert.equal(path(old.headers.get("location") as string), "/kb/en/etape-n-1");
		await refused(at.call("PATCH", text(two.articleId), { slug: "same-name" }), 400, /Another article/);
		await refused(ada("PATCH", text(one.articleId), { slug: "other" }), 403);
	});

	test("letters of all scripts have addresses, and are found there", async () => {
		const made = await write("入金の方法", { lang: "ja" });
		await publish(made.articleId, "ja");
		assert.equal((await page(path(made.url))).status, 200);
		assert.match((await page(path(made.url))).html, /<html lang="ja">/);
		assert.equal((await page("/kb/en/%E5%85%A5%E9%87%91%E3%81%AE%E6%96%B9%E6%B3%95")).status, 404);
		assert.equal((await page("/kb/ja/%FF")).status, 404);
	});

	test("A-111 A-112 A-113: a translation says which language governs, when it was changed, and with what it is available", async () => {
		const made = await write("Export your data", { products: ["Service Hub Professional", "Enterprise"], subtitle: "As a file" });
		const german = await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/texts`, { lang: "de", isMachineTranslated: true }), 201);
		assert.equal(german.body, made.body, "it begins with the governing text");
		await refused(at.call("POST", `${ARTICLES}/${made.articleId}/texts`, { lang: "de" }), 400);
		await expectStatus(at.call("PATCH", text(made.articleId, "de"), { title: "Daten ausgeben", body: "<p>So geht es</p>", version: german.version }), 200);
		await publish(made.articleId, "de");
		let seen = await page("/kb/de/daten-ausgeben");
		assert.match(seen.html, /maschinell übersetzt/);
		assert.doesNotMatch(seen.html, /export-your-data/, "no link to what is not published");
		await publish(made.articleId);
		await sql(at.bellhop, `UPDATE article_text SET published_at = 1763700000000 WHERE article_id = ${made.articleId}`);
		seen = await page("/kb/de/daten-ausgeben");
		assert.match(seen.html, /<html lang="de">/);
		assert.match(seen.html, /class="skip" href="#content"/);
		assert.match(seen.html, /<a href="[^"]*\/kb\/en\/export-your-data">Fassung auf Englisch lesen<\/a>/);
		assert.match(seen.html, /Zuletzt aktualisiert: <time datetime="2025-11-21" lang="de">21\. November 2025<\/time>/);
		assert.match(seen.html, /Verfügbar mit[\s\S]*<li>Service Hub Professional<\/li><li>Enterprise<\/li>/);
		assert.match(seen.html, /<link rel="canonical" href="[^"]*\/kb\/de\/daten-ausgeben">/);
		assert.match(seen.html, /<link rel="alternate" hreflang="en" [^>]*><link rel="alternate" hreflang="x-default" href="[^"]*export-your-data">/);
		assert.match(seen.html, /<meta name="description" content="As a file">/);
		assert.doesNotMatch(seen.html, /<meta name="robots"/);
		const english = await page("/kb/en/export-your-data");
		assert.doesNotMatch(english.html, /class="note"/, "the governing one has no notice");
		assert.match(english.html, /21 November 2025/);
		assert.match(english.html, /hreflang="de">Deutsch<\/a>/);
		/* written from right to left */
		const arabic = await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/texts`, { lang: "ar" }), 201);
		await publish(made.articleId, "ar");
		assert.match((await page(path(arabic.url))).html, /<html lang="ar" dir="rtl">/);
		/* another language governs */
		const change = await expectStatus(at.call("PATCH", `${ARTICLES}/${made.articleId}`, { lang: "de" }), 200);
		assert.equal(change.lang, "de");
		assert.match((await page("/kb/en/export-your-data")).html, /the German version governs/);
		await refused(at.call("PATCH", `${ARTICLES}/${made.articleId}`, { lang: "fi" }), 404);
	});

	test("what was archived is gone, what comes back is a draft", async () => {
		const made = await write("Here today");
		await publish(made.articleId);
		const de = await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/texts`, { lang: "de" }), 201);
		await expectStatus(at.call("POST", `${text(made.articleId, "de")}/archive`, {}), 200);
		await refused(at.call("PATCH", text(made.articleId, "de"), { title: "x" }), 409, /archived/);
		assert.equal((await page(path(de.url))).status, 404, "it was never read by anybody");
		await refused(at.call("POST", `${text(made.articleId)}/archive`, {}), 409, /governing/);
		await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/archive`, {}), 200);
		const gone = await page(path(made.url));
		assert.equal(gone.status, 410);
		assert.doesNotMatch(gone.html, /Here today/);
		await refused(at.call("PATCH", text(made.articleId), { title: "x" }), 409, /archived/);
		assert.equal((await expectStatus(at.call("GET", `${ARTICLES}?state=ARCHIVED&q=today`), 200)).results.length, 1);
		assert.equal((await expectStatus(at.call("GET", `${ARTICLES}?q=today`), 200)).results.length, 0);
		const back = await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/restore`, {}), 200);
		assert.equal(back.shown.state, "DRAFT");
		assert.equal((await page(path(made.url))).status, 404);
	});

	describe("lists", () => {
		test("words of title, subtitle, text and tags find an article, in every language, whatever their form", async () => {
			const made = await write("Zebra crossing", { subtitle: "Quagga", body: "<p>Okapis are <b>walking</b></p>", tags: ["giraffes", "two words"] });
			await expectStatus(at.call("POST", `${ARTICLES}/${made.articleId}/texts`, { lang: "fr" }), 201);
			await expectStatus(at.call("PATCH", text(made.articleId, "fr"), { title: "Éléphant", body: "<p>海の馬</p>" }), 200);
			const found = async (q: string, more = "") => (await expectStatus(at.call("GET", `${ARTICLES}?q=${encodeURIComponent(q)}${more}`), 200)).results.map((a: any) => [a.id, a.shown.lang]);
			for (const q of ["zebra", "ZEBRAS", "quag", "okapi walk", "giraffe", "words two"]) assert.deepEqual(await found(q), [[made.articleId, "en"]], q);
			for (const q of ["elephants", "海の馬", "馬"]) assert.deepEqual(await found(q), [[made.articleId, "fr"]], q);
			assert.deepEqual(await found("zebra lion"), []);
			assert.deepEqual(await found("%"), []);
			assert.deepEqual(await found("zebra", "&lang=fr"), [], "not its words");
			assert.deepEqual(await found("", "&lang=fr"), [[made.articleId, "fr"]]);
			await refused(at.call("GET", `${ARTICLES}?q=${"x".repeat(201)}`), 400);
		});

		test("pages join; states, languages and categories filter", async () => {
			const { id } = await expectStatus(at.call("POST", CATEGORIES, { names: { en: "Pages" } }), 201);
			for (let i = 0; i < 5; i++) {
				const made = await write(`Page ${i}`, { categoryId: id });
				await sql(at.bellhop, `UPDATE article SET updated_at = ${1000 + Math.floor(i / 2)} WHERE id = ${made.articleId}`);
				if (i === 2) await publish(made.articleId);
			}
			const seen: string[] = [];
			for (let after = ""; ; ) {
				const { results, paging } = await expectStatus(at.call("GET", `${ARTICLES}?categoryId=${id}&limit=2${after && `&after=${after}`}`), 200);
				seen.push(...results.map((a: any) => a.shown.title));
				after = paging?.next.after ?? "";
				if (!after) break;
			}
			assert.deepEqual(seen, ["Page 2", "Page 4", "Page 3", "Page 1", "Page 0"]);
			const titles = async (query: string) => (await expectStatus(at.call("GET", `${ARTICLES}?categoryId=${id}&${query}`), 200)).results.map((a: any) => a.shown.title);
			assert.deepEqual(await titles("state=PUBLISHED"), ["Page 2"]);
			assert.equal((await titles("state=DRAFT")).length, 4);
			assert.deepEqual(await titles("lang=ja"), []);
		});

		test("categories have names in languages and an order; articles of one that goes have none", async () => {
			for (const k of (await expectStatus(at.call("GET", CATEGORIES), 200)).results) await expectStatus(at.call("DELETE", `${CATEGORIES}/${k.id}`), 204);
			const make = async (en: string, more: object = {}) => (await expectStatus(at.call("POST", CATEGORIES, { names: { en, ...more } }), 201)).id;
			const [a, b, c] = [await make("A"), await make("B", { de: "Bé" }), await make("C")];
			const names = async () => (await expectStatus(at.call("GET", CATEGORIES), 200)).results.map((k: any) => k.names.en).join("");
			await expectStatus(at.call("PATCH", `${CATEGORIES}/${c}`, { place: 0 }), 200);
			assert.equal(await names(), "CAB");
			await expectStatus(at.call("PATCH", `${CATEGORIES}/${a}`, { names: { en: "Z", de: " " } }), 200);
			assert.equal(await names(), "CZB");
			const made = await write("In B", { lang: "de", categoryId: b });
			await publish(made.articleId, "de");
			assert.match((await page("/kb/de")).html, /<h2 id="c\d+">Bé<\/h2><ul><li><a href="[^"]*">In B<\/a>/);
			assert.match((await page(path(made.url))).html, /<nav class="path">.*Bé<\/a><\/li><\/ol>/);
			await expectStatus(at.call("DELETE", `${CATEGORIES}/${b}`), 204);
			assert.doesNotMatch((await page("/kb/de")).html, /Bé/);
			for (const names of [{}, { en: " " }, { xx: "x" }, { en: "x".repeat(101) }, "x", null]) await refused(at.call("POST", CATEGORIES, { names }), 400);
			await refused(at.call("PATCH", `${CATEGORIES}/${b}`, { place: 0 }), 404);
		});
	});

	describe("cards in what leaves", () => {
		const card = (url: string, title = "How to") => `<p>Look here:</p><div data-card="article"><p><a href="${url}"><strong>${title}</strong></a></p><p>In short</p></div><p></p>`;

		test("F-8 E-14 N-1: an article that nobody outside can read is refused by its title, in replies, comments and held replies", async () => {
			const row = await mailIn(at.bellhop, "cards@customer.example", "Cards");
			const ticket = `/desk/v1/tickets/${row.id}`;
			const made = await write("Cards & more");
			const html = card(made.url, "Cards &amp; more");
			const sentence = "The article “Cards & more” is not published: publish it or take it out.";
			const replied = await refused(at.call("POST", `${ticket}/replies`, { html }), 400, sentence);
			assert.equal(replied.errors[0].code, "CARD_NOT_AVAILABLE");
			await refused(at.call("POST", `${ticket}/held-replies`, { html, undoSeconds: 5 }), 400, sentence);
			await refused(at.call("POST", `${ticket}/comments`, { html }), 400, sentence);
			await expectStatus(at.call("POST", `${ticket}/replies`, { html: `<p>As I said</p><blockquote>${html}</blockquote>` }), 201);
			await publish(made.articleId);
			await expectStatus(at.call("POST", `${ticket}/comments`, { html }), 201);
			await expectStatus(at.call("POST", `${ticket}/replies`, { html }), 201);
			await expectStatus(at.call("POST", `${ticket}/replies`, { html: card("https://elsewhere.example/kb/en/nothing") }), 201);
			await expectStatus(at.call("POST", `${ticket}/replies`, { html: card(`${at.bellhop.url}/kb/en`) }), 201);
			await refused(at.call("POST", `${ticket}/replies`, { html: card(`${at.bellhop.url}/kb/en/nothing?x#y`, "Lost") }), 400, /“Lost”/);
			/* one that waits is looked at again when it leaves */
			await expectStatus(at.call("POST", `${ticket}/held-replies`, { html, undoSeconds: 3 }), 201);
			await expectStatus(at.call("POST", `${text(made.articleId)}/unpublish`, {}), 200);
			const held = await waitFor("the reply to be refused", async () => (await expectStatus(at.call("GET", `${ticket}/held-replies`), 200)).results.find((h: any) => h.state === "FAILED"));
			assert.equal(held.problem, sentence);
		});

		test("addresses of other scripts, and old ones, are read as browsers write them", async () => {
			const row = await mailIn(at.bellhop, "scripts@customer.example", "Scripts");
			const made = await write("出金の方法", { lang: "ja" });
			await publish(made.articleId, "ja");
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/comments`, { html: card(made.url) }), 201);
			await expectStatus(at.call("PATCH", text(made.articleId, "ja"), { slug: "new" }), 200);
			await expectStatus(at.call("POST", `/desk/v1/tickets/${row.id}/comments`, { html: card(made.url) }), 201);
		});
	});

	describe("who may", () => {
		test("agents write, publishing takes a right of its own, viewers read", async () => {
			const made = await write("Rights", {}, ada);
			await refused(ada("POST", `${text(made.articleId)}/publish`, {}), 403, /publish/);
			await refused(ada("POST", `${text(made.articleId)}/unpublish`, {}), 403);
			await refused(ada("POST", CATEGORIES, { names: { en: "x" } }), 403);
			const people = (await expectStatus(at.call("GET", "/desk/v1/users?limit=100"), 200)).results;
			const me = people.find((u: any) => u.email === agent.email);
			assert.equal(me.publishesArticles, false);
			await refused(ada("PATCH", `/desk/v1/users/${me.id}`, { publishesArticles: true }), 403);
			await expectStatus(at.call("PATCH", `/desk/v1/users/${me.id}`, { publishesArticles: true }), 200);
			assert.equal((await expectStatus(ada("POST", `${text(made.articleId)}/publish`, {}), 200)).state, "PUBLISHED");
			await expectStatus(at.call("PATCH", `/desk/v1/users/${me.id}`, { publishesArticles: false }), 200);
			await refused(ada("POST", `${ARTICLES}/${made.articleId}/archive`, {}), 403, /publish/);
			await expectStatus(ada("PATCH", text(made.articleId), { title: "Rights, again" }), 200);
			for (const seat of [1, 2, 3]) {
				await sql(at.bellhop, `UPDATE desk_user SET seat = ${seat}, publishes_articles = 1 WHERE email = '${agent.email}'`);
				await refused(ada("PATCH", text(made.articleId), { title: "No" }), 403);
				await refused(ada("POST", `${text(made.articleId)}/publish`, {}), 403);
				await expectStatus(ada("GET", text(made.articleId)), 200);
			}
			await sql(at.bellhop, `UPDATE desk_user SET seat = 0, role = 3, publishes_articles = 1 WHERE email = '${agent.email}'`);
			const viewed = await expectStatus(ada("GET", `${ARTICLES}/${made.articleId}`), 200);
			assert.deepEqual([viewed.mayEdit, viewed.mayPublish], [false, false]);
			await refused(ada("POST", ARTICLES, { lang: "en", title: "x" }), 403);
			await refused(ada("POST", `${text(made.articleId)}/publish`, {}), 403);
			await sql(at.bellhop, `UPDATE desk_user SET role = 1, publishes_articles = 0 WHERE email = '${agent.email}'`);
		});
	});

	describe("pages for customers", () => {
		const upload = async (bytes: Buffer, name: string, type: string) => {
			const form = new FormData();
			form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
			const answer = await fetch(`${at.bellhop.url}/desk/v1/article-images`, { method: "POST", body: form, headers: { authorization: `Bearer ${at.bellhop.token}` } });
			return { status: answer.status, body: (await answer.json()) as any };
		};

		test("a picture is seen from outside while a published text shows it, and only then", async () => {
			const { status, body } = await upload(PNG, "dot.png", "image/png");
			assert.equal(status, 201);
			const made = await write("With a picture", { body: `<p>Look</p><img data-cid="${body.key}" alt="A dot"><img src="https://tracker.example/p.gif" alt="far">` });
			const image = () => page(`/kb/image/${body.key}`);
			assert.equal((await image()).status, 404);
			await publish(made.articleId);
			const { html } = await page(path(made.url));
			assert.match(html, new RegExp(`<img src="/kb/image/${body.key}" alt="A dot">`));
			assert.doesNotMatch(html, /tracker/);
			const answer = await fetch(`${at.bellhop.url}/kb/image/${body.key}`);
			assert.equal(answer.headers.get("content-type"), "image/png");
			assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
			assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PNG);
			await expectStatus(at.call("PATCH", text(made.articleId), { body: "<p>Without it</p>" }), 200);
			assert.equal((await image()).status, 200, "what is published still shows it");
			await publish(made.articleId);
			assert.equal((await image()).status, 404);
			assert.equal((await page("/kb/image/guessed")).status, 404);
			assert.equal((await fetch(`${at.bellhop.url}/desk/v1/article-images/${body.key}`, { headers: { cookie } })).status, 200);
			assert.equal((await fetch(`${at.bellhop.url}/desk/v1/article-images/${body.key}`)).status, 401);
		});

		test("what is no picture of a browser is refused", async () => {
			for (const [bytes, name, type] of [[Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.svg", "image/svg+xml"], [Buffer.from("<script>1</script>"), "a.png", "image/png"]] as const) {
				const answer = await upload(bytes, name, type);
				assert.equal(answer.status, 400, answer.body.message);
				assert.match(answer.body.message, /PNG, JPEG, GIF or WebP/);
			}
		});

		test("hostile text is text: in title, subtitle, body, tags, products and names of categories", async () => {
			const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
			const { id } = await expectStatus(at.call("POST", CATEGORIES, { names: { en: evil } }), 201);
			const made = await write(evil, {
				categoryId: id, subtitle: evil, tags: [evil], products: [evil],
				body: `<p onclick=alert(1) style="position:fixed;background:url(javascript:1)">x</p><script>alert(1)</script><a href="javascript:alert(1)">a</a><iframe src=//x></iframe><svg onload=alert(1)><form action=//x><input></form><img data-cid='"onerror=alert(1)'>`,
			});
			await publish(made.articleId);
			for (const html of [(await page(path(made.url))).html, (await page("/kb/en")).html]) {
				assert.doesNotMatch(html, /<(script|svg|iframe|form|input)|<[^>"]*("[^"]*"[^>"]*)*\s(on\w+|style)=|href="javascript:/);
				assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
			}
			const { headers } = await page(path(made.url));
			assert.match(headers.get("content-security-policy") as string, /^default-src 'none'; style-src 'self'; img-src 'self'/);
			assert.doesNotMatch(headers.get("content-security-policy") as string, /script-src/);
		});

		test("a page answers GET only, its index leads there, and there is one for each language", async () => {
			const made = await write("In the index");
			await publish(made.articleId);
			assert.match((await page("/kb/en")).html, /href="[^"]*\/kb\/en\/in-the-index">In the index</);
			const home = await fetch(`${at.bellhop.url}/kb`, { redirect: "manual", headers: { "accept-language": "fr-CH" } });
			assert.equal(path(home.headers.get("location") as string), "/kb/fr");
			assert.equal((await page("/kb/")).status, 301);
			assert.equal((await page("/kb/en/")).status, 301);
			/* who comes to a language without articles is led to those that have some; not to one that has drafts only */
			await write("Piszkozat", { lang: "hu" });
			const none = await page("/kb/fi");
			assert.equal(none.status, 200);
			assert.match(none.html, /<a href="[^"]*\/kb\/en" lang="en" hreflang="en">English</);
			assert.doesNotMatch(none.html, /kb\/hu"/);
			assert.doesNotMatch((await page("/kb/en")).html, /hreflang="en"/);
			assert.match((await page(path(made.url))).html, /<meta name="description" content="In the index in full">/);
			assert.equal((await page("/kb/xx")).status, 404);
			assert.equal((await page("/kb/en/in-the-index/more")).status, 404);
			assert.equal((await page("/kb/en/nothing-here")).status, 404);
			assert.equal((await fetch(`${at.bellhop.url}${path(made.url)}`, { method: "POST", body: "x=1", headers: { "content-type": "application/x-www-form-urlencoded", origin: at.bellhop.url } })).status, 405);
			assert.equal((await fetch(`${at.bellhop.url}${path(made.url)}`, { method: "HEAD" })).status, 200);
		});
	});
});
