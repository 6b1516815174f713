import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { search } from "../../data/search";
import { type SearchParams, wireQuery } from "./searchParams";

const ROWS = 20;

/* Page by page; a new question gives up the one before, and what it found stays visible until the answer is there. */
export function useResults(params: SearchParams) {
	const q = useInfiniteQuery({
		queryKey: ["search", params],
		queryFn: ({ pageParam, signal }) => search({ ...wireQuery(params), limit: ROWS, after: pageParam }, signal),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		enabled: !!params.q?.trim(),
		placeholderData: keepPreviousData,
		staleTime: 0,
	});
	const rows = useMemo(() => (q.data?.pages ?? []).flatMap((page) => page.results), [q.data]);
	return { ...q, rows, isCurrent: q.data?.pages[0]?.isCurrent ?? true };
}
