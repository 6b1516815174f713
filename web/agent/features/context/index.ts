export { ContextPane } from "./ContextPane";
export { useTicketEdits } from "./useTicketEdits";
