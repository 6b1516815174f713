import { Link, type LinkProps } from "@tanstack/react-router";
import { Archive, ArrowLeft, Pencil } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, EmptyState, Skeleton } from "#ui";
import { type LibraryItem, useLibraryItem } from "../../data/library";
import { useErrorText } from "../../shell/useErrorText";
import { DetailsDialog } from "./DetailsDialog";
import css from "./ItemPage.module.css";
import { useArchive } from "./useArchive";

/* A list of the library, and how one of its items is found. */
export interface Shelf {
	/* Of the server: /desk/v1/documents. */
	path: string;
	to: LinkProps["to"];
	title: MessageId;
	/* Of the form that changes an item. */
	edit: MessageId;
	icon: ReactNode;
}

interface PageProps<T> {
	shelf: Shelf;
	id: string | undefined;
	children: (item: T) => ReactNode;
}

/* The page of one item: the way back to its list, and the item as soon as it is there. */
export function ItemPage<T extends LibraryItem>({ shelf, id, children }: PageProps<T>) {
	const t = useText();
	const query = useLibraryItem<T>(shelf.path, id);
	const name = query.data?.name;
	useEffect(() => {
		document.title = `${name ?? t(shelf.title)} – ${t("app.name")}`;
	}, [t, name, shelf.title]);
	return (
		<div className={css.content}>
			<Link to={shelf.to} className={css.back}>
				<ArrowLeft size={14} aria-hidden />
				{t(shelf.title)}
			</Link>
			{query.data ? (
				children(query.data)
			) : query.isError ? (
				<Problem error={query.error} icon={shelf.icon} onRetry={() => void query.refetch()} />
			) : (
				<div role="status" aria-label={t("app.loading")}>
					<Skeleton width="60%" />
				</div>
			)}
		</div>
	);
}

/* What is not there is not asked for again. */
function Problem({ error, icon, onRetry }: { error: unknown; icon: ReactNode; onRetry: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	if (error instanceof ApiError && error.status === 404)
		return <EmptyState role="alert" icon={icon} title={t("library.notHere")} text={t("library.notHereText")} />;
	return (
		<EmptyState
			role="alert"
			icon={icon}
			title={t("library.loadError")}
			text={errorText(error)}
			action={<Button onPress={onRetry}>{t("common.retry")}</Button>}
		/>
	);
}

interface HeadProps<T> {
	shelf: Shelf;
	item: T;
	picture?: ReactNode;
	facts: readonly string[];
	/* Before and behind the button that opens the form. */
	first?: ReactNode;
	more?: ReactNode;
}

/* Its name, what there is to know of it, and what can be done with it. What is archived can only come back. */
export function ItemHead<T extends LibraryItem>({ shelf, item, picture, facts, first, more }: HeadProps<T>) {
	const t = useText();
	const { archive, restore } = useArchive();
	const [isEditing, setEditing] = useState(false);
	const isArchived = item.archivedAt !== undefined;
	return (
		<>
			<header className={css.head}>
				{picture}
				<div className={css.what}>
					<h1 className={css.title} dir="auto">
						{item.name}
					</h1>
					<p className={css.facts}>{facts.join(" · ")}</p>
					<div className={css.actions}>
						{first}
						{item.mayEdit && !isArchived && (
							<>
								<Button icon={<Pencil size={15} aria-hidden />} onPress={() => setEditing(true)}>
									{t("library.edit")}
								</Button>
								{more}
								<Button icon={<Archive size={15} aria-hidden />} onPress={() => void archive(item)}>
									{t("library.archive")}
								</Button>
							</>
						)}
					</div>
				</div>
			</header>
			{isArchived && (
				<Banner
					tone="info"
					action={
						<Button size="s" onPress={() => void restore(item)}>
							{t("library.restore")}
						</Button>
					}
				>
					{t("library.isArchived")}
				</Banner>
			)}
			{isEditing && <DetailsDialog shelf={shelf} item={item} onClose={() => setEditing(false)} />}
		</>
	);
}
