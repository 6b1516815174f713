export { DeskPage } from "./DeskPage";
export { StagePill } from "./StagePill";
