/* Pseudo-locales, made from English: en-XA is 40 % longer and accented, en-XB is also laid out from right to left. What is not
 * changed by them is a text that stands in the code; what is cut off by them will be cut off in German or Finnish. They are chosen
 * by localStorage "bellhop.language" only. */
import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";

export const isPseudo = (language: string) => language === "en-XA" || language === "en-XB";

const ACCENTED = "àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";
const LITERAL = 0;
const LONGER = 0.4;

function accent(text: string): string {
	return text.replace(/[a-z]/gi, (letter) => {
		const other = ACCENTED[letter.toLowerCase().charCodeAt(0) - 97] ?? letter;
		return letter === letter.toLowerCase() ? other : other.toUpperCase();
	});
}

function convert(tree: readonly MessageFormatElement[]): MessageFormatElement[] {
	return tree.map((el) => {
		if (el.type === LITERAL) return { ...el, value: accent(el.value) };
		if (!("options" in el)) return el;
		const options = Object.entries(el.options).map(([k, o]) => [k, { ...o, value: convert(o.value) }]);
		return { ...el, options: Object.fromEntries(options) } as MessageFormatElement;
	});
}

const lengthOf = (tree: readonly MessageFormatElement[]) =>
	tree.reduce((sum, el) => sum + (el.type === LITERAL ? el.value.length : 6), 0);

export function pseudo<T extends Record<string, MessageFormatElement[]>>(catalogue: T): T {
	const entries = Object.entries(catalogue).map(([key, tree]) => {
		const padding: MessageFormatElement = {
			type: LITERAL,
			value: `·${"~".repeat(Math.ceil(lengthOf(tree) * LONGER))}`,
		};
		return [key, [...convert(tree), padding]];
	});
	return Object.fromEntries(entries) as T;
}
