import { later } from "../../shell/later";

export const UnsentCards = later(async () => (await import("./UnsentCards")).UnsentCards);
export const UnsentDialog = later(async () => (await import("./UnsentDialog")).UnsentDialog);
