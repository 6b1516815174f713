/* Puts a .gz beside every file of dist that gets smaller by it; the server sends it as it is. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const TEXT = /\.(js|css|svg|json|map|webmanifest)$/;

/* index.html has none: the server writes a new nonce into it for each answer. */
for (const name of readdirSync(dist, { recursive: true })) {
	if (!TEXT.test(name)) continue;
	const path = join(dist, name);
	const plain = readFileSync(path);
	const packed = gzipSync(plain, { level: 9 });
	if (packed.length < plain.length) writeFileSync(`${path}.gz`, packed);
}
