/* A comment that its author has begun to change is kept in this window until he saves it or lets it be: over a look at another ticket,
 * and over a reload. */
import { session } from "../../data/session";

export interface BegunEdit {
	html: string;
	text: string;
}

const nameOf = (commentId: string) => `bellhop.commentEdit.${session.current()?.id}.${commentId}`;

export function begunEdit(commentId: string): BegunEdit | undefined {
	try {
		return (JSON.parse(sessionStorage.getItem(nameOf(commentId)) ?? "null") as BegunEdit | null) ?? undefined;
	} catch {
		return undefined;
	}
}

export function keepEdit(commentId: string, edit: BegunEdit | undefined) {
	try {
		if (edit) sessionStorage.setItem(nameOf(commentId), JSON.stringify(edit));
		else sessionStorage.removeItem(nameOf(commentId));
	} catch {
		/* no room: it is still in the editor */
	}
}
