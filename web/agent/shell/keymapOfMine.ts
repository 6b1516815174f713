/* The keys of this person: the usual ones with what was changed in the settings. */
import { type Action, capsOf, type Keymap, keysOf } from "#shared/keys/keymap";
import { currentPreferences, usePreference } from "../data/preferences";

export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export const currentKeymap = (): Keymap => currentPreferences().keymap;
export const useKeymap = (): Keymap => usePreference("keymap");

/* The first keys of an action as they are printed on the keyboard, for tips and menus: "G then M" is "G M". */
export function shortcutText(action: Action, keymap: Keymap = currentKeymap()): string | undefined {
	const keys = keysOf(action, keymap)[0];
	if (keys === undefined) return undefined;
	return capsOf(keys, IS_MAC)
		.map((press) => press.join(IS_MAC ? "" : "+"))
		.join(" ");
}
