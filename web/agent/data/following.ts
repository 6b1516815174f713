/* What I want to hear of one ticket: that I follow it, that I hear nothing of it, and when I am reminded of it. */
import { http } from "#shared/api/client";
import type { Following, Id, TicketDetail, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

/* Shown at once; taken back when the server refuses. */
async function change(ticketId: Id, part: Partial<Following>, ask: Promise<Following>): Promise<void> {
	const key = ["ticket", ticketId];
	const patch = (what: Partial<Following>) =>
		queryClient.setQueryData<TicketDetail>(key, (old) => (old ? { ...old, ...what } : old));
	patch(part);
	try {
		patch({ remindAt: undefined, reminderNote: undefined, ...(await ask) });
	} catch (e) {
		void queryClient.invalidateQueries({ queryKey: key });
		throw e;
	}
}

const path = (ticketId: Id, what: "follow" | "mute" | "reminder") => `/desk/v1/tickets/${ticketId}/${what}`;
const put = (address: string, body?: object) => http.put<Following>(address, body);
const remove = (address: string) => http.remove<Following>(address);

export const setFollowing = (ticketId: Id, isFollowing: boolean) =>
	change(ticketId, { isFollowing }, (isFollowing ? put : remove)(path(ticketId, "follow")));

export const setMuted = (ticketId: Id, isMuted: boolean) =>
	change(ticketId, { isMuted }, (isMuted ? put : remove)(path(ticketId, "mute")));

export const setReminder = (ticketId: Id, at: Time, note?: string) =>
	change(ticketId, { remindAt: at, reminderNote: note }, put(path(ticketId, "reminder"), { at, note }));

export const removeReminder = (ticketId: Id) =>
	change(ticketId, { remindAt: undefined, reminderNote: undefined }, remove(path(ticketId, "reminder")));
