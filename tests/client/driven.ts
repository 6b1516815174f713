/* A client whose every answer is held against its own types, and which notes what was called. */
import assert from "node:assert/strict";
import type { Client } from "@hubspot/api-client";
import type { Contract } from "./contract.ts";

export interface Driven {
	client: Client;
	/* methods that answered as they are declared to, at least once */
	done: Set<string>;
}

export function drive(client: Client, contract: Contract): Driven {
	const done = new Set<string>();
	return { client: watch(client, contract, done, []) as Client, done };
}

function watch(part: object, contract: Contract, done: Set<string>, path: string[]): object {
	return new Proxy(part, {
		get(target, name) {
			const value = Reflect.get(target, name);
			if (typeof name !== "string") return value;
			const here = [...path, name];
			if (typeof value === "function") return path.at(-1)?.endsWith("Api") ? checked(value.bind(target), contract, done, here.join(".")) : value.bind(target);
			return typeof value === "object" && value !== null ? watch(value, contract, done, here) : value;
		},
	});
}

function checked(call: (...args: unknown[]) => Promise<unknown>, contract: Contract, done: Set<string>, method: string) {
	return async (...args: unknown[]): Promise<unknown> => {
		const answer = await call(...args).catch((error: unknown) => {
			/* the message of the client's exceptions holds the whole answer; the method is what it does not say */
			if (error instanceof Error) error.message = `${method}: ${error.message}`;
			throw error;
		});
		const differences = contract.differences(method, answer);
		assert.deepEqual(differences, [], method);
		done.add(method);
		return answer;
	};
}

/* The error answer that the client throws: status and body. */
export async function thrown(call: Promise<unknown>, code: number): Promise<any> {
	const error: any = await call.then(
		() => assert.fail(`no error, where ${code} is due`),
		(e: unknown) => e,
	);
	assert.equal(error.code, code, String(error));
	assert.equal(error.body?.status, "error", String(error));
	return error.body;
}
