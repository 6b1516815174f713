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

	/* Somebody outside: his cookies, and what he does on a page. */
	const visitor = (session = "") => {
		let visit = "";
		const ask = async (url: string, headers: Record<string, string> = {}, init: RequestInit = {}) => {
			const cookie = [session, visit].filter(Boolean).join("; ");
			const answer = await fetch(url, { redirect: "manual", ...init, headers: { ...(cookie && { cookie }), ...headers } });
			visit = /visit=[^;]+/.exec(answer.headers.get("set-cookie") ?? "")?.[0] ?? visit;
			const bytes = Buffer.from(await answer.arrayBuffer());
			return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
		};
		const tell = (url: string, pieces: string) => ask(`${url}/seen`, { "content-type": "application/x-www-form-urlencoded", origin: at.bellhop.url }, { method: "POST", body: new URLSearchParams({ pieces }).toString() });
		return { ask, tell };
	};
	const LINKS = "/desk/v1/share-links";
	const link = async (itemId: string, body: object = {}): Promise<any> => expectStatus(ada("POST", LINKS, { itemId, ...body }), 201);
	const views = async (itemId: string) => (await expectStatus(ada("GET", `/desk/v1/share-visits?itemId=${itemId}`), 200)).results;

	test("N-50 a link shows the video to whoever has it, with its picture and captions, without scripts, in parts; sealed from search engines", async () => {
		const made = await make(ada, { name: "<b>Reset</b> & go", posterId: (await file(ada, "poster", jpeg())).id, captionsId: (await file(ada, "captions", vtt, "c.vtt")).id, captionsLanguage: "fi" });
		const { url } = await link(made.id);
		assert.match(url, /\/v\/[A-Za-z0-9_-]{24}$/);
		const { ask } = visitor();
		const page = await ask(url);
		assert.deepEqual([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
		assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'/);
		assert.match(page.text, /<meta name="robots" content="noindex">/);
		assert.match(page.text, /&lt;b&gt;Reset&lt;\/b&gt; &amp; go/);
		assert.match(page.text, /<video [^>]*controls playsinline preload="none"/);
		assert.match(page.text, /<track kind="captions"[^>]* srclang="fi"/);
		assert.match(page.text, /Length 1:02/);
		const film = await ask(`${url}/video`);
		assert.deepEqual([film.status, film.headers.get("content-type"), film.headers.get("x-robots-tag"), film.bytes.equals(webm())], [200, "video/webm", "noindex", true]);
		const part = await ask(`${url}/video`, { range: "bytes=-5" });
		assert.deepEqual([part.status, part.headers.get("content-range"), part.text], [206, `bytes ${webm().length - 5}-${webm().length - 1}/${webm().length}`, "video"]);
		assert.equal((await ask(`${url}/video`, { range: "bytes=99999999-" })).status, 416);
		assert.equal((await ask(`${url}/poster`)).headers.get("content-type"), "image/jpeg");
		assert.equal((await ask(`${url}/captions`)).text, vtt);
		const plain = await make(ada);
		const other = await link(plain.id);
		assert.equal((await ask(`${other.url}/poster`)).headers.get("content-type"), "image/svg+xml");
		assert.equal((await ask(`${other.url}/captions`)).status, 404);
		for (const v of [made, plain]) await expectStatus(ada("DELETE", item(v.id)), 204);
	});

	test("V6 a link that was guessed, revoked, has expired or whose video is archived shows nothing: 404 or 410, one sentence, no name", async () => {
		const made = await make(ada, { name: "Secret plans" });
		const { ask } = visitor();
		const shut = async (url: string, status: number) => {
			for (const path of ["", "/video", "/poster", "/captions", "/nothing"]) {
				const { status: got, text } = await ask(url + path);
				assert.equal(got, status, `${path}: ${text}`);
				assert.doesNotMatch(text, /Secret|webm/);
			}
			assert.equal((await ask(`${url}/file`, { origin: at.bellhop.url, "content-type": "application/x-www-form-urlencoded" }, { method: "POST", body: "" })).status, status);
		};
		const open = await link(made.id);
		await shut(`${at.bellhop.url}/v/${"A".repeat(24)}`, 404);
		await shut(`${at.bellhop.url}/v/x`, 404);
		await shut(open.url.slice(0, -1), 404);
		assert.equal((await ask(open.url.replace("/v/", "/d/"))).status, 404);
		for (const path of ["/nothing", "/video/more", "/%ff"]) assert.equal((await ask(open.url + path)).status, 404, path);
		const revoked = await link(made.id);
		await expectStatus(ada("POST", `${LINKS}/${revoked.id}/revoke`, {}), 200);
		await shut(revoked.url, 410);
		const expired = await link(made.id, { expiresAt: new Date(Date.now() + 3600_000).toISOString() });
		await sql(at.bellhop, `UPDATE share_link SET expires_at = 1 WHERE id = ${expired.id}`);
		await shut(expired.url, 410);
		assert.equal((await ask(`${open.url}/video`)).status, 200);
		await expectStatus(ada("DELETE", item(made.id)), 204);
		await shut(open.url, 410);
		/* nobody makes links to what he does not see */
		const own = await make(ada, { audience: "PRIVATE" });
		await refused(bo("POST", LINKS, { itemId: own.id }), 404);
		await refused(bo("GET", `${LINKS}?itemId=${own.id}`), 404);
		await refused(viewer("POST", LINKS, { itemId: own.id }), 403);
		await expectStatus(ada("DELETE", item(own.id)), 204);
	});

	test("N-50 a view is somebody who came by the page and let it play: not the page alone, not HEAD, not a later part, not a program, not a colleague; once", async () => {
		const made = await make(ada);
		const { url } = await link(made.id, { email: "anna@customer.example" });
		const anna = visitor();
		await anna.ask(url);
		await anna.ask(url, {}, { method: "HEAD" });
		await anna.ask(`${url}/video`, {}, { method: "HEAD" });
		await anna.ask(`${url}/video`, { range: "bytes=5-9" });
		await anna.ask(`${url}/poster`);
		await visitor().ask(`${url}/video`);
		const colleague = visitor(cookies.get(bo));
		await colleague.ask(url);
		await colleague.ask(`${url}/video`);
		await colleague.tell(url, "1:500");
		assert.deepEqual(await views(made.id), []);
		await anna.ask(`${url}/video`, { range: "bytes=0-" });
		await anna.ask(`${url}/video`);
		const [view, ...more] = await views(made.id);
		assert.deepEqual([more, view.visibleMs], [[], 0]);
		/* how much of it: by pieces, no more than the time that passed, and none that it has not */
		assert.equal((await anna.tell(url, "1:900,2:300,21:100,x:y")).status, 204);
		const [watched] = await views(made.id);
		assert.deepEqual(watched.pages.map((p: any) => p.page), [1, 2]);
		const [known] = (await expectStatus(ada("GET", `${LINKS}?itemId=${made.id}`), 200)).results;
		assert.deepEqual([known.email, known.visitCount], ["anna@customer.example", 1]);
		/* a form of another site counts for nothing */
		assert.equal((await anna.ask(`${url}/seen`, { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" }, { method: "POST", body: "pieces=3:900" })).status, 403);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("the file itself is a download, by a form, and only where the link allows it", async () => {
		const made = await make(ada);
		const [open, closed] = [await link(made.id), await link(made.id, { mayDownload: false })];
		const { ask } = visitor();
		const take = (url: string) => ask(`${url}/file`, { origin: at.bellhop.url, "content-type": "application/x-www-form-urlencoded" }, { method: "POST", body: "" });
		const got = await take(open.url);
		assert.deepEqual([got.status, got.headers.get("content-type"), got.bytes.equals(webm())], [200, "application/octet-stream", true]);
		assert.match(got.headers.get("content-disposition") ?? "", /^attachment;/);
		assert.equal((await take(closed.url)).status, 404);
		assert.match((await ask(open.url)).text, /<button>Download/);
		assert.doesNotMatch((await ask(closed.url)).text, /<button>/);
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});

	test("a reply with the card of a video whose link opens nothing is refused in one sentence that names it", async () => {
		const made = await make(ada, { name: "Reset" });
		const { id, url } = await link(made.id);
		const ticket = await newTicket(at.call);
		const card = `<div data-card="video"><p><a href="${url}"><img data-cid="f1@inline" alt="x"></a></p><p><a href="${url}"><strong>Reset</strong></a></p></div>`;
		const send = () => ada("POST", `/desk/v1/tickets/${ticket.id}/replies`, { html: `<p>Look</p>${card}`, to: [{ address: "anna@customer.example" }] });
		await expectStatus(send(), 201);
		await expectStatus(ada("POST", `${LINKS}/${id}/revoke`, {}), 200);
		const answer = await refused(send(), 400, "The link to “Reset” was revoked: insert it again or take it out.");
		assert.equal(answer.errors[0].in, "html");
		await expectStatus(ada("DELETE", item(made.id)), 204);
	});
});
