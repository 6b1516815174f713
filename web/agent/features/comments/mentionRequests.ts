/* How triage asks for a colleague: a comment opens, and the list of people in it. */
import { requests } from "../composer/editor/insert/requests";

export const { ask: askForMention, on: onMentionAsked } = requests();
