/* What a user likes on every device: kept by the server under the names of its table (desk/preference.h). How this one device
 * looks is data/prefs.ts. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Keymap } from "#shared/keys/keymap";
import { queryClient } from "./queryClient";

/* One line for each row of the server's table. */
export interface Preferences {
	language: string | null;
	undoSeconds: number;
	signature: { html?: string };
	keymap: Keymap;
	singleKeys: boolean;
}
export type PreferenceName = keyof Preferences;

/* What holds until the server has answered, and when it cannot. */
const UNTIL_KNOWN: Preferences = { language: null, undoSeconds: 10, signature: {}, keymap: {}, singleKeys: true };

const KEY = ["preferences"];
const query = {
	queryKey: KEY,
	queryFn: () => http.get<Preferences>("/desk/v1/preferences"),
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
