/* The library: what agents keep to put into texts. Every kind has a list at its own address, with the same filter; folders, archive and
 * counts of uses are the same for all. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { http } from "#shared/api/client";
import type { Page, StreamEvent, Time } from "#shared/api/types";
import { queryClient } from "./queryClient";
import type { Audience } from "./views";

export type { Audience };
export type LibraryKind = "snippet" | "template" | "document" | "video";

export interface LibraryItem {
	id: string;
	kind: LibraryKind;
	name: string;
	folderId?: string;
	audience: Audience;
	teamIds: string[];
	userId: string;
	isMine: boolean;
	mayEdit: boolean;
	useCount: number;
	usedAt?: Time;
	createdAt: Time;
	updatedAt: Time;
	archivedAt?: Time;
}

export interface LibraryFolder {
	id: string;
	name: string;
	mayEdit: boolean;
}

/* What every form of an item has. */
export interface LibraryDraft {
	name: string;
	audience: Audience;
	teamIds: string[];
	/* null: in none. */
	folderId: string | null;
}

export const LIBRARY_SORTS = ["name", "used", "updated"] as const;
export type LibrarySort = (typeof LIBRARY_SORTS)[number];

export interface LibraryFilter {
	q: string;
	/* An id; "none": what is in no folder; "": anywhere. */
	folderId: string;
	isMine: boolean;
	isArchived: boolean;
	sort: LibrarySort;
}

export const draftOfItem = (item: LibraryItem | undefined): LibraryDraft => ({
	name: item?.name ?? "",
	audience: item?.audience ?? "EVERYONE",
	teamIds: item?.teamIds ?? [],
	folderId: item?.folderId ?? null,
});

const PAGE = 50;

/* path: the address of the kind's list, as /desk/v1/snippets. */
export const useLibraryList = <T extends LibraryItem>(path: string, f: LibraryFilter) =>
	useInfiniteQuery({
		queryKey: ["library", path, f],
		queryFn: ({ pageParam, signal }) =>
			http.get<Page<T>>(path, {
				query: {
					q: f.q || undefined,
					folderId: f.folderId || undefined,
					mine: f.isMine ? "true" : undefined,
					archived: f.isArchived ? "true" : undefined,
					sort: f.sort,
					limit: PAGE,
					after: pageParam,
				},
				signal,
			}),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		placeholderData: keepPreviousData,
	});

/* The whole of one, as it is now. */
export const useLibraryItem = <T extends LibraryItem>(path: string, id: string | undefined) =>
	useQuery({
		queryKey: ["library", path, id],
		queryFn: () => http.get<T>(`${path}/${id}`),
		enabled: id !== undefined,
		staleTime: 0,
		gcTime: 0,
	});

const NO_FOLDERS: LibraryFolder[] = [];

export function useFolders(kind: LibraryKind): LibraryFolder[] {
	const { data } = useQuery({
		queryKey: ["library", "folders", kind],
		queryFn: async () => (await http.get<Page<LibraryFolder>>("/desk/v1/library/folders", { query: { kind } })).results,
	});
	return data ?? NO_FOLDERS;
}

export const refreshLibrary = () => queryClient.invalidateQueries({ queryKey: ["library"] });

async function changed<T>(change: Promise<T>): Promise<T> {
	const done = await change;
	await refreshLibrary();
	return done;
}

export const library = {
	create: <T extends LibraryItem>(path: string, draft: object) => changed(http.post<T>(path, draft)),
	change: <T extends LibraryItem>(path: string, id: string, draft: object) =>
		changed(http.patch<T>(`${path}/${id}`, draft)),
	archive: (id: string) => changed(http.remove<void>(`/desk/v1/library/items/${id}`)),
	restore: (id: string) => changed(http.post<void>(`/desk/v1/library/items/${id}/restore`, {})),
	/* It was put into a text. Nobody waits for it. */
	used: (id: string) => void http.post(`/desk/v1/library/items/${id}/use`, {}).catch(() => {}),
	createFolder: (kind: LibraryKind, name: string) =>
		changed(http.post<LibraryFolder>("/desk/v1/library/folders", { kind, name })),
	renameFolder: (id: string, name: string) =>
		changed(http.patch<LibraryFolder>(`/desk/v1/library/folders/${id}`, { name })),
	removeFolder: (id: string) => changed(http.remove<void>(`/desk/v1/library/folders/${id}`)),
};

/* Only what is on the screen is asked for again. */
export function applyToLibrary(events: readonly StreamEvent[]) {
	if (events.some((e) => e.kind === "library.changed" || e.kind === "library.folder")) void refreshLibrary();
}
