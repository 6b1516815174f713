export { Composer } from "./Composer";
export { PlainEditor, RichEditor } from "./editor";
export { answerMessage } from "./requests";
