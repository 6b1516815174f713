import { useParams } from "@tanstack/react-router";
import { Download, FileText, Upload } from "lucide-react";
import { useRef } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { Banner, Button } from "#ui";
import { DOCUMENT_FILES, DOCUMENTS, type LibraryDocument } from "../../data/documents";
import { may, useUser } from "../../data/session";
import { ItemHead, ItemPage, type Shelf } from "../library";
import { LinksCard, VisitsCard } from "../share-links";
import css from "./Documents.module.css";
import { Thumbnail } from "./Thumbnail";
import { UploadRows } from "./UploadRows";
import { useUploads } from "./useUploads";

const SHELF: Shelf = {
	path: DOCUMENTS,
	to: "/library/documents",
	title: "documents.title",
	edit: "documents.edit",
	icon: <FileText size={22} />,
};

/* One document: what it is, with whom it is shared, and who has looked. */
export function DocumentPage() {
	const { documentId } = useParams({ strict: false });
	return (
		<ItemPage<LibraryDocument> shelf={SHELF} id={documentId}>
			{(d) => <Loaded key={d.id} document={d} />}
		</ItemPage>
	);
}

function Loaded({ document: d }: { document: LibraryDocument }) {
	const t = useText();
	const { locale } = useIntl();
	const mayShare = may(useUser(), "edit");
	const { uploads, add, problemText } = useUploads(d.id);
	const facts = [
		d.format.toUpperCase(),
		fileSize(d.sizeBytes, locale),
		...(d.pageCount > 0 ? [t("documents.pages", { n: d.pageCount })] : []),
		t("documents.version", { n: d.version }),
	];
	return (
		<>
			<ItemHead
				shelf={SHELF}
				item={d}
				picture={<Thumbnail document={d} isLarge />}
				facts={facts}
				first={
					<a className={css.download} href={`${DOCUMENTS}/${d.id}/content`} download={d.fileName}>
						<Download size={15} aria-hidden />
						{t("documents.download")}
					</a>
				}
				more={<NewVersion onFile={(file) => void add([file])} />}
			/>
			<UploadRows uploads={uploads} problemText={problemText} />
			{!d.archivedAt && <Banner tone="warn">{t("documents.notSecret")}</Banner>}
			{mayShare && (
				<>
					<LinksCard itemId={d.id} isClosed={d.archivedAt !== undefined} />
					<VisitsCard itemId={d.id} pageCount={d.pageCount} />
				</>
			)}
		</>
	);
}

function NewVersion({ onFile }: { onFile: (file: File) => void }) {
	const t = useText();
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<Button icon={<Upload size={15} aria-hidden />} onPress={() => input.current?.click()}>
				{t("documents.replace")}
			</Button>
			<input
				ref={input}
				type="file"
				hidden
				accept={DOCUMENT_FILES}
				aria-label={t("documents.replace")}
				onChange={(e) => {
					const file = e.target.files?.[0];
					e.target.value = "";
					if (file) onFile(file);
				}}
			/>
		</>
	);
}
