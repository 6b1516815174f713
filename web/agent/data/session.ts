/* Who is signed in. */
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiError, http } from "#shared/api/client";
import type { User } from "#shared/api/types";
import { personName } from "#shared/text/personName";
import { queryClient } from "./queryClient";
import { forgetRecent } from "./recent";

const KEY = ["session"];

async function load(): Promise<User | null> {
	try {
		return (await http.get<{ user: User }>("/desk/v1/session")).user;
	} catch (e) {
		if (e instanceof ApiError && e.status === 401) return null;
		throw e;
	}
}

const query = { queryKey: KEY, queryFn: load, staleTime: Number.POSITIVE_INFINITY };

export const session = {
	ensure: () => queryClient.ensureQueryData(query),
	current: () => queryClient.getQueryData<User | null>(KEY),
	async signIn(email: string, password: string) {
		const { user } = await http.post<{ user: User }>("/desk/v1/session", { email, password });
		queryClient.setQueryData(KEY, user);
		return user;
	},
	/* What he may do may have changed. */
	refresh: () => queryClient.invalidateQueries({ queryKey: KEY }),
	async signOut() {
		await http.remove("/desk/v1/session");
		session.forget();
	},
	/* Nothing of one person stays in memory for the next. */
	forget() {
		queryClient.clear();
		forgetRecent();
		queryClient.setQueryData(KEY, null);
	},
};

/* While the page of a signed-out person is being left, it goes on showing what it showed. */
export function useUser(): User {
	const { data } = useQuery(query);
	const last = useRef(data);
	if (data) last.current = data;
	if (!last.current) throw new Error("useUser outside a session");
	return last.current;
}

export function fullName(u: { firstName?: string; lastName?: string; email?: string }): string {
	return personName(u.firstName, u.lastName) || u.email || "";
}

/* The server says what somebody may do at all: "administer", "managePeople", "customise", … */
export const may = (user: User, ability: string) => user.abilities?.includes(ability) ?? false;
export const isAdmin = (user: User) => may(user, "administer");
