export { RemindAtDialog, RemindPicker } from "./RemindPicker";
