/* Real videos for tests, as this browser writes them, and put into the library. */
import assert from "node:assert/strict";
import type { Bellhop, Page } from "../harness/index.ts";

/* Some seconds of a page that counts. */
export async function film(page: Page, type: string, seconds = 2): Promise<Buffer> {
	const base64 = await page.evaluate(async ([mimeType, length]) => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
		const g = canvas.getContext("2d")!;
		let frame = 0;
		const timer = setInterval(() => {
			g.fillStyle = `hsl(${(frame += 12)} 70% 45%)`;
			g.fillRect(0, 0, 320, 180);
			g.fillStyle = "#fff";
			g.font = "60px sans-serif";
			g.fillText(String(frame), 100, 110);
		}, 40);
		const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType });
		const pieces: Blob[] = [];
		recorder.ondataavailable = (e) => pieces.push(e.data);
		const ended = new Promise((resolve) => (recorder.onstop = resolve));
		recorder.start();
		await new Promise((resolve) => setTimeout(resolve, length * 1000));
		recorder.stop();
		await ended;
		clearInterval(timer);
		const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
		return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
	}, [type, seconds] as const);
	return Buffer.from(base64, "base64");
}

/* A picture of one colour, as JPEG. */
async function picture(page: Page): Promise<Buffer> {
	const base64 = await page.evaluate(async () => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
		const g = canvas.getContext("2d")!;
		g.fillStyle = "#0d6b58";
		g.fillRect(0, 0, 640, 360);
		g.fillStyle = "#fff";
		g.font = "48px sans-serif";
		g.fillText("Step by step", 180, 190);
		return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
	});
	return Buffer.from(base64, "base64");
}

/* A video of the library with captions and a picture, made by the API for who is signed in on the page. */
export async function videoOf(page: Page, bellhop: Bellhop, name: string, type: string): Promise<{ id: string; name: string }> {
	const send = async (part: string, buffer: Buffer, fileName: string) => {
		const sent = await page.request.post(`${bellhop.url}/desk/v1/videos/files?part=${part}`, { multipart: { file: { name: fileName, mimeType: type, buffer } }, headers: { origin: bellhop.url } });
		assert.equal(sent.status(), 201, await sent.text());
		return (await sent.json()).id as string;
	};
	const fileId = await send("video", await film(page, type), "film");
	const posterId = await send("poster", await picture(page), "poster.jpg");
	const captionsId = await send("captions", Buffer.from("WEBVTT\n\n00:00.000 --> 00:05.000\nHello Anna\n"), "c.vtt");
	const made = await page.request.post(`${bellhop.url}/desk/v1/videos`, { data: { name, audience: "EVERYONE", fileId, posterId, captionsId, captionsLanguage: "en", durationMs: 2000, width: 320, height: 180 }, headers: { origin: bellhop.url } });
	assert.equal(made.status(), 201, await made.text());
	return made.json();
}
