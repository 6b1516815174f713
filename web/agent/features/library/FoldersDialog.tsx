import { Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, IconButton, TextField } from "#ui";
import { type LibraryFolder, type LibraryKind, library, useFolders } from "../../data/library";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Library.module.css";

/* The folders of one kind: made, renamed, removed. What was in one stays. */
export function FoldersDialog({ kind, onClose }: { kind: LibraryKind; onClose: () => void }) {
	const t = useText();
	const folders = useFolders(kind);
	const [editedId, setEdited] = useState<string>();
	const [removed, setRemoved] = useState<LibraryFolder>();
	const { problem, run } = useProblem();
	return (
		<Dialog
			isOpen
			title={t("library.folders")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={<Button onPress={onClose}>{t("common.done")}</Button>}
		>
			<div className={css.form}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				{removed && (
					<Banner
						tone="warn"
						role="alert"
						action={
							<Button
								size="s"
								look="danger"
								onPress={() => void run(() => library.removeFolder(removed.id)).then(() => setRemoved(undefined))}
							>
								{t("library.removeFolder")}
							</Button>
						}
					>
						{t("library.removeFolderAsk", { name: removed.name })}
					</Banner>
				)}
				{folders.length > 0 && (
					<ul className={css.shelves} aria-label={t("library.folders")}>
						{folders.map((f) => (
							<li key={f.id} className={css.shelf}>
								{editedId === f.id ? (
									<NameForm
										label={t("library.folderName")}
										name={f.name}
										action={t("common.save")}
										onSave={(name) => library.renameFolder(f.id, name)}
										onDone={() => setEdited(undefined)}
									/>
								) : (
									<>
										<span dir="auto">{f.name}</span>
										{f.mayEdit && (
											<>
												<IconButton
													label={t("library.renameFolder", { name: f.name })}
													size="s"
													onPress={() => setEdited(f.id)}
												>
													<Pencil size={14} aria-hidden />
												</IconButton>
												<IconButton
													label={t("library.removeFolderOf", { name: f.name })}
													size="s"
													onPress={() => setRemoved(f)}
												>
													<Trash2 size={14} aria-hidden />
												</IconButton>
											</>
										)}
									</>
								)}
							</li>
						))}
					</ul>
				)}
				<NameForm
					label={t("library.newFolder")}
					name=""
					action={t("common.create")}
					onSave={(name) => library.createFolder(kind, name)}
				/>
			</div>
		</Dialog>
	);
}

function useProblem() {
	const errorText = useErrorText();
	const [problem, setProblem] = useState<string>();
	async function run(change: () => Promise<unknown>): Promise<boolean> {
		setProblem(undefined);
		try {
			await change();
			return true;
		} catch (e) {
			setProblem((e instanceof ApiError && e.fields.name) || errorText(e));
			return false;
		}
	}
	return { problem, run };
}

interface NameProps {
	label: string;
	name: string;
	action: string;
	onSave: (name: string) => Promise<unknown>;
	onDone?: () => void;
}

function NameForm({ label, name, action, onSave, onDone }: NameProps) {
	const [text, setText] = useState(name);
	const { problem, run } = useProblem();
	async function save(e: FormEvent) {
		e.preventDefault();
		if (!text.trim()) return;
		if (!(await run(() => onSave(text.trim())))) return;
		setText("");
		onDone?.();
	}
	return (
		<form className={css.folder} onSubmit={save} noValidate>
			<TextField label={label} value={text} onChange={setText} error={problem} maxLength={100} autoFocus={!!onDone} />
			<Button type="submit" isDisabled={!text.trim()}>
				{action}
			</Button>
		</form>
	);
}
