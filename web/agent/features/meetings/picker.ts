/* Booking pages for the Insert menu: one's own and those of one's teams. The address says which ticket it was sent for, so that the meeting
 * is found on it. */
import { loadBookingPages } from "../../data/meetings";
import type { PickSource } from "../composer/editor/insert/pickers";

export const meetingPicker: PickSource = {
	libraryPath: "/library/meetings",
	async find(query, { t }, signal) {
		const wanted = query.trim().toLocaleLowerCase();
		const pages = await loadBookingPages(undefined, signal);
		return pages
			.filter((p) => `${p.title} ${p.hostName} ${p.slug}`.toLocaleLowerCase().includes(wanted))
			.sort((a, b) => Number(b.isActive) - Number(a.isActive))
			.map((p) => ({
				id: p.id,
				label: p.title,
				note: p.isActive ? p.hostName : t("meetings.cannotInsert"),
				isBarred: !p.isActive,
			}));
	},
	async card(id, { ticketId }) {
		const page = (await loadBookingPages(ticketId || undefined)).find((p) => p.id === id);
		if (!page) throw new Error(`no booking page ${id}`);
		return { kind: "meeting", title: page.title, url: page.url, description: page.hostName };
	},
};
