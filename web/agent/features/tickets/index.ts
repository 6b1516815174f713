export { CreateTicketPanel } from "./CreateTicketPanel";
export { DeskPage } from "./DeskPage";
export { StagePill } from "./StagePill";
