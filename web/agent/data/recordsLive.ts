import type { StreamEvent } from "#shared/api/types";
import { queryClient } from "./queryClient";

const refresh = (...names: string[]) =>
	Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));

/* What the stream says of records makes what is shown of them old. */
export function applyToRecords(events: readonly StreamEvent[]) {
	const kinds = new Set(events.map((e) => e.kind));
	const has = (...names: StreamEvent["kind"][]) => names.some((name) => kinds.has(name));
	const isObject = has(
		"object.created",
		"object.changed",
		"object.deleted",
		"contact.created",
		"contact.changed",
		"contact.deleted",
	);
	if (has("association.changed")) void refresh("links", "timeline", "link-history");
	else if (isObject) void refresh("links", "timeline");
	else if (has("message.added", "ticket.created")) void refresh("timeline");
	if (isObject) void refresh("record", "record-list", "quotes", "products");
	if (has("message.added")) void refresh("files");
}
