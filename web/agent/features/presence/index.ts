export { PresenceMark } from "./PresenceMark";
export { usePresence, useWriting } from "./usePresence";
export { Viewers } from "./Viewers";
export { WritingLine } from "./WritingLine";
