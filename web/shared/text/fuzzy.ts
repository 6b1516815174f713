/* How well a text answers what someone types, in any script: case, accents, width and the kind of kana do not count. */

const KATAKANA = /[\u30a1-\u30f6]/g;
const KANA_STEP = 0x60;

/* One spelling for what people take as the same letters. */
export function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/ß/g, "ss")
		.replace(/ł/g, "l")
		.replace(/ø/g, "o")
		.replace(/[æ]/g, "ae")
		.replace(KATAKANA, (c) => String.fromCharCode(c.charCodeAt(0) - KANA_STEP));
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");

/* One word of the query in the text: its beginning, a word's beginning, a middle, or its letters in order near word starts. */
function scoreWord(text: string, word: string): number {
	const at = text.indexOf(word);
	if (at === 0) return 100;
	if (at > 0) {
		for (let i = at; i >= 0; i = text.indexOf(word, i + 1)) if (isWordStart(text, i)) return 80;
		return 50;
	}
	return scoreLetters(text, word);
}

/* "gtc" finds "Go to Closed": each letter begins a word or follows the one before. */
function scoreLetters(text: string, letters: string): number {
	let from = 0;
	for (const letter of letters) {
		let at = -1;
		for (let i = text.indexOf(letter, from); i >= 0; i = text.indexOf(letter, i + 1)) {
			if (isWordStart(text, i) || (i === from && from > 0)) {
				at = i;
				break;
			}
		}
		if (at < 0) return 0;
		from = at + 1;
	}
	return 20;
}

/* 0: it does not answer. All words have to be found; an empty query is answered by everything alike. */
export function fuzzyScore(text: string, query: string): number {
	const t = folded(text);
	const words = folded(query).split(/\s+/).filter(Boolean);
	let sum = 1;
	for (const word of words) {
		const score = scoreWord(t, word);
		if (score === 0) return 0;
		sum += score;
	}
	return sum;
}

/* Those that answer, the best first; among equals as they stood. */
export function fuzzySort<T>(list: readonly T[], query: string, textOf: (item: T) => string): T[] {
	if (!query.trim()) return [...list];
	return list
		.map((item, at) => ({ item, at, score: fuzzyScore(textOf(item), query) }))
		.filter((m) => m.score > 0)
		.sort((a, b) => b.score - a.score || a.at - b.at)
		.map((m) => m.item);
}
