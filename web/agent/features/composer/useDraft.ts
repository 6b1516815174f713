export { type LiveDraft, reloadDraft, useDraft } from "../../data/draftStore";
