import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Columns3, Plus } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, MenuButton, Skeleton, TextField } from "#ui";
import { setPreference, usePreference } from "../../data/preferences";
import { usePropertyDefs } from "../../data/properties";
import { nameOf, type RecordType } from "../../data/records";
import { useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { PropertyValue, usePropertyLabel } from "../properties";
import { CreateRecordPanel } from "./CreateRecordPanel";
import css from "./RecordList.module.css";
import { LIST_COLUMNS, listConfig, useRecordList } from "./recordList";

const SKELETONS = Array.from({ length: 12 }, (_, i) => `s${i}`);

/* All records of a type: searched, sorted, in pages, with the columns that this user chose. */
export function RecordListPage({ objectType }: { objectType: RecordType }) {
	const t = useText();
	const errorText = useErrorText();
	const labelOf = usePropertyLabel();
	const defs = usePropertyDefs(objectType);
	const lists = usePreference("recordLists");
	const canEdit = useUser().role !== "viewer";
	const [query, setQuery] = useState("");
	const [isCreating, setCreating] = useState(false);
	const config = listConfig(objectType, lists[objectType]);
	const list = useRecordList(objectType, useDeferredValue(query.trim()), config);
	const rows = list.data?.pages.flatMap((p) => p.results);
	const total = list.data?.pages[0]?.total;
	const save = (part: { columns?: string[]; sort?: string }) =>
		void setPreference("recordLists", { ...lists, [objectType]: { ...lists[objectType], ...part } }).catch(() => {});

	useEffect(() => {
		document.title = `${t(`records.title.${objectType}`)} – ${t("app.name")}`;
	}, [t, objectType]);

	function sortBy(name: string) {
		const isDown = config.sort === name;
		save({ sort: isDown ? `-${name}` : name });
	}

	return (
		<div className={css.page} data-region="records">
			<header className={css.head}>
				<h1>{t(`records.title.${objectType}`)}</h1>
				{total !== undefined && <span className={css.total}>{t("records.count", { count: total })}</span>}
				<TextField
					className={css.search}
					label={t(`records.search.${objectType}`)}
					isLabelHidden
					type="search"
					placeholder={t(`records.search.${objectType}`)}
					value={query}
					onChange={setQuery}
				/>
				<MenuButton
					label={t("records.columns")}
					side="bottom end"
					button={<Button icon={<Columns3 size={15} />}>{t("records.columns")}</Button>}
					items={LIST_COLUMNS[objectType].flatMap((name) => {
						const def = defs.get(name);
						if (!def) return [];
						const isShown = config.columns.includes(name);
						return [
							{
								id: name,
								label: labelOf(def),
								isSelected: isShown,
								run: () =>
									save({
										columns: LIST_COLUMNS[objectType].filter((c) =>
											c === name ? !isShown : config.columns.includes(c),
										),
									}),
							},
						];
					})}
				/>
				{canEdit && (
					<Button look="solid" icon={<Plus size={15} />} onPress={() => setCreating(true)}>
						{t(`records.create.${objectType}`)}
					</Button>
				)}
			</header>
			{list.isError && !rows && (
				<EmptyState
					role="alert"
					icon={<Columns3 size={22} />}
					title={t("records.loadError")}
					text={errorText(list.error)}
					action={<Button onPress={() => void list.refetch()}>{t("common.retry")}</Button>}
				/>
			)}
			<section className={css.scroll} aria-label={t(`records.title.${objectType}`)} tabIndex={0}>
				<table className={css.table}>
					<thead>
						<tr>
							{[config.name, ...config.columns].map((name) => (
								<th
									key={name}
									scope="col"
									aria-sort={config.sort === name ? "ascending" : config.sort === `-${name}` ? "descending" : undefined}
								>
									<button type="button" onClick={() => sortBy(name)}>
										{name === config.name
											? t("records.name")
											: labelOf(defs.get(name) ?? ({ name, label: name } as never))}
										{config.sort === name && <ArrowUp size={13} aria-hidden />}
										{config.sort === `-${name}` && <ArrowDown size={13} aria-hidden />}
									</button>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows?.map((r) => (
							<tr key={r.id}>
								<th scope="row">
									<Link to={`/${objectType}/$recordId`} params={{ recordId: r.id }} dir="auto">
										{nameOf(objectType, r.properties) || `#${r.id}`}
									</Link>
								</th>
								{config.columns.map((name) => {
									const def = defs.get(name);
									return (
										<td key={name} dir="auto">
											{def && (
												<PropertyValue
													def={def}
													value={r.properties[name] ?? ""}
													objectType={objectType}
													pipelineId={r.properties.pipeline ?? undefined}
												/>
											)}
										</td>
									);
								})}
							</tr>
						))}
						{!rows &&
							!list.isError &&
							SKELETONS.map((key) => (
								<tr key={key}>
									<td colSpan={config.columns.length + 1}>
										<Skeleton width="60%" />
									</td>
								</tr>
							))}
					</tbody>
				</table>
				{rows?.length === 0 && (
					<p className={css.none} role="status">
						{query ? t("records.nothing") : t(`records.none.${objectType}`)}
					</p>
				)}
				{list.hasNextPage && (
					<p className={css.more}>
						<Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
							{t("records.loadMore")}
						</Button>
					</p>
				)}
			</section>
			{isCreating && <CreateRecordPanel objectType={objectType} onClose={() => setCreating(false)} />}
		</div>
	);
}
