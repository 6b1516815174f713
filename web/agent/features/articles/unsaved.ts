/* What somebody wrote on a text that the server does not have yet. It lies on this device, so that it outlives the page, the browser and
 * the session, and is sent when the text is opened again. */
import type { ArticleFields, ArticleText } from "../../data/articles";

export interface Unsaved {
	articleId: string;
	lang: string;
	/* Of the server's text that it was written on. */
	version: number;
	/* As it is called now, for who is told of it. */
	title: string;
	changes: Partial<ArticleFields>;
}

const PREFIX = "bellhop.article.";
const ofUser = (userId: string) => `${PREFIX}${userId}.`;
const keyOf = (userId: string, { articleId, lang }: { articleId: string; lang: string }) =>
	`${ofUser(userId)}${articleId}.${lang}`;

function read(key: string): Unsaved | undefined {
	try {
		const u = JSON.parse(localStorage.getItem(key) ?? "null") as Unsaved | null;
		return u && typeof u.version === "number" && typeof u.changes === "object" ? u : undefined;
	} catch {
		return undefined;
	}
}

export const loadUnsaved = (userId: string, text: ArticleText) => read(keyOf(userId, text));

export function keepUnsaved(userId: string, u: Unsaved) {
	try {
		localStorage.setItem(keyOf(userId, u), JSON.stringify(u));
	} catch {
		/* no room: then it is in the page only */
	}
}

export const dropUnsaved = (userId: string, text: ArticleText) => localStorage.removeItem(keyOf(userId, text));

/* All that waits on this device. */
export function allUnsaved(userId: string): Unsaved[] {
	const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? "");
	return keys.filter((key) => key.startsWith(ofUser(userId))).flatMap((key) => read(key) ?? []);
}
