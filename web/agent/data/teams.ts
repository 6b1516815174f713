/* Teams: small, rarely changed. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";

export interface Team {
	id: string;
	name: string;
}

const NONE: Team[] = [];

export function useTeams(isWanted = true): Team[] {
	const { data } = useQuery({
		queryKey: ["teams"],
		queryFn: async () => (await http.get<{ results: Team[] }>("/settings/v3/users/teams")).results,
		staleTime: 5 * 60_000,
		enabled: isWanted,
	});
	return data ?? NONE;
}
