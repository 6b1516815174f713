import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Archive, Download, FileText, Pencil, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fileSize } from "#shared/time/bytes";
import { Banner, Button, EmptyState, Skeleton } from "#ui";
import { DOCUMENT_FILES, DOCUMENTS, type LibraryDocument } from "../../data/documents";
import { useLibraryItem } from "../../data/library";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { useArchive } from "../library";
import { LinksCard, VisitsCard } from "../share-links";
import { DocumentDialog } from "./DocumentDialog";
import css from "./Documents.module.css";
import { Thumbnail } from "./Thumbnail";
import { UploadRows } from "./UploadRows";
import { useUploads } from "./useUploads";

/* One document: what it is, with whom it is shared, and who has looked. */
export function DocumentPage() {
	const t = useText();
	const errorText = useErrorText();
	const { documentId } = useParams({ strict: false });
	const query = useLibraryItem<LibraryDocument>(DOCUMENTS, documentId);
	const name = query.data?.name;
	useEffect(() => {
		document.title = `${name ?? t("documents.title")} – ${t("app.name")}`;
	}, [t, name]);
	return (
		<div className={css.content}>
			<Link to="/library/documents" className={css.back}>
				{t("documents.title")}
			</Link>
			{query.isPending && <Skeleton width="60%" />}
			{query.isError && (
				<EmptyState
					role="alert"
					icon={<FileText size={22} />}
					title={t("library.loadError")}
					text={errorText(query.error)}
					action={<Button onPress={() => void query.refetch()}>{t("common.retry")}</Button>}
				/>
			)}
			{query.data && <Loaded key={query.data.id} document={query.data} />}
		</div>
	);
}

function Loaded({ document: d }: { document: LibraryDocument }) {
	const t = useText();
	const mayShare = may(useUser(), "edit");
	const { uploads, add, dismiss } = useUploads(d.id);
	return (
		<>
			<Head document={d} onFile={(file) => void add([file])} />
			<UploadRows uploads={uploads} onDismiss={dismiss} />
			<Banner tone="warn">{t("documents.notSecret")}</Banner>
			{mayShare && (
				<>
					<LinksCard itemId={d.id} />
					<VisitsCard itemId={d.id} pageCount={d.pageCount} />
				</>
			)}
		</>
	);
}

function Head({ document: d, onFile }: { document: LibraryDocument; onFile: (file: File) => void }) {
	const t = useText();
	const { locale } = useIntl();
	const navigate = useNavigate();
	const { archive } = useArchive();
	const [isEditing, setEditing] = useState(false);
	const input = useRef<HTMLInputElement>(null);
	const facts = [
		d.format.toUpperCase(),
		fileSize(d.sizeBytes, locale),
		...(d.pageCount > 0 ? [t("documents.pages", { n: d.pageCount })] : []),
		t("documents.version", { n: d.version }),
	];
	return (
		<header className={css.head}>
			<Thumbnail document={d} />
			<div className={css.what}>
				<h1 className={css.title} dir="auto">
					{d.name}
				</h1>
				<p className={css.facts}>{facts.join(" · ")}</p>
				<div className={css.actions}>
					<a className={css.download} href={`${DOCUMENTS}/${d.id}/content`} download={d.fileName}>
						<Download size={15} aria-hidden />
						{t("documents.download")}
					</a>
					{d.mayEdit && (
						<>
							<Button icon={<Pencil size={15} aria-hidden />} onPress={() => setEditing(true)}>
								{t("documents.edit")}
							</Button>
							<Button icon={<Upload size={15} aria-hidden />} onPress={() => input.current?.click()}>
								{t("documents.replace")}
							</Button>
							<Button
								icon={<Archive size={15} aria-hidden />}
								onPress={() => void archive(d).then(() => navigate({ to: "/library/documents" }))}
							>
								{t("library.archive")}
							</Button>
						</>
					)}
				</div>
			</div>
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
			{isEditing && <DocumentDialog document={d} onClose={() => setEditing(false)} />}
		</header>
	);
}
