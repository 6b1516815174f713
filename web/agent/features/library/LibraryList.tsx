import { Ellipsis, FolderCog, Plus } from "lucide-react";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, IconButton, MenuButton, type MenuItem, Pill, Select } from "#ui";
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
import { FoldersDialog } from "./FoldersDialog";
import css from "./Library.module.css";
import { ListFrame } from "./ListFrame";
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

const ANYWHERE = "anywhere";
const WHOSE = ["all", "mine", "archived"] as const;

/* What the library has of one kind: searched in all it says, by folder, one's own, what is archived; with how often it was used. */
export function LibraryList<T extends LibraryItem>(p: Props<T>) {
	const t = useText();
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
	return (
		<>
			<ListFrame
				title={t(p.title)}
				lead={t(p.lead)}
				add={
					mayMake && (
						<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={p.onNew}>
							{t(p.newLabel)}
						</Button>
					)
				}
				above={p.above}
				searchLabel={t("library.search")}
				query={query}
				onQuery={setQuery}
				filters={
					<>
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
					</>
				}
				icon={p.icon}
				list={list}
				isFiltered={filter.q !== "" || filter.folderId !== "" || whose !== "all"}
				noneFit={t("library.noneFit")}
				empty={{ title: t(p.emptyTitle), text: t(p.emptyText) }}
				row={(item) => (
					<Row key={item.id} item={item} folderName={folders.find((f) => f.id === item.folderId)?.name} {...p} />
				)}
			/>
			{isManaging && <FoldersDialog kind={p.kind} onClose={() => setManaging(false)} />}
		</>
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
