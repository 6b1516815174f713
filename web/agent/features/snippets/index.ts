export { SnippetsPage } from "./SnippetsPage";
