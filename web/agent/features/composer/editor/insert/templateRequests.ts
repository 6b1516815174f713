/* How the keys ask for a template. */
import { requests } from "./requests";

export const { ask: askForTemplate, on: onTemplateAsked } = requests();
