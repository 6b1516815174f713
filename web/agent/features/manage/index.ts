import { later } from "../../shell/later";

export { CategorySelect } from "./CategorySelect";
export { EditableName } from "./EditableName";
export { PRIORITIES } from "./priorities";
export { askForProperties, missingProperties, type Properties, withRequired } from "./requiredProperties";
export { SelectBox } from "./SelectBox";
export { selection, useHasSelection, useIsSelected, useSelection, useSelectionKeys } from "./selection";
export type { TicketAction, TicketContext } from "./ticketActions";
export { beginUndo, offerUndo, undoLast } from "./undo";
export { useTicketEdits } from "./useTicketEdits";

/* With what every action of it needs: more than the first screen has to wait for. */
export const TicketMenu = later(async () => (await import("./TicketMenu")).TicketMenu);
/* Lines that most tickets have none of. */
export const TicketNotices = later(async () => (await import("./TicketNotices")).TicketNotices);
