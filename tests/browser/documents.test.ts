/* Documents by hand: uploaded, put into a reply and a comment, read by a customer, and who has looked. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, office, type Page, pdf, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const DOCUMENTS = "/desk/v1/documents";

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let browser: Browser;
	let sink: SmtpSink;

	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true });
		({ bellhop, browser, sink } = mailDesk);
	});
	after(() => stopMailDesk(mailDesk));

	const list = (page: Page) => page.getByRole("list", { name: "Documents" }).getByRole("listitem");
	const choose = async (page: Page, name: string, buffer: Buffer) => {
		const chooser = page.waitForEvent("filechooser");
		await page.getByRole("button", { name: "Upload documents" }).click();
		await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
	};
	const upload = async (page: Page, name: string, content: Buffer): Promise<any> => {
		const answer = await page.request.post(`${bellhop.url}${DOCUMENTS}`, { multipart: { file: { name, mimeType: "application/pdf", buffer: content } }, headers: { origin: bellhop.url } });
		assert.equal(answer.status(), 201, await answer.text());
		const { id } = await answer.json();
		return waitFor("its pictures", async () => {
			const d = await bellhop.api.get(`${DOCUMENTS}/${id}`);
			return d.pictureState !== "WAITING" && d;
		});
	};
	const link = (itemId: string, body: object = {}) => bellhop.api.post("/desk/v1/share-links", { itemId, ...body });
	const mail = async (subject: string) => {
		await deliver(bellhop, { subject, from: `${subject.replaceAll(" ", ".").toLowerCase()}@customer.example` });
		return ticketId(bellhop, subject);
	};
	const insert = async (page: Page, query: string) => {
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Document" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("searchbox").or(dialog.getByRole("textbox")).first().fill(query);
		await dialog.getByRole("menuitem", { name: new RegExp(query) }).first().click();
	};
	const leave = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("pagehide")));

	test("N-1 E-14 F-8 N-30 document: created, inserted in a reply and in a comment, sent through a real SMTP server, opened by the customer in a second browser", async () => {
		const id = await mail("Price list please");
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const { page } = desk;
		await page.getByText("No documents yet").waitFor();
		await page.getByText("share nothing confidential").waitFor();
		await checkAccessibility(page, "no documents yet");
		await choose(page, "Price list.pdf", pdf(["Rooms", "Breakfast"]));
		await hasText(list(page).first(), /Price list\s*PDF/);
		await page.locator("img[src*='/pictures/0']").waitFor();
		await checkAccessibility(page, "the list of documents");

		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "Here it is: ");
		await insert(page, "Price list");
		await hasText(editor(page).locator("[data-card=document]"), /Price list/);
		await page.getByRole("button", { name: "Send", exact: true }).click();
		const sent = await waitFor("the mail", () => sink.mails.find((m) => m.to.includes("price.list.please@customer.example")));
		const html = leaves(readMail(sent.data)).find((p) => p.type === "text/html")?.text ?? "";
		const url = /<a href="([^"]+\/d\/[\w-]{24})"/.exec(html)?.[1];
		assert.ok(url, html);

		/* the customer, in a browser of his own */
		const customer = await newPage(browser);
		const outside: string[] = [];
		customer.on("request", (r) => r.url().startsWith(bellhop.url) || outside.push(r.url()));
		await customer.goto(url);
		assert.equal(await customer.getByRole("heading", { level: 1 }).innerText(), "Price list");
		await customer.getByRole("img", { name: "Page 2" }).waitFor();
		await waitFor("the pictures", () => customer.evaluate(() => [...document.images].every((i) => i.complete && i.naturalWidth > 500)));
		await checkAccessibility(customer, "the page of a shared document");
		await customer.getByRole("img", { name: "Page 2" }).evaluate((e) => e.scrollIntoView());
		await waitFor("seconds of page 2", async () => {
			await leave(customer);
			const [visit] = (await bellhop.api.get(`/desk/v1/share-visits?itemId=${(await bellhop.api.get(DOCUMENTS)).results[0].id}`)).results;
			return visit?.pages.some((p: any) => p.page === 2 && p.visibleMs > 500);
		});
		const download = customer.waitForEvent("download");
		await customer.getByRole("button", { name: "Download" }).click();
		assert.equal((await download).suggestedFilename(), "Price list.pdf");
		assert.deepEqual(outside, []);
		await customer.context().close();

		/* the sharer is told, and sees who looked at what */
		await page.getByRole("button", { name: /Notifications: 1 unread/ }).click();
		await page.getByRole("link", { name: /price\.list\.please@customer\.example opened what you shared[\s\S]*Price list/ }).click();
		await page.getByRole("heading", { level: 1, name: "Price list" }).waitFor();
		const row = page.getByRole("table").getByRole("row").nth(1);
		await hasText(row, /price\.list\.please@customer\.example/);
		await row.getByRole("img", { name: /page 2: / }).waitFor();
		await hasText(row.getByRole("cell").last(), "1");
		await checkAccessibility(page, "a document with links and visits");

		/* colleagues go to the page in the workspace */
		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await page.getByRole("tab", { name: /Comment/ }).or(page.getByRole("button", { name: /^Comment/ })).first().click();
		const comment = page.getByRole("textbox", { name: "Comment text" });
		await comment.click();
		await page.keyboard.type("Sent: ");
		await insert(page, "Price list");
		await comment.locator("[data-card=document]").waitFor();
		await page.getByRole("button", { name: /^Add comment/ }).click();
		await waitFor("the comment with its card", async () => {
			const { results } = await bellhop.api.get(`/desk/v1/tickets/${id}/messages`);
			return results.some((m: any) => m.type === "COMMENT" && /href="[^"]*\/library\/documents\/\d+"/.test(m.html));
		});
		await finish(desk);
	});

	test("a wrong file and one that is too large say so in one sentence; a dropped one is uploaded", async () => {
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const { page } = desk;
		await page.getByRole("heading", { level: 1, name: "Documents" }).waitFor();
		await choose(page, "notes.pdf", Buffer.from("only words"));
		await hasText(page.getByRole("alert").filter({ hasText: "notes.pdf" }), /This is not a PDF, DOCX, PPTX or XLSX document\./);
		await page.evaluate(() => {
			const data = new DataTransfer();
			data.items.add(new File([new Uint8Array(51 << 20)], "huge.pdf"));
			for (const kind of ["dragover", "drop"]) document.querySelector("h1")?.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
		});
		await hasText(page.getByRole("alert").filter({ hasText: "huge.pdf" }), /A document has at most 50 MB\./);
		await page.evaluate((bytes) => {
			const data = new DataTransfer();
			data.items.add(new File([new Uint8Array(bytes)], "Slides.pptx"));
			for (const kind of ["dragover", "drop"]) document.querySelector("h1")?.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
		}, [...office("pptx")]);
		await list(page).filter({ hasText: "Slides" }).filter({ hasText: "PPTX" }).waitFor();
		await checkAccessibility(page, "uploads that failed");
		await finish(desk, /400/);
	});

	test("uploads go on while one is elsewhere; a file that is dropped where nothing takes it opens nothing", async () => {
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const { page } = desk;
		await page.route(`**${DOCUMENTS}`, async (route) => {
			if (route.request().method() === "POST") await waitFor("the other page", () => page.url().endsWith("/library/templates"));
			await route.continue();
		});
		const chooser = page.waitForEvent("filechooser");
		await page.getByRole("button", { name: "Upload documents" }).click();
		await (await chooser).setFiles(["First", "Second"].map((name) => ({ name: `${name} of two.pdf`, mimeType: "application/pdf", buffer: pdf([name]) })));
		await page.getByRole("list", { name: "Uploads" }).getByRole("progressbar").first().waitFor();
		await page.getByRole("link", { name: "Templates" }).click();
		await page.getByText("2 documents are in the library.").waitFor();
		await page.getByRole("link", { name: "Documents" }).click();
		await list(page).filter({ hasText: "Second of two" }).waitFor();
		await page.unroute(`**${DOCUMENTS}`);
		const isTaken = await page.evaluate(() => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File(["x"], "x.pdf"));
			const events = ["dragover", "drop"].map((kind) => new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
			for (const e of events) document.querySelector("nav")?.dispatchEvent(e);
			return events.map((e) => e.defaultPrevented);
		});
		assert.deepEqual(isTaken, [true, true]);
		await finish(desk);
	});

	test("a document that is archived says so, gets no new links and comes back; one that is not there says that", async () => {
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const { page } = desk;
		const made = await upload(page, "Put away.pdf", pdf(["x"]));
		await page.goto(`${bellhop.url}/library/documents/${made.id}`);
		await page.getByRole("button", { name: "Archive" }).click();
		const said = page.getByText("This is archived: its links open nothing, and it is not offered for texts.");
		await said.waitFor();
		for (const name of ["New link", "New version", "Archive", "Edit"]) assert.equal(await page.getByRole("button", { name, exact: true }).count(), 0, name);
		await checkAccessibility(page, "an archived document");
		await page.getByRole("button", { name: "Restore" }).click();
		await page.getByRole("button", { name: "New link" }).waitFor();
		await said.waitFor({ state: "detached" });
		await page.goto(`${bellhop.url}/library/documents/99999`);
		await page.getByRole("alert").filter({ hasText: "There is nothing here" }).waitFor();
		assert.equal(await page.getByRole("button", { name: "Retry" }).count(), 0);
		await page.getByRole("link", { name: "Documents" }).last().click();
		await list(page).filter({ hasText: "Put away" }).waitFor();
		await finish(desk, /404/);
	});

	test("N-30 a link for somebody asks for his address, can be changed and revoked; the reply that has it is held back then", async () => {
		const id = await mail("Contract");
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const { page } = desk;
		const made = await upload(page, "Contract.pdf", pdf(["Contract"]));
		await page.goto(`${bellhop.url}/library/documents/${made.id}`);
		await page.getByText("Nobody outside can see this yet").waitFor();
		await page.getByRole("button", { name: "New link" }).click();
		const dialog = page.getByRole("dialog", { name: "New link" });
		await dialog.getByRole("textbox", { name: "For" }).fill("nobody");
		await dialog.getByRole("checkbox", { name: "Ask for an email address first" }).check({ force: true });
		await dialog.getByRole("button", { name: "Create" }).click();
		await dialog.getByText("is not an email address").waitFor();
		await dialog.getByRole("textbox", { name: "For" }).fill("maria@guest.example");
		await checkAccessibility(page, "the form of a link");
		await dialog.getByRole("button", { name: "Create" }).click();
		await dialog.waitFor({ state: "detached" });
		const row = page.getByRole("list", { name: "Links" }).getByRole("listitem");
		await hasText(row, /maria@guest\.example[\s\S]*\/d\/[\w-]{24}[\s\S]*Asks for an email address/);
		const [{ url }] = (await bellhop.api.get(`/desk/v1/share-links?itemId=${made.id}`)).results;

		const customer = await newPage(browser, { javaScriptEnabled: false });
		await customer.goto(url);
		await checkAccessibility2(customer);
		await customer.getByLabel("Your email address").fill("paul@guest.example");
		await customer.getByRole("button", { name: "Open" }).click();
		await customer.getByText("This link is for another email address.").waitFor();
		await customer.getByLabel("Your email address").fill("maria@guest.example");
		await customer.getByRole("button", { name: "Open" }).click();
		await customer.getByRole("heading", { level: 1, name: "Contract" }).waitFor();
		await customer.getByRole("img", { name: "Page 1" }).waitFor();
		await hasText(page.getByRole("table").getByRole("row").nth(1), /maria@guest\.example/);

		await page.goto(`${bellhop.url}/tickets/open/${id}`);
		await writeReply(page, "Please sign: ");
		await insert(page, "Contract");
		await editor(page).locator("[data-card=document]").waitFor();
		for (const l of (await bellhop.api.get(`/desk/v1/share-links?itemId=${made.id}`)).results) await bellhop.api.post(`/desk/v1/share-links/${l.id}/revoke`, {});
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByText("The link to “Contract” was revoked: insert it again or take it out.").waitFor();
		await hasText(editor(page), /Please sign/);
		await customer.goto(url);
		await customer.getByText("This link was revoked").waitFor();
		await customer.context().close();
		await finish(desk, /400/);
	});

	/* Without scripts nothing can be evaluated in the page: what matters is that it has one heading and a labelled field. */
	async function checkAccessibility2(page: Page) {
		assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
		await page.getByLabel("Your email address").waitFor();
		await page.getByText("no proof of who you are").waitFor();
	}

	test("a guest of the ungated link without scripts sees all pages, and counts; the gate and what is gone are readable for everybody", async () => {
		const desk = await openDesk(browser, bellhop, "/library/documents");
		const made = await upload(desk.page, "Menu.pdf", pdf(["Starters", "Mains", "Desserts", "Drinks"]));
		const free = await link(made.id);
		const gated = await link(made.id, { asksEmail: true });
		const quiet = await newPage(browser, { javaScriptEnabled: false });
		await quiet.goto(free.url);
		assert.equal(await quiet.getByRole("img").count(), 4);
		await waitFor("the visit", async () => (await bellhop.api.get(`/desk/v1/share-visits?itemId=${made.id}`)).results.length === 1);
		await quiet.context().close();
		const customer = await newPage(browser, { viewport: { width: 390, height: 780 } });
		await customer.goto(gated.url);
		await checkAccessibility(customer, "the gate");
		await customer.goto(`${bellhop.url}/d/${"x".repeat(24)}`);
		await customer.getByRole("heading", { name: "There is nothing here" }).waitFor();
		await checkAccessibility(customer, "a link that is none");
		assert.ok(await customer.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
		await customer.context().close();
		await finish(desk);
	});
});
