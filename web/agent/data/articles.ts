/* Knowledge articles: lists, the text of one language as it is written, its versions, categories and languages. All keys begin with
 * "articles", so that an event asks for all of it again. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ApiError, http } from "#shared/api/client";
import { queryClient } from "./queryClient";

export type ArticleState = "DRAFT" | "PUBLISHED" | "ARCHIVED";
export const ARTICLE_STATES = ["DRAFT", "PUBLISHED", "ARCHIVED"] as const;

export interface ArticleLine {
	lang: string;
	isGoverning: boolean;
	state: ArticleState;
	hasChanges: boolean;
	isMachineTranslated: boolean;
	title: string;
	subtitle: string;
	slug: string;
	url: string;
	version: number;
	publishedAt?: string;
	updatedAt: string;
}

export interface Article {
	id: string;
	lang: string;
	categoryId: string | null;
	userId: string;
	mayEdit: boolean;
	mayPublish: boolean;
	createdAt: string;
	updatedAt: string;
	archivedAt?: string;
	shown: ArticleLine;
	texts: ArticleLine[];
}

export interface ArticleText extends ArticleLine {
	articleId: string;
	hasOwnSlug: boolean;
	userId: string;
	createdAt: string;
	versionId: string;
	publishedVersionId: string | null;
	body: string;
	tags: string[];
	products: string[];
	formerSlugs: string[];
	mayEdit: boolean;
	mayPublish: boolean;
}

export interface ArticleMoment {
	versionId: string;
	title: string;
	userId: string;
	createdAt: string;
	updatedAt: string;
	publishedAt?: string;
}

export interface ArticleVersion extends ArticleMoment {
	subtitle: string;
	body: string;
	tags: string[];
	products: string[];
	isMachineTranslated: boolean;
}

export interface ArticleCategory {
	id: string;
	names: Record<string, string>;
	place: number;
}

/* What somebody writes. */
export interface ArticleFields {
	title: string;
	subtitle: string;
	body: string;
	slug: string;
	tags: string[];
	products: string[];
	isMachineTranslated: boolean;
}

export interface ArticleFilter {
	q: string;
	state?: ArticleState;
	lang?: string;
	categoryId?: string;
}

interface Page<T> {
	results: T[];
	paging?: { next: { after: string } };
}

const ALL = "/desk/v1/articles";
const CATEGORIES = "/desk/v1/article-categories";
const one = (id: string) => `${ALL}/${encodeURIComponent(id)}`;
const text = (id: string, lang: string) => `${one(id)}/texts/${encodeURIComponent(lang)}`;

export const findArticles = (filter: ArticleFilter, limit: number, after?: string, signal?: AbortSignal) =>
	http.get<Page<Article>>(ALL, {
		query: { ...filter, q: filter.q.trim().slice(0, 60) || undefined, limit, after },
		signal,
	});

export const useArticles = (filter: ArticleFilter) =>
	useInfiniteQuery({
		queryKey: ["articles", "list", filter],
		queryFn: ({ pageParam, signal }) => findArticles(filter, 50, pageParam, signal),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
		placeholderData: keepPreviousData,
	});

export const useArticle = (id: string) =>
	useQuery({ queryKey: ["articles", "one", id], queryFn: () => http.get<Article>(one(id)) });

const textQuery = (id: string, lang: string) => ({
	queryKey: ["articles", "text", id, lang],
	queryFn: () => http.get<ArticleText>(text(id, lang)),
});
export const useArticleText = (id: string, lang: string) => useQuery(textQuery(id, lang));

export const useMoments = (id: string, lang: string) =>
	useQuery({
		queryKey: ["articles", "versions", id, lang],
		queryFn: async () =>
			(await http.get<Page<ArticleMoment>>(`${text(id, lang)}/versions`, { query: { limit: 100 } })).results,
		staleTime: 0,
	});

export const useVersion = (id: string, lang: string, versionId: string | undefined) =>
	useQuery({
		queryKey: ["articles", "version", id, lang, versionId],
		enabled: versionId !== undefined,
		queryFn: () => http.get<ArticleVersion>(`${text(id, lang)}/versions/${versionId}`),
	});

const NONE: readonly never[] = [];

export const useCategories = (): readonly ArticleCategory[] =>
	useQuery({
		queryKey: ["articles", "categories"],
		queryFn: async () => (await http.get<Page<ArticleCategory>>(CATEGORIES)).results,
	}).data ?? NONE;

export const useArticleLanguages = (): readonly { lang: string; dir: "ltr" | "rtl" }[] =>
	useQuery({
		queryKey: ["article-languages"],
		queryFn: async () => (await http.get<Page<{ lang: string; dir: "ltr" | "rtl" }>>(`${ALL}/languages`)).results,
		staleTime: Number.POSITIVE_INFINITY,
	}).data ?? NONE;

/* In the reader's language, else in English, else in any. */
export const categoryName = (k: ArticleCategory, lang: string): string =>
	k.names[lang] ?? k.names.en ?? Object.values(k.names)[0] ?? "";

/* What was answered is shown at once; what else shows the article is asked for again. */
function took(answer: ArticleText): ArticleText {
	queryClient.setQueryData(textQuery(answer.articleId, answer.lang).queryKey, answer);
	for (const part of ["list", "one", "versions"]) void queryClient.invalidateQueries({ queryKey: ["articles", part] });
	return answer;
}

async function afterwards<T>(change: Promise<T>): Promise<T> {
	const done = await change;
	await queryClient.invalidateQueries({ queryKey: ["articles"] });
	return done;
}

export const articles = {
	create: async (lang: string, title: string, categoryId: string | null) =>
		took(await http.post<ArticleText>(ALL, { lang, title, categoryId })),
	change: (id: string, change: { lang?: string; categoryId?: string | null }) =>
		afterwards(http.patch<Article>(one(id), change)),
	translate: async (id: string, lang: string) => took(await http.post<ArticleText>(`${one(id)}/texts`, { lang })),
	read: (id: string, lang: string) => queryClient.fetchQuery({ ...textQuery(id, lang), staleTime: 0 }),
	write: async (
		id: string,
		lang: string,
		change: Partial<ArticleFields> & { version: number; isNewVersion?: boolean },
	) => took(await http.patch<ArticleText>(text(id, lang), change)),
	act: async (id: string, lang: string, act: "publish" | "unpublish" | "archive" | "restore", version: number) =>
		took(await http.post<ArticleText>(`${text(id, lang)}/${act}`, { version })),
	revert: async (id: string, lang: string, versionId: string, version: number) =>
		took(await http.post<ArticleText>(`${text(id, lang)}/versions/${versionId}/restore`, { version })),
	archive: (id: string) => afterwards(http.post<Article>(`${one(id)}/archive`)),
	restore: (id: string) => afterwards(http.post<Article>(`${one(id)}/restore`)),
	addCategory: (names: Record<string, string>) => afterwards(http.post<ArticleCategory>(CATEGORIES, { names })),
	changeCategory: (id: string, change: { names?: Record<string, string>; place?: number }) =>
		afterwards(http.patch<ArticleCategory>(`${CATEGORIES}/${id}`, change)),
	removeCategory: (id: string) => afterwards(http.remove(`${CATEGORIES}/${id}`)),
	/* A picture for the text: its key and how large it is. */
	async upload(file: File): Promise<{ key: string; width: number; height: number }> {
		const form = new FormData();
		form.set("file", file, file.name);
		const answer = await fetch("/desk/v1/article-images", {
			method: "POST",
			body: form,
			credentials: "same-origin",
		}).catch(() => undefined);
		if (answer?.ok) return answer.json();
		throw new ApiError(answer?.status ?? 0, answer ? await answer.json().catch(() => ({})) : {});
	},
};

export const isNewerVersion = (e: unknown): e is ApiError =>
	e instanceof ApiError && e.status === 409 && e.category === "NEWER_VERSION";
