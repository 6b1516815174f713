export { ActivityPicker } from "./ActivityPicker";
export { LinkedList } from "./LinkedList";
export { RecordLink } from "./RecordLink";
