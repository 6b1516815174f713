/* Booking pages, what was booked on them, and when one works. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Page, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";

export interface BookingPage {
	id: string;
	slug: string;
	url: string;
	title: string;
	description: string;
	location: string;
	confirmation: string;
	lengths: number[];
	bufferBefore: number;
	bufferAfter: number;
	noticeMinutes: number;
	aheadDays: number;
	maxPerDay: number;
	isActive: boolean;
	userId: string;
	teamId?: string;
	hostName: string;
	mayEdit: boolean;
}

export type BookingPageDraft = Omit<BookingPage, "id" | "url" | "userId" | "hostName" | "mayEdit">;

export interface Booking {
	id: string;
	bookingPageId: string;
	pageTitle: string;
	hostName: string;
	contactId: string;
	ticketId?: string;
	name: string;
	email: string;
	note: string;
	startAt: Time;
	endAt: Time;
	mayChange: boolean;
}

export interface Slot {
	startAt: Time;
	endAt: Time;
}

/* weekday 0 is Monday; toMinute may pass 1440: the night belongs to the day it began. */
export interface WorkingHours {
	weekday: number;
	fromMinute: number;
	toMinute: number;
}

export interface Availability {
	timeZone: string;
	hours: WorkingHours[];
	daysOff: string[];
	isDefault: boolean;
}

const PAGES = "/desk/v1/booking-pages";
const BOOKINGS = "/desk/v1/bookings";

/* ticketId: their addresses say which ticket they were sent for. */
export const loadBookingPages = async (ticketId?: string, signal?: AbortSignal) =>
	(await http.get<Page<BookingPage>>(PAGES, { query: { ticketId }, signal })).results;

export const useBookingPages = () => useQuery({ queryKey: ["meetings", "pages"], queryFn: () => loadBookingPages() });
export const useBookings = () =>
	useQuery({
		queryKey: ["meetings", "bookings"],
		queryFn: async () => (await http.get<Page<Booking>>(BOOKINGS)).results,
	});
export const useAvailability = () =>
	useQuery({ queryKey: ["meetings", "availability"], queryFn: () => http.get<Availability>("/desk/v1/availability") });
export const useTimeZones = () =>
	useQuery({
		queryKey: ["timeZones"],
		queryFn: async () => (await http.get<{ results: string[] }>("/desk/v1/time-zones")).results,
		staleTime: Number.POSITIVE_INFINITY,
	});
export const useMoveSlots = (bookingId: string, from: string) =>
	useQuery({
		queryKey: ["meetings", "slots", bookingId, from],
		queryFn: async () =>
			(await http.get<Page<Slot>>(`${BOOKINGS}/${bookingId}/slots`, { query: { from, days: 14 } })).results,
	});

const refreshMeetings = () => queryClient.invalidateQueries({ queryKey: ["meetings"] });

async function changed<T>(change: Promise<T>): Promise<T> {
	const done = await change;
	await refreshMeetings();
	return done;
}

export const meetings = {
	create: (draft: Partial<BookingPageDraft>) => changed(http.post<BookingPage>(PAGES, draft)),
	change: (id: string, draft: Partial<BookingPageDraft>) => changed(http.patch<BookingPage>(`${PAGES}/${id}`, draft)),
	archive: (id: string) => changed(http.remove<void>(`${PAGES}/${id}`)),
	restore: (id: string) => changed(http.post<BookingPage>(`${PAGES}/${id}/restore`, {})),
	cancel: (bookingId: string) => changed(http.post<Booking>(`${BOOKINGS}/${bookingId}/cancel`, {})),
	move: (bookingId: string, startAt: Time) => changed(http.post<Booking>(`${BOOKINGS}/${bookingId}/move`, { startAt })),
	setAvailability: (a: Omit<Availability, "isDefault">) => changed(http.put<Availability>("/desk/v1/availability", a)),
};
