import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import css from "./EmojiGrid.module.css";
import { EMOJI, findEmoji } from "./emoji";

const COLUMNS = 9;

/* Every emoji, or those that a word finds. The arrow keys walk over them. */
function EmojiGrid({ onPick }: { onPick: (sign: string) => void }) {
	const t = useText();
	const [query, setQuery] = useState("");
	const shown = query.trim() ? findEmoji(query.trim(), EMOJI.length) : EMOJI;
	const walk = (e: React.KeyboardEvent<HTMLDivElement>) => {
		const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[e.key];
		const all = [...e.currentTarget.querySelectorAll("button")];
		const next = by && all[all.indexOf(document.activeElement as HTMLButtonElement) + by];
		if (!next) return;
		e.preventDefault();
		next.focus();
	};
	return (
		<div className={css.box}>
			<input
				className={css.search}
				// biome-ignore lint/a11y/noAutofocus: the list was opened to find one
				autoFocus
				aria-label={t("editor.emojiSearch")}
				placeholder={t("editor.emojiSearch")}
				value={query}
				onChange={(e) => setQuery(e.target.value)}
				onKeyDown={(e) => {
					if (e.key === "Enter" && !e.nativeEvent.isComposing && shown[0]) onPick(shown[0].sign);
				}}
			/>
			<div className={css.grid} role="group" aria-label={t("editor.emoji")} onKeyDown={walk}>
				{shown.map((e) => (
					<button
						key={e.name}
						type="button"
						className={css.emoji}
						aria-label={e.name.replaceAll("_", " ")}
						onClick={() => onPick(e.sign)}
					>
						{e.sign}
					</button>
				))}
				{shown.length === 0 && <p className={css.none}>{t("editor.emojiNone")}</p>}
			</div>
		</div>
	);
}

// biome-ignore lint/style/noDefaultExport: lazy() takes a default export
export default EmojiGrid;
