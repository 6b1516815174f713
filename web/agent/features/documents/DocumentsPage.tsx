import { useNavigate } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Banner, Pill } from "#ui";
import { DOCUMENT_FILES, DOCUMENTS, type LibraryDocument } from "../../data/documents";
import { may, useUser } from "../../data/session";
import { LibraryList } from "../library";
import css from "./Documents.module.css";
import { Thumbnail } from "./Thumbnail";
import { UploadRows } from "./UploadRows";
import { useUploads } from "./useUploads";

const hasFiles = (e: DragEvent) => e.dataTransfer.types.includes("Files");

/* All documents; a file that is dropped anywhere on the page is a new one. */
export function DocumentsPage() {
	const t = useText();
	const { locale } = useIntl();
	const navigate = useNavigate();
	const mayMake = may(useUser(), "edit");
	const { uploads, add, problemText } = useUploads();
	const [isOver, setOver] = useState(false);
	const input = useRef<HTMLInputElement>(null);
	const visits = (d: LibraryDocument) =>
		d.visitCount === 0
			? t("documents.notSeen")
			: t("documents.seen", { n: d.visitCount, when: d.lastVisitAt ? dayTime(d.lastVisitAt, locale) : "" });
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the button does the same for who drops nothing
		<div
			className={css.drop}
			data-over={isOver || undefined}
			onDragOver={(e) => {
				if (!mayMake || !hasFiles(e)) return;
				e.preventDefault();
				setOver(true);
			}}
			onDragLeave={(e) => !e.currentTarget.contains(e.relatedTarget as Node | null) && setOver(false)}
			onDrop={(e) => {
				if (!mayMake || !hasFiles(e)) return;
				e.preventDefault();
				setOver(false);
				void add(e.dataTransfer.files);
			}}
		>
			<input
				ref={input}
				type="file"
				multiple
				hidden
				accept={DOCUMENT_FILES}
				aria-label={t("documents.new")}
				onChange={(e) => {
					void add(e.target.files ?? []);
					e.target.value = "";
				}}
			/>
			<LibraryList<LibraryDocument>
				kind="document"
				path={DOCUMENTS}
				title="documents.title"
				lead="documents.lead"
				newLabel="documents.new"
				emptyTitle="documents.none"
				emptyText="documents.noneText"
				icon={<FileText size={22} />}
				onNew={() => input.current?.click()}
				onOpen={(d) => void navigate({ to: "/library/documents/$documentId", params: { documentId: d.id } })}
				picture={(d) => <Thumbnail document={d} />}
				mark={(d) => <Pill tone="quiet">{d.format.toUpperCase()}</Pill>}
				excerpt={visits}
				above={
					<>
						<Banner tone="warn">{t("documents.notSecret")}</Banner>
						<UploadRows uploads={uploads} problemText={problemText} />
					</>
				}
			/>
		</div>
	);
}
