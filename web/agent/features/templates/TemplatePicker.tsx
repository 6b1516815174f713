import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { http } from "#shared/api/client";
import type { Page } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, TextField } from "#ui";
import { Finder } from "#ui/more";
import { library, useLibraryItem } from "../../data/library";
import { placeholdersOf, TEMPLATES, type Template, type TokenPlace } from "../../data/libraryTexts";
import { useErrorText } from "../../shell/useErrorText";
import { FilledText } from "./FilledText";
import css from "./Templates.module.css";
import { useFilled } from "./useFilled";

export interface TemplateChoice {
	subject: string;
	html: string;
	isReplacing: boolean;
}

interface Props {
	/* What its tokens are about. */
	place: TokenPlace;
	/* There is text already: it is asked whether the template takes its place. */
	hasText: boolean;
	/* An answer keeps the subject of its conversation: that of the template is not for it. */
	hasSubject: boolean;
	onInsert: (choice: TemplateChoice) => void;
	onClose: () => void;
}

const MOST = 50;

/* A template, found by name and text, seen as it will read here, with its placeholders typed. */
export function TemplatePicker({ place, hasText, hasSubject, onInsert, onClose }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [query, setQuery] = useState("");
	const [chosenId, setChosen] = useState<string>();
	const [typed, setTyped] = useState<Record<string, string>>({});
	const asked = useDeferredValue(query.trim());
	const found = useQuery({
		queryKey: ["library", TEMPLATES, "pick", asked],
		queryFn: async ({ signal }) =>
			(
				await http.get<Page<Template>>(TEMPLATES, {
					query: { q: asked || undefined, sort: asked ? "match" : "used", limit: MOST },
					signal,
				})
			).results,
		placeholderData: (before) => before,
	});
	const template = useLibraryItem<Template>(TEMPLATES, chosenId);
	const html = template.data?.html ?? "";
	const subject = hasSubject ? (template.data?.subject ?? "") : "";
	const filled = useFilled(template.data && place, subject, html, typed);
	const names = placeholdersOf(html, subject);
	const isReady = template.data !== undefined && filled.isReady;
	const first = useRef<HTMLInputElement>(null);
	const insertButton = useRef<HTMLButtonElement>(null);

	// biome-ignore lint/correctness/useExhaustiveDependencies: once for each template that is there to be inserted
	useEffect(() => {
		if (isReady) (first.current ?? insertButton.current)?.focus();
	}, [isReady, chosenId]);

	function insert(isReplacing: boolean) {
		if (!chosenId || !isReady) return;
		library.used(chosenId);
		onInsert({ subject: filled.subject, html: filled.html, isReplacing });
	}
	const problem = found.error ?? template.error ?? filled.error;
	return (
		<Dialog
			isOpen
			isWide
			title={t("templates.insert")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					{hasText && (
						<Button isDisabled={!isReady} onPress={() => insert(true)}>
							{t("templates.replace")}
						</Button>
					)}
					<Button ref={insertButton} look="solid" isDisabled={!isReady} onPress={() => insert(false)}>
						{t(hasText ? "templates.add" : "insert.add")}
					</Button>
				</>
			}
		>
			<div className={css.pick}>
				<Finder
					label={t("templates.find")}
					autoFocus
					placeholder={t("templates.find")}
					query={query}
					onQuery={setQuery}
					rows={(found.data ?? []).map((one) => ({
						id: one.id,
						label: one.name,
						note: (hasSubject && one.subject) || one.excerpt,
					}))}
					empty={found.isPending ? t("palette.searching") : t(asked ? "library.noneFit" : "templates.none")}
					chosen={chosenId ? [chosenId] : []}
					onChoose={(row) => {
						setTyped({});
						setChosen(row.id);
					}}
				/>
				<div className={css.chosen}>
					{problem && (
						<Banner tone="bad" role="alert">
							{errorText(problem)}
						</Banner>
					)}
					{isReady ? (
						<>
							{names.map((name, i) => (
								<TextField
									key={`${chosenId} ${name}`}
									label={name}
									inputRef={i === 0 ? first : undefined}
									value={typed[name] ?? ""}
									onChange={(value) => setTyped((old) => ({ ...old, [name]: value }))}
									onKeyDown={(e) => {
										/* with the last one filled it is done */
										if (e.key !== "Enter") return;
										const isDone = names.every((other) => other === name || typed[other]?.trim());
										if (isDone) insert(false);
										else insertButton.current?.focus();
									}}
									maxLength={500}
								/>
							))}
							<FilledText subject={filled.subject} html={filled.html} />
						</>
					) : (
						<p className={css.none}>{t("templates.choose")}</p>
					)}
				</div>
			</div>
		</Dialog>
	);
}
