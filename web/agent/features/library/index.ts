export { ItemDialog } from "./ItemDialog";
export { NameField, ShareFields } from "./ItemFields";
export { ItemHead, ItemPage, type Shelf } from "./ItemPage";
export { LibraryList } from "./LibraryList";
export { LoadedItem } from "./LoadedItem";
export { RichField } from "./RichField";
export { TokensMenu } from "./TokensMenu";
export { useArchive } from "./useArchive";
export { useItemForm } from "./useItemForm";
