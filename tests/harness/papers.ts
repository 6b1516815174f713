/* Documents made by hand, so that a test says what is in them: a PDF of so many pages, and office documents as zip archives. */
import zlib from "node:zlib";

export function pdf(pages: string[], trailer = ""): Buffer {
	const objects = ["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Kids [${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ")}] /Count ${pages.length} >>`, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
	for (const [i, text] of pages.entries()) {
		const stream = `BT /F1 36 Tf 72 720 Td (${text}) Tj ET`;
		objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`);
		objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
	}
	let out = "%PDF-1.4\n";
	const places = objects.map((object, i) => {
		const place = out.length;
		out += `${i + 1} 0 obj\n${object}\nendobj\n`;
		return place;
	});
	const table = out.length;
	out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, "0")} 00000 n \n`).join("")}`;
	return Buffer.from(`${out}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${table}\n%%EOF\n`, "latin1");
}

const crc = (zlib as unknown as { crc32: (bytes: Buffer) => number }).crc32;

export function zip(entries: Record<string, Buffer | string>): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const [name, content] of Object.entries(entries)) {
		const bytes = Buffer.from(content);
		const packed = zlib.deflateRawSync(bytes);
		const head = Buffer.alloc(26);
		head.writeUInt16LE(20, 0);
		head.writeUInt16LE(8, 4);
		head.writeUInt32LE(crc(bytes), 10);
		head.writeUInt32LE(packed.length, 14);
		head.writeUInt32LE(bytes.length, 18);
		head.writeUInt16LE(name.length, 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(at, 10);
		directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), head, tail, Buffer.from(name));
		parts.push(Buffer.from("PK\x03\x04", "latin1"), head, Buffer.from(name), packed);
		at += 30 + name.length + packed.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write("PK\x05\x06", "latin1");
	end.writeUInt16LE(Object.keys(entries).length, 8);
	end.writeUInt16LE(Object.keys(entries).length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, list, end]);
}

const OFFICE = "application/vnd.openxmlformats-officedocument.";
const MAIN = {
	docx: ["word/document.xml", `${OFFICE}wordprocessingml.document.main+xml`],
	pptx: ["ppt/presentation.xml", `${OFFICE}presentationml.presentation.main+xml`],
	xlsx: ["xl/workbook.xml", `${OFFICE}spreadsheetml.sheet.main+xml`],
	docm: ["word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"],
} as const;

export function office(format: keyof typeof MAIN, more: Record<string, Buffer | string> = {}): Buffer {
	const [part, type] = MAIN[format];
	return zip({
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types><Override PartName="/${part}" ContentType="${type}"/></Types>`,
		"_rels/.rels": `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${part}"/></Relationships>`,
		[part]: "<document/>",
		...more,
	});
}

/* A grey square that says it has this size. */
export function png(width: number, height: number): Buffer {
	const chunk = (name: string, bytes: Buffer) => {
		const body = Buffer.concat([Buffer.from(name), bytes]);
		const length = Buffer.alloc(4);
		const check = Buffer.alloc(4);
		length.writeUInt32BE(bytes.length);
		check.writeUInt32BE(crc(body));
		return Buffer.concat([length, body, check]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.writeUInt8(8, 8);
	const rows = Buffer.alloc((width + 1) * height, 0x99);
	for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
	return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
