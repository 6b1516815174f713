/* Notices of the browser, for who looks at something else. It has to be asked for, once, by pressing a button. */

export type BrowserState = "granted" | "denied" | "default" | "unsupported";

/* Browsers show them from safe places only: https, or this very machine. */
export const browserState = (): BrowserState =>
	typeof Notification === "undefined" || !isSecureContext ? "unsupported" : Notification.permission;

export async function askBrowser(): Promise<BrowserState> {
	if (browserState() === "unsupported") return "unsupported";
	return Notification.requestPermission();
}

/* One for each ticket: a newer one takes the place of the older. */
export function showInBrowser(notice: {
	title: string;
	text: string;
	ticketId: string;
	isSilent: boolean;
	open: () => void;
}) {
	if (browserState() !== "granted") return;
	const shown = new Notification(notice.title, {
		body: notice.text,
		tag: `bellhop-ticket-${notice.ticketId}`,
		icon: "/icon.svg",
		silent: notice.isSilent,
	});
	shown.onclick = () => {
		window.focus();
		notice.open();
		shown.close();
	};
}
