import type { Message } from "#shared/api/types";
import { splitName } from "#shared/text/personName";

/* What the message itself says of its sender: "Ada Lovelace" is Ada and Lovelace, one word is a first name. */
export function guess(m: Message): Record<string, string> {
	const isEmail = /^[^\s@]+@[^\s@]+$/.test(m.senderAddress ?? "");
	const { first, last } = splitName(m.senderName ?? "");
	return {
		...(isEmail ? { email: m.senderAddress ?? "" } : {}),
		...(first ? { firstname: first } : {}),
		...(last ? { lastname: last } : {}),
	};
}
