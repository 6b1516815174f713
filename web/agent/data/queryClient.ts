/* Everything fetched, except ticket rows, lives in this cache. Reads are tried again when the server is away; writes never are. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "#shared/api/client";

const MAX_TRIES = 2;

export const queryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 30_000,
			gcTime: 10 * 60_000,
			refetchOnWindowFocus: false,
			retry: (count, error) => {
				const isTemporary =
					!(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;
				return isTemporary && count < MAX_TRIES;
			},
		},
	},
});
