/* What two texts have in common, word by word (the algorithm of E. Myers, 1986). */

export interface DiffPart {
	kind: "same" | "added" | "removed";
	text: string;
}

/* More differing words than this, and the middle is shown as replaced in one piece: the time grows with their square. */
const MAX_DIFFERENCES = 800;

export function wordsOf(text: string, lang: string): string[] {
	return [...new Intl.Segmenter(lang, { granularity: "word" }).segment(text)].map((s) => s.segment);
}

function add(parts: DiffPart[], kind: DiffPart["kind"], words: readonly string[]) {
	if (words.length === 0) return;
	const last = parts.at(-1);
	if (last?.kind === kind) last.text += words.join("");
	else parts.push({ kind, text: words.join("") });
}

/* For every number of differences how far each diagonal came; undefined: too many. */
function walk(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
	const most = Math.min(a.length + b.length, MAX_DIFFERENCES);
	const far = new Int32Array(2 * most + 2);
	const trace: Int32Array[] = [];
	for (let d = 0; d <= most; d++) {
		trace.push(far.slice());
		for (let k = -d; k <= d; k += 2) {
			const at = k + most;
			const isDown = k === -d || (k !== d && (far[at - 1] ?? 0) < (far[at + 1] ?? 0));
			let x = isDown ? (far[at + 1] ?? 0) : (far[at - 1] ?? 0) + 1;
			let y = x - k;
			while (x < a.length && y < b.length && a[x] === b[y]) {
				x++;
				y++;
			}
			far[at] = x;
			if (x >= a.length && y >= b.length) return trace;
		}
	}
	return undefined;
}

/* From the end back to the beginning, along the way that was found. */
function back(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): DiffPart[] {
	const steps: { kind: DiffPart["kind"]; word: string }[] = [];
	const most = Math.min(a.length + b.length, MAX_DIFFERENCES);
	let x = a.length;
	let y = b.length;
	for (let d = trace.length - 1; d > 0; d--) {
		const far = trace[d] as Int32Array;
		const k = x - y;
		const at = k + most;
		const isDown = k === -d || (k !== d && (far[at - 1] ?? 0) < (far[at + 1] ?? 0));
		const fromX = isDown ? (far[at + 1] ?? 0) : (far[at - 1] ?? 0);
		const fromY = fromX - (isDown ? k + 1 : k - 1);
		const startX = isDown ? fromX : fromX + 1;
		for (; x > startX; x--, y--) steps.push({ kind: "same", word: a[x - 1] ?? "" });
		if (isDown) steps.push({ kind: "added", word: b[fromY] ?? "" });
		else steps.push({ kind: "removed", word: a[fromX] ?? "" });
		x = fromX;
		y = fromY;
	}
	for (; x > 0; x--) steps.push({ kind: "same", word: a[x - 1] ?? "" });
	const parts: DiffPart[] = [];
	for (const s of steps.reverse()) add(parts, s.kind, [s.word]);
	return parts;
}

/* Blanks between two changes belong to them: words that were replaced one behind the other are one change. */
function join(parts: readonly DiffPart[]): DiffPart[] {
	const out: DiffPart[] = [];
	let removed = "";
	let added = "";
	const flush = () => {
		if (removed) out.push({ kind: "removed", text: removed });
		if (added) out.push({ kind: "added", text: added });
		removed = added = "";
	};
	parts.forEach((p, i) => {
		const isBetween = p.kind === "same" && /^[^\S\n]+$/.test(p.text) && removed && added && i + 1 < parts.length;
		if (p.kind !== "added" && (p.kind === "removed" || isBetween)) removed += p.text;
		if (p.kind !== "removed" && (p.kind === "added" || isBetween)) added += p.text;
		if (p.kind !== "same" || isBetween) return;
		flush();
		out.push(p);
	});
	flush();
	return out;
}

export function diffWords(before: string, after: string, lang: string): DiffPart[] {
	const a = wordsOf(before, lang);
	const b = wordsOf(after, lang);
	let head = 0;
	while (head < a.length && head < b.length && a[head] === b[head]) head++;
	let tail = 0;
	while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
	const midA = a.slice(head, a.length - tail);
	const midB = b.slice(head, b.length - tail);
	const trace = walk(midA, midB);
	const parts: DiffPart[] = [];
	add(parts, "same", a.slice(0, head));
	if (trace) for (const p of back(midA, midB, trace)) add(parts, p.kind, [p.text]);
	else {
		add(parts, "removed", midA);
		add(parts, "added", midB);
	}
	add(parts, "same", a.slice(a.length - tail));
	return join(parts);
}
