import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { RECORD_TYPES, type RecordType } from "../../data/records";

interface Props {
	objectType: string;
	id: string;
	className?: string;
	children: ReactNode;
}

/* To the page of a record, or to the ticket. */
export function RecordLink({ objectType, id, className, children }: Props) {
	if (objectType === "tickets") {
		return (
			<Link to="/tickets/$view/$ticketId" params={{ view: "open", ticketId: id }} className={className} dir="auto">
				{children}
			</Link>
		);
	}
	if (!RECORD_TYPES.includes(objectType as RecordType)) return <span className={className}>{children}</span>;
	return (
		<Link to={`/${objectType as RecordType}/$recordId`} params={{ recordId: id }} className={className} dir="auto">
			{children}
		</Link>
	);
}
