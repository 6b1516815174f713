import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Suggest } from "./Suggest";
import css from "./SuggestList.module.css";

const GAP = 4;

/* The list beside the cursor. Focus stays in the text, which says what is chosen by aria-activedescendant. */
export function SuggestList({ suggest, dom }: { suggest: Suggest; dom: HTMLElement }) {
	const state = useSyncExternalStore(suggest.subscribe, suggest.read);
	const id = useId();
	const box = useRef<HTMLDivElement>(null);

	useLayoutEffect(() => {
		const el = box.current;
		if (!el || !state) return;
		if (!el.matches(":popover-open")) el.showPopover();
		const { width, height } = el.getBoundingClientRect();
		const page = el.ownerDocument.documentElement;
		const isBelow = state.place.bottom + GAP + height < page.clientHeight;
		el.style.left = `${Math.max(8, Math.min(state.place.left, page.clientWidth - width - 8))}px`;
		el.style.top = `${isBelow ? state.place.bottom + GAP : Math.max(8, state.place.top - GAP - height)}px`;
		el.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
	}, [state]);

	useEffect(() => {
		if (!state) return;
		dom.setAttribute("aria-controls", id);
		dom.setAttribute("aria-activedescendant", `${id}-${state.active}`);
		return () => {
			dom.removeAttribute("aria-controls");
			dom.removeAttribute("aria-activedescendant");
		};
	}, [dom, id, state]);

	if (!state) return null;
	return (
		<div ref={box} popover="manual" className={css.popover}>
			<div role="listbox" id={id} aria-label={state.match.source.label} className={css.list}>
				{state.items.map((item, i) => (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are read in the text
					<div
						key={item.id}
						id={`${id}-${i}`}
						role="option"
						aria-selected={i === state.active}
						className={css.option}
						onMouseMove={() => suggest.point(i)}
						onMouseDown={(e) => e.preventDefault()}
						onClick={() => suggest.choose(i)}
					>
						{item.sign && (
							<span className={css.sign} aria-hidden>
								{item.sign}
							</span>
						)}
						<span className={css.label} dir="auto">
							{item.label}
						</span>
						{item.detail && <span className={css.detail}>{item.detail}</span>}
					</div>
				))}
			</div>
		</div>
	);
}
