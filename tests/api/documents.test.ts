/* Documents of the library: taken by their bytes, pictured by a child that may do nothing, shared by links, and what is told of visits. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { forEachEngine, office, pdf, png, type SmtpSink, startSmtpSink, waitFor, zip } from "../harness/index.ts";
import { agent, byCookie, type Call, desk, expectStatus, mailIn, newContact, newTicket, refused, signIn, sql } from "./help.ts";

const DOCUMENTS = "/desk/v1/documents";
const LINKS = "/desk/v1/share-links";
const item = (id: string) => `/desk/v1/library/items/${id}`;

let sink: SmtpSink;
before(async () => {
	sink = await startSmtpSink();
});
after(() => sink?.stop());

forEachEngine((engine) => {
	const at = desk(engine);
	const cookies = new Map<Call, string>();
	let ada: Call;
	let bo: Call;
	let viewer: Call;
	const signedIn = async (who: { email: string; password: string }) => {
		const cookie = await signIn(at.bellhop, who);
		const call = byCookie(at.bellhop, cookie);
		cookies.set(call, cookie);
		return call;
	};
	const person = async (email: string, role = "agent") => {
		const password = "people who have words";
		at.bellhop.command("user", "add", "--email", email, "--password", password);
		if (role !== "agent") await sql(at.bellhop, `UPDATE desk_user SET role = 3 WHERE email = '${email}'`);
		return signedIn({ email, password });
	};
	before(async () => {
		ada = await signedIn(agent);
		bo = await person("bo@desk.example");
		viewer = await person("viewer@desk.example", "viewer");
	});

	const send = async (call: Call, path: string, content: Buffer | string, name = "paper.pdf", fields: Record<string, string> = {}) => {
		const form = new FormData();
		for (const [field, value] of Object.entries(fields)) form.set(field, value);
		form.set("file", new Blob([content as any]), name);
		const answer = await fetch(at.bellhop.url + path, { method: "POST", body: form, headers: { cookie: cookies.get(call) ?? "", origin: at.bellhop.url } });
		const text = await answer.text();
		return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : undefined };
	};
	const upload = async (call: Call, content: Buffer | string, name?: string, fields?: Record<string, string>): Promise<any> => expectStatus(send(call, DOCUMENTS, content, name, fields), 201);
	const pictured = (call: Call, id: string) =>
		waitFor("its pictures", async () => {
			const d = (await expectStatus(call("GET", `${DOCUMENTS}/${id}`), 200)) as any;
			return d.pictureState !== "WAITING" && d;
		});
	const bytes = async (call: Call | undefined, path: string, init: RequestInit = {}) => {
		const answer = await fetch(path.startsWith("http") ? path : at.bellhop.url + path, { redirect: "manual", ...init, headers: { ...(call && { cookie: cookies.get(call) ?? "" }), ...init.headers } });
		return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
	};
	const link = async (itemId: string, body: object = {}, call = ada): Promise<any> => expectStatus(call("POST", LINKS, { itemId, ...body }), 201);

	/* Somebody outside: his cookies, and what he does on a page. */
	const visitor = () => {
		let cookie = "";
		const ask = async (url: string, init: RequestInit = {}) => {
			const answer = await bytes(undefined, url, { ...init, headers: { ...(cookie && { cookie }), ...init.headers } });
			cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
			return { ...answer, text: answer.bytes.toString("utf8") };
		};
		const post = (url: string, fields: Record<string, string> = {}, from = at.bellhop.url) => ask(url, { method: "POST", body: new URLSearchParams(fields), headers: { origin: from } });
		return { ask, post };
	};
	const visits = async (itemId: string, call = ada) => (await expectStatus(call("GET", `/desk/v1/share-visits?itemId=${itemId}`), 200)).results;

	test("N-30 a PDF, DOCX, PPTX and XLSX are taken, by their bytes and not by their names", async () => {
		const paper = await upload(ada, pdf(["One"]), "Price list 2026.txt");
		assert.deepEqual([paper.name, paper.format, paper.fileName, paper.kind, paper.version, paper.audience, paper.visitCount, paper.lastVisitAt], ["Price list 2026", "pdf", "Price list 2026.pdf", "document", 1, "EVERYONE", 0, undefined]);
		for (const format of ["docx", "pptx", "xlsx"] as const) {
			const made = await upload(ada, office(format), "x.pdf", { name: `A ${format}`, audience: "PRIVATE" });
			assert.deepEqual([made.format, made.name, made.fileName, made.audience], [format, `A ${format}`, `A ${format}.${format}`, "PRIVATE"]);
			const got = await bytes(ada, `${DOCUMENTS}/${made.id}/content`);
			assert.deepEqual(got.bytes, office(format));
		}
		assert.equal(paper.sizeBytes, pdf(["One"]).length);
	});

	test("a file is taken whatever it is called: what is too long for a name is cut, marks of browsers are read", async () => {
		const long = "日".repeat(120);
		for (const [file, name] of [[`${long}.pdf`, long.slice(0, 100)], ['A 5" disk.pdf', 'A 5" disk'], ["Report v1.2", "Report v1.2"], [".pdf", "document"], ["Budget.PDF", "Budget"]] as const)
			assert.equal((await upload(ada, pdf(["x"]), file)).name, name);
	});

	test("N-30 what is none of these, has macros, is locked, broken, empty or too large is refused in one sentence", async () => {
		const refusedAs = (content: Buffer | string, says: RegExp) => refused(send(ada, DOCUMENTS, content), 400, says);
		const count = async () => (await expectStatus(ada("GET", `${DOCUMENTS}?limit=100`), 200)).results.length;
		const before = await count();
		await refusedAs("just words", /^This is not a PDF, DOCX, PPTX or XLSX document\.$/);
		await refusedAs(png(3, 3), /not a PDF/);
		await refusedAs(zip({ "readme.txt": "hello" }), /not a PDF/);
		await refusedAs("", /^This file is empty\.$/);
		await refusedAs(office("docm"), /^This document has macros: save it without them\.$/);
		await refusedAs(office("docx", { "word/vbaProject.bin": "x" }), /macros/);
		await refusedAs(Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]), /protected by a password/);
		await refusedAs(pdf(["Secret"], "/Encrypt 9 0 R "), /protected by a password/);
		await refusedAs(office("docx").subarray(0, -30), /^This document is broken/);
		await refusedAs(office("xlsx", { "[Content_Types].xml": Buffer.alloc(8 << 20, " ") }), /broken/);
		await refusedAs(Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(50 << 20, "x")]), /^A document has at most 50 MB\.$/);
		assert.equal(await count(), before);
	});

	test("N-30 V2 pages of a PDF become pictures; the bytes are a download, whatever they are called", async () => {
		const made = await upload(ada, pdf(["Page one", "Page two", "Page three"]));
		const d = await pictured(ada, made.id);
		assert.deepEqual([d.pictureState, d.pageCount], ["READY", 3]);
		for (const page of [0, 1, 3]) {
			const picture = await bytes(ada, `${DOCUMENTS}/${made.id}/pictures/${page}`);
			assert.deepEqual([picture.status, picture.headers.get("content-type"), picture.headers.get("x-content-type-options"), picture.headers.get("content-security-policy")], [200, "image/jpeg", "nosniff", "default-src 'none'; sandbox"]);
			assert.ok(picture.bytes.length > 1000 && picture.bytes.readUInt16BE(0) === 0xffd8);
		}
		assert.equal((await bytes(ada, `${DOCUMENTS}/${made.id}/pictures/4`)).status, 404);
		const file = await bytes(ada, `${DOCUMENTS}/${made.id}/content`);
		assert.deepEqual([file.headers.get("content-type"), file.headers.get("content-disposition")?.split(";")[0], file.headers.get("x-content-type-options"), file.headers.get("content-security-policy")], ["application/octet-stream", "attachment", "nosniff", "default-src 'none'; sandbox"]);
	});

	test("a hostile or broken PDF is there, without pictures; and those behind it get theirs", async () => {
		const endless = Buffer.from(pdf(["x"]).toString("latin1").replace("/Kids [4 0 R]", "/Kids [2 0 R]"), "latin1");
		const wide = Buffer.from(pdf(["x"]).toString("latin1").replace("[0 0 595 842]", "[0 0 1e9 1e9]"), "latin1");
		const bad = [pdf(["x"]).subarray(0, 60), Buffer.from("%PDF-1.4 nothing of a document"), endless];
		const made = [];
		for (const content of bad) made.push(await upload(ada, content));
		const flat = await upload(ada, wide);
		const good = await upload(ada, pdf(["Good"]));
		assert.equal((await pictured(ada, good.id)).pictureState, "READY");
		for (const { id } of made) assert.equal((await pictured(ada, id)).pictureState, "NONE");
		const d = await pictured(ada, flat.id);
		if (d.pictureState === "READY") assert.ok((await bytes(ada, `${DOCUMENTS}/${flat.id}/pictures/0`)).bytes.length < 3 << 20);
		for (const [i, { id }] of made.entries()) assert.deepEqual((await bytes(ada, `${DOCUMENTS}/${id}/content`)).bytes, bad[i]);
	});

	test("an office document shows the picture that it brings along, and none that is something else", async () => {
		const square = png(40, 30);
		const made = await upload(ada, office("pptx", { "docProps/thumbnail.jpeg": square }));
		assert.equal((await pictured(ada, made.id)).pictureState, "READY");
		assert.deepEqual((await bytes(ada, `${DOCUMENTS}/${made.id}/pictures/0`)).bytes, square);
		for (const thumbnail of ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", png(9000, 2), Buffer.alloc(4 << 20, 1)]) {
			const other = await upload(ada, office("docx", { "docProps/thumbnail.jpeg": thumbnail }));
			assert.equal((await pictured(ada, other.id)).pictureState, "NONE");
			assert.equal((await bytes(ada, `${DOCUMENTS}/${other.id}/pictures/0`)).status, 404);
		}
	});

	test("a new version has other bytes and keeps the links; only who may change it makes one", async () => {
		const made = await upload(ada, pdf(["Old"]));
		await pictured(ada, made.id);
		const shared = await link(made.id);
		await refused(send(bo, `${DOCUMENTS}/${made.id}/versions`, pdf(["Bo's"])), 403, /somebody else's/);
		await refused(send(ada, `${DOCUMENTS}/${made.id}/versions`, "words"), 400, /not a PDF/);
		const next = await expectStatus(send(ada, `${DOCUMENTS}/${made.id}/versions`, pdf(["New one", "New two"])), 201);
		assert.deepEqual([next.version, next.id, next.name], [2, made.id, made.name]);
		assert.equal((await pictured(ada, made.id)).pageCount, 2);
		const page = await visitor().ask(shared.url);
		assert.equal(page.text.match(/<img /g)?.length, 2);
		assert.deepEqual((await bytes(ada, `${DOCUMENTS}/${made.id}/content`)).bytes, pdf(["New one", "New two"]));
	});

	test("V6 a private document is its owner's; viewers see what is everybody's and share nothing", async () => {
		const mine = await upload(ada, pdf(["Mine"]), "mine.pdf", { audience: "PRIVATE" });
		const all = await upload(ada, pdf(["All"]), "all.pdf");
		const shared = await link(mine.id);
		for (const path of ["", "/content", "/pictures/0"]) await refused(bo("GET", `${DOCUMENTS}/${mine.id}${path}`), 404);
		await refused(bo("PATCH", `${DOCUMENTS}/${mine.id}`, { name: "Bo's" }), 404);
		await refused(bo("GET", `${LINKS}?itemId=${mine.id}`), 404);
		await refused(bo("POST", LINKS, { itemId: mine.id }), 404);
		await refused(bo("PATCH", `${LINKS}/${shared.id}`, { mayDownload: false }), 404);
		await refused(bo("POST", `${LINKS}/${shared.id}/revoke`), 404);
		await refused(bo("GET", `/desk/v1/share-visits?itemId=${mine.id}`), 404);
		assert.ok(!(await expectStatus(bo("GET", `${DOCUMENTS}?limit=100`), 200)).results.some((d: any) => d.id === mine.id));
		const ours = await link(all.id);
		await expectStatus(bo("GET", `${LINKS}?itemId=${all.id}`), 200);
		await refused(bo("POST", `${LINKS}/${ours.id}/revoke`), 403, /somebody else's/);
		await expectStatus(viewer("GET", `${DOCUMENTS}/${all.id}`), 200);
		await refused(viewer("POST", LINKS, { itemId: all.id }), 403);
		await refused(viewer("GET", `${LINKS}?itemId=${all.id}`), 403);
		await refused(send(viewer, DOCUMENTS, pdf(["x"])), 403);
		/* by the id of its file nobody gets at the bytes */
		const fileId = await sql(at.bellhop, `SELECT file_id FROM document WHERE id = ${mine.id}`);
		await refused(ada("GET", `/desk/v1/files/${fileId}/content`), 404);
		/* a snippet is nothing that is shared */
		const snippet = await expectStatus(ada("POST", "/desk/v1/snippets", { name: "S", html: "<p>x</p>", audience: "EVERYONE" }), 201);
		await refused(ada("POST", LINKS, { itemId: snippet.id }), 404);
	});

	test("a link is stored as a hash and sealed, shows its document, and opens nothing when it was guessed, revoked, has expired or was archived", async () => {
		const made = await upload(ada, pdf(["Terms"]), "Terms & <conditions>.pdf");
		await pictured(ada, made.id);
		const shared = await link(made.id);
		const token = shared.url.split("/d/")[1];
		assert.match(token, /^[\w-]{24}$/);
		assert.equal(await sql(at.bellhop, `SELECT COUNT(*) FROM share_link WHERE token_hash LIKE '%${token}%' OR sealed_token LIKE '%${token}%'`), "0");
		const page = await visitor().ask(shared.url);
		assert.equal(page.status, 200);
		assert.match(page.text, /<h1>Terms &amp; &lt;conditions&gt;<\/h1>/);
		assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
		assert.match(page.text, /noindex/);
		const never = async (url: string, status: number, says: RegExp) => {
			for (const path of ["", "/page/1", "/page/0"]) {
				const answer = await visitor().ask(url + path);
				assert.equal(answer.status, status, path);
				assert.match(answer.text, says);
				assert.doesNotMatch(answer.text, /Terms/);
			}
			for (const path of ["/file", "/seen", ""]) assert.equal((await visitor().post(url + path, { pages: "1:500" })).status, status, path);
		};
		await never(`${at.bellhop.url}/d/${"A".repeat(24)}`, 404, /nothing behind this link/);
		await never(`${at.bellhop.url}/d/${token.slice(0, -1)}`, 404, /nothing behind this link/);
		await never(`${at.bellhop.url}/d/%00%ff`, 404, /nothing behind this link/);
		for (const path of ["/page/2", "/page/-1", "/page/", "/page/1/2", "/file", "/x", "/page/1e9"]) assert.equal((await visitor().ask(shared.url + path)).status, 404, path);
		await expectStatus(ada("DELETE", item(made.id)), 204);
		await never(shared.url, 410, /not available any more/);
		await expectStatus(ada("POST", `${item(made.id)}/restore`), 204);
		assert.equal((await visitor().ask(shared.url)).status, 200);
		const revoked = await expectStatus(ada("POST", `${LINKS}/${shared.id}/revoke`), 200);
		assert.deepEqual([revoked.isOpen, revoked.url], [false, undefined]);
		await never(shared.url, 410, /was revoked/);
		await refused(ada("PATCH", `${LINKS}/${shared.id}`, { mayDownload: true }), 409, /was revoked/);
		const short = await link(made.id, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
		await sql(at.bellhop, `UPDATE share_link SET expires_at = 1000 WHERE id = ${short.id}`);
		await never(short.url, 410, /has expired/);
		assert.ok((await expectStatus(ada("PATCH", `${LINKS}/${short.id}`, { expiresAt: null }), 200)).isOpen);
		assert.equal((await visitor().ask(short.url)).status, 200);
		await refused(ada("POST", LINKS, { itemId: made.id, expiresAt: "2020-01-01T00:00:00Z" }), 400, /time to come/);
		await refused(ada("POST", LINKS, { itemId: made.id, email: "nobody" }), 400, /not an email address/);
	});

	test("a switch of a link that is neither true nor false is refused: no gate is left out for it; nobody keeps what it gives for others", async () => {
		const made = await upload(ada, pdf(["x"]));
		await refused(ada("POST", LINKS, { itemId: made.id, asksEmail: "yes" }), 400, /asksEmail is true or false\./);
		await refused(ada("POST", LINKS, { itemId: made.id, mayDownload: 0 }), 400, /mayDownload/);
		const l = await link(made.id);
		await refused(ada("PATCH", `${LINKS}/${l.id}`, { asksEmail: "true" }), 400, /asksEmail/);
		for (const answer of [await bytes(ada, `${DOCUMENTS}/${made.id}/content`), await visitor().post(`${l.url}/file`)])
			assert.deepEqual([answer.status, answer.headers.get("cache-control")], [200, "private, no-cache"]);
	});

	test("the file is given as a download, by a form, and only where the link allows it", async () => {
		const made = await upload(ada, pdf(["Take me"]));
		const free = await link(made.id);
		const shut = await link(made.id, { mayDownload: false });
		const who = visitor();
		assert.match((await who.ask(free.url)).text, /<button>Download<\/button>/);
		const file = await who.post(`${free.url}/file`);
		assert.deepEqual([file.status, file.headers.get("content-type"), file.headers.get("content-disposition")?.split(";")[0], file.headers.get("x-content-type-options"), file.headers.get("content-security-policy")], [200, "application/octet-stream", "attachment", "nosniff", "default-src 'none'; sandbox"]);
		assert.deepEqual(file.bytes, pdf(["Take me"]));
		assert.doesNotMatch((await visitor().ask(shut.url)).text, /Download/);
		assert.equal((await visitor().post(`${shut.url}/file`)).status, 404);
		assert.equal((await who.post(`${free.url}/file`, {}, "https://evil.example")).status, 403);
		assert.deepEqual((await visits(made.id)).map((v: any) => [v.linkId, v.downloadCount]), [[free.id, 1]]);
	});

	test("N-30 the gate wants the address that the link is for, tells nothing before, and says that it proves nothing", async () => {
		const made = await upload(ada, pdf(["Offer"]), "Offer for Maria.pdf");
		await pictured(ada, made.id);
		const shared = await link(made.id, { email: "Maria@Guest.example", asksEmail: true });
		assert.equal(shared.email, "maria@guest.example");
		const who = visitor();
		const gate = await who.ask(shared.url);
		assert.equal(gate.status, 200);
		assert.match(gate.text, /no proof of who you are/);
		assert.doesNotMatch(gate.text, /Offer for|maria/i);
		assert.doesNotMatch((await who.ask(`${shared.url}/page/1`)).text, /JFIF/);
		assert.equal((await visitor().post(shared.url, { email: "maria@guest.example" })).status, 400, "without a cookie it could not know him again");
		const wrong = await who.post(shared.url, { email: "paul@guest.example" });
		assert.equal(wrong.status, 400);
		assert.match(wrong.text, /for another email address/);
		const none = await who.post(shared.url, { email: 'no "address' });
		assert.equal(none.status, 400);
		assert.match(none.text, /This is not an email address\.[\s\S]*value="no &quot;address"/, "what was typed stays");
		const passed = await who.post(shared.url, { email: " MARIA@guest.example" });
		assert.deepEqual([passed.status, passed.headers.get("location")], [303, `/d/${shared.url.split("/d/")[1]}`]);
		assert.match((await who.ask(shared.url)).text, /Offer for Maria/);
		assert.equal((await who.ask(`${shared.url}/page/1`)).headers.get("content-type"), "image/jpeg");
		assert.match((await visitor().ask(shared.url)).text, /Your email address/, "another browser is asked too");
		assert.deepEqual((await visits(made.id)).map((v: any) => v.email), ["maria@guest.example"]);
		for (let i = 0; i < 20; i++) await who.post(shared.url, { email: `guess${i}@guest.example` });
		const guesser = visitor();
		await guesser.ask(shared.url);
		for (let i = 0; i < 20; i++) await guesser.post(shared.url, { email: `guess${i}@guest.example` });
		assert.equal((await guesser.post(shared.url, { email: "maria@guest.example" })).status, 429);
	});

	test("N-30 a visit counts when something was seen, not when a program asks for the page; seconds of pages are those that passed", async () => {
		const made = await upload(ada, pdf(["One", "Two", "Three"]));
		await pictured(ada, made.id);
		const shared = await link(made.id, { email: "guest@hotel.example" });
		const scanner = visitor();
		await scanner.ask(shared.url, { method: "HEAD" });
		await scanner.ask(shared.url);
		await scanner.ask(shared.url);
		await scanner.ask(`${shared.url}/page/1`, { method: "HEAD" });
		await visitor().ask(`${shared.url}/page/1`);
		assert.deepEqual(await visits(made.id), []);
		assert.equal((await bytes(ada, shared.url)).status, 200);
		const own = await bytes(ada, `${shared.url}/page/1`, { headers: { cookie: `${cookies.get(ada)}; visit=${"a".repeat(24)}` } });
		assert.equal(own.status, 200);
		assert.deepEqual(await visits(made.id), [], "who is signed in to the desk is no visitor");

		const reader = visitor();
		await reader.ask(shared.url);
		await reader.ask(`${shared.url}/page/1`);
		assert.equal((await visits(made.id)).length, 1);
		assert.equal((await reader.post(`${shared.url}/seen`, { pages: "1:700,2:300,9:500,0:10,2:-5,x:1,3" }, "https://evil.example")).status, 403);
		assert.equal((await reader.post(`${shared.url}/seen`, { pages: "1:700,2:300,9:500,0:10,2:-5,x:1,3" })).status, 204);
		assert.equal((await reader.post(`${shared.url}/seen`, { pages: "3:99999999" })).status, 204);
		const [visit] = await visits(made.id);
		assert.deepEqual(visit.pages.slice(0, 2), [{ page: 1, visibleMs: 700 }, { page: 2, visibleMs: 300 }]);
		assert.ok(visit.pages[2].page === 3 && visit.pages[2].visibleMs < 10_000, JSON.stringify(visit.pages));
		assert.equal(visit.pages.length, 3);
		const d = await expectStatus(ada("GET", `${DOCUMENTS}/${made.id}`), 200);
		assert.ok(d.visitCount === 1 && d.lastVisitAt);
		/* another link's visitor is nobody here */
		const other = await link(made.id);
		await reader.post(`${other.url}/seen`, { pages: "1:100" });
		assert.deepEqual((await visits(made.id)).map((v: any) => v.linkId).sort(), [shared.id, other.id].sort());
	});

	test("the sharer is told of a visit, once an hour for each link, and may choose how", async () => {
		const made = await upload(bo, pdf(["News"]), "News.pdf");
		const shared = await link(made.id, { email: "guest@hotel.example" }, bo);
		const told = async () => (await expectStatus(bo("GET", "/desk/v1/notifications"), 200)).results.filter((n: any) => n.topic === "SHARED");
		for (let i = 0; i < 3; i++) {
			const who = visitor();
			await who.ask(shared.url);
			await who.post(`${shared.url}/seen`, { pages: "1:100" });
		}
		assert.deepEqual((await told()).map((n: any) => [n.happening, n.subject, n.actorName, n.itemId, n.itemKind, n.ticketId, n.isGone, n.isRead]), [["OPENED", "News", "guest@hotel.example", made.id, "document", undefined, false, false]]);
		await sql(at.bellhop, `UPDATE share_link SET told_at = told_at - 3700000 WHERE id = ${shared.id}`);
		const late = visitor();
		await late.ask(shared.url);
		await late.post(`${shared.url}/seen`);
		assert.equal((await told()).length, 2);
		await expectStatus(bo("PATCH", "/desk/v1/preferences", { notifications: { SHARED: { bell: false, popup: false, browser: false, email: false } } }), 200);
		const second = await link(made.id, {}, bo);
		const quiet = visitor();
		await quiet.ask(second.url);
		await quiet.post(`${second.url}/seen`);
		assert.equal((await told()).length, 2);
		assert.equal((await visits(made.id, bo)).length, 5);

		/* by mail, where he wants that */
		sink.mails.length = 0;
		await at.bellhop.api.put("/desk/v1/relay", { url: sink.url });
		await expectStatus(bo("PATCH", "/desk/v1/preferences", { notifications: { SHARED: { bell: true, popup: false, browser: false, email: true } } }), 200);
		const third = await link(made.id, { email: "anna@hotel.example" }, bo);
		const anna = visitor();
		await anna.ask(third.url);
		await anna.post(`${third.url}/seen`);
		const mail = await waitFor("the mail", () => sink.mails.find((m) => m.to.includes("bo@desk.example")), { timeoutMs: 30_000 });
		assert.match(mail.data.toString(), /Subject: anna@hotel\.example opened what you shared: News/);
		assert.match(mail.data.toString(), new RegExp(`/library/documents/${made.id}`));
	});

	test("the link of a ticket is for who is written to, the same one again, and a new one when it opens nothing any more", async () => {
		const row = await mailIn(at.bellhop, "aino@guest.example", "Send me the price list");
		const made = await upload(ada, pdf(["Prices"]));
		const ask = () => expectStatus(ada("POST", `/desk/v1/tickets/${row.id}/share-links`, { itemId: made.id }), 200);
		const first = await ask();
		assert.deepEqual([first.email, first.ticketId, first.asksEmail, first.mayDownload], ["aino@guest.example", row.id, false, true]);
		assert.deepEqual(await ask(), first);
		await expectStatus(ada("POST", `${LINKS}/${first.id}/revoke`), 200);
		const second = await ask();
		assert.notEqual(second.url, first.url);
		await refused(viewer("POST", `/desk/v1/tickets/${row.id}/share-links`, { itemId: made.id }), 403);
		const empty = await newTicket(ada);
		assert.equal((await expectStatus(ada("POST", `/desk/v1/tickets/${empty.id}/share-links`, { itemId: made.id }), 200)).email, undefined);
	});

	test("who is erased is no recipient and no visitor any more", async () => {
		const contact = await newContact(at.call, "gone@guest.example");
		const made = await upload(ada, pdf(["x"]));
		const shared = await link(made.id, { email: "gone@guest.example", contactId: contact.id, asksEmail: true });
		const who = visitor();
		await who.ask(shared.url);
		assert.equal((await who.post(shared.url, { email: "gone@guest.example" })).status, 303);
		await expectStatus(at.call("POST", "/crm/v3/objects/contacts/gdpr-delete", { objectId: contact.id }), 204);
		const [left] = (await expectStatus(ada("GET", `${LINKS}?itemId=${made.id}`), 200)).results;
		assert.deepEqual([left.email, left.contactId, left.isOpen], [undefined, undefined, false]);
		assert.deepEqual((await visits(made.id)).map((v: any) => v.email), [undefined]);
		assert.ok(!JSON.stringify(await expectStatus(ada("GET", "/desk/v1/notifications"), 200)).includes("gone@guest.example"));
	});

	test("N-30 users without a seat see the first five documents only", async () => {
		const seatless = await person("seatless@desk.example");
		await sql(at.bellhop, "UPDATE desk_user SET seat = 3 WHERE email = 'seatless@desk.example'");
		const all = (await expectStatus(seatless("GET", `${DOCUMENTS}?limit=100`), 200)).results;
		const ids = (await sql(at.bellhop, "SELECT id FROM library_item WHERE kind = 'document' ORDER BY id")).split("\n");
		assert.ok(all.length > 0 && all.every((d: any) => ids.slice(0, 5).includes(d.id)), "of what everybody has, only what is among the desk's first five");
		await refused(seatless("GET", `${DOCUMENTS}/${ids.at(-1)}`), 404);
	});
});
