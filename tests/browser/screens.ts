/* make screens: pictures of every page of the running program with its demo desk, into docs/screens/ (or the directory given).
 * They are looked at by people, and one of them stands in the README. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bellhop, type Browser, launchBrowser, type Page, newPage, signIn, startBellhop, waitFor } from "../harness/index.ts";

const outDir = process.argv[2] ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));

interface Picture {
	name: string;
	width?: number;
	height?: number;
	scheme?: "light" | "dark";
	signedOut?: boolean;
	take(page: Page, bellhop: Bellhop): Promise<void>;
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

async function writeReply(page: Page, text: string) {
	await page.getByRole("button", { name: /Write a reply/ }).click();
	const editor = page.getByRole("textbox", { name: "Reply text" });
	await editor.click();
	await page.keyboard.type(text);
}

const ENGLISH = /invoice|order|shipment|lamp|delivery|password/i;
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
const REPLY = "Thank you for writing. I have looked at it and will come back to you today.";

const pictures: Picture[] = [
	{ name: "sign-in", signedOut: true, take: open("/") },
	{
		name: "workspace-light",
		async take(page, bellhop) {
			await openTicket(page, bellhop, ENGLISH);
			await writeReply(page, REPLY);
		},
	},
	{ name: "workspace-dark", scheme: "dark", take: (page, bellhop) => openTicket(page, bellhop, ENGLISH) },
	{ name: "workspace-1180", width: 1180, height: 760, take: (page, bellhop) => openTicket(page, bellhop, ENGLISH) },
	{ name: "workspace-japanese", take: (page, bellhop) => openTicket(page, bellhop, JAPANESE) },
	{ name: "phone-list", width: 390, height: 780, take: open("/tickets/open") },
	{ name: "phone-ticket", width: 390, height: 780, take: (page, bellhop) => openTicket(page, bellhop, ENGLISH) },
	{
		name: "create-ticket",
		async take(page, bellhop) {
			await page.goto(`${bellhop.url}/tickets/open`);
			await page.getByRole("button", { name: "Create ticket" }).first().click();
			await page.getByRole("complementary", { name: "Create ticket" }).waitFor();
		},
	},
	{ name: "settings-mail", take: open("/settings/mail") },
	{ name: "settings-mail-dark", scheme: "dark", take: open("/settings/mail") },
	{ name: "settings-quarantine", take: open("/settings/quarantine") },
];

async function take(browser: Browser, bellhop: Bellhop, picture: Picture) {
	const page = await newPage(browser, {
		viewport: { width: picture.width ?? 1440, height: picture.height ?? 900 },
		colorScheme: picture.scheme ?? "light",
		reducedMotion: "reduce",
	});
	if (!picture.signedOut) await signIn(page.context(), bellhop);
	await picture.take(page, bellhop);
	await waitFor("all to be loaded", () => page.evaluate(() => !document.querySelector("[role=status][aria-label='Loading…']")));
	await page.evaluate(() => document.fonts.ready);
	await page.mouse.move(1, 1);
	await page.screenshot({ path: join(outDir, `${picture.name}.png`) });
	await page.context().close();
}

mkdirSync(outDir, { recursive: true });
const bellhop = await startBellhop({ engine: "sqlite", initArgs: ["--demo"] });
const browser = await launchBrowser();
for (const picture of pictures) {
	await take(browser, bellhop, picture);
	console.log(join(outDir, `${picture.name}.png`));
}
await browser.close();
await bellhop.stop();
