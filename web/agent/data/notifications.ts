/* What I was told: the list of the bell, how much of it is unread, and which channels are on. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Id, Page, StreamEvent, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

export const TOPICS = [
	"ASSIGNED",
	"MENTION",
	"REMINDER",
	"REPLY",
	"COMMENT",
	"SHARED",
	"QUOTE",
	"MEETING",
	"FOLLOWED",
] as const;
export type Topic = (typeof TOPICS)[number];
export const CHANNELS = ["bell", "popup", "browser", "email"] as const;
export type Channel = (typeof CHANNELS)[number];
export type Matrix = Record<Topic, Record<Channel, boolean>>;

export type MeetingNews = "MEETING_BOOKED" | "MEETING_MOVED" | "MEETING_CANCELED";

export interface Notification {
	id: Id;
	topic: Topic;
	happening:
		| "COMMENTED"
		| "RECEIVED"
		| "SENT"
		| "ASSIGNED"
		| "MOVED"
		| "REMINDED"
		| "OPENED"
		| "QUOTE_VIEWED"
		| "QUOTE_ACCEPTED"
		| "QUOTE_DECLINED"
		| MeetingNews;
	stageId?: Id;
	/* Or of the quote: QUOTE. */
	ticketId: Id;
	/* Of an item of the library instead of a ticket. */
	itemId?: Id;
	itemKind?: string;
	messageId?: Id;
	actorUserId?: Id;
	actorName?: string;
	subject: string;
	excerpt?: string;
	/* The ticket may not be seen any more: nothing else is said of it. */
	isGone: boolean;
	asPopup: boolean;
	inBrowser: boolean;
	createdAt: Time;
	isRead: boolean;
}

/* The page of the item that it is of. */
export const itemPath = (n: Notification) => `/library/${n.itemKind}s/${n.itemId}`;

type NotificationPage = Page<Notification, "before">;
interface Unread {
	count: number;
	isCapped: boolean;
}

const ROOT = "notifications";
const LIST = [ROOT, "list"];
const UNREAD = [ROOT, "unread"];
const SETTINGS = [ROOT, "settings"];

export const useUnread = (): Unread =>
	useQuery({ queryKey: UNREAD, queryFn: () => http.get<Unread>("/desk/v1/notifications/unread") }).data ?? {
		count: 0,
		isCapped: false,
	};

export const useNotifications = () =>
	useInfiniteQuery({
		queryKey: LIST,
		queryFn: ({ pageParam }) => http.get<NotificationPage>("/desk/v1/notifications", { query: { before: pageParam } }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.before,
	});

/* Newer than the one called id, newest first. */
export const loadAfter = async (id: Id | undefined) =>
	(
		await http.get<NotificationPage>("/desk/v1/notifications", {
			query: id === undefined ? { limit: 1 } : { after: id, limit: 10 },
		})
	).results;

export type ReadWhat = { id: Id; isUnread?: boolean } | { ticketId: Id } | { upToId: Id };

const fits = (what: ReadWhat, n: Notification) =>
	"id" in what
		? n.id === what.id
		: "ticketId" in what
			? n.ticketId === what.ticketId
			: Number(n.id) <= Number(what.upToId);

/* Shown at once; what the server says counts. */
export async function markRead(what: ReadWhat): Promise<void> {
	const isRead = !("isUnread" in what && what.isUnread);
	queryClient.setQueryData<{ pages: NotificationPage[]; pageParams: unknown[] }>(LIST, (old) =>
		old
			? {
					...old,
					pages: old.pages.map((page) => ({
						...page,
						results: page.results.map((n) => (fits(what, n) && n.isRead !== isRead ? { ...n, isRead } : n)),
					})),
				}
			: old,
	);
	try {
		queryClient.setQueryData(UNREAD, await http.post<Unread>("/desk/v1/notifications/read", what));
	} catch (e) {
		void queryClient.invalidateQueries({ queryKey: [ROOT] });
		throw e;
	}
}

/* Opening a ticket is reading what one was told of it. */
export function readTicket(ticketId: Id) {
	if ((queryClient.getQueryData<Unread>(UNREAD)?.count ?? 0) > 0) void markRead({ ticketId }).catch(() => {});
}

export const isAboutBell = (events: readonly StreamEvent[]) => events.some((e) => e.kind === "notification.changed");

export function refreshBell() {
	void queryClient.invalidateQueries({ queryKey: UNREAD });
	void queryClient.invalidateQueries({ queryKey: LIST });
}

export interface NotificationSettings {
	channels: Matrix;
	defaults: Matrix;
	/* What cannot be switched off. */
	fixed: Record<Topic, Channel[]>;
}
export const useNotificationSettings = () =>
	useQuery({ queryKey: SETTINGS, queryFn: () => http.get<NotificationSettings>("/desk/v1/notification-settings") });

export const refreshNotificationSettings = () => queryClient.invalidateQueries({ queryKey: SETTINGS });

export async function setNotificationDefaults(part: Partial<Record<Topic, Partial<Record<Channel, boolean>>>>) {
	queryClient.setQueryData(SETTINGS, await http.put<NotificationSettings>("/desk/v1/notification-defaults", part));
}
