/* What I am told while a window is open: the bell counts at once; a window that is looked at pops it up, and of those that are not one
 * lets the browser show it. Nothing is shown of the ticket that is open and looked at: it is read. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import {
	isAboutBell,
	itemPath,
	loadAfter,
	type Notification,
	readTicket,
	refreshBell,
	useUnread,
} from "../../data/notifications";
import { currentPreferences, loadPreferences } from "../../data/preferences";
import { listen } from "../../data/stream";
import { showInBrowser } from "./browserNotice";
import { playTone } from "./tone";
import { useNotificationText } from "./useNotificationText";

/* How long a window that nobody looks at waits for one that somebody looks at. */
const WAIT_FOR_VISIBLE_MS = 400;

const isSeen = () => document.visibilityState === "visible" && document.hasFocus();

export function useNews() {
	const t = useText();
	const navigate = useNavigate();
	const { ticketId: openTicket, view = "open" } = useParams({ strict: false });
	const textOf = useNotificationText();
	const unread = useUnread().count;

	/* Opening a ticket reads what was told of it, also what comes while one looks at it. */
	useEffect(() => {
		if (openTicket && unread > 0 && isSeen()) readTicket(openTicket);
	}, [openTicket, unread]);

	const latest = useRef({ t, navigate, openTicket, view, textOf });
	latest.current = { t, navigate, openTicket, view, textOf };

	useEffect(() => {
		const tabs = new BroadcastChannel("bellhop-notified");
		const taken = new Set<string>();
		tabs.onmessage = (e) => taken.add(String(e.data));
		let newestId: string | undefined;
		let isGone = false;
		void loadPreferences().catch(() => {}); /* whether it may sound */
		let queue: Promise<void> = loadAfter(undefined).then(
			([newest]) => {
				newestId = newest?.id ?? "0";
			},
			() => {},
		);

		const open = (n: Notification) => {
			const { navigate: go, view: here } = latest.current;
			if (n.itemId) return void go({ to: itemPath(n) });
			if (n.topic === "QUOTE") {
				void go({ to: "/library/quotes/$quoteId", params: { quoteId: n.ticketId } });
				return;
			}
			if (n.topic === "MEETING") return void go({ to: "/library/meetings" });
			void go({
				to: "/tickets/$view/$ticketId",
				params: { view: here, ticketId: n.ticketId },
				hash: n.messageId && `message-${n.messageId}`,
			});
		};

		function show(n: Notification) {
			const now = latest.current;
			if (n.isRead || n.isGone) return;
			if (isSeen()) {
				tabs.postMessage(n.id);
				const isOpen = n.ticketId !== undefined && n.ticketId === now.openTicket;
				if (isOpen) readTicket(n.ticketId);
				/* a reminder is said there too: nothing else on the page says that its time has come */
				if (isOpen && n.topic !== "REMINDER") return;
				if (n.asPopup) {
					const text = now.t("notifications.popup", { text: now.textOf(n), subject: n.subject });
					if (currentPreferences().notificationSound) playTone();
					toast("good", text, { label: now.t("notifications.open"), run: () => open(n) });
				}
				return;
			}
			setTimeout(() => {
				if (isGone || taken.has(n.id) || !n.inBrowser) return;
				showInBrowser({
					title: now.textOf(n),
					text: n.subject,
					isSilent: !currentPreferences().notificationSound,
					ticketId: n.ticketId ?? `item-${n.itemId}`,
					open: () => open(n),
				});
			}, WAIT_FOR_VISIBLE_MS);
		}

		async function look() {
			if (isGone) return;
			refreshBell();
			const fresh = await loadAfter(newestId).catch((): Notification[] => []);
			if (fresh[0]) newestId = fresh[0].id;
			for (const n of fresh.reverse()) show(n);
		}

		const stop = listen({
			onEvents: (events) => {
				if (isAboutBell(events)) queue = queue.then(look);
			},
			onReset: () => {
				queue = queue.then(look);
			},
			onState: () => {},
		});
		return () => {
			isGone = true;
			stop();
			tabs.close();
		};
	}, []);
}
