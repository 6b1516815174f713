/* The rich editor of the composer: what its buttons and keys do to the text, what may be pasted, and what is sent of it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const tool = (page: Page, name: string) => page.getByRole("toolbar", { name: "Text style" }).getByRole("button", { name, exact: true });
const html = (page: Page) => editor(page).evaluate((el) => el.innerHTML.replace(/<br class="ProseMirror-trailingBreak">/g, ""));

/* What another program puts on the clipboard. */
async function paste(page: Page, data: Record<string, string>) {
	await editor(page).evaluate((el, types) => {
		const clipboard = new DataTransfer();
		for (const [type, text] of Object.entries(types)) clipboard.setData(type, text);
		el.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
	}, data);
}

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		mailDesk = await startMailDesk(engine);
		({ bellhop, browser, sink } = mailDesk);
	});
	after(() => stopMailDesk(mailDesk));

	const open = async (subject: string) => {
		await deliver(bellhop, { subject });
		return openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, subject)}`);
	};

	test("E-13 E-17 the toolbar at the lower left styles the text, by mouse and by keyboard, and the mail has it with a text alternative", async () => {
		const desk = await open("Styled");
		const { page } = desk;
		await writeReply(page, "plain ");
		const box = (await page.getByRole("toolbar", { name: "Text style" }).boundingBox())!;
		const text = (await editor(page).boundingBox())!;
		assert.ok(box.y >= text.y + text.height - 1 && Math.abs(box.x - text.x) < 24, "lower left");
		for (const [name, word] of [["Bold", "bold"], ["Italic", "italic"], ["Underline", "under"], ["Strikethrough", "strike"], ["Code", "code"]] as const) {
			await tool(page, name).click();
			await page.keyboard.type(word);
			await waitFor(`${name} to be on`, async () => (await tool(page, name).getAttribute("aria-pressed")) === "true");
			await tool(page, name).click();
			await page.keyboard.type(" ");
		}
		await page.keyboard.press("Enter");
		await tool(page, "Bulleted list").click();
		await page.keyboard.type("first");
		await page.keyboard.press("Enter");
		await page.keyboard.type("second");
		assert.match(await html(page), /<strong>bold<\/strong> <em>italic<\/em> <u>under<\/u> <s>strike<\/s> <code>code<\/code>.*<ul[^>]*><li><p>first<\/p><\/li><li><p>second<\/p><\/li><\/ul>/);
		await tool(page, "Undo").click();
		assert.doesNotMatch(await html(page), /second/);
		await tool(page, "Redo").click();
		assert.match(await html(page), /second/);
		await page.keyboard.press("Control+Enter");
		await editor(page).waitFor({ state: "detached" });
		const parts = leaves(readMail((await sink.waitForMail("the styled mail", (m) => /Styled/.test(m.header("subject") ?? ""))).data));
		assert.deepEqual(parts.map((p) => p.type), ["text/plain", "text/html"]);
		assert.match(parts[0]?.text ?? "", /plain bold italic under strike code\s+(- |• )?first/);
		assert.match(parts[1]?.text ?? "", /<strong>bold<\/strong> <em>italic<\/em> <u>under<\/u>/);
		await finish(desk);
	});

	test("the toolbar is one stop for Tab; arrows walk in it; Mod+K makes a link of what is selected", async () => {
		const desk = await open("By keyboard");
		const { page } = desk;
		await writeReply(page, "our manual");
		await checkAccessibility(page, "the open editor");
		await page.keyboard.press("Tab");
		const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
		const first = await focused();
		await page.keyboard.press("ArrowRight");
		assert.notEqual(await focused(), first);
		await page.keyboard.press("Tab");
		assert.ok(!(await page.getByRole("toolbar", { name: "Text style" }).evaluate((bar) => bar.contains(document.activeElement))), "one Tab leaves the bar");
		await editor(page).click();
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Control+k");
		await page.getByLabel("Address of the link").fill("docs.example/manual");
		await page.keyboard.press("Enter");
		assert.match(await html(page), /<a [^>]*href="https:\/\/docs\.example\/manual"[^>]*>our manual<\/a>/);
		await finish(desk);
	});

	test("a colon and letters offer emoji; keys choose, Escape leaves what was typed, the button has all", async () => {
		const desk = await open("Emoji");
		const { page } = desk;
		await writeReply(page, "Done :tad");
		const list = page.getByRole("listbox", { name: "Emoji" });
		await list.waitFor();
		assert.match((await editor(page).getAttribute("aria-activedescendant")) ?? "", /-0$/);
		await checkAccessibility(page, "the list of emoji");
		await page.keyboard.press("Enter");
		await hasText(editor(page), "Done 🎉");
		await page.keyboard.type("at 10:30 :th");
		await list.waitFor();
		await page.keyboard.press("Escape");
		await list.waitFor({ state: "detached" });
		assert.ok(await editor(page).isVisible(), "Escape closed the list only");
		await tool(page, "Emoji").click();
		await page.getByLabel("Find an emoji").fill("rocket");
		await page.getByRole("button", { name: "rocket" }).click();
		await hasText(editor(page), "Done 🎉 at 10:30 :th🚀");
		await finish(desk);
	});

	test("what is pasted from office programs and web pages comes as this editor would have written it", async () => {
		const desk = await open("Pasted");
		const { page } = desk;
		await writeReply(page, "");
		await paste(page, {
			"text/plain": "x",
			"text/html": `<html xmlns:o="urn:x"><head><style>p{color:red}</style></head><body><h2>Heading</h2><p class=MsoNormal style="color:red;font-family:Comic"><b style="mso-bidi:x">Bold</b> and <span style="font-weight:700">more</span><o:p></o:p></p>
				<p class=MsoListParagraph style="mso-list:l0 level1 lfo1">·<span>&nbsp; </span>one</p><p class=MsoListParagraph style="mso-list:l0 level1 lfo1">· two</p><p>&nbsp;</p>
				<table><tr><td>a</td><td>b</td></tr></table><img src="https://tracker.example/x.png"><script>bad()</script><p onclick="bad()">end</p></body></html>`,
		});
		const made = await html(page);
		assert.match(made, /<p><strong>Heading<\/strong><\/p><p><strong>Bold<\/strong> and <strong>more<\/strong><\/p><ul[^>]*><li><p>one<\/p><\/li><li><p>two<\/p><\/li><\/ul>/);
		assert.match(made, /<p>a\s+b<\/p>.*<p>end<\/p>/);
		assert.doesNotMatch(made, /style=|class="Mso|tracker|onclick|script/);
		/* the browser says what it did not run while the clipboard's HTML was read */
		await finish(desk, /Content Security Policy/);
	});
});
