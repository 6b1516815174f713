/* What the suite does, by area; each flow stands alone on a fresh desk. */
import type { Client } from "@hubspot/api-client";
import type { Contract } from "./contract.ts";
import { associations, labels } from "./flowsAssociations.ts";
import { pipelines, properties, schemas } from "./flowsDefinitions.ts";
import { files, folders, imports } from "./flowsFiles.ts";
import { lists } from "./flowsLists.ts";
import { feedback, generic, merges, objects, purge, search } from "./flowsObjects.ts";
import { oauth, owners, users, visitor } from "./flowsPeople.ts";
import { webhooks } from "./flowsWebhooks.ts";

export interface At {
	client: Client;
	contract: Contract;
	url: string;
	token: string;
	admin: { email: string; password: string };
	/* a server that answers everything with 200 */
	listener: string;
	/* another client, with other credentials */
	open(options: { accessToken?: string; developerApiKey?: string }): Client;
}

export const flows: Record<string, (at: At) => Promise<void>> = {
	"objects of every type": objects,
	"objects by any type's name": generic,
	"feedback, read only": feedback,
	search,
	merge: merges,
	"a contact is erased": purge,
	associations,
	"association labels": labels,
	properties,
	pipelines,
	"custom types": schemas,
	lists,
	owners,
	"users, roles and teams": users,
	"visitor tokens": visitor,
	oauth,
	files,
	folders,
	"import of a file": imports,
	webhooks,
};

/* A request of our own pages, for what the client has no method for. */
export async function own(at: At, method: string, path: string, body?: unknown, status = 200): Promise<any> {
	const answer = await fetch(at.url + path, {
		method,
		headers: { authorization: `Bearer ${at.token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await answer.text();
	if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${text}`);
	return text === "" ? undefined : JSON.parse(text);
}
