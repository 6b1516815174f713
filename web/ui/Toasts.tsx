import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState } from "react";
import { create } from "zustand";
import { Button, IconButton } from "./Button";
import css from "./small.module.css";

interface Toast {
	id: number;
	tone: "good" | "bad";
	text: string;
	action?: { label: string; run: () => void };
}

const LIVES_MS = 8000;
const MOST = 4;

const useToasts = create<{ list: Toast[]; next: number }>(() => ({ list: [], next: 1 }));
const drop = (id: number) => useToasts.setState((s) => ({ list: s.list.filter((t) => t.id !== id) }));

export function toast(tone: Toast["tone"], text: string, action?: Toast["action"]) {
	useToasts.setState((s) => ({ list: [...s.list, { id: s.next, tone, text, action }].slice(-MOST), next: s.next + 1 }));
}

/* Short notices at the lower corner. They wait while someone points at them or tabs into them. */
export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }) {
	const list = useToasts((s) => s.list);
	return (
		<section className={css.toasts} aria-label={label} aria-live="polite">
			{list.map((t) => (
				<One key={t.id} toast={t} closeLabel={closeLabel} />
			))}
		</section>
	);
}

function One({ toast: t, closeLabel }: { toast: Toast; closeLabel: string }) {
	const [isHeld, setHeld] = useState(false);
	useEffect(() => {
		if (isHeld) return;
		const timer = setTimeout(() => drop(t.id), LIVES_MS);
		return () => clearTimeout(timer);
	}, [t.id, isHeld]);
	const Icon = t.tone === "bad" ? CircleAlert : CircleCheck;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it open
		<div
			className={css.toast}
			data-tone={t.tone}
			role={t.tone === "bad" ? "alert" : undefined}
			onMouseEnter={() => setHeld(true)}
			onMouseLeave={() => setHeld(false)}
			onFocus={() => setHeld(true)}
			onBlur={() => setHeld(false)}
		>
			<Icon size={17} aria-hidden />
			<p>{t.text}</p>
			{t.action && (
				<Button
					look="quiet"
					size="s"
					className={css.toastClose}
					onPress={() => {
						drop(t.id);
						t.action?.run();
					}}
				>
					{t.action.label}
				</Button>
			)}
			<IconButton label={closeLabel} size="s" className={css.toastClose} onPress={() => drop(t.id)}>
				<X size={15} aria-hidden />
			</IconButton>
		</div>
	);
}
