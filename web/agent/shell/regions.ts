/* F6 goes round the named regions of the page, as in a desktop program. */
export function focusRegion(step: 1 | -1) {
	const all = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((el) => el.checkVisibility());
	const at = all.findIndex((el) => el.contains(document.activeElement));
	const inner = all.findLastIndex((el) => el.contains(document.activeElement));
	const from = step > 0 ? inner : at;
	const next = all[(from + step + all.length) % all.length];
	if (!next) return;
	const inside = next.querySelectorAll<HTMLElement>(
		"[data-region-focus], [role=grid], a[href], button:not([disabled]), input, textarea, [tabindex='0']",
	);
	/* A button that the width of the window hides takes no focus. */
	const first = [...inside].find((el) => el.checkVisibility());
	(first ?? next).focus();
}
