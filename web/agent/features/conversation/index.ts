export { NoTicket } from "./NoTicket";
export { TicketPage } from "./TicketPage";
