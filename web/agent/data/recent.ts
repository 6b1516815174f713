/* The tickets that this person opened last on this device, the newest first; gone with the sign-out. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export interface RecentTicket {
	id: string;
	subject: string;
}

const MOST = 12;

interface Recent {
	userId: string;
	tickets: RecentTicket[];
}

export const useRecent = create<Recent>()(
	persist((): Recent => ({ userId: "", tickets: [] }), { name: "bellhop.recent" }),
);

export function rememberTicket(userId: string, ticket: RecentTicket) {
	useRecent.setState((s) => {
		const others = s.userId === userId ? s.tickets.filter((t) => t.id !== ticket.id) : [];
		return { userId, tickets: [ticket, ...others].slice(0, MOST) };
	});
}

/* The same list each time: a store's reader compares by identity. */
const NONE: RecentTicket[] = [];
export const recentOf = (s: Recent, userId: string) => (s.userId === userId ? s.tickets : NONE);
export const forgetRecent = () => useRecent.setState({ userId: "", tickets: [] });
