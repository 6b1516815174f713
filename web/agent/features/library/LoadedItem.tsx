import type { ReactNode } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, Skeleton } from "#ui";
import { type LibraryItem, useLibraryItem } from "../../data/library";
import { useErrorText } from "../../shell/useErrorText";

interface Props<T> {
	path: string;
	id: string | "new";
	onClose: () => void;
	/* undefined: a new one. */
	children: (item: T | undefined) => ReactNode;
}

/* The whole of an item before its form is drawn. */
export function LoadedItem<T extends LibraryItem>({ path, id, onClose, children }: Props<T>) {
	const t = useText();
	const errorText = useErrorText();
	const query = useLibraryItem<T>(path, id === "new" ? undefined : id);
	if (id === "new") return children(undefined);
	if (query.data) return children(query.data);
	return (
		<Dialog isOpen title={t("app.loading")} closeLabel={t("common.close")} onClose={onClose}>
			{query.isError ? (
				<Banner
					tone="bad"
					role="alert"
					action={
						<Button size="s" onPress={() => void query.refetch()}>
							{t("common.retry")}
						</Button>
					}
				>
					{errorText(query.error)}
				</Banner>
			) : (
				<Skeleton width="60%" />
			)}
		</Dialog>
	);
}
