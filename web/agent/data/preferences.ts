/* What a user likes on every device: kept by the server under the names of its table (desk/preference.h). How this one device
 * looks is data/prefs.ts. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Keymap } from "#shared/keys/keymap";
import { queryClient } from "./queryClient";

export interface ViewLayout {
	layout?: "split" | "table" | "board";
	sort?: string;
	/* Of the table: names of columns, and widths that were dragged. */
	columns?: string[];
	widths?: Record<string, number>;
	/* Of the board. */
	pipeline?: string;
}

/* One line for each row of the server's table. */
export interface Preferences {
	language: string | null;
	undoSeconds: number;
	signature: { html?: string };
	keymap: Keymap;
	singleKeys: boolean;
	/* Order and choice of the views in the panel, and the one that the day begins with. */
	views: { order?: string[]; hidden?: string[]; home?: string };
	/* How the list of each view looks: features/tickets/layout.ts. */
	viewLayouts: Record<string, ViewLayout>;
	/* Which channels are on for which topic, where I chose: {MENTION: {bell: true}}. */
	notifications: Record<string, Record<string, boolean>>;
	/* When pop-ups are off and mails wait: features/notifications/QuietHours.tsx. */
	quietHours: { isOn?: boolean; from?: string; to?: string; timeZone?: string };
	notificationSound: boolean;
	/* Which cards, in which order, by where they stand: tickets, contacts … */
	cards: Record<string, CardLayout>;
	recordLists: Record<string, RecordListLayout>;
}

export interface CardLayout {
	order?: string[];
	hidden?: string[];
	folded?: string[];
}

export interface RecordListLayout {
	columns?: string[];
	sort?: string;
}
export type PreferenceName = keyof Preferences;

/* What holds until the server has answered, and when it cannot. */
const UNTIL_KNOWN: Preferences = {
	language: null,
	undoSeconds: 10,
	signature: {},
	keymap: {},
	singleKeys: true,
	views: {},
	viewLayouts: {},
	cards: {},
	recordLists: {},
	notifications: {},
	quietHours: {},
	notificationSound: true,
};

const KEY = ["preferences"];
const query = {
	queryKey: KEY,
	queryFn: () => http.get<Preferences>("/desk/v1/preferences"),
	/* Whoever waits for them does without rather than until the network is back. */
	networkMode: "always" as const,
	staleTime: 60_000,
};

export const loadPreferences = () => queryClient.ensureQueryData(query);

export const currentPreferences = (): Preferences => queryClient.getQueryData<Preferences>(KEY) ?? UNTIL_KNOWN;

export function usePreference<N extends PreferenceName>(name: N): Preferences[N] {
	const { data } = useQuery({ ...query, select: (all) => all[name] });
	return data === undefined ? UNTIL_KNOWN[name] : data;
}

/* Shown at once, taken back when the server refuses; null brings the default back. One write after the other. */
let queue: Promise<unknown> = Promise.resolve();

export function setPreference<N extends PreferenceName>(name: N, value: Preferences[N] | null): Promise<void> {
	const old = currentPreferences();
	if (value !== null) queryClient.setQueryData<Preferences>(KEY, { ...old, [name]: value });
	const run = async () => {
		try {
			queryClient.setQueryData(KEY, await http.patch<Preferences>("/desk/v1/preferences", { [name]: value }));
		} catch (e) {
			void queryClient.invalidateQueries({ queryKey: KEY });
			throw e;
		}
	};
	const next = queue.catch(() => {}).then(run);
	queue = next;
	return next;
}
