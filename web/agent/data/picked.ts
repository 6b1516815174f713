/* Contacts and companies as pickers need them: found while one types, made where they are missing. */
import { ApiError, http } from "#shared/api/client";
import type { CrmObject } from "#shared/api/types";
import { personName } from "#shared/text/personName";

export type PickedType = "contacts" | "companies";

export interface Picked {
	id: string;
	name: string;
	/* Email of a contact, domain of a company. */
	note?: string;
}

const PROPERTIES: Record<PickedType, string[]> = {
	contacts: ["firstname", "lastname", "email"],
	companies: ["name", "domain"],
};
const ROWS = 8;

export function pickedOf(type: PickedType, o: CrmObject): Picked {
	const p = o.properties;
	if (type === "companies") return { id: o.id, name: p.name || p.domain || `#${o.id}`, note: p.domain || undefined };
	const name = personName(p.firstname, p.lastname);
	return { id: o.id, name: name || p.email || `#${o.id}`, note: p.email || undefined };
}

export async function findPicked(type: PickedType, query: string, signal: AbortSignal): Promise<Picked[]> {
	const body = { query: query.trim() || undefined, limit: ROWS, properties: PROPERTIES[type] };
	const page = await http.post<{ results: CrmObject[] }>(`/crm/v3/objects/${type}/search`, body, { signal });
	return page.results.map((o) => pickedOf(type, o));
}

export const loadPicked = async (type: PickedType, id: string): Promise<Picked> =>
	pickedOf(
		type,
		await http.get<CrmObject>(`/crm/v3/objects/${type}/${id}`, { query: { properties: PROPERTIES[type].join() } }),
	);

export interface NewContact {
	email: string;
	firstname: string;
	lastname: string;
}

/* A contact with this address may be there already: then it is that one. */
export async function makeContact(c: NewContact): Promise<Picked> {
	const properties = Object.fromEntries(Object.entries(c).filter(([, value]) => value.trim()));
	try {
		return pickedOf("contacts", await http.post<CrmObject>("/crm/v3/objects/contacts", { properties }));
	} catch (e) {
		if (!(e instanceof ApiError && e.status === 409 && c.email.trim())) throw e;
		const path = `/crm/v3/objects/contacts/${encodeURIComponent(c.email.trim())}`;
		const query = { idProperty: "email", properties: PROPERTIES.contacts.join() };
		return pickedOf("contacts", await http.get<CrmObject>(path, { query }));
	}
}

export const setContactEmail = (id: string, email: string) =>
	http.patch<CrmObject>(`/crm/v3/objects/contacts/${id}`, { properties: { email } });

export const linkContact = (ticketId: string, contactId: string) =>
	http.put(`/crm/v4/objects/tickets/${ticketId}/associations/default/contacts/${contactId}`);
