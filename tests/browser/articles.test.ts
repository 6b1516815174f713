/* Knowledge articles by hand: written, published, put into a reply and a comment, and read by a customer. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const ADA = { email: "ada@desk.example", password: "analytical engine" };

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;

	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true });
		({ bellhop, browser, sink } = mailDesk);
		bellhop.command("user", "add", "--email", ADA.email, "--password", ADA.password, "--first-name", "Ada", "--last-name", "Lovelace");
	});
	after(() => stopMailDesk(mailDesk));

	const make = async (title: string, more: object = {}): Promise<any> => bellhop.api.post("/desk/v1/articles", { lang: "en", title, body: `<p>${title} in full.</p>`, ...more });
	const publish = (a: any) => bellhop.api.post(`/desk/v1/articles/${a.articleId}/texts/${a.lang}/publish`, {});
	const body = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
	const kept = (page: Page) => page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
	const mail = async (subject: string) => {
		await deliver(bellhop, { subject, from: `${subject.replaceAll(" ", ".").toLowerCase()}@customer.example` });
		return ticketId(bellhop, subject);
	};
	const insert = async (page: Page, query: string, option: string | RegExp) => {
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Knowledge base article" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("searchbox").or(dialog.getByRole("textbox")).first().fill(query);
		await dialog.getByRole("menuitem", { name: option }).first().click();
	};

	test("N-1 E-14 F-8 N-70 article: created, inserted in a reply and in a comment, sent through a real SMTP server, opened by the customer in a second browser", async () => {
		const desk = await openDesk(browser, bellhop, "/library/articles");
		const { page } = desk;
		await page.getByText("No articles yet").waitFor();
		await checkAccessibility(page, "an empty list of articles");
		await page.getByRole("button", { name: "New article" }).first().click();
		const dialog = page.getByRole("dialog", { name: "New article" });
		await dialog.getByRole("button", { name: "Create draft" }).click();
		await dialog.getByText("An article needs a title.").waitFor();
		await dialog.getByLabel("Title").fill("Reset your password");
		await checkAccessibility(page, "the form of a new article");
		await dialog.getByRole("button", { name: "Create draft" }).click();
		await page.waitForURL(/\/library\/articles\/\d+\/en$/);
		/* one can go on writing at once */
		await waitFor("the cursor in the text", () => body(page).evaluate((e) => e.contains(document.activeElement)));
		await page.getByLabel("Subtitle").fill("In two steps");
		await body(page).click();
		await page.keyboard.type("Open the page and press the button.");
		await kept(page);
		await checkAccessibility(page, "an article that is being written");
		/* a draft is not to be inserted */
		const id = await mail("Lost my password");
		const other = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		await writeReply(other.page, "Hello, see here: ");
		await insert(other.page, "reset", /Reset your password/);
		await other.page.getByText("Not published: publish it before you insert it").last().waitFor();
		assert.equal(await editor(other.page).locator("[data-card=article]").count(), 0);
		await other.page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		await page.getByText("Published. Customers read it from now on.").waitFor();
		await finish(desk);

		await editor(other.page).click();
		await insert(other.page, "passwords", /Reset your password/);
		const card = editor(other.page).locator("[data-card=article]");
		await hasText(card, /Reset your password[\s\S]*In two steps/);
		await other.page.getByRole("button", { name: "Send", exact: true }).click();
		const sent = await waitFor("the mail", () => sink.mails.find((m) => m.to.includes("lost.my.password@customer.example")));
		const html = leaves(readMail(sent.data)).find((p) => p.type === "text/html")?.text ?? "";
		const url = /<a href="([^"]+\/kb\/en\/reset-your-password)"/.exec(html)?.[1];
		assert.ok(url, html);
		assert.match(leaves(readMail(sent.data)).find((p) => p.type === "text/plain")?.text ?? "", /Reset your password/);

		/* what the customer got, in a browser of his, without scripts */
		const customer = await newPage(browser, { javaScriptEnabled: false });
		await customer.goto(url);
		assert.equal(await customer.getByRole("heading", { level: 1 }).innerText(), "Reset your password");
		await customer.getByText("Open the page and press the button.").waitFor();
		await customer.keyboard.press("Tab");
		assert.equal(await customer.evaluate(() => document.activeElement?.textContent), "Skip to content", "A-110");
		await customer.context().close();

		await other.page.getByRole("tab", { name: /Comment/ }).or(other.page.getByRole("button", { name: /^Comment/ })).first().click();
		const comment = other.page.getByRole("textbox", { name: /comment/i });
		await comment.click();
		await other.page.keyboard.type("We told them: ");
		await insert(other.page, "reset", /Reset your password/);
		await comment.locator("[data-card=article]").waitFor();
		await other.page.getByRole("button", { name: /^Add comment/ }).click();
		await waitFor("the comment with its card", async () => {
			const { results } = await bellhop.api.get(`/desk/v1/tickets/${id}/messages`);
			return results.some((m: any) => m.type === "COMMENT" && /data-card="article"/.test(m.html));
		});
		await finish(other);
	});

	test("an article that is not published any more holds the reply back in one sentence, and nothing typed is lost", async () => {
		const article = await publish(await make("Gone tomorrow"));
		const id = await mail("Bad card");
		const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
		await writeReply(desk.page, "Words before it ");
		await insert(desk.page, "tomorrow", /Gone tomorrow/);
		await editor(desk.page).locator("[data-card=article]").waitFor();
		await bellhop.api.post(`/desk/v1/articles/${article.articleId}/texts/en/unpublish`, {});
		await desk.page.getByRole("button", { name: "Send", exact: true }).click();
		await desk.page.getByText("The article “Gone tomorrow” is not published: publish it or take it out.").waitFor();
		await hasText(editor(desk.page), /Words before it/);
		await publish(article);
		await desk.page.getByRole("button", { name: "Send", exact: true }).click();
		await messages(desk.page).filter({ hasText: "Gone tomorrow" }).or(desk.page.getByText("Words before it")).first().waitFor();
		await waitFor("the mail", () => sink.mails.find((m) => m.to.includes("bad.card@customer.example")));
		await finish(desk, /400/);
	});
});
