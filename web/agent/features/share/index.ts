export { openAccess } from "./openAccess";
