import type { Extensions } from "@tiptap/core";
import { Heading } from "@tiptap/extension-heading";
import { CallOut } from "./nodes/CallOut";
import { tables } from "./nodes/tables";

/* What an article may hold beyond a mail: headings (the title is the first), call-outs and tables. */
export const articleExtensions: Extensions = [Heading.configure({ levels: [2, 3, 4] }), CallOut, ...tables];
