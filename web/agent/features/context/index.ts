export { ContextPane } from "./ContextPane";
