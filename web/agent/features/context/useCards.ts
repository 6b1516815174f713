import { setPreference, usePreference } from "../../data/preferences";

/* The order, visibility and folds of cards in one place (tickets, contacts …), as this user keeps them. New cards come last. */
export function useCards<T extends { id: string }>(place: string, all: readonly T[]) {
	const cards = usePreference("cards");
	const { order = [], hidden = [], folded = [] } = cards[place] ?? {};
	const rank = (id: string) =>
		order.includes(id) ? order.indexOf(id) : all.length + all.findIndex((c) => c.id === id);
	const inOrder = [...all].sort((a, b) => rank(a.id) - rank(b.id));
	const save = (part: { order?: string[]; hidden?: string[]; folded?: string[] }) =>
		void setPreference("cards", { ...cards, [place]: { order, hidden, folded, ...part } }).catch(() => {});
	const flip = (list: string[], id: string) => (list.includes(id) ? list.filter((o) => o !== id) : [...list, id]);
	return {
		all: inOrder,
		shown: inOrder.filter((c) => !hidden.includes(c.id)),
		isHidden: (id: string) => hidden.includes(id),
		isFolded: (id: string) => folded.includes(id),
		toggleFold: (id: string) => save({ folded: flip(folded, id) }),
		toggleHidden: (id: string) => save({ hidden: flip(hidden, id) }),
		/* Puts a card in the place of another one. */
		move(id: string, to: number) {
			const ids = inOrder.map((c) => c.id).filter((other) => other !== id);
			ids.splice(Math.max(0, Math.min(ids.length, to)), 0, id);
			save({ order: ids });
		},
		reset: () => save({ order: [], hidden: [] }),
	};
}
