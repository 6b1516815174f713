import { Ellipsis, FolderCog, Plus } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, EmptyState, IconButton, MenuButton, type MenuItem, Pill, Select, Skeleton, TextField } from "#ui";
import {
	LIBRARY_SORTS,
	type LibraryFilter,
	type LibraryItem,
	type LibraryKind,
	type LibrarySort,
	useFolders,
	useLibraryList,
} from "../../data/library";
import { useUserName } from "../../data/reference";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { FoldersDialog } from "./FoldersDialog";
import css from "./Library.module.css";
import { useArchive } from "./useArchive";

interface Props<T extends LibraryItem> {
	kind: LibraryKind;
	/* Of the list: /desk/v1/snippets. */
	path: string;
	title: MessageId;
	lead: MessageId;
	newLabel: MessageId;
	/* Says what there is none of yet. */
	emptyTitle: MessageId;
	emptyText: MessageId;
	icon: ReactNode;
	onNew: () => void;
	onOpen: (item: T) => void;
	/* Behind the name: a shortcut, a state. */
	mark?: (item: T) => ReactNode;
	/* Before the name. */
	picture?: (item: T) => ReactNode;
	/* Between the title and the list. */
	above?: ReactNode;
	/* A line of its own. */
	excerpt?: (item: T) => string;
	/* More that can be done with one, before its archive. */
	actions?: (item: T) => MenuItem[];
}

const SKELETONS = ["a", "b", "c"];
const ANYWHERE = "anywhere";
const WHOSE = ["all", "mine", "archived"] as const;

/* What the library has of one kind: searched in all it says, by folder, one's own, what is archived; with how often it was used. */
export function LibraryList<T extends LibraryItem>(p: Props<T>) {
	const t = useText();
	const errorText = useErrorText();
	const mayMake = may(useUser(), "edit");
	const folders = useFolders(p.kind);
	const [query, setQuery] = useState("");
	const [whose, setWhose] = useState<(typeof WHOSE)[number]>("all");
	const [folderId, setFolder] = useState("");
	const [sort, setSort] = useState<LibrarySort>("name");
	const [isManaging, setManaging] = useState(false);
	const filter: LibraryFilter = {
		q: useDeferredValue(query.trim()),
		folderId: folders.some((f) => f.id === folderId) || folderId === "none" ? folderId : "",
		isMine: whose === "mine",
		isArchived: whose === "archived",
		sort,
	};
	const list = useLibraryList<T>(p.path, filter);
	const rows = list.data?.pages.flatMap((page) => page.results);
	const isFiltered = filter.q !== "" || filter.folderId !== "" || whose !== "all";
	useEffect(() => {
		document.title = `${t(p.title)} – ${t("app.name")}`;
	}, [t, p.title]);

	const add = mayMake && (
		<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={p.onNew}>
			{t(p.newLabel)}
		</Button>
	);
	return (
		<div className={css.content}>
			<header className={css.head}>
				<div>
					<h1 className={css.title}>{t(p.title)}</h1>
					<p className={css.lead}>{t(p.lead)}</p>
				</div>
				{add}
			</header>
			{p.above && <div className={css.above}>{p.above}</div>}
			<section className={css.card} aria-label={t(p.title)}>
				<div className={css.filters}>
					<TextField
						className={css.search}
						label={t("library.search")}
						isLabelHidden
						type="search"
						placeholder={t("library.search")}
						value={query}
						onChange={setQuery}
					/>
					<Select
						isCompact
						label={t("library.show")}
						choices={WHOSE.map((id) => ({ id, label: t(`library.show.${id}`) }))}
						value={whose}
						onChange={(id) => setWhose(id as typeof whose)}
					/>
					<Select
						isCompact
						label={t("library.folder")}
						choices={[
							{ id: ANYWHERE, label: t("library.anyFolder") },
							{ id: "none", label: t("library.noFolder") },
							...folders.map((f) => ({ id: f.id, label: f.name })),
						]}
						value={filter.folderId || ANYWHERE}
						onChange={(id) => setFolder(id === ANYWHERE ? "" : id)}
					/>
					<Select
						isCompact
						label={t("list.sort")}
						choices={LIBRARY_SORTS.map((id) => ({ id, label: t(`library.sort.${id}`) }))}
						value={sort}
						onChange={(id) => setSort(id as LibrarySort)}
					/>
					{mayMake && (
						<IconButton label={t("library.folders")} onPress={() => setManaging(true)}>
							<FolderCog size={16} aria-hidden />
						</IconButton>
					)}
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
					<ul className={css.rows} aria-label={t(p.title)}>
						{rows.map((item) => (
							<Row key={item.id} item={item} folderName={folders.find((f) => f.id === item.folderId)?.name} {...p} />
						))}
					</ul>
				)}
				{rows?.length === 0 && (
					<EmptyState
						icon={p.icon}
						title={t(isFiltered ? "library.noneFit" : p.emptyTitle)}
						text={isFiltered ? undefined : t(p.emptyText)}
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
			{isManaging && <FoldersDialog kind={p.kind} onClose={() => setManaging(false)} />}
		</div>
	);
}

function Row<T extends LibraryItem>(p: Props<T> & { item: T; folderName: string | undefined }) {
	const t = useText();
	const { locale } = useIntl();
	const { archive, restore } = useArchive();
	const { item } = p;
	const owner = useUserName(item.isMine ? undefined : item.userId);
	const isArchived = item.archivedAt !== undefined;
	const items: MenuItem[] = [
		...(isArchived
			? []
			: [{ id: "open", label: t(item.mayEdit ? "library.edit" : "library.open"), run: () => p.onOpen(item) }]),
		...(isArchived ? [] : (p.actions?.(item) ?? [])),
	];
	if (item.mayEdit)
		items.push(
			isArchived
				? { id: "restore", label: t("library.restore"), run: () => void restore(item) }
				: { id: "archive", label: t("library.archive"), run: () => void archive(item) },
		);
	return (
		<li className={css.row}>
			{p.picture?.(item)}
			<div className={css.rowText}>
				<div className={css.rowTitle}>
					{isArchived ? (
						<span dir="auto">{item.name}</span>
					) : (
						<button type="button" className={css.rowName} onClick={() => p.onOpen(item)} dir="auto">
							{item.name}
						</button>
					)}
					{p.mark?.(item)}
					{item.audience !== "EVERYONE" && <Pill tone="quiet">{t(`view.audience.${item.audience}`)}</Pill>}
				</div>
				{p.excerpt && (
					<span className={css.excerpt} dir="auto">
						{p.excerpt(item)}
					</span>
				)}
				<div className={css.rowNote}>
					{p.folderName && <span dir="auto">{p.folderName}</span>}
					{owner && <span dir="auto">{owner}</span>}
					<span>
						{item.usedAt
							? t("library.used", { count: item.useCount, date: dayTime(item.usedAt, locale) })
							: t("library.neverUsed")}
					</span>
				</div>
			</div>
			<MenuButton
				label={t("library.menu", { name: item.name })}
				side="bottom end"
				button={
					<IconButton label={t("library.menu", { name: item.name })}>
						<Ellipsis size={16} aria-hidden />
					</IconButton>
				}
				items={items}
			/>
		</li>
	);
}
