import type { Id } from "#shared/api/types";
import { loadMentionable, type Mentionable } from "../../data/comments";
import type { SuggestSource } from "../composer/editor/suggest/source";

const MOST = 8;

/* As people type it: without case and accents. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function rank(user: Mentionable, words: readonly string[]): number {
	const name = plain(user.name).split(/\s+/);
	const address = plain(user.email);
	let sum = 0;
	for (const word of words) {
		if (name[0]?.startsWith(word)) sum += 3;
		else if (name.some((part) => part.startsWith(word))) sum += 2;
		else if (address.startsWith(word)) sum += 1;
		else return 0;
	}
	return sum;
}

/* Those whose name or address has words that begin with the ones typed; the best first, else by name. */
export function findUsers(all: readonly Mentionable[], query: string): Mentionable[] {
	const words = plain(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return all.slice(0, MOST);
	return all
		.map((user) => ({ user, rank: rank(user, words) }))
		.filter((hit) => hit.rank > 0)
		.sort((a, b) => b.rank - a.rank)
		.slice(0, MOST)
		.map((hit) => hit.user);
}

const initials = (name: string) =>
	name
		.split(/\s+/)
		.map((part) => part[0] ?? "")
		.slice(0, 2)
		.join("")
		.toUpperCase();

/* @ in a comment: colleagues who may see the ticket. Two of one name are told apart by their addresses. */
export function mentionSource(ticketId: Id, label: string): SuggestSource {
	return {
		trigger: "@",
		label,
		hasBlanks: true,
		find: async (query) =>
			findUsers(await loadMentionable(ticketId, query), query).map((user) => ({
				id: user.id,
				label: user.name,
				detail: user.email,
				sign: initials(user.name),
			})),
		pick: (editor, range, choice) => {
			editor
				.chain()
				.focus()
				.insertContentAt(range, [
					{ type: "mention", attrs: { id: choice.id, name: choice.label } },
					{ type: "text", text: " " },
				])
				.run();
		},
	};
}
