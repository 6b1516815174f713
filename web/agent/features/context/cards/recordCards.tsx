/* Cards that are one list of linked records each. */
import { LinkedList } from "../../records/LinkedList";
import type { CardProps } from "./types";

const canEdit = ({ detail }: CardProps) => detail?.abilities.includes("edit") ?? false;

export const CompanyCard = (p: CardProps) => (
	<LinkedList from={{ objectType: "tickets", id: p.ticketId }} toType="companies" canEdit={canEdit(p)} />
);
export const DealsCard = (p: CardProps) => (
	<LinkedList from={{ objectType: "tickets", id: p.ticketId }} toType="deals" canEdit={canEdit(p)} />
);
export const RelatedTicketsCard = (p: CardProps) => (
	<LinkedList from={{ objectType: "tickets", id: p.ticketId }} toType="tickets" canEdit={canEdit(p)} view={p.view} />
);
