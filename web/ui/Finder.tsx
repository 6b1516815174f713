import { Check, Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import css from "./Finder.module.css";

export interface FinderRow {
	id: string;
	label: string;
	note?: string;
}

interface Props {
	label: string;
	placeholder?: string;
	query: string;
	onQuery: (text: string) => void;
	rows: readonly FinderRow[];
	/* Shown in place of rows when there are none. */
	empty: string;
	chosen: readonly string[];
	/* Puts a row in or takes it out. */
	onChoose: (row: FinderRow) => void;
	error?: string;
	autoFocus?: boolean;
}

/* A field that searches and the list of what it found; arrows move, Enter chooses, and the cursor stays in the field. */
export function Finder(p: Props) {
	const id = useId();
	const [active, setActive] = useState(0);
	const row = p.rows[Math.min(active, p.rows.length - 1)];
	const optionId = (one: FinderRow) => `${id}-${one.id}`;

	function keys(e: KeyboardEvent) {
		const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
		if (step) {
			e.preventDefault();
			setActive((n) => Math.max(0, Math.min(p.rows.length - 1, n + step)));
		} else if (e.key === "Enter" && row && !e.nativeEvent.isComposing && !e.ctrlKey && !e.metaKey) {
			e.preventDefault();
			p.onChoose(row);
		}
	}

	return (
		<div className={css.finder}>
			<span className={css.field}>
				<Search size={15} aria-hidden />
				<input
					type="text"
					role="combobox"
					className={css.input}
					aria-label={p.label}
					aria-expanded
					aria-controls={`${id}-list`}
					aria-activedescendant={row && optionId(row)}
					aria-autocomplete="list"
					aria-invalid={p.error ? true : undefined}
					aria-describedby={p.error ? `${id}-error` : undefined}
					// biome-ignore lint/a11y/noAutofocus: for a dialog that begins with it
					autoFocus={p.autoFocus}
					autoComplete="off"
					spellCheck={false}
					placeholder={p.placeholder}
					value={p.query}
					onChange={(e) => {
						p.onQuery(e.target.value);
						setActive(0);
					}}
					onKeyDown={keys}
				/>
			</span>
			{p.error && (
				<p className={css.error} id={`${id}-error`}>
					{p.error}
				</p>
			)}
			<div role="listbox" id={`${id}-list`} aria-label={p.label} aria-multiselectable className={css.list}>
				{p.rows.map((one, i) => {
					const isChosen = p.chosen.includes(one.id);
					return (
						// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
						<div
							key={one.id}
							id={optionId(one)}
							role="option"
							tabIndex={-1}
							aria-selected={isChosen}
							className={css.row}
							data-active={i === active ? "" : undefined}
							onMouseDown={(e) => e.preventDefault()}
							onClick={() => {
								setActive(i);
								p.onChoose(one);
							}}
						>
							<span className={css.text}>
								<span className={css.name} dir="auto">
									{one.label}
								</span>
								{one.note && <span className={css.note}>{one.note}</span>}
							</span>
							{isChosen && <Check size={15} aria-hidden />}
						</div>
					);
				})}
			</div>
			{p.rows.length === 0 && <p className={css.empty}>{p.empty}</p>}
		</div>
	);
}
