import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton, TextField } from "#ui";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Library.module.css";

interface Props<T> {
	title: string;
	lead: string;
	/* Beside the title. */
	add?: ReactNode;
	/* Between the title and the list. */
	above?: ReactNode;
	searchLabel: string;
	query: string;
	onQuery: (query: string) => void;
	/* Beside the search. */
	filters?: ReactNode;
	icon: ReactNode;
	list: UseInfiniteQueryResult<InfiniteData<{ results: T[] }>>;
	/* It says less than there is. */
	isFiltered: boolean;
	noneFit: string;
	empty: { title: string; text: string };
	row: (item: T) => ReactNode;
}

const SKELETONS = ["a", "b", "c"];

/* A page of the library that lists what there is: searched, filtered, page by page; and what it says while it loads, when it fails, and
 * when there is nothing. */
export function ListFrame<T>(p: Props<T>) {
	const t = useText();
	const errorText = useErrorText();
	const { list } = p;
	const rows = list.data?.pages.flatMap((page) => page.results);
	useEffect(() => {
		document.title = `${p.title} – ${t("app.name")}`;
	}, [t, p.title]);
	return (
		<div className={css.content}>
			<header className={css.head}>
				<div>
					<h1 className={css.title}>{p.title}</h1>
					<p className={css.lead}>{p.lead}</p>
				</div>
				{p.add}
			</header>
			{p.above && <div className={css.above}>{p.above}</div>}
			<section className={css.card} aria-label={p.title}>
				<div className={css.filters}>
					<TextField
						className={css.search}
						label={p.searchLabel}
						isLabelHidden
						type="search"
						placeholder={p.searchLabel}
						value={p.query}
						onChange={p.onQuery}
						maxLength={100}
					/>
					{p.filters}
				</div>
				{list.isError && !rows && (
					<EmptyState
						role="alert"
						icon={p.icon}
						title={t("library.loadError")}
						text={errorText(list.error)}
						action={<Button onPress={() => void list.refetch()}>{t("common.retry")}</Button>}
					/>
				)}
				{list.isPending && (
					<div className={css.pad} role="status" aria-label={t("app.loading")}>
						{SKELETONS.map((id) => (
							<Skeleton key={id} width="60%" />
						))}
					</div>
				)}
				{rows && rows.length > 0 && (
					<ul className={css.rows} aria-label={p.title}>
						{rows.map(p.row)}
					</ul>
				)}
				{rows?.length === 0 && (
					<EmptyState
						icon={p.icon}
						title={p.isFiltered ? p.noneFit : p.empty.title}
						text={p.isFiltered ? undefined : p.empty.text}
					/>
				)}
				{list.hasNextPage && (
					<div className={css.more}>
						<Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
							{t("library.more")}
						</Button>
					</div>
				)}
			</section>
		</div>
	);
}
