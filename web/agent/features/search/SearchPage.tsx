import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleAlert, Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton } from "#ui";
import { FOUND_KINDS } from "../../data/search";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import { ResultRow } from "./ResultRow";
import css from "./Search.module.css";
import { SearchFilters } from "./SearchFilters";
import { hasFilters, type SearchParams } from "./searchParams";
import { useResults } from "./useResults";

const PAUSE_MS = 150;

/* Everything that the desk knows, by words. The address holds the search; the results follow while one types. */
export function SearchPage() {
	const t = useText();
	const navigate = useNavigate();
	const params = useSearch({ from: "/shell/search" });
	const field = useRef<HTMLInputElement>(null);
	const list = useRef<HTMLOListElement>(null);
	const [text, setText] = useState(params.q ?? "");
	const results = useResults(params);

	function change(part: Partial<SearchParams>, isNew = true) {
		const search = Object.fromEntries(Object.entries({ ...params, ...part }).filter(([, value]) => value));
		void navigate({ to: "/search", search, replace: !isNew });
	}
	useTyped(text, params.q ?? "", setText, (q) => change({ q }, !params.q));

	useEffect(() => {
		document.title = `${params.q || t("search.title")} – ${t("app.name")}`;
	}, [params.q, t]);
	useEffect(() => field.current?.focus(), []);
	useAction("search", () => {
		field.current?.focus();
		field.current?.select();
	});
	function move(by: number) {
		const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-result]") ?? [])];
		const at = links.indexOf(document.activeElement as HTMLElement);
		const to = links[at < 0 ? 0 : at + by];
		if (to) to.focus();
		else if (by < 0) field.current?.focus();
	}
	useAction("next", () => move(1));
	useAction("previous", () => move(-1));
	useAction("close", () => {
		if (document.activeElement === field.current) return false;
		field.current?.focus();
	});
	function onKeyDown(e: KeyboardEvent) {
		if (e.nativeEvent.isComposing || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
		e.preventDefault();
		move(e.key === "ArrowDown" ? 1 : -1);
	}

	return (
		<section className={css.page} aria-label={t("search.title")} data-region="search">
			<header className={css.top}>
				<h1 className="visually-hidden">{t("search.title")}</h1>
				<search className={css.box}>
					<Search size={18} aria-hidden />
					<input
						ref={field}
						type="search"
						className={css.input}
						aria-label={t("search.field")}
						placeholder={t("search.placeholder")}
						value={text}
						maxLength={500}
						onChange={(e) => setText(e.target.value)}
						onKeyDown={onKeyDown}
						autoComplete="off"
						enterKeyHint="search"
					/>
				</search>
				<div className={css.kinds} role="group" aria-label={t("search.where")}>
					{[undefined, ...FOUND_KINDS].map((kind) => (
						<button
							key={kind ?? "all"}
							type="button"
							className={css.kind}
							aria-pressed={params.kind === kind}
							onClick={() => change({ kind })}
						>
							{kind ? t(`search.only.${kind}`) : t("search.only.all")}
						</button>
					))}
				</div>
				<SearchFilters params={params} onChange={change} />
			</header>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from one link to the next */}
			<div className={css.scroll} onKeyDown={onKeyDown} data-busy={results.isPlaceholderData || undefined}>
				<Results results={results} params={params} list={list} onClear={() => change({ kind: undefined })} />
			</div>
		</section>
	);
}

/* The address follows the typing after a moment; where it changes by itself (Back, a link) the field follows. */
function useTyped(text: string, q: string, setText: (text: string) => void, onSettled: (q: string) => void) {
	const settled = useRef(onSettled);
	settled.current = onSettled;
	const last = useRef(q);
	useEffect(() => {
		if (text === last.current) return;
		const timer = setTimeout(() => {
			last.current = text;
			settled.current(text);
		}, PAUSE_MS);
		return () => clearTimeout(timer);
	}, [text]);
	useEffect(() => {
		if (q === last.current) return;
		last.current = q;
		setText(q);
	}, [q, setText]);
}

interface ResultsProps {
	results: ReturnType<typeof useResults>;
	params: SearchParams;
	list: React.RefObject<HTMLOListElement | null>;
	onClear: () => void;
}

function Results({ results: r, params, list, onClear }: ResultsProps) {
	const t = useText();
	const errorText = useErrorText();
	if (!params.q?.trim()) {
		return <EmptyState icon={<Search size={22} />} title={t("search.begin")} text={t("search.help")} />;
	}
	if (r.isError && r.rows.length === 0) {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("search.error")}
				text={errorText(r.error)}
				action={<Button onPress={() => void r.refetch()}>{t("common.retry")}</Button>}
			/>
		);
	}
	if (r.isPending) {
		return (
			<div role="status" aria-label={t("app.loading")} className={css.skeletons}>
				{[62, 48, 71, 55].map((width) => (
					<div key={width}>
						<Skeleton width={`${width}%`} />
						<Skeleton width={`${width + 22}%`} />
					</div>
				))}
			</div>
		);
	}
	return (
		<>
			<p className="visually-hidden" role="status">
				{!r.isPlaceholderData && t("search.count", { count: r.rows.length })}
			</p>
			{!r.isCurrent && <p className={css.note}>{t("search.notCurrent")}</p>}
			{r.rows.length === 0 && !r.hasNextPage && (
				<EmptyState
					icon={<Search size={22} />}
					title={t("search.none", { query: params.q })}
					text={hasFilters(params) || params.kind ? t("search.noneFiltered") : t("search.help")}
					action={params.kind && <Button onPress={onClear}>{t("search.everywhere")}</Button>}
				/>
			)}
			<ol className={css.list} ref={list} aria-label={t("search.results")}>
				{r.rows.map((f) => (
					<ResultRow key={`${f.kind}/${f.id}`} found={f} />
				))}
			</ol>
			{r.hasNextPage && (
				<div className={css.more}>
					<Button isPending={r.isFetchingNextPage} onPress={() => void r.fetchNextPage()}>
						{t("search.more")}
					</Button>
				</div>
			)}
		</>
	);
}
