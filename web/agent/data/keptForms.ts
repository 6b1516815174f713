/* Forms with a long text, as they stand on this device until they are saved or thrown away: they survive a reload, the way back, and the
 * end of a session. Every person has his own. */
import { session } from "./session";

const keyOf = (name: string) => `bellhop.form.${session.current()?.id ?? ""}.${name}`;

export function loadForm<D>(name: string): D | undefined {
	try {
		return (JSON.parse(localStorage.getItem(keyOf(name)) ?? "null") as D | null) ?? undefined;
	} catch {
		return undefined;
	}
}

export function keepForm(name: string, draft: object) {
	try {
		localStorage.setItem(keyOf(name), JSON.stringify(draft));
	} catch {
		/* no room: it is still on the screen */
	}
}

export const forgetForm = (name: string) => localStorage.removeItem(keyOf(name));
