/* Snippets: made in the library, put into replies and comments by # and by Insert, filled for the ticket. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, messages, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const SNIPPETS = "/desk/v1/snippets";
const bo = { email: "bo@desk.example", password: "people who have words" };

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true });
		({ bellhop, browser, sink } = mailDesk);
		bellhop.command("user", "add", "--email", bo.email, "--password", bo.password, "--first-name", "Bo");
	});
	after(() => stopMailDesk(mailDesk));
	const ticket = async (subject: string) => {
		await deliver(bellhop, { subject });
		return ticketId(bellhop, subject);
	};
	const make = (body: object) => bellhop.api.post(SNIPPETS, { audience: "EVERYONE", html: "<p>Text</p>", ...body });
	const list = (page: Page) => page.getByRole("list", { name: "Snippets" }).getByRole("listitem");
	const textOf = (page: Page) => page.getByRole("dialog").getByRole("textbox", { name: "Text", exact: true });
	const writeComment = async (page: Page) => {
		await page.getByRole("button", { name: /^Comment/ }).or(page.getByRole("tab", { name: "Comment" })).first().click();
		await page.getByRole("toolbar", { name: "Text style" }).waitFor();
		await page.getByRole("textbox", { name: "Comment text" }).click();
	};

	test("N-1 E-14 F-8 snippet: created, inserted in a reply and in a comment, sent through a real SMTP server, opened by the customer in a second browser", async () => {
		const id = await ticket("Whole way");
		const desk = await openDesk(browser, bellhop, "/library");
		const { page } = desk;
		await page.getByRole("heading", { name: "There are no snippets yet" }).or(page.getByText("There are no snippets yet")).first().waitFor();
		await checkAccessibility(page, "the empty library");
		await page.getByRole("button", { name: "New snippet" }).click();
		const dialog = page.getByRole("dialog", { name: "New snippet" });
		await dialog.getByLabel("Name").fill("Thanks");
		await dialog.getByLabel("Shortcut").fill("#thanks");
		await dialog.getByRole("toolbar", { name: "Text style" }).waitFor();
		await textOf(page).click();
		await page.keyboard.type("Thank you for writing, ");
		await dialog.getByRole("button", { name: "Tokens" }).click();
		await page.getByRole("menuitem", { name: "Email" }).first().click();
		await page.keyboard.type(". Yours ");
		await dialog.getByRole("button", { name: "Tokens" }).click();
		await page.getByRole("menuitem", { name: "Email" }).last().click();
		await hasText(textOf(page), "Thank you for writing, {{contact.email}}. Yours {{sender.email}}");
		await checkAccessibility(page, "the form of a snippet");
		await page.keyboard.press("Control+Enter");
		await dialog.waitFor({ state: "detached" });
		await hasText(list(page), /Thanks\s*#thanks\s*Thank you for writing.*\s*Not used yet/);
		await checkAccessibility(page, "the library");

		/* in a comment, from the menu */
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeComment(page);
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem").first().waitFor();
		assert.deepEqual(await page.getByRole("menuitem").allInnerTexts(), ["Knowledge base article", "Snippet", "Video", "Meeting link", "Document", "Quote"], "six kinds, no template");
		await page.getByRole("menuitem", { name: "Snippet" }).click();
		await page.getByRole("listbox", { name: "Snippet" }).getByRole("option", { name: /Thanks/ }).waitFor();
		await checkAccessibility(page, "the list of snippets");
		await page.keyboard.press("Enter");
		await hasText(page.getByRole("textbox", { name: "Comment text" }), `Thank you for writing, anna@customer.example. Yours ${bellhop.admin.email}`);
		await page.getByRole("button", { name: /^Add comment/ }).click();
		await messages(page).filter({ hasText: "Thank you for writing, anna@customer.example" }).waitFor();

		/* in a reply, by its shortcut, in the middle of a line */
		await writeReply(page, "Hello! #than");
		await page.getByRole("option", { name: /Thanks.*#thanks/ }).waitFor();
		await page.keyboard.press("Enter");
		await hasText(editor(page), `Hello! Thank you for writing, anna@customer.example. Yours ${bellhop.admin.email}`);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		const mail = await sink.waitForMail("the mail", (m) => /Whole way/.test(m.header("subject") ?? ""));
		const html = leaves(readMail(mail.data)).at(-1)?.text ?? "";
		const customer = await newPage(browser);
		await customer.setContent(html);
		await customer.getByText(`Hello! Thank you for writing, anna@customer.example. Yours ${bellhop.admin.email}`).waitFor();
		await customer.context().close();
		const [snippet] = (await bellhop.api.get(SNIPPETS)).results;
		await waitFor("both uses counted", async () => (await bellhop.api.get(`${SNIPPETS}/${snippet.id}`)).useCount === 2);
		await page.goto(`${bellhop.url}/library/snippets`);
		await list(page).getByText(/Used 2 times, last on/).waitFor();
		await finish(desk);
	});

	test("E-15 # finds by shortcut first, then by name and text, in any language; where nothing fits it is only a sign", async () => {
		await make({ name: "Password", shortcut: "pw", html: "<p>Open the settings to reset it.</p>" });
		await make({ name: "Settings page", html: "<p>Look there.</p>" });
		await make({ name: "返金について", shortcut: "返金", html: "<p>ご返金いたします。</p><p>よろしくお願いします。</p>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticket("Finding")}`);
		const { page } = desk;
		const options = page.getByRole("listbox", { name: "Snippet" }).getByRole("option");
		await writeReply(page, "#sett");
		await waitFor("both that speak of settings", async () => (await options.allInnerTexts()).sort().join() === ["Password\n#pw", "Settings page"].join());
		for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
		await page.keyboard.type("pw");
		await waitFor("the shortcut", async () => (await options.first().innerText()).startsWith("Password"));
		await page.keyboard.press("Tab");
		await hasText(editor(page), "Open the settings to reset it.");
		await page.keyboard.press("Enter");
		await page.keyboard.insertText("#返");
		await options.filter({ hasText: "返金について" }).waitFor();
		await page.keyboard.press("Enter");
		await hasText(editor(page), /Open the settings to reset it\.\s+ご返金いたします。\s+よろしくお願いします。/);
		await page.keyboard.press("Control+z");
		await page.keyboard.press("Control+End");
		await page.keyboard.press("Enter");
		await page.keyboard.type("#nothinglikeit ");
		await hasText(editor(page), /#nothinglikeit/);
		await finish(desk);
	});

	test("N-13 N-14 a value that is missing is marked, stops the send and the comment, and is named; what a value says is no token", async () => {
		await make({ name: "Call you", shortcut: "call", html: "<p>We call {{contact.phone}} about <b>{{ticket.subject}}</b>.</p>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticket("See {{contact.email}} <i>")}`);
		const { page } = desk;
		await writeReply(page, "#call");
		await page.getByRole("option", { name: /Call you/ }).waitFor();
		await page.keyboard.press("Enter");
		const filled = "We call [[MISSING CONTACT PHONE NUMBER]] about See {{contact.email}} <i>.";
		await hasText(editor(page), filled);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("Fill in the missing value before you send: CONTACT PHONE NUMBER.").waitFor();
		await hasText(editor(page), filled);
		await editor(page).locator("mark").click();
		await page.keyboard.press("Backspace");
		await page.keyboard.type("you");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		await sink.waitForMail("the mail", (m) => /We call you about See \{\{contact\.email\}\} <i>\./.test(leaves(readMail(m.data))[0]?.text?.replaceAll("*", "") ?? ""));
		await writeComment(page);
		await page.keyboard.type("#call");
		await page.getByRole("option", { name: /Call you/ }).waitFor();
		await page.keyboard.press("Enter");
		await page.getByRole("textbox", { name: "Comment text" }).locator("mark").waitFor();
		await page.getByRole("button", { name: /^Add comment/ }).click();
		await page.getByRole("alert").getByText("CONTACT PHONE NUMBER").waitFor();
		await finish(desk);
	});

	test("N-13 a token that nobody knows, or that is missing in the address of a link, is marked and stops the send: no customer reads it", async () => {
		await make({ name: "Misspelled", shortcut: "miss", html: "<p>Dear {{contact.fristname}}, it is {{ticket.hs_pipeline_stage}}.</p>" });
		await make({ name: "Linked", shortcut: "linked", html: '<p>See <a href="https://shop.example/?mail={{contact.email}}&amp;tel={{contact.phone}}">your page</a>.</p>' });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticket("Misspelled tokens")}`);
		const { page } = desk;
		await writeReply(page, "#miss");
		await page.getByRole("option", { name: /Misspelled/ }).waitFor();
		await page.keyboard.press("Enter");
		await hasText(editor(page), "Dear [[MISSING CONTACT FRISTNAME]], it is New.");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("CONTACT FRISTNAME").waitFor();
		await editor(page).click();
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Delete");
		await page.keyboard.type("#linked");
		await page.getByRole("option", { name: /Linked/ }).waitFor();
		await page.keyboard.press("Enter");
		await hasText(editor(page), "See [[MISSING CONTACT PHONE NUMBER]] your page.");
		assert.equal(await editor(page).getByRole("link").getAttribute("href"), "https://shop.example/?mail=anna@customer.example&tel=");
		await finish(desk, /400|replies/);
	});

	test("what is typed in a snippet survives a reload, the way back and the end of the session, and goes when it is thrown away or saved", async () => {
		const desk = await openDesk(browser, bellhop, "/library/templates");
		const { page } = desk;
		const dialog = page.getByRole("dialog", { name: "New snippet" });
		const begin = async () => {
			await page.getByRole("button", { name: "New snippet" }).click();
			await dialog.getByRole("toolbar", { name: "Text style" }).waitFor();
		};
		await page.getByRole("link", { name: "Snippets" }).click();
		await begin();
		await dialog.getByLabel("Name").fill("Half written");
		await textOf(page).click();
		await page.keyboard.type("A long text");
		await page.reload();
		await begin();
		await dialog.getByText("What you wrote before and did not save is here again.").waitFor();
		await hasText(textOf(page), "A long text");
		await checkAccessibility(page, "a form with what was kept");
		await page.goBack();
		await page.getByRole("heading", { name: "Templates" }).waitFor();
		await page.getByRole("link", { name: "Snippets" }).click();
		await begin();
		assert.equal(await dialog.getByLabel("Name").inputValue(), "Half written");
		await page.context().clearCookies();
		await dialog.getByRole("button", { name: "Save" }).click();
		await page.getByLabel("Password").waitFor();
		assert.match(page.url(), /next=%2Flibrary%2Fsnippets$/);
		await page.getByLabel("Email").fill(bellhop.admin.email);
		await page.getByLabel("Password").fill(bellhop.admin.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await begin();
		await hasText(textOf(page), "A long text");
		await dialog.getByRole("button", { name: "Discard it" }).click();
		await waitFor("nothing", async () => (await dialog.getByLabel("Name").inputValue()) === "");
		await hasText(textOf(page), "");
		await page.keyboard.press("Escape");
		await begin();
		assert.equal(await dialog.getByText("What you wrote before").count(), 0);
		await finish(desk, /401/);
	});

	test("two people change one snippet: who saves last is told, sees the other's text, or saves his own over it", async () => {
		const { id } = await make({ name: "Ours", html: "<p>First</p>" });
		const desk = await openDesk(browser, bellhop, "/library/snippets");
		const { page } = desk;
		const dialog = page.getByRole("dialog", { name: "Snippet" });
		await list(page).getByRole("button", { name: "Ours", exact: true }).click();
		await textOf(page).click();
		await page.keyboard.press("Control+End");
		await page.keyboard.type(" mine");
		await bellhop.api.patch(`${SNIPPETS}/${id}`, { html: "<p>Theirs</p>" });
		await page.keyboard.press("Control+Enter");
		await dialog.getByText("Somebody else changed this while you were writing.").waitFor();
		await checkAccessibility(page, "a form that somebody else changed");
		await hasText(textOf(page), "First mine");
		await dialog.getByRole("button", { name: "Show theirs" }).click();
		await hasText(textOf(page), "Theirs");
		await textOf(page).click();
		await page.keyboard.press("Control+End");
		await page.keyboard.type(" and mine");
		await bellhop.api.patch(`${SNIPPETS}/${id}`, { html: "<p>Once more</p>" });
		await page.keyboard.press("Control+Enter");
		await dialog.getByRole("button", { name: "Save mine over it" }).click();
		await dialog.waitFor({ state: "detached" });
		assert.equal((await bellhop.api.get(`${SNIPPETS}/${id}`)).html, "<p>Theirs and mine</p>");
		await finish(desk, /412/);
	});

	test("N-11 N-12 the library: searched, in folders, shared, archived and brought back; a shortcut that is taken and a slip lose nothing", async () => {
		await make({ name: "Taken", shortcut: "taken" });
		const desk = await openDesk(browser, bellhop, "/library/snippets");
		const { page } = desk;
		await page.getByRole("button", { name: "Folders", exact: true }).click();
		const folders = page.getByRole("dialog", { name: "Folders" });
		await folders.getByLabel("New folder").fill("Greetings");
		await page.keyboard.press("Enter");
		await folders.getByRole("listitem").getByText("Greetings").waitFor();
		await folders.getByLabel("New folder").fill("GREETINGS");
		await page.keyboard.press("Enter");
		await folders.getByText('There is a folder "Greetings".').waitFor();
		await checkAccessibility(page, "folders");
		await folders.getByRole("button", { name: "Done" }).click();

		await page.getByRole("button", { name: "New snippet" }).click();
		const dialog = page.getByRole("dialog", { name: "New snippet" });
		await dialog.getByLabel("Name").fill("Welcome");
		await dialog.getByLabel("Shortcut").fill("taken");
		await dialog.getByRole("toolbar", { name: "Text style" }).waitFor();
		await textOf(page).click();
		await page.keyboard.type("Be welcome.");
		await dialog.getByRole("button", { name: /Folder/ }).click();
		await page.getByRole("option", { name: "Greetings" }).click();
		await dialog.getByRole("button", { name: /Shared with/ }).click();
		await page.getByRole("option", { name: "Only me" }).click();
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.getByText('#taken is the shortcut of "Taken".').waitFor();
		await hasText(textOf(page), "Be welcome.");
		await page.keyboard.press("Escape");
		await dialog.getByText("What you changed is not saved.").waitFor();
		await checkAccessibility(page, "a slip");
		await dialog.getByRole("button", { name: "Keep writing" }).click();
		await dialog.getByLabel("Shortcut").fill("welcome");
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.waitFor({ state: "detached" });
		await hasText(list(page).filter({ hasText: "Welcome" }), /Welcome\s*#welcome\s*Only me\s*Be welcome\.\s*Greetings/);

		await page.getByRole("searchbox", { name: "Search name and text" }).fill("welc");
		await waitFor("one", async () => (await list(page).count()) === 1);
		await page.getByRole("searchbox", { name: "Search name and text" }).fill("");
		await page.getByRole("button", { name: /^Any Folder|Folder.*Any/ }).click();
		await page.getByRole("option", { name: "Greetings" }).click();
		await waitFor("one in the folder", async () => (await list(page).count()) === 1);

		/* what is somebody's own nobody else finds; what is shared he may not change */
		const other = await openDesk(browser, bellhop, "/library/snippets", { who: bo });
		await list(other.page).filter({ hasText: "Taken" }).waitFor();
		assert.equal(await list(other.page).filter({ hasText: "Welcome" }).count(), 0);
		await other.page.getByRole("button", { name: "Taken", exact: true }).click();
		const look = other.page.getByRole("dialog", { name: "Snippet" });
		await look.waitFor();
		assert.equal(await look.getByRole("button", { name: "Save" }).count(), 0);
		await finish(other);

		await list(page).getByRole("button", { name: "Actions for Welcome" }).click();
		await page.getByRole("menuitem", { name: "Archive" }).click();
		await page.getByText("Welcome is in the archive.").waitFor();
		await page.getByText("Nothing fits.").waitFor();
		await page.getByRole("button", { name: "Undo" }).click();
		await list(page).filter({ hasText: "Welcome" }).waitFor();
		await finish(desk, /status of 400/);
	});
});
