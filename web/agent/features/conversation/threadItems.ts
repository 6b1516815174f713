/* A thread as it is shown: messages, and between them what happened and where another conversation begins. */
import type { Message } from "#shared/api/types";
import type { ThreadEvent } from "../../data/threadEvents";

export type ThreadItem =
	| { kind: "message"; id: string; message: Message }
	| { kind: "events"; id: string; events: readonly ThreadEvent[] }
	| { kind: "conversation"; id: string; message: Message };

/* hasEarlier: what happened before the first message shown belongs to messages that are not. */
export function threadItems(
	messages: readonly Message[],
	events: readonly ThreadEvent[],
	hasEarlier: boolean,
): ThreadItem[] {
	const items: ThreadItem[] = [];
	const hasSeveral = new Set(messages.map((m) => m.threadId)).size > 1;
	let at = 0;
	const take = (until: string | undefined) => {
		const from = at;
		while (at < events.length && (until === undefined || (events[at]?.at ?? "") < until)) at++;
		return events.slice(from, at);
	};
	for (const [i, message] of messages.entries()) {
		const before = take(message.createdAt);
		if (before.length && (i > 0 || !hasEarlier)) items.push({ kind: "events", id: `e${message.id}`, events: before });
		if (hasSeveral && message.threadId !== messages[i - 1]?.threadId)
			items.push({ kind: "conversation", id: `t${message.id}`, message });
		items.push({ kind: "message", id: message.id, message });
	}
	const after = take(undefined);
	if (after.length) items.push({ kind: "events", id: "e", events: after });
	return items;
}
