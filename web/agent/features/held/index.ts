export { HeldReplies } from "./HeldReplies";
export { ScheduleDialog } from "./ScheduleDialog";
export { undoHeld } from "./undoHeld";
