/* Videos of the library: what is uploaded, by its bytes; who sees it; parts of its bytes. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { forEachEngine, waitFor } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, newTicket, refused, signIn, sql } from "./help.ts";

const VIDEOS = "/desk/v1/videos";
const item = (id: string) => `/desk/v1/library/items/${id}`;

/* Heads of files as browsers write them, and whatever behind. */
const webm = (more = "some bytes of a video") => Buffer.concat([Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff", "hex"), Buffer.from(more)]);
const mp4 = (brand = "isom", more = "moov") => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\x02\0${brand}mp42`), Buffer.from(more)]);
const jpeg = (width = 320, height = 180) => {
	const head = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108000000000301220002110103110100", "hex");
	head.writeUInt16BE(height, 25);
	head.writeUInt16BE(width, 27);
	return head;
};
const vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n";

forEachEngine((engine) => {
	const at = desk(engine);
	const cookies = new Map<Call, string>();
	let ada: Call;
	let bo: Call;
	let viewer: Call;
	const person = async (email: string, role = "agent") => {
		const password = "people who have words";
		at.bellhop.command("user", "add", "--email", email, "--password", password);
		if (role !== "agent") await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${email}'`);
		return signedIn({ email, password });
	};
	const signedIn = async (who: { email: string; password: string }) => {
		const cookie = await signIn(at.bellhop, who);
		const call = byCookie(at.bellhop, cookie);
		cookies.set(call, cookie);
		return call;
	};
	before(async () => {
		ada = await signedIn(agent);
		bo = await person("bo@desk.example");
		viewer = await person("viewer@desk.example", "viewer");
	});

	const upload = async (call: Call, part: string, content: Buffer | string, name = "film.webm") => {
		const form = new FormData();
		form.set("file", new Blob([content as any]), name);
		const answer = await fetch(`${at.bellhop.url}${VIDEOS}/files?part=${part}`, { method: "POST", body: form, headers: { cookie: cookies.get(call) ?? "", origin: at.bellhop.url } });
		const text = await answer.text();
		return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : undefined };
	};
	const file = async (call: Call, part = "video", content: Buffer | string = webm(), name?: string): Promise<any> => expectStatus(upload(call, part, content, name), 201);
	const make = async (call: Call, body: object = {}): Promise<any> => expectStatus(call("POST", VIDEOS, { name: "How to reset", audience: "EVERYONE", fileId: (await file(call)).id, durationMs: 61500, width: 1280, height: 720, ...body }), 201);
	const bytes = async (call: Call, path: string, headers: Record<string, string> = {}, method = "GET") => {
		const answer = await fetch(at.bellhop.url + path, { method, headers: { cookie: cookies.get(call) ?? "", ...headers } });
		return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
	};
	const blobs = () => readdirSync(join(at.bellhop.dataDir, "blobs")).flatMap((dir) => readdirSync(join(at.bellhop.dataDir, "blobs", dir)));

	test("N-50 a video is made of what was uploaded, with a picture and captions, and comes back", async () => {
		const made = await make(ada, { posterId: (await file(ada, "poster", jpeg(), "p.jpg")).id, captionsId: (await file(ada, "captions", vtt, "c.vtt")).id, captionsLanguage: "en" });
		assert.deepEqual([made.kind, made.name, made.contentType, made.sizeBytes, made.durationMs, made.width, made.height, made.isRecorded, made.captionsLanguage, made.mayEdit], ["video", "How to reset", "video/webm", webm().length, 61500, 1280, 720, false, "en", true]);
		assert.deepEqual(await expectStatus(ada("GET", `${VIDEOS}/${made.id}`), 200), made);
		const listed = await expectStatus(bo("GET", `${VIDEOS}?q=rese`), 200);
		assert.deepEqual(listed.results.map((v: any) => [v.id, v.posterUrl]), [[made.id, made.posterUrl]]);
		const film = await bytes(ada, made.videoUrl);
		assert.deepEqual([film.status, film.headers.get("content-type"), film.bytes.equals(webm())], [200, "video/webm", true]);
		const poster = await bytes(ada, made.posterUrl);
		assert.deepEqual([poster.headers.get("content-type"), poster.bytes.equals(jpeg())], ["image/jpeg", true]);
		const captions = await bytes(ada, made.captionsUrl);
		assert.deepEqual([captions.headers.get("content-type"), captions.bytes.toString()], ["text/vtt", vtt]);
		for (const { headers } of [film, poster, captions]) assert.deepEqual([headers.get("x-content-type-options"), headers.get("content-security-policy")], ["nosniff", "default-src 'none'; sandbox"]);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("a part of its bytes, by RFC 9110: from, to, the last; none; a version; HEAD", async () => {
		const made = await make(ada, { fileId: (await file(ada, "video", webm("0123456789"))).id });
		const size = webm("0123456789").length;
		const part = async (range: string, headers = {}, method?: string) => {
			const answer = await bytes(ada, made.videoUrl, { range, ...headers }, method);
			return [answer.status, answer.headers.get("content-range"), answer.bytes.subarray(-10).toString()];
		};
		assert.deepEqual(await part(`bytes=${size - 10}-${size - 9}`), [206, `bytes ${size - 10}-${size - 9}/${size}`, "01"]);
		assert.deepEqual(await part(`bytes=${size - 3}-`), [206, `bytes ${size - 3}-${size - 1}/${size}`, "789"]);
		assert.deepEqual(await part("bytes=-2"), [206, `bytes ${size - 2}-${size - 1}/${size}`, "89"]);
		assert.deepEqual(await part(`bytes=${size}-`), [416, `bytes */${size}`, ""]);
		assert.deepEqual(await part("bytes=0-1,4-5"), [200, null, "0123456789"]);
		const { headers } = await bytes(ada, made.videoUrl);
		assert.equal(headers.get("accept-ranges"), "bytes");
		assert.equal((await part("bytes=-2", { "if-range": headers.get("etag") }))[0], 206);
		assert.equal((await part("bytes=-2", { "if-range": '"older"' }))[0], 200);
		assert.deepEqual(await part("bytes=-2", {}, "HEAD"), [200, null, ""]);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("V2 what it is its bytes say: whatever is none is refused in a sentence, and nothing of it stays", async () => {
		const before = blobs().length;
		for (const content of ["<html><script>alert(1)</script>", "", "RIFF\0\0\0\0AVI LIST", jpeg(), webm().subarray(1), mp4("heic"), mp4("M4A "), Buffer.from("OggS\0\x02")]) await refused(upload(ada, "video", content, "film.mp4"), 400, /no video that browsers play: upload MP4, WebM or QuickTime \(MOV\)\.$/);
		for (const content of [webm(), "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a\x01\0\x01\0\0\0\0", ""]) await refused(upload(ada, "poster", content, "p.jpg"), 400, /JPEG, WebP or PNG/);
		await refused(upload(ada, "poster", jpeg(4097, 10), "p.jpg"), 400, /2 MB, and 4096 pixels/);
		await refused(upload(ada, "poster", Buffer.concat([jpeg(), Buffer.alloc(2 << 20)]), "p.jpg"), 400, /2 MB/);
		for (const content of ["WEBVTTX", "1\n00:00 --> 00:02", webm(), ""]) await refused(upload(ada, "captions", content, "c.vtt"), 400, /WebVTT/);
		await refused(upload(ada, "captions", `WEBVTT\n${" ".repeat(1 << 20)}`, "c.vtt"), 400, /1 MB/);
		await refused(upload(ada, "sound", webm()), 400, /part is video, poster or captions/);
		await waitFor("what was refused to go", async () => blobs().length === before);
		/* the name says nothing */
		for (const [content, type] of [[webm(), "video/webm"], [mp4(), "video/mp4"], [mp4("qt  "), "video/quicktime"]] as [Buffer, string][]) assert.equal((await file(ada, "video", content, "film.html")).contentType, type);
	});

	test("what it needs is asked for, and each refusal names its field", async () => {
		const wrong = async (body: object, field: string) => {
			const answer = await refused(ada("POST", VIDEOS, { name: "x", fileId: (await file(ada)).id, ...body }), 400);
			assert.equal(answer.errors[0].in, field, JSON.stringify(answer));
		};
		await wrong({ name: "" }, "name");
		await wrong({ fileId: undefined }, "fileId");
		await wrong({ fileId: "99999999" }, "fileId");
		await wrong({ fileId: (await file(ada, "poster", jpeg())).id }, "fileId");
		await wrong({ posterId: (await file(ada)).id }, "posterId");
		await wrong({ captionsId: (await file(ada)).id }, "captionsId");
		await wrong({ captionsLanguage: "en'><script>" }, "captionsLanguage");
		for (const [field, value] of [["durationMs", -5], ["durationMs", 86400001], ["width", 16385], ["height", 99999]] as const) await wrong({ [field]: value }, field);
		await wrong({ audience: "WORLD" }, "audience");
		await refused(ada("POST", VIDEOS, { name: "x", viewCount: 5 }), 400);
		/* what somebody else uploaded is nobody's else; what a video has no other can take */
		await refused(bo("POST", VIDEOS, { name: "x", fileId: (await file(ada)).id }), 400, /Upload the file again/);
		const made = await make(ada);
		const fileId = new URL(made.videoUrl, at.bellhop.url).searchParams.get("file");
		await refused(ada("POST", VIDEOS, { name: "x", fileId }), 400, /Upload the file again/);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("V6 its files are seen through it only: not by their ids, nor by who does not see it", async () => {
		const own = await make(ada, { audience: "PRIVATE", posterId: (await file(ada, "poster", jpeg())).id });
		const fileId = new URL(own.videoUrl, at.bellhop.url).searchParams.get("file") as string;
		for (const call of [bo, viewer, at.call]) for (const path of ["", "/content", "/poster", "/captions"]) await refused(call("GET", `${VIDEOS}/${own.id}${path}`), 404);
		assert.equal((await bytes(ada, `${VIDEOS}/${own.id}/captions`)).status, 404);
		for (const path of [`${VIDEOS}/${own.id}`, `${VIDEOS}/${own.id}/content`, VIDEOS]) assert.equal((await fetch(at.bellhop.url + path)).status, 401);
		for (const call of [ada, bo, at.call]) {
			await refused(call("GET", `/desk/v1/files/${fileId}/content`), 404);
			await refused(call("GET", `/files/v3/files/${fileId}`), 404);
			await refused(call("GET", `/files/v3/files/${fileId}/signed-url`), 404);
			await refused(call("DELETE", `/files/v3/files/${fileId}/gdpr-delete`), 404);
		}
		const found = await expectStatus(at.call("GET", `/files/v3/files/search?ids=${fileId}`), 200);
		assert.deepEqual(found.results, []);
		const ticket = await newTicket(at.call);
		await refused(ada("POST", `/desk/v1/tickets/${ticket.id}/replies`, { text: "x", to: [{ address: "a@customer.example" }], attachments: [{ fileId, type: "FILE" }] }), 400);
		assert.equal((await bytes(ada, own.videoUrl)).status, 200);
		await refused(bo("PATCH", `${VIDEOS}/${own.id}`, { name: "Mine" }), 404);
		await refused(viewer("POST", VIDEOS, { name: "x" }), 403);
		await refused(upload(viewer, "video", webm()), 403);
		const shared = await make(ada);
		await refused(bo("PATCH", `${VIDEOS}/${shared.id}`, { posterId: null }), 403);
		assert.equal((await bytes(viewer, shared.videoUrl)).status, 200);
		for (const v of [own, shared]) await expectStatus(ada("DELETE", item(v.id)), 204);
	});

	test("another picture takes the place of the first, whose bytes go; what no video took is gone after a day", async () => {
		const made = await make(ada, { posterId: (await file(ada, "poster", jpeg(100, 100))).id });
		const n = blobs().length;
		const changed = await expectStatus(ada("PATCH", `${VIDEOS}/${made.id}`, { posterId: (await file(ada, "poster", jpeg(200, 100))).id, name: "Other" }), 200);
		assert.notEqual(changed.posterUrl, made.posterUrl);
		assert.deepEqual([changed.name, changed.videoUrl, changed.durationMs], ["Other", made.videoUrl, 61500]);
		await waitFor("the first picture to go", async () => blobs().length === n);
		const without = await expectStatus(ada("PATCH", `${VIDEOS}/${made.id}`, { posterId: null }), 200);
		assert.equal(without.posterUrl, undefined);
		await refused(ada("PATCH", `${VIDEOS}/${made.id}`, { fileId: null }), 400, /Upload or record/);
		const left = await file(ada, "video", webm("nobody takes it"));
		await sql(at.bellhop, `UPDATE file SET expires_at = 1 WHERE id = ${left.id}`);
		await refused(ada("POST", VIDEOS, { name: "x", fileId: left.id }), 400, /Upload the file again/);
		await sql(at.bellhop, "UPDATE job SET run_at = 0 WHERE kind = 'desk.sweep'");
		await newTicket(at.call); /* a commit wakes the runner */
		await waitFor("the file to go", async () => (await sql(at.bellhop, `SELECT COUNT(*) FROM file WHERE id = ${left.id}`)) === "0");
		await expectStatus(ada("DELETE", item(made.id)), 204);
		assert.ok(existsSync(join(at.bellhop.dataDir, "blobs")));
	});
});
