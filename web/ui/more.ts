/* Widgets that no first screen has: parts that are loaded later import them from here, so that the start does not carry them. */
export { ComboBox, type ComboChoice } from "./ComboBox";
export { CommandDialog, type CommandGroup, type CommandRow } from "./CommandDialog";
export { Finder, type FinderRow } from "./Finder";
export { Tabs } from "./Tabs";
export { TextArea } from "./TextArea";
