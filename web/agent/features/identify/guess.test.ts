import { expect, it } from "vitest";
import type { Message } from "#shared/api/types";
import { guess } from "./guess";

const from = (senderName?: string, senderAddress?: string) => guess({ senderName, senderAddress } as Message);

it("name and address of a message are offered, an identifier of a channel is not", () => {
	expect(from("Ada King Lovelace", "ada@x.example")).toEqual({
		email: "ada@x.example",
		firstname: "Ada",
		lastname: "King Lovelace",
	});
	expect(from("Ada", "visitor-7f")).toEqual({ firstname: "Ada" });
	expect(from(undefined, "visitor-7f")).toEqual({});
});
