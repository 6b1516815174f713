import { lazy, Suspense } from "react";
import { Skeleton } from "#ui";
import type { CardProps } from "./types";

/* Its code is fetched when the card is open. */
const QuotesOf = lazy(async () => ({ default: (await import("../../quotes/QuotesCard")).QuotesOf }));

export function QuotesCard({ ticketId, row }: CardProps) {
	return (
		<Suspense fallback={<Skeleton width="70%" height={18} />}>
			<QuotesOf of={{ objectType: "tickets", id: ticketId }} title={row?.subject ?? ""} />
		</Suspense>
	);
}
