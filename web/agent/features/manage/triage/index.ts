/* Queues that are gone through ticket by ticket. */
import type { ViewId } from "#shared/api/types";
import { later } from "../../../shell/later";

export const isTriage = (view: ViewId) => view === "unassigned" || view === "team";
export const TriageBar = later(async () => (await import("./TriageBar")).TriageBar);
