import { lazy, Suspense } from "react";
import { Skeleton } from "#ui";
import type { CardProps } from "./types";

/* Its code is fetched when the card is open. */
const QuotesOfTicket = lazy(async () => ({ default: (await import("../../quotes/QuotesCard")).QuotesOfTicket }));

export function QuotesCard({ ticketId, row }: CardProps) {
	return (
		<Suspense fallback={<Skeleton width="70%" height={18} />}>
			<QuotesOfTicket ticketId={ticketId} title={row?.subject ?? ""} />
		</Suspense>
	);
}
