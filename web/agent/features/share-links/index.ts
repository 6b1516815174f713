export { LinksCard } from "./LinksCard";
export { VisitsCard } from "./VisitsCard";
