import type { Extensions } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";
import { Card } from "./nodes/Card";
import { InlineImage } from "./nodes/InlineImage";
import { Mention } from "./nodes/Mention";
import { Token } from "./nodes/Token";
import { UndoStep } from "./nodes/UndoStep";

/* What every text of the desk may hold. */
export function baseExtensions(placeholder: string): Extensions {
	return [
		StarterKit.configure({
			heading: false,
			link: {
				openOnClick: false,
				autolink: true,
				linkOnPaste: true,
				defaultProtocol: "https",
				protocols: ["http", "https", "mailto", "tel"],
			},
		}),
		Placeholder.configure({ placeholder }),
		InlineImage,
		Card,
		Token,
		Mention,
		UndoStep,
	];
}
