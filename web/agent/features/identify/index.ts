export { IdentifyButton } from "./IdentifyButton";
export { openIdentify, useIdentify } from "./identifyState";
