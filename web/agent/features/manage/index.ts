export { askForProperties, missingProperties, type Properties, withRequired } from "./requiredProperties";
export { SelectBox } from "./SelectBox";
export { selection, useHasSelection, useIsSelected, useSelection, useSelectionKeys } from "./selection";
export { TicketMenu } from "./TicketMenu";
export type { TicketAction, TicketContext } from "./ticketActions";
export { offerUndo, undoLast } from "./undo";
export { useTicketEdits } from "./useTicketEdits";
