import { Filter, type Inbox } from "lucide-react";
import { useMemo } from "react";
import type { ViewCount, ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { setPreference, usePreference } from "../../data/preferences";
import { useViewCounts } from "../../data/ticketStore";
import { BUILT_IN } from "./builtIn";

export const SECTIONS = ["built-in", "mine", "teams", "everyone"] as const;
export type Section = (typeof SECTIONS)[number];

export interface ShownView {
	id: ViewId;
	name: string;
	icon: typeof Inbox;
	section: Section;
	isHidden: boolean;
	/* Undefined until the server has told. */
	given?: ViewCount;
}

/* Whom the server lists these for has them; until it answered, those that everybody has. */
const OF_SOME = ["team", "mentions", "following", "drafts", "snoozed", "spam"];

const sectionOf = (v: ViewCount): Section =>
	v.audience === "EVERYONE" ? "everyone" : v.audience === "TEAMS" ? "teams" : "mine";

/* All views that the user has, in the order he likes; hidden ones too. */
export function useViews(): readonly ShownView[] {
	const t = useText();
	const counts = useViewCounts();
	const { order = [], hidden = [] } = usePreference("views");
	return useMemo(() => {
		const isKnown = Object.keys(counts).length > 0;
		const all: ShownView[] = [
			...BUILT_IN.filter((v) => (isKnown ? v.id in counts : !OF_SOME.includes(v.id))).map((v) => ({
				id: v.id,
				name: t(v.name),
				icon: v.icon,
				section: "built-in" as const,
				isHidden: hidden.includes(v.id),
				given: counts[v.id],
			})),
			...Object.values(counts)
				.filter((v) => v.name !== undefined)
				.map((v) => ({
					id: v.id,
					name: v.name ?? "",
					icon: Filter,
					section: sectionOf(v),
					isHidden: hidden.includes(v.id),
					given: v,
				})),
		];
		/* What he has not put in order stands behind, as the server has it. */
		const at = (v: ShownView) => (order.includes(v.id) ? order.indexOf(v.id) : order.length);
		return all
			.map((v, i) => ({ v, i }))
			.sort((a, b) => at(a.v) - at(b.v) || a.i - b.i)
			.map(({ v }) => v);
	}, [counts, hidden, order, t]);
}

/* Which views stand in the panel, in what order, and with which one the day begins. */
export function useViewOrder(views: readonly ShownView[]) {
	const preference = usePreference("views");
	const { hidden = [], home } = preference;
	const save = (change: Partial<typeof preference>) =>
		void setPreference("views", { ...preference, ...change }).catch(() => {});
	const step = (view: ShownView, by: -1 | 1) => {
		const peers = views.filter((v) => v.section === view.section && !v.isHidden);
		return peers[peers.findIndex((v) => v.id === view.id) + by];
	};
	return {
		home: home ?? "unassigned",
		setHome: (id: ViewId) => save({ home: id }),
		hide: (id: ViewId) => save({ hidden: [...hidden, id] }),
		show: (id: ViewId) => save({ hidden: hidden.filter((v) => v !== id) }),
		canMove: (view: ShownView, by: -1 | 1) => step(view, by) !== undefined,
		move(view: ShownView, by: -1 | 1) {
			const peer = step(view, by);
			if (!peer) return;
			const ids = views.map((v) => v.id).filter((id) => id !== view.id);
			ids.splice(ids.indexOf(peer.id) + (by > 0 ? 1 : 0), 0, view.id);
			save({ order: ids });
		},
	};
}
