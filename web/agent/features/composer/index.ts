export { Composer } from "./Composer";
export { answerMessage } from "./requests";
