import { useCallback, useEffect, useState } from "react";
import { idAt, type ListWindow, placeOf } from "../../../data/lists/listWindow";

interface Active {
	id?: string;
	place: number;
}

/* The row that the keys stand on: by its ticket, and by its place until that is loaded. */
export function useActiveRow(w: ListWindow, openId: string | undefined) {
	const [active, setActive] = useState<Active>({ id: openId, place: -1 });
	useEffect(() => {
		if (openId) setActive((old) => (old.id === openId ? old : { id: openId, place: -1 }));
	}, [openId]);

	const at = active.place >= 0 ? idAt(w, active.place) : undefined;
	const isSame = active.id === undefined ? active.place >= 0 : at === active.id;
	const place = isSame ? active.place : active.id ? placeOf(w, active.id) : -1;
	const id = active.id ?? at;
	/* A place that was gone to before its row was there is that row from now on. */
	useEffect(() => {
		if (active.id === undefined && at) setActive({ id: at, place: active.place });
	}, [active, at]);

	const setId = useCallback((next: string) => setActive({ id: next, place: -1 }), []);
	const setPlace = useCallback(
		(next: number) => setActive({ id: idAt(w, next), place: Math.max(0, Math.min(w.total - 1, next)) }),
		[w],
	);
	return { id, place, setId, setPlace };
}
