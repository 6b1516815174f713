export { TicketMenu } from "./TicketMenu";
export type { TicketAction, TicketContext } from "./ticketActions";
