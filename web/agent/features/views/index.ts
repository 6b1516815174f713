export { BUILT_IN, type BuiltInView, builtIn } from "./builtIn";
export { useViewName } from "./useViewName";
export { ViewsPanel } from "./ViewsPanel";
