import { useSpoken } from "./live";

/* See live.ts. */
export function LiveRegion() {
	const text = useSpoken((s) => s.text);
	return (
		<p className="visually-hidden" role="status" data-live="">
			{text}
		</p>
	);
}
