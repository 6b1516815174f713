/* Addresses as people write and paste them: commas, semicolons, lines, "Name <address>", names with commas in quotes. */

export interface Entry {
	/* As it was written. */
	text: string;
	address: string;
	name?: string;
	isBad: boolean;
}

const ADDRESS = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+$/;

/* The pieces of a list; separators within quotes and angle brackets belong to a piece. */
function pieces(line: string): string[] {
	const out: string[] = [];
	let piece = "";
	let isQuoted = false;
	let isAngled = false;
	for (const c of line) {
		if (c === '"') isQuoted = !isQuoted;
		if (!isQuoted && c === "<") isAngled = true;
		if (c === ">") isAngled = false;
		if (!isQuoted && !isAngled && /[,;\n\r\t]/.test(c)) {
			out.push(piece);
			piece = "";
		} else piece += c;
	}
	out.push(piece);
	return out.map((p) => p.trim()).filter(Boolean);
}

function readEntry(text: string): Entry {
	const angled = /^(.*?)<([^<>]*)>\s*$/.exec(text);
	const address = (angled?.[2] ?? text).trim().replace(/^mailto:/i, "");
	const name = angled?.[1]?.trim().replace(/^"(.*)"$/, "$1");
	return { text, address, name: name || undefined, isBad: !ADDRESS.test(address) };
}

/* Each address once, the first of the same counts. "a@x b@y" pasted without separators are two. */
export function readEntries(line: string): Entry[] {
	const seen = new Set<string>();
	return pieces(line)
		.flatMap((p) => (/\s/.test(p) && p.split(/\s+/).every((w) => ADDRESS.test(w)) ? p.split(/\s+/) : [p]))
		.map(readEntry)
		.filter((e) => {
			const key = e.address.toLowerCase();
			return seen.has(key) ? false : seen.add(key);
		});
}

export function parseAddresses(line: string): { addresses: string[]; bad?: string } {
	const entries = readEntries(line);
	const bad = entries.find((e) => e.isBad);
	return { addresses: entries.filter((e) => !e.isBad).map((e) => e.address), bad: bad?.text };
}

export const writeEntry = (e: { address: string; name?: string }) => {
	if (!e.name) return e.address;
	return /[",;<>@]/.test(e.name) ? `"${e.name.replaceAll('"', "")}" <${e.address}>` : `${e.name} <${e.address}>`;
};

export const joinEntries = (entries: readonly { address: string; name?: string }[]) =>
	entries.map(writeEntry).join(", ");

/* A later field drops what an earlier one has: nobody gets a mail twice. */
export function withoutTwice(lines: readonly string[]): string[][] {
	const seen = new Set<string>();
	return lines.map((line) =>
		parseAddresses(line).addresses.filter((a) => {
			const key = a.toLowerCase();
			return seen.has(key) ? false : seen.add(key);
		}),
	);
}
