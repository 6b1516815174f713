import css from "./small.module.css";

const HUES = [12, 32, 88, 150, 176, 205, 232, 268, 304, 338];

function hueOf(text: string) {
	let sum = 0;
	for (const c of text) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) >>> 0;
	return HUES[sum % HUES.length] ?? 0;
}

function initials(name: string) {
	const words = name
		.trim()
		.split(/[\s@.]+/)
		.filter(Boolean);
	const first = [...(words[0] ?? "?")][0] ?? "?";
	/* One sign is a whole word in Chinese and Japanese. */
	if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(first)) return first;
	return (first + ([...(words[1] ?? "")][0] ?? "")).toLocaleUpperCase();
}

/* Two letters on a colour of their own; decoration beside a written name. */
export function Avatar({ name, size = 32 }: { name: string; size?: number }) {
	const style = {
		"--hue": hueOf(name),
		width: size,
		height: size,
		fontSize: Math.round(size * 0.38),
	} as React.CSSProperties;
	return <span className={css.avatar} style={style} data-initials={initials(name)} aria-hidden />;
}
