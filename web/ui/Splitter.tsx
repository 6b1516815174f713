import { useRef } from "react";
import css from "./small.module.css";

const STEP = 16;

interface Props {
	label: string;
	value: number;
	min: number;
	max: number;
	initial: number;
	onChange: (px: number) => void;
	/* The pane stands behind the line: dragging backwards makes it wider. */
	isAtEnd?: boolean;
}

/* A line between two panes: drag it, or use the arrow keys; a double click puts it back. */
export function Splitter(p: Props) {
	const from = useRef<{ x: number; value: number }>(undefined);
	const sign = p.isAtEnd ? -1 : 1;
	return (
		<div
			role="separator"
			tabIndex={0}
			aria-orientation="vertical"
			aria-label={p.label}
			aria-valuenow={p.value}
			aria-valuemin={p.min}
			aria-valuemax={p.max}
			className={css.splitter}
			onPointerDown={(e) => {
				e.currentTarget.setPointerCapture(e.pointerId);
				from.current = { x: e.clientX, value: p.value };
			}}
			onPointerMove={(e) => from.current && p.onChange(from.current.value + sign * (e.clientX - from.current.x))}
			onPointerUp={() => {
				from.current = undefined;
			}}
			onDoubleClick={() => p.onChange(p.initial)}
			onKeyDown={(e) => {
				const step = e.key === "ArrowLeft" ? -STEP : e.key === "ArrowRight" ? STEP : 0;
				if (step) {
					e.preventDefault();
					p.onChange(p.value + sign * step);
				}
			}}
		/>
	);
}
