/* A line of addresses as people type it: commas, semicolons, "Name <address>". Twice the same counts once. */
export function parseAddresses(line: string): { addresses: string[]; bad?: string } {
	const addresses: string[] = [];
	const seen = new Set<string>();
	for (const part of line.split(/[,;\n]+/)) {
		const text = part.trim();
		if (!text) continue;
		const address = (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
		if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) return { addresses, bad: text };
		const key = address.toLowerCase();
		if (!seen.has(key)) addresses.push(address);
		seen.add(key);
	}
	return { addresses };
}
