export { TicketPage } from "./TicketPage";
