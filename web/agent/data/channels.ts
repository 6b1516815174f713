/* The ways that messages come and go by: chat, mail, and those that apps have connected. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Id, Page } from "#shared/api/types";

/* channelId undefined: nobody needs to know. */
export function useChannelName(channelId: Id | undefined): string | undefined {
	const { data } = useQuery({
		queryKey: ["channels"],
		queryFn: async () =>
			(await http.get<Page<{ id: Id; name: string }>>("/conversations/v3/conversations/channels")).results,
		staleTime: 5 * 60_000,
		enabled: channelId !== undefined,
	});
	return data?.find((c) => c.id === channelId)?.name;
}
