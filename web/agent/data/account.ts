/* What holds for the whole desk. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";

export interface Account {
	name: string;
	/* An IANA name: Europe/Berlin. */
	timeZone: string;
	currency: string;
	language: string;
}

export const useAccount = () =>
	useQuery({
		queryKey: ["account"],
		queryFn: () => http.get<Account>("/desk/v1/account"),
		staleTime: 5 * 60_000,
		retry: false,
	});
