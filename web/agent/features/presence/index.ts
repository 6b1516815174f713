export { PresenceMark } from "./PresenceMark";
export { usePresence, usePresenceAside, useWriting } from "./usePresence";
export { Viewers } from "./Viewers";
export { WritingLine } from "./WritingLine";
