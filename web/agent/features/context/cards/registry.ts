/* The cards of the sidebar beside a ticket, in the order in which people first see them; the pane draws the frame with title and
 * fold. To add a card: a file here with a component that takes CardProps and draws only the inside, and a row below. */
import type { ComponentType } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import { ActivitiesCard } from "./ActivitiesCard";
import { AttachmentsCard } from "./AttachmentsCard";
import { ContactCard } from "./ContactCard";
import { OtherTicketsCard } from "./OtherTicketsCard";
import { QuotesCard } from "./QuotesCard";
import { CompanyCard, DealsCard, RelatedTicketsCard } from "./recordCards";
import { TicketCard } from "./TicketCard";
import type { CardProps } from "./types";

export interface CardDef {
	/* Kept in people's preferences: never changes. */
	id: string;
	title: MessageId;
	Card: ComponentType<CardProps>;
}

export const CARDS: readonly CardDef[] = [
	{ id: "contact", title: "context.contact", Card: ContactCard },
	{ id: "ticket", title: "context.ticket", Card: TicketCard },
	{ id: "other", title: "context.other", Card: OtherTicketsCard },
	{ id: "company", title: "context.company", Card: CompanyCard },
	{ id: "deals", title: "context.deals", Card: DealsCard },
	{ id: "quotes", title: "quotes.title", Card: QuotesCard },
	{ id: "related", title: "context.related", Card: RelatedTicketsCard },
	{ id: "activities", title: "context.activities", Card: ActivitiesCard },
	{ id: "attachments", title: "context.attachments", Card: AttachmentsCard },
];
