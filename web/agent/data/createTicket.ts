/* Creating a ticket by hand: what the desk's form asks, and the one request that makes the ticket with all its links. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import { onceKeys } from "#shared/api/onceKey";
import type { CrmObject } from "#shared/api/types";
import type { ActivityType } from "./activities";
import { queryClient } from "./queryClient";

export interface FormField {
	name: string;
	isRequired: boolean;
	/* Always there and required. */
	isFixed?: boolean;
}

export interface CreateForm {
	fields: FormField[];
	/* I may change it. */
	mayEdit: boolean;
}

const FORM = "/desk/v1/forms/create-ticket";
const FORM_STALE_MS = 60_000;
const form = { queryKey: ["create-form"], queryFn: () => http.get<CreateForm>(FORM), staleTime: FORM_STALE_MS };

export const useCreateForm = () => useQuery(form);

export async function saveCreateForm(fields: readonly FormField[]) {
	const body = { fields: fields.map(({ name, isRequired }) => ({ name, isRequired })) };
	queryClient.setQueryData(form.queryKey, await http.put<CreateForm>(FORM, body));
}

export interface PipelineRules {
	entryStageIds: string[];
	stages: { stageId: string; requiredProperties: string[] }[];
}

export function usePipelineRules(pipelineId: string | undefined): PipelineRules | undefined {
	return useQuery({
		queryKey: ["pipeline-rules", "tickets", pipelineId],
		queryFn: () => http.get<PipelineRules>(`/desk/v1/pipelines/tickets/${pipelineId}/rules`),
		staleTime: FORM_STALE_MS,
		enabled: !!pipelineId,
	}).data;
}

export type LinkedType = "contacts" | "companies" | ActivityType;

/* Ticket to them, as the server numbers its association types. */
const TYPE_IDS: Record<LinkedType, number> = {
	contacts: 16,
	companies: 339,
	notes: 227,
	calls: 219,
	emails: 223,
	meetings: 225,
};

export interface NewTicket {
	properties: Record<string, string>;
	links: readonly { type: LinkedType; id: string }[];
}

/* The same asked for again after an answer was lost is the same ticket. */
let onceKey = onceKeys();

export async function createTicket(t: NewTicket): Promise<string> {
	const body = {
		properties: t.properties,
		associations: t.links.map(({ type, id }) => ({
			to: { id },
			types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: TYPE_IDS[type] }],
		})),
	};
	const made = await http.post<CrmObject>("/crm/v3/objects/tickets", body, { headers: onceKey(body) });
	onceKey = onceKeys();
	return made.id;
}
