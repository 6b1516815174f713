/* Reads a mail into its parts (RFC 2045, 2046), as far as tests need it: base64 and quoted-printable, nested multiparts. */
export interface Part {
	type: string;
	headers: Map<string, string>;
	/* Decoded. */
	bytes: Buffer;
	text: string;
	parts: Part[];
}

function decode(body: Buffer, encoding: string): Buffer {
	if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
	if (encoding !== "quoted-printable") return body;
	const text = body.toString("latin1").replace(/=\r\n/g, "");
	return Buffer.from(text.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), "latin1");
}

/* A header's encoded words as text (RFC 2047); blanks between two of them count for nothing. */
export function headerText(value: string): string {
	return value
		.replace(/\?=\s+=\?/g, "?==?")
		.replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (words) =>
			Buffer.concat(
				[...words.matchAll(/\?([bq])\?([^?]*)\?=/gi)].map(([, how, text = ""]) =>
					how?.toLowerCase() === "b" ? Buffer.from(text, "base64") : decode(Buffer.from(text.replace(/_/g, " "), "latin1"), "quoted-printable"),
				),
			).toString("utf8"),
		);
}

export function readMail(raw: Buffer): Part {
	const end = raw.indexOf("\r\n\r\n");
	const head = raw.subarray(0, end).toString("utf8").replace(/\r\n[ \t]+/g, " ");
	const headers = new Map(head.split("\r\n").map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
	const body = raw.subarray(end + 4);
	const full = headers.get("content-type") ?? "text/plain";
	const type = full.split(";")[0]?.trim() ?? "";
	const boundary = /boundary="?([^";]+)"?/i.exec(full)?.[1];
	const parts: Part[] = [];
	if (boundary) {
		const all = Buffer.concat([Buffer.from("\r\n"), body]);
		const mark = Buffer.from(`\r\n--${boundary}`);
		let at = all.indexOf(mark);
		for (;;) {
			const next = all.indexOf(mark, at + mark.length);
			if (at < 0 || next < 0) break;
			parts.push(readMail(all.subarray(all.indexOf("\r\n", at + 2) + 2, next)));
			at = next;
		}
	}
	const bytes = decode(body, headers.get("content-transfer-encoding")?.toLowerCase() ?? "");
	return { type, headers, bytes, text: bytes.toString("utf8"), parts };
}

/* Every part that holds no others, in their order. */
export function leaves(part: Part): Part[] {
	return part.parts.length ? part.parts.flatMap(leaves) : [part];
}
