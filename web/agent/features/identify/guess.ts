import type { Message } from "#shared/api/types";

/* What the message itself says of its sender: "Ada Lovelace" is Ada and Lovelace, one word is a first name. */
export function guess(m: Message): Record<string, string> {
	const isEmail = /^[^\s@]+@[^\s@]+$/.test(m.senderAddress ?? "");
	const [first = "", ...rest] = (m.senderName ?? "").trim().split(/\s+/);
	return {
		...(isEmail ? { email: m.senderAddress ?? "" } : {}),
		...(first ? { firstname: first } : {}),
		...(rest.length ? { lastname: rest.join(" ") } : {}),
	};
}
