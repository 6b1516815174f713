import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];
process.on("exit", () => {
	if (process.env.KEEP_TEMP) {
		console.error(`kept: ${made.join(" ")}`);
		return;
	}
	for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
});

/* A new directory that is removed when this process ends (KEEP_TEMP=1 keeps it). Servers that give up root may enter it. */
export function tempDir(name = "test"): string {
	const path = mkdtempSync(join(tmpdir(), `bellhop-${name}-`));
	chmodSync(path, 0o755);
	made.push(path);
	return path;
}
