export { CreateTicketPanel } from "./CreateTicketPanel";
