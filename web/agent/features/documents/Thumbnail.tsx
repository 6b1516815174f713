import { FileSpreadsheet, FileText, Presentation } from "lucide-react";
import { type LibraryDocument, pictureOf } from "../../data/documents";
import css from "./Documents.module.css";

const ICONS = { pdf: FileText, docx: FileText, pptx: Presentation, xlsx: FileSpreadsheet };

/* Its first page, or what kind of document it is. */
export function Thumbnail({ document: d, isLarge }: { document: LibraryDocument; isLarge?: boolean }) {
	const picture = pictureOf(d);
	const Icon = ICONS[d.format];
	return (
		<span className={css.thumbnail} data-large={isLarge} aria-hidden>
			{picture ? <img src={picture} alt="" loading="lazy" /> : <Icon size={22} />}
		</span>
	);
}
