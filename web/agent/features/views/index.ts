export { BUILT_IN, type BuiltInView, builtIn } from "./builtIn";
export { openBuilder } from "./useViewActions";
export { useViewName } from "./useViewName";
export { type ShownView, useViews } from "./useViews";
export { ViewBuilder } from "./ViewBuilder";
export { ViewsPanel } from "./ViewsPanel";
