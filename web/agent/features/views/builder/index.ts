export { ViewDialog } from "./ViewDialog";
