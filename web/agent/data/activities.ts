/* What was done with a contact or a company lately: notes, calls, emails and meetings, the newest first. */
import { http } from "#shared/api/client";
import type { CrmObject } from "#shared/api/types";
import type { PickedType } from "./picked";

export const ACTIVITY_TYPES = ["notes", "calls", "emails", "meetings"] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

export interface Activity {
	type: ActivityType;
	id: string;
	title: string;
	at?: string;
}

const TITLES: Record<ActivityType, string[]> = {
	notes: ["hs_note_body"],
	calls: ["hs_call_title", "hs_call_body"],
	emails: ["hs_email_subject", "hs_email_text"],
	meetings: ["hs_meeting_title", "hs_meeting_body"],
};
const LOOKED_AT = 20;
const SHOWN = 8;
const TITLE_CHARS = 120;

/* Bodies are HTML: the words of it. */
function words(html: string): string {
	const text = new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
	return text.replace(/\s+/g, " ").trim().slice(0, TITLE_CHARS);
}

async function ofType(type: ActivityType, of: { type: PickedType; id: string }, signal: AbortSignal) {
	const path = `/crm/v4/objects/${of.type}/${of.id}/associations/${type}`;
	const links = await http.get<{ results: { toObjectId: number | string }[] }>(path, {
		query: { limit: LOOKED_AT },
		signal,
	});
	if (links.results.length === 0) return [];
	const body = {
		inputs: links.results.map((l) => ({ id: String(l.toObjectId) })),
		properties: ["hs_timestamp", ...TITLES[type]],
	};
	const found = await http.post<{ results: CrmObject[] }>(`/crm/v3/objects/${type}/batch/read`, body, { signal });
	return found.results.map((o): Activity => {
		const title = TITLES[type].map((name) => words(o.properties[name] ?? "")).find(Boolean) ?? "";
		return { type, id: o.id, title, at: o.properties.hs_timestamp ?? undefined };
	});
}

export async function activitiesOf(of: readonly { type: PickedType; id: string }[], signal: AbortSignal) {
	const lists = await Promise.all(of.flatMap((one) => ACTIVITY_TYPES.map((type) => ofType(type, one, signal))));
	const byId = new Map(lists.flat().map((a) => [`${a.type}/${a.id}`, a]));
	return [...byId.values()].sort((a, b) => (b.at ?? "").localeCompare(a.at ?? "")).slice(0, SHOWN);
}
