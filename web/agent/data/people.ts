/* Users with their seats and rights, teams with their members, and one's own profile: what the settings of people show and change. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import { queryClient } from "./queryClient";

export const ROLES = ["viewer", "agent", "admin", "super_admin"] as const;
export const SEATS = ["SERVICE", "SALES", "CORE", "VIEW_ONLY"] as const;
export const REACHES = ["EVERYTHING", "TEAM", "TEAM_AND_UNASSIGNED", "OWNED", "OWNED_AND_UNASSIGNED", "NONE"] as const;
export type Role = (typeof ROLES)[number];
export type Seat = (typeof SEATS)[number];
export type Reach = (typeof REACHES)[number];

export interface Person {
	id: string;
	email: string;
	firstName?: string;
	lastName?: string;
	state: "active" | "invited" | "deactivated";
	role: Role;
	seat: Seat;
	ticketView: Reach;
	ticketEdit: Reach;
	ticketDelete: Reach;
	ticketCommunicate: Reach;
	publishesArticles: boolean;
	primaryTeamId?: string;
	secondaryTeamIds: string[];
}

export interface TeamWithMembers {
	id: string;
	name: string;
	userIds: string[];
	secondaryUserIds: string[];
}

interface PeoplePage {
	results: Person[];
	paging?: { next: { after: string } };
}

const PAGE = 1000;

async function loadAll(): Promise<Person[]> {
	const all: Person[] = [];
	for (let after: string | undefined = "0"; after !== undefined; ) {
		const page: PeoplePage = await http.get<PeoplePage>("/desk/v1/users", { query: { limit: PAGE, after } });
		all.push(...page.results);
		after = page.paging?.next.after;
	}
	return all;
}

export const usePeople = () => useQuery({ queryKey: ["people"], queryFn: loadAll });

export const useTeamsWithMembers = () =>
	useQuery({
		queryKey: ["teamMembers"],
		queryFn: async () => (await http.get<{ results: TeamWithMembers[] }>("/desk/v1/teams")).results,
	});

async function after<T>(change: Promise<T>): Promise<T> {
	const done = await change;
	await Promise.all(
		["people", "teamMembers", "teams", "owners"].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
	);
	return done;
}

export interface NewPerson {
	email: string;
	firstName: string;
	lastName: string;
	role: Role;
}

/* Where no mail can be sent the link is in the answer. */
export interface Invitation {
	state: "MAILED" | "LINK";
	url?: string;
}

export const people = {
	change: (id: string, change: Partial<Omit<Person, "primaryTeamId">> & { primaryTeamId?: string | null }) =>
		after(http.patch<Person>(`/desk/v1/users/${id}`, change)),
	/* Also brings back somebody who was deactivated. */
	async add({ role, ...person }: NewPerson): Promise<Invitation> {
		const { id } = await http.post<{ id: string }>("/settings/v3/users", person);
		await http.patch(`/desk/v1/users/${id}`, { role });
		return people.invite(id);
	},
	invite: (id: string) => after(http.post<Invitation>(`/desk/v1/users/${id}/invitation`)),
	deactivate: (id: string) => after(http.remove(`/settings/v3/users/${id}`)),
	addTeam: (name: string) => after(http.post("/desk/v1/teams", { name })),
	renameTeam: (id: string, name: string) => after(http.patch(`/desk/v1/teams/${id}`, { name })),
	setMembers: (id: string, userIds: string[], secondaryUserIds: string[]) =>
		after(http.patch(`/desk/v1/teams/${id}`, { userIds, secondaryUserIds })),
	removeTeam: (id: string) => after(http.remove(`/desk/v1/teams/${id}`)),
};

export const profile = {
	async rename(firstName: string, lastName: string) {
		await http.patch("/desk/v1/profile", { firstName, lastName });
		await Promise.all(
			["session", "people", "owners"].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
		);
	},
	setPassword: (currentPassword: string, password: string) =>
		http.post("/desk/v1/profile/password", { currentPassword, password }),
};

/* Whom a pipeline is for; nobody named: for all. */
export interface PipelineAccess {
	userIds: string[];
	teamIds: string[];
}
const pipelineKey = (id: string) => ["pipelineAccess", id];
export const usePipelineAccess = (id: string, isWanted: boolean) =>
	useQuery({
		queryKey: pipelineKey(id),
		queryFn: () => http.get<PipelineAccess>(`/desk/v1/pipeline-access/${id}`),
		enabled: isWanted,
	});
export async function setPipelineAccess(id: string, access: PipelineAccess) {
	queryClient.setQueryData(pipelineKey(id), await http.put<PipelineAccess>(`/desk/v1/pipeline-access/${id}`, access));
}
