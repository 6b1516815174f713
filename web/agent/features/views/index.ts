export { ViewsPanel } from "./ViewsPanel";
