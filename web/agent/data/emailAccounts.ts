/* The addresses of the desk that mail leaves from. */
import { useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";

interface ChannelAccount {
	id: string;
	name?: string;
	channelId: string;
	active: boolean;
	authorized?: boolean;
	archived?: boolean;
	deliveryIdentifier?: { type: string; value: string };
}

const EMAIL_CHANNEL = "1002";

export const useEmailAccounts = () =>
	useQuery({
		queryKey: ["email-accounts"],
		queryFn: async () => {
			const { results } = await http.get<{ results: ChannelAccount[] }>(
				"/conversations/v3/conversations/channel-accounts",
				{ query: { limit: 100 } },
			);
			return results
				.filter((a) => String(a.channelId) === EMAIL_CHANNEL && a.active && !a.archived)
				.map((a) => {
					const address = a.deliveryIdentifier?.value ?? "";
					return { id: String(a.id), label: a.name && a.name !== address ? `${a.name} <${address}>` : address };
				});
		},
		staleTime: 5 * 60_000,
	});
