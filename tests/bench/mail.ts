import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBellhop, tempDir, waitFor } from "../harness/index.ts";
import { alternate, compile, type Figure, median, rates, round, runJson, TURN_S } from "./measure.ts";

interface Raw {
	perSecond: number;
	n: number;
	p99Ms: number;
}

const CONNECTIONS = 20;
const AT_LEAST = 300;
const SIZE = 10 << 10;

/* Text and HTML in one mail of 10 KB, as mail programs write them. */
function makeMail(to: string): string {
	const lines: string[] = [];
	for (let i = 0; lines.join("").length < SIZE * 0.4; i++) lines.push(`${i}. Since the update the printer in room ${i} prints every page twice. =C3=84rgerlich!`);
	const text = lines.join("\r\n");
	const html = lines.map((line) => `<p style=3D"margin:0">${line}</p>`).join("\r\n");
	const head = [
		"Received: from mx.bench.example (mx.bench.example [192.0.2.7]) by desk.example with ESMTPS; Sat, 21 Nov 2026 10:00:00 +0000",
		"From: =?utf-8?q?J=C3=BCrgen?= Visitor <visitor@bench.example>",
		`To: Support <${to}>`,
		"Subject: =?utf-8?q?Printer_doppelt_=E2=80=93_every_page_twice?=",
		"Date: Sat, 21 Nov 2026 10:00:00 +0000",
		"Message-ID: <000000000000@bench.example>",
		"MIME-Version: 1.0",
		'Content-Type: multipart/alternative; boundary="=_limit"',
		"",
	].join("\r\n");
	const part = (type: string, body: string) => `--=_limit\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}\r\n`;
	return `${head}\r\n${part("text/plain", text)}${part("text/html", html)}--=_limit--\r\n`;
}

export async function mail(): Promise<Figure[]> {
	const bellhop = await startBellhop({ engine: "sqlite" });
	const dir = tempDir("mail");
	const path = join(dir, "mail.eml");
	const bytes = makeMail(bellhop.inbox);
	writeFileSync(path, bytes);
	const load = compile("lmtp_load");
	const raw = compile("raw_mail", ["gmime-3.0", "sqlite3"]);

	const waitUntilRead = async () => {
		const from = Date.now();
		await waitFor("the mails to be read", async () => (await bellhop.api.get<{ queueDepth: number }>("/healthz")).queueDepth === 0, { timeoutMs: 60_000, everyMs: 100 });
		return (Date.now() - from) / 1000;
	};
	const drains: number[] = [];
	const { reference, subject } = await alternate<Raw, Raw>(
		() => runJson(raw, join(dir, "raw.db"), path, CONNECTIONS, TURN_S),
		async () => {
			const taken = await runJson<Raw>(load, bellhop.lmtpPort, bellhop.inbox, path, CONNECTIONS, TURN_S);
			drains.push(await waitUntilRead());
			return taken;
		},
	);
	await bellhop.stop();
	const perSecond = subject.map((r) => r.perSecond);
	const rate = median(perSecond);
	return [
		{ ...rates(`LMTP, mails of ${round(bytes.length / 1024, 1)} KB on disk, ${CONNECTIONS} connections : GMime + raw insert`, perSecond, reference.map((r) => r.perSecond), "/s"), target: `>= ${AT_LEAST} /s`, isMet: rate >= AT_LEAST },
		{ what: "  p99 of a mail", value: `${round(median(subject.map((r) => r.p99Ms)))} ms`, raw: subject },
		{ what: `  until the ${round(median(subject.map((r) => r.n)))} mails of a turn are tickets, after the last 250`, value: `${round(median(drains), 1)} s`, raw: drains },
	];
}
