/* Videos: uploaded and recorded, kept in the library, put into texts. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bellhop, type Browser, forOneEngine, leaves, newPage, type Page, readMail, type SmtpSink, waitFor, watchErrors } from "../harness/index.ts";
import { checkAccessibility, deliver, editor, finish, hasText, openDesk, ticketId, writeReply } from "./desk.ts";
import { type MailDesk, startMailDesk, stopMailDesk } from "./mailDesk.ts";
import { film, videoOf } from "./film.ts";

const FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--auto-select-desktop-capture-source=Entire screen"];

const chooser = (page: Page) => page.locator("main input[type=file][accept*=mp4], [data-region=main] input[type=file][accept*=mp4]");
const playable = (page: Page) => waitFor("the video to be playable", () => page.locator("video").first().evaluate((v: HTMLVideoElement) => v.readyState >= 2 && v.videoWidth > 0));

forOneEngine(import.meta.url, (engine) => {
	let mailDesk: MailDesk;
	let bellhop: Bellhop;
	let sink: SmtpSink;
	let browser: Browser;
	before(async () => {
		mailDesk = await startMailDesk(engine, { isReal: true, browserArgs: FAKE_DEVICES });
		({ bellhop, browser, sink } = mailDesk);
	});
	after(() => stopMailDesk(mailDesk));

	test("N-50 a video is uploaded with progress, gets name and picture, plays in the library, gets another picture, is archived and comes back", async () => {
		const desk = await openDesk(browser, bellhop, "/library/videos");
		const { page } = desk;
		await page.getByText("No videos yet").waitFor();
		await page.getByRole("button", { name: "New video" }).click();
		await page.getByRole("heading", { name: "New video" }).waitFor();
		await chooser(page).setInputFiles({ name: "reset.webm", mimeType: "video/webm", buffer: await film(page, "video/webm") });
		await page.getByText("Uploaded", { exact: true }).waitFor();
		await page.getByRole("img", { name: "Preview picture" }).waitFor();
		await page.getByLabel("Name").fill("How to reset a password");
		await checkAccessibility(page, "a new video");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByRole("heading", { name: "How to reset a password" }).waitFor();
		await playable(page);
		await checkAccessibility(page, "a video of the library");
		const poster = await page.locator("video").first().getAttribute("poster");
		await page.getByRole("button", { name: "Use the picture shown" }).click();
		await waitFor("another picture", async () => (await page.locator("video").first().getAttribute("poster")) !== poster);
		await page.getByRole("link", { name: "Videos" }).first().click();
		await page.getByRole("button", { name: "How to reset a password", exact: true }).waitFor();
		await waitFor("the picture in the list", () => page.locator("ul img").first().evaluate((i: HTMLImageElement) => i.naturalWidth > 0));
		await checkAccessibility(page, "the list of videos");
		await page.getByRole("button", { name: "How to reset a password", exact: true }).click();
		await page.getByRole("button", { name: "Archive" }).click();
		await page.getByRole("button", { name: "Undo" }).first().click();
		await page.getByText("How to reset a password is back.").waitFor();
		await finish(desk);
	});

	test("N-50 screen with camera and microphone are recorded in a window of its own, paused, looked at, recorded again and saved", async () => {
		const desk = await openDesk(browser, bellhop, "/library/videos/new");
		const { page } = desk;
		const opened = page.waitForEvent("popup");
		await page.getByRole("button", { name: "Record a video" }).click();
		const recorder = await opened;
		await recorder.getByRole("radio", { name: "Screen, with the camera" }).check();
		await checkAccessibility(recorder, "the recorder");
		await recorder.getByRole("button", { name: "Start recording" }).click();
		await recorder.getByRole("timer").filter({ hasText: "0:02" }).waitFor();
		await recorder.getByRole("button", { name: "Pause" }).click();
		await checkAccessibility(recorder, "a recording that rests");
		await recorder.getByRole("button", { name: "Go on" }).click();
		await recorder.getByRole("timer").filter({ hasText: "0:03" }).waitFor();
		await recorder.getByRole("button", { name: "Stop" }).click();
		await playable(recorder);
		await recorder.getByRole("button", { name: "Record again" }).click();
		await recorder.getByRole("radio", { name: "Camera", exact: true }).check();
		await recorder.getByRole("button", { name: "Start recording" }).click();
		await recorder.getByRole("timer").filter({ hasText: "0:02" }).waitFor();
		await recorder.getByRole("button", { name: "Stop" }).click();
		await recorder.getByText("Uploaded", { exact: true }).waitFor();
		await recorder.getByRole("img", { name: "Preview picture" }).waitFor();
		await recorder.getByLabel("Name").fill("A walk through the settings");
		const closed = recorder.waitForEvent("close");
		await recorder.getByRole("button", { name: "Save" }).click();
		await closed;
		/* the window that opened it goes on with it */
		await page.getByRole("heading", { name: "A walk through the settings" }).waitFor();
		await playable(page);
		const { results } = await bellhop.api.get("/desk/v1/videos?q=walk");
		const [made] = results;
		assert.deepEqual([made.isRecorded, made.width > 0, made.durationMs > 1500 && made.durationMs < 20_000], [true, true, true], JSON.stringify(made));
		await finish(desk);
	});

	test("N-50 a recording whose window was lost can still be saved; who is not let at the camera is told", async () => {
		const desk = await openDesk(browser, bellhop, "/record");
		const { page } = desk;
		await page.getByRole("radio", { name: "Camera", exact: true }).check();
		await page.getByRole("button", { name: "Start recording" }).click();
		await page.getByRole("timer").filter({ hasText: "0:04" }).waitFor();
		/* as when the browser is killed: nobody is asked */
		const again = await page.context().newPage();
		await page.close({ runBeforeUnload: false });
		await again.goto(`${bellhop.url}/record`);
		await again.getByText(/was not saved/).waitFor();
		await again.getByRole("button", { name: "Use it" }).click();
		await playable(again);
		await again.getByText("Uploaded", { exact: true }).waitFor();
		await again.getByRole("button", { name: "Save" }).click();
		await again.getByText("Recording is saved.").waitFor();
		await again.evaluate(() => {
			navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
		});
		await again.getByRole("radio", { name: "Camera", exact: true }).check();
		await again.getByRole("button", { name: "Start recording" }).click();
		await again.getByRole("alert").filter({ hasText: "was not allowed to record" }).waitFor();
		await finish(desk);
	});

	test("only the recorder's own window may ask for camera, microphone and screen", async () => {
		const policy = async (path: string) => (await fetch(bellhop.url + path)).headers.get("permissions-policy") ?? "";
		assert.equal(await policy("/record"), "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
		assert.equal(await policy("/record?for=x"), await policy("/record"));
		for (const path of ["/", "/library/videos", "/record/x", "/recorder", "/tickets/open", "/nothing/here"]) assert.equal(await policy(path), "camera=(), microphone=(), display-capture=(), geolocation=()", path);
	});

	test("N-50 captions of a video are put, said to be in a language, replaced and taken away on its page, and can be taken back", async () => {
		const desk = await openDesk(browser, bellhop, "/library/videos/new");
		const { page } = desk;
		await chooser(page).setInputFiles({ name: "With captions.webm", mimeType: "video/webm", buffer: await film(page, "video/webm", 1) });
		await page.getByText("Uploaded", { exact: true }).waitFor();
		/* another page takes nothing with it unasked */
		await page.getByRole("link", { name: "Templates" }).click();
		const leaving = page.getByRole("alertdialog", { name: "Go without the video?" });
		await leaving.waitFor();
		await checkAccessibility(page, "leaving a video");
		await leaving.getByRole("button", { name: "Stay" }).click();
		assert.equal(await page.getByLabel("Name").inputValue(), "With captions");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByRole("heading", { level: 1, name: "With captions" }).waitFor();

		const captions = page.getByRole("region", { name: "Captions" });
		const choose = (name: string, content: string) => captions.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
		const cues = (n: number) => waitFor(`${n} captions`, () => page.locator("video").evaluate((v: HTMLVideoElement, want) => (v.textTracks[0]?.cues?.length ?? 0) === want, n));
		await choose("notes.vtt", "just words");
		await captions.getByRole("alert").filter({ hasText: "Captions are a WebVTT file" }).waitFor();
		await choose("film.srt", "1\r\n00:00:00,000 --> 00:00:01,000\r\nHello\r\n");
		await page.getByText("Captions saved.").waitFor();
		await cues(1);
		await captions.getByRole("button", { name: /Language/ }).click();
		await page.getByRole("option", { name: "Finnish" }).click();
		await page.locator("track[srclang=fi]").waitFor({ state: "attached" });
		await checkAccessibility(page, "a video with captions");
		await choose("film.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHei\n\n00:01.000 --> 00:02.000\nMoi\n");
		await cues(2);
		await page.locator("track[srclang=fi]").waitFor({ state: "attached" });
		await captions.getByRole("button", { name: "Remove the captions" }).click();
		await page.locator("track").waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Undo" }).first().click();
		await cues(2);
		await page.locator("track[srclang=fi]").waitFor({ state: "attached" });
		await finish(desk, /400/);
	});

	test("V24 what is no video, is too large or cannot be played is refused in one sentence, and nothing that was typed is lost", async () => {
		const desk = await openDesk(browser, bellhop, "/library/videos/new");
		const { page } = desk;
		const good = await film(page, "video/webm", 1);
		await page.getByLabel("Name").fill("Typed before");
		await chooser(page).setInputFiles({ name: "letter.mp4", mimeType: "video/mp4", buffer: Buffer.from("not a video at all") });
		await page.getByRole("alert").filter({ hasText: "cannot play the file" }).waitFor();
		assert.equal(await page.getByLabel("Name").inputValue(), "Typed before");
		await checkAccessibility(page, "a file that is no video");
		/* the network goes in the middle, and comes back */
		let isDown = true;
		await page.route("**/desk/v1/videos/files?part=video", (route) => (isDown ? route.abort() : route.continue()));
		await chooser(page).setInputFiles({ name: "film.webm", mimeType: "video/webm", buffer: good });
		await page.getByRole("alert").filter({ hasText: /connection|network|reach/i }).waitFor();
		assert.equal(await page.getByLabel("Name").inputValue(), "Typed before");
		isDown = false;
		await page.getByRole("button", { name: "Retry" }).click();
		await page.getByText("Uploaded", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Choose another file" }).click();
		/* given up on the way */
		await page.unroute("**/desk/v1/videos/files?part=video");
		await page.route("**/desk/v1/videos/files?part=video", () => {});
		await chooser(page).setInputFiles({ name: "film.webm", mimeType: "video/webm", buffer: good });
		await page.getByRole("progressbar", { name: "Uploading the video" }).waitFor();
		await page.getByRole("button", { name: "Cancel the upload" }).click();
		await page.getByRole("button", { name: "Choose a file" }).waitFor();
		assert.equal(await page.getByLabel("Name").inputValue(), "Typed before");
		await page.unroute("**/desk/v1/videos/files?part=video");
		await finish(desk, /ERR_FAILED|Failed to load resource/);
	});

	const insert = async (page: Page, name: string) => {
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Video", exact: true }).click();
		await page.getByRole("menuitem", { name }).click();
		await page.locator("[data-card=video]").last().waitFor();
	};

	for (const type of ["video/webm", "video/mp4"])
		test(`N-1 E-14 F-8 N-50 video: made, inserted in a reply and in a comment, sent as a picture that leads to it, watched by the customer (${type})`, async () => {
			const subject = `Show me ${type}`;
			await deliver(bellhop, { subject, from: "Anna Berg <anna@customer.example>" });
			const id = await ticketId(bellhop, subject);
			const desk = await openDesk(browser, bellhop, `/tickets/open/${id}`);
			const { page } = desk;
			const made = await videoOf(page, bellhop, `A tour in ${type}`, type);
			await writeReply(page, "Look:");
			await insert(page, made.name);
			await waitFor("the picture in the card", () => page.locator("[data-card=video] img").evaluate((i: HTMLImageElement) => i.naturalWidth === 480));
			await checkAccessibility(page, "a reply with a video");
			await page.getByText(/Draft saved/).waitFor();
			await page.reload();
			await waitFor("the card after a reload", () => page.locator("[data-card=video] img").evaluate((i: HTMLImageElement) => i.naturalWidth === 480));
			await page.getByRole("button", { name: "Send", exact: true }).click();
			await editor(page).waitFor({ state: "detached" });

			const mail = readMail((await sink.waitForMail("the mail with the video", (m) => (m.header("subject") ?? "").includes(subject))).data);
			const html = leaves(mail).find((p) => p.type === "text/html")?.text ?? "";
			const [, address = "", cid = ""] = /<a href="([^"]+)"[^>]*><img src="cid:([^"]+)"/.exec(html) ?? [];
			assert.match(address, /\/v\/[A-Za-z0-9_-]{24}$/, html);
			assert.ok(html.includes(`<strong>${made.name}</strong>`), html);
			assert.doesNotMatch(html, /data-card/);
			const picture = leaves(mail).find((p) => p.headers.get("content-id") === `<${cid}>`);
			assert.deepEqual([picture?.type, picture?.bytes.subarray(0, 2).toString("hex")], ["image/jpeg", "ffd8"]);

			/* somebody else's browser, which is not signed in */
			const customer = await newPage(browser);
			const errors = watchErrors(customer);
			await customer.goto(address);
			await customer.getByRole("heading", { name: made.name }).waitFor();
			await checkAccessibility(customer, "the page of a video");
			const player = customer.locator("video");
			assert.equal(await player.evaluate((v: HTMLVideoElement) => v.readyState), 0, "nothing is loaded before it plays");
			await player.evaluate((v: HTMLVideoElement) => v.play());
			await waitFor("the video to end", () => player.evaluate((v: HTMLVideoElement) => v.ended));
			assert.equal(await player.evaluate((v: HTMLVideoElement) => v.textTracks[0]?.cues?.length), 1);
			/* all of it, to its end: the pieces that it has, but for what a slow machine leaves out */
			await waitFor("what was watched to be told", async () => (await bellhop.api.get(`/desk/v1/share-visits?itemId=${made.id}`)).results[0]?.pages.length >= 15);
			await customer.context().close();
			assert.deepEqual(errors.filter((e) => !/favicon/.test(e)), []);

			/* who watched is seen, and nothing by the link once it is revoked */
			await page.goto(`${bellhop.url}/library/videos/${made.id}`);
			const links = page.getByRole("list", { name: "Links" });
			await links.getByText("anna@customer.example").waitFor();
			await links.getByText(/^Opened once, last/).waitFor();
			await page.getByRole("list", { name: "Views" }).getByText(/watched/).waitFor();
			await checkAccessibility(page, "links and views of a video");
			await page.getByRole("button", { name: "More about the link for anna@customer.example" }).click();
			await page.getByRole("menuitem", { name: "Revoke" }).click();
			await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
			await links.getByText("Revoked").waitFor();
			assert.equal((await fetch(address)).status, 410);

			/* for colleagues it leads to the library */
			await page.goto(`${bellhop.url}/tickets/open/${id}`);
			await page.getByRole("button", { name: "Write a reply" }).first().waitFor();
			await page.keyboard.press("n");
			await page.getByRole("textbox", { name: "Comment text" }).click();
			await insert(page, made.name);
			await page.getByRole("button", { name: /^Add comment/ }).click();
			await page.locator(`a[href="${bellhop.url}/library/videos/${made.id}"]`).filter({ hasText: made.name }).last().waitFor();
			await finish(desk);
		});

	test("N-50 without scripts the page of a video shows its player, and plays", async () => {
		const desk = await openDesk(browser, bellhop, "/library/videos");
		const made = await videoOf(desk.page, bellhop, "No scripts", "video/webm");
		const { url } = await bellhop.api.post("/desk/v1/share-links", { itemId: made.id });
		const page = await newPage(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 780 } });
		await page.goto(url);
		await page.getByRole("heading", { name: "No scripts" }).waitFor();
		assert.equal(await page.locator("video[controls]").getAttribute("src"), `${new URL(url).pathname}/video`);
		await page.locator("video").focus();
		const played = page.waitForResponse((r) => r.url().endsWith("/video"));
		await page.keyboard.press("Space");
		assert.equal((await played).status(), 206);
		await waitFor("the view to be counted", async () => (await bellhop.api.get(`/desk/v1/share-visits?itemId=${made.id}`)).results.length === 1);
		await page.context().close();
		await finish(desk);
	});

	test("E-14 a reply with a video whose link was revoked says so in one sentence, and nothing is lost", async () => {
		await deliver(bellhop, { subject: "Revoked meanwhile", from: "Anna Berg <anna@customer.example>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Revoked meanwhile")}`);
		const { page } = desk;
		const made = await videoOf(page, bellhop, "An old film", "video/webm");
		await writeReply(page, "Typed with care:");
		await insert(page, made.name);
		const { results } = await bellhop.api.get(`/desk/v1/share-links?itemId=${made.id}`);
		await bellhop.api.post(`/desk/v1/share-links/${results[0].id}/revoke`, {});
		await page.getByRole("button", { name: "Send", exact: true }).click();
		await page.getByRole("alert").filter({ hasText: "The link to “An old film” was revoked" }).waitFor();
		await hasText(editor(page), /Typed with care:\s+An old film/);
		await finish(desk, /400/);
	});

	test("N-50 recorded from inside of a reply, the video stands in it as a card", async () => {
		await deliver(bellhop, { subject: "Record it", from: "Anna Berg <anna@customer.example>" });
		const desk = await openDesk(browser, bellhop, `/tickets/open/${await ticketId(bellhop, "Record it")}`);
		const { page } = desk;
		await writeReply(page, "Like this:");
		await page.getByRole("button", { name: "Insert", exact: true }).click();
		await page.getByRole("menuitem", { name: "Video", exact: true }).click();
		const opened = page.waitForEvent("popup");
		await page.getByRole("menuitem", { name: "Record a video" }).click();
		const recorder = await opened;
		await recorder.getByRole("radio", { name: "Camera", exact: true }).check();
		await recorder.getByRole("button", { name: "Start recording" }).click();
		await recorder.getByRole("timer").filter({ hasText: "0:02" }).waitFor();
		await recorder.getByRole("button", { name: "Stop" }).click();
		await recorder.getByLabel("Name").fill("Made for you");
		const closed = recorder.waitForEvent("close");
		await recorder.getByRole("button", { name: "Save" }).click();
		await closed;
		await page.locator("[data-card=video]").getByText("Made for you").waitFor();
		await finish(desk);
	});
});
