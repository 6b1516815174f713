import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog, Skeleton } from "#ui";
import { type Bulk, type BulkFailure, bulks } from "../../../data/bulks";
import css from "../Manage.module.css";

/* Tickets of one reason stand together. */
function byReason(rows: readonly BulkFailure[]): [string, BulkFailure[]][] {
	const groups = new Map<string, BulkFailure[]>();
	for (const row of rows) groups.set(row.message, [...(groups.get(row.message) ?? []), row]);
	return [...groups];
}

/* Which tickets refused, and why. */
export function BulkFailures({ bulk, onClose }: { bulk: Bulk; onClose: () => void }) {
	const t = useText();
	const q = useInfiniteQuery({
		queryKey: ["bulk-failures", bulk.id],
		queryFn: ({ pageParam }) => bulks.failures(bulk.id, pageParam),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.paging?.next.after,
	});
	const rows = q.data?.pages.flatMap((page) => page.results) ?? [];
	return (
		<Dialog
			isWide
			title={t("bulk.run.refused", { count: bulk.failed })}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
		>
			{q.isPending && <Skeleton width="60%" />}
			{byReason(rows).map(([reason, tickets]) => (
				<section key={reason} className={css.reason} aria-label={reason}>
					<h3>{reason}</h3>
					<ul>
						{tickets.map((f) => (
							<li key={f.ticketId}>
								<Link
									to="/tickets/$view/$ticketId"
									params={{ view: "open", ticketId: f.ticketId }}
									onClick={onClose}
									dir="auto"
								>
									{f.subject ?? `#${f.ticketId}`}
								</Link>
							</li>
						))}
					</ul>
				</section>
			))}
			{q.isError && <Button onPress={() => void q.refetch()}>{t("common.retry")}</Button>}
			{q.hasNextPage && (
				<Button isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
					{t("bulk.run.more")}
				</Button>
			)}
		</Dialog>
	);
}
