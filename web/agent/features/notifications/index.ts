import { later } from "../../shell/later";

export const Bell = later(async () => (await import("./Bell")).Bell);
