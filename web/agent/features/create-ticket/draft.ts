/* The ticket that is being written in the panel: it stays while one moves about, over a reload, and when the panel is closed. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ActivityType } from "../../data/activities";
import type { Picked } from "../../data/picked";

export interface CreateDraft {
	userId: string;
	values: Record<string, string>;
	contact?: Picked;
	company?: Picked;
	activities: { type: ActivityType; id: string }[];
	/* Another one: fields that hold what was typed begin anew. */
	revision: number;
}

const EMPTY: CreateDraft = { userId: "", values: {}, activities: [], revision: 0 };

export const useDraftStore = create<CreateDraft>()(persist(() => EMPTY, { name: "bellhop.createTicket" }));

/* Nobody finds what somebody else began on this device. */
export function useCreateDraft(userId: string): CreateDraft {
	const draft = useDraftStore();
	return draft.userId === userId ? draft : EMPTY;
}

export function changeDraft(userId: string, change: (draft: CreateDraft) => Partial<CreateDraft>) {
	useDraftStore.setState((s) => {
		const draft = s.userId === userId ? s : { ...EMPTY, contact: undefined, company: undefined };
		return { ...draft, userId, ...change(draft) };
	});
}

export const clearDraft = () =>
	useDraftStore.setState((s) => ({ ...EMPTY, contact: undefined, company: undefined, revision: s.revision + 1 }));

export const isBegun = (d: CreateDraft) =>
	Object.values(d.values).some((value) => value.trim()) || !!d.contact || !!d.company;
