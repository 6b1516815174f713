/* Files and pictures of a reply: by button, by dropping and by pasting; with progress, given up and tried again; still there after a
 * reload; and as they arrive at the other side. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, type Page, readMail, type SmtpSink, waitFor } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, messages, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const region = (page: Page) => page.getByRole("region", { name: "Reply" });
const files = (page: Page) => region(page).getByRole("list", { name: "Attached files" });

interface Item {
	name: string;
	type: string;
	base64: string;
}

/* Files as the browser gives them when somebody pastes or drops them on an element. */
async function give(page: Page, selector: string, how: "paste" | "drop", items: Item[]) {
	await page.locator(selector).evaluate((el, [kind, given]) => {
		const data = new DataTransfer();
		for (const f of given) data.items.add(new File([Uint8Array.from(atob(f.base64), (c) => c.charCodeAt(0))], f.name, { type: f.type }));
		const { left, top, width, height } = el.getBoundingClientRect();
		const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
		el.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent("drop", { dataTransfer: data, ...at }));
	}, [how, items] as const);
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

	test("E-16 E-17 files by button, drop and paste survive a reload and arrive: attachment bytes, picture in the text, text alternative", async () => {
		const desk = await open("With files");
		const { page } = desk;
		await writeReply(page, "See the picture: ");
		await give(page, ".ProseMirror", "paste", [{ name: "dot.png", type: "image/png", base64: PIXEL }]);
		await region(page).locator(".ProseMirror img[data-cid], .ProseMirror img[src^='/desk/v1/files/']").waitFor();
		await page.keyboard.type(" and the rest.");
		await page.getByTestId("attach").setInputFiles([{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("line one\n") }]);
		await give(page, "[data-region=composer] [class*=foot]", "drop", [{ name: "Bericht – März.pdf", type: "application/pdf", base64: Buffer.from("%PDF-1.4 x").toString("base64") }]);
		await files(page).getByText("notes.txt").waitFor();
		await files(page).getByText("Bericht – März.pdf").waitFor();
		await checkAccessibility(page, "a reply with files");
		await page.getByText(/Draft saved/).waitFor();
		await page.reload();
		await files(page).getByText("notes.txt").waitFor();
		const picture = region(page).locator(".ProseMirror img");
		await waitFor("the picture is shown", () => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth === 1));
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });

		const mail = readMail((await sink.waitForMail("the mail with files", (m) => /With files/.test(m.header("subject") ?? ""))).data);
		const parts = leaves(mail);
		assert.equal(mail.type, "multipart/mixed");
		assert.deepEqual(parts.map((p) => p.type).sort(), ["application/pdf", "image/png", "text/html", "text/plain", "text/plain"]);
		const [text, html] = [parts.find((p) => p.type === "text/plain"), parts.find((p) => p.type === "text/html")];
		assert.match(text?.text ?? "", /See the picture: \[dot\.png\] and the rest\./);
		const cid = /<img src="cid:([^"]+)"/.exec(html?.text ?? "")?.[1];
		const inline = parts.find((p) => p.type === "image/png");
		assert.equal(inline?.headers.get("content-id"), `<${cid}>`);
		assert.equal(inline?.bytes.toString("base64"), PIXEL);
		assert.equal(parts.find((p) => /notes\.txt/.test(p.headers.get("content-disposition") ?? ""))?.text, "line one\n");
		/* and the thread shows it as the customer gets it */
		const own = messages(page).filter({ hasText: "notes.txt" });
		await waitFor("the picture in the thread", () => own.getByTestId("mail-body").evaluate((el) => (el.shadowRoot?.querySelector("img")?.naturalWidth ?? 0) === 1));
		assert.doesNotMatch(await own.innerText(), /dot\.png/, "a picture of the text is not listed again");
		await finish(desk);
	});

	test("E-16 a file that cannot be sent up can be tried again or given up; Send waits for it", async () => {
		const desk = await open("Bad network");
		const { page } = desk;
		await writeReply(page, "Patience");
		await page.route("**/desk/v1/files", (route) => route.abort());
		await page.getByTestId("attach").setInputFiles([{ name: "slow.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(1000) }, { name: "never.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(10) }]);
		await files(page).getByText("The file did not arrive.").first().waitFor();
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").getByText("Wait until all files are uploaded.").waitFor();
		await checkAccessibility(page, "an upload that failed");
		await page.unroute("**/desk/v1/files");
		await page.getByRole("button", { name: "Upload slow.bin again" }).click();
		await page.getByRole("button", { name: "Remove slow.bin" }).waitFor();
		await page.getByRole("button", { name: "Stop uploading never.bin" }).click();
		await files(page).getByText("never.bin").waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await editor(page).waitFor({ state: "detached" });
		const mail = await sink.waitForMail("the mail", (m) => /Bad network/.test(m.header("subject") ?? ""));
		assert.match(mail.text, /filename="?slow\.bin/);
		assert.doesNotMatch(mail.text, /never\.bin/);
		await finish(desk, /ERR_FAILED/);
	});

	test("E-63 more than 20 MB are refused before they are sent up, with the name of the file", async () => {
		const desk = await open("Too much");
		const { page } = desk;
		await writeReply(page, "Large");
		let uploads = 0;
		page.on("request", (r) => uploads += Number(/\/desk\/v1\/files$/.test(r.url())));
		await page.locator("[data-region=composer] [class*=foot]").evaluate((el) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([new Uint8Array(21 << 20)], "film.mov", { type: "video/quicktime" }));
			dataTransfer.items.add(new File(["x"], "small.txt", { type: "text/plain" }));
			el.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
		});
		await page.getByRole("alert").getByText(/at most 20\s?MB together\. Not attached: film\.mov\./).waitFor();
		await files(page).getByText("small.txt").waitFor();
		assert.equal(uploads, 1);
		await finish(desk);
	});
});
