import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import type { Address } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { cx } from "#ui";
import { findContacts } from "../../data/composerData";
import css from "./AddressField.module.css";
import { type Entry, joinEntries, readEntries, writeEntry } from "./addresses";

const WAIT_MS = 120;

interface Props {
	label: string;
	value: string;
	onChange: (value: string) => void;
	isFocused?: boolean;
}

/* A list of addresses as chips. What is pasted becomes chips, what is no address is marked; contacts are offered while typing. */
export function AddressField({ label, value, onChange, isFocused }: Props) {
	const t = useText();
	const id = useId();
	const [typed, setTyped] = useState("");
	const [active, setActive] = useState(0);
	const { found, forget } = useContacts(typed);
	const field = useRef<HTMLInputElement>(null);
	const list = useRef<HTMLUListElement>(null);
	const entries = readEntries(value);
	useEffect(() => {
		if (isFocused) field.current?.focus();
	}, [isFocused]);

	const put = (next: readonly Entry[]) => onChange(next.map((e) => (e.isBad ? e.text : writeEntry(e))).join(", "));
	function add(text: string) {
		const fresh = readEntries(text);
		if (fresh.length)
			onChange([value, ...fresh.map((e) => (e.isBad ? e.text : writeEntry(e)))].filter(Boolean).join(", "));
		setTyped("");
		forget();
	}
	const choose = (a: Address) => add(joinEntries([a]));
	const chips = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-chip]") ?? [])];
	const focusChip = (at: number) => (chips()[at] ?? field.current)?.focus();
	function remove(at: number) {
		put(entries.filter((_, i) => i !== at));
		requestAnimationFrame(() => focusChip(Math.min(at, entries.length - 2)));
	}

	function onFieldKey(e: React.KeyboardEvent<HTMLInputElement>) {
		if (e.nativeEvent.isComposing) return;
		const el = e.currentTarget;
		const isAtStart = el.selectionStart === 0 && el.selectionEnd === 0;
		if (found.length && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
			e.preventDefault();
			setActive((active + (e.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
		} else if (found.length && e.key === "Escape") {
			e.preventDefault();
			e.stopPropagation();
			forget();
		} else if (e.key === "Enter" || ((e.key === "Tab" || e.key === "," || e.key === ";") && typed.trim())) {
			if (e.ctrlKey || e.metaKey || e.shiftKey) return;
			e.preventDefault();
			const hit = e.key === "Enter" || e.key === "Tab" ? found[active] : undefined;
			if (hit) choose(hit);
			else add(typed);
		} else if (isAtStart && e.key === "Backspace" && entries.length) {
			e.preventDefault();
			remove(entries.length - 1);
			requestAnimationFrame(() => field.current?.focus());
		} else if (isAtStart && e.key === "ArrowLeft" && entries.length) {
			e.preventDefault();
			focusChip(entries.length - 1);
		}
	}

	function onChipKey(e: React.KeyboardEvent, at: number) {
		const to = { ArrowLeft: Math.max(0, at - 1), ArrowRight: at + 1, Home: 0, End: entries.length }[e.key];
		if (to !== undefined) focusChip(to);
		else if (e.key === "Backspace" || e.key === "Delete") remove(at);
		else if (e.key === "Enter") {
			setTyped(entries[at]?.text ?? "");
			put(entries.filter((_, i) => i !== at));
			field.current?.focus();
		} else return;
		e.preventDefault();
	}

	return (
		<div className={css.row}>
			<label htmlFor={id} className={css.name}>
				{label}
			</label>
			<div className={css.box}>
				<ul ref={list} className={css.chips} aria-label={label}>
					{entries.map((entry, i) => (
						<li key={`${entry.address}.${entry.text}`} className={cx(css.chip, entry.isBad && css.bad)}>
							<button
								type="button"
								data-chip
								tabIndex={-1}
								className={css.chipText}
								title={entry.isBad ? t("composer.badRecipient", { address: entry.text }) : entry.address}
								aria-invalid={entry.isBad || undefined}
								onKeyDown={(e) => onChipKey(e, i)}
							>
								<span dir="auto">{entry.name ?? entry.text}</span>
							</button>
							<button
								type="button"
								tabIndex={-1}
								className={css.remove}
								aria-label={t("composer.removeRecipient", { name: entry.name ?? entry.text })}
								onClick={() => remove(i)}
							>
								<X size={12} aria-hidden />
							</button>
						</li>
					))}
				</ul>
				<input
					ref={field}
					id={id}
					type="text"
					inputMode="email"
					autoComplete="off"
					spellCheck={false}
					role="combobox"
					aria-autocomplete="list"
					aria-expanded={found.length > 0}
					aria-controls={found.length ? `${id}-list` : undefined}
					aria-activedescendant={found.length ? `${id}-${active}` : undefined}
					className={css.field}
					value={typed}
					onChange={(e) => {
						setTyped(e.target.value);
						setActive(0);
					}}
					onKeyDown={onFieldKey}
					onPaste={(e) => {
						const text = e.clipboardData.getData("text/plain");
						if (!/[,;\n@]/.test(text)) return;
						e.preventDefault();
						add(`${typed}${text}`);
					}}
					onBlur={() => typed.trim() && add(typed)}
				/>
				{found.length > 0 && (
					<div role="listbox" id={`${id}-list`} aria-label={t("composer.contacts")} className={css.found}>
						{found.map((a, i) => (
							// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are read in the field
							<div
								key={a.address}
								id={`${id}-${i}`}
								role="option"
								tabIndex={-1}
								aria-selected={i === active}
								className={css.option}
								onMouseMove={() => setActive(i)}
								onMouseDown={(e) => e.preventDefault()}
								onClick={() => choose(a)}
							>
								<span dir="auto">{a.name ?? a.address}</span>
								{a.name && <span className={css.address}>{a.address}</span>}
							</div>
						))}
					</div>
				)}
			</div>
		</div>
	);
}

/* Contacts for what is typed, once it is more than a letter and nobody types for a moment. */
function useContacts(typed: string) {
	const [found, setFound] = useState<Address[]>([]);
	const query = typed.trim();
	useEffect(() => {
		if (query.length < 2) {
			setFound([]);
			return;
		}
		const asked = new AbortController();
		const timer = setTimeout(() => {
			findContacts(query, asked.signal).then(setFound, () => {});
		}, WAIT_MS);
		return () => {
			clearTimeout(timer);
			asked.abort();
		};
	}, [query]);
	return { found, forget: () => setFound([]) };
}
