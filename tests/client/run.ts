/* Drives one version of the client through everything, in a process of its own, because the newer one wants a newer Node.js.
 * Environment: CLIENT (name of the package), DESK_URL, DESK_TOKEN (of a super admin with every scope), DESK_ADMIN (his
 * address and password as JSON), DESK_LISTENER (an address of
 * a server that answers everything with 200). Prints one line of JSON. */
import { Contract, packageDir } from "./contract.ts";
import { drive } from "./driven.ts";
import { flows, type At } from "./flows.ts";

const name = process.env.CLIENT as string;
const url = process.env.DESK_URL as string;
const token = process.env.DESK_TOKEN as string;
const { Client } = await import(name);
const contract = new Contract(packageDir(name));
const { client, done } = drive(new Client({ basePath: url, accessToken: token }), contract);
const at: At = {
	client,
	contract,
	url,
	token,
	admin: JSON.parse(process.env.DESK_ADMIN as string),
	listener: process.env.DESK_LISTENER as string,
	open: (options) => {
		const other = drive(new Client({ basePath: url, ...options }), contract);
		others.push(other.done);
		return other.client;
	},
};
const others: Set<string>[] = [];
const results: { flow: string; error?: string }[] = [];
for (const [flow, run] of Object.entries(flows)) {
	try {
		await run(at);
		results.push({ flow });
	} catch (error) {
		results.push({ flow, error: error instanceof Error ? `${error.stack}` : String(error) });
	}
}
const driven = [...done, ...others.flatMap((other) => [...other])];
process.stdout.write(`${JSON.stringify({ results, driven, methods: [...new Set(driven)].length })}\n`);
process.exit(0);
