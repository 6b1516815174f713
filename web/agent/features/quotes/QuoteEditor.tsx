import { Eye, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Select, TextField, toast } from "#ui";
import { TextArea } from "#ui/more";
import { queryClient } from "../../data/queryClient";
import { loadQuote, publishQuote, QUOTE_LINKS, type Quote, quotePdf } from "../../data/quotes";
import { useErrorText } from "../../shell/useErrorText";
import { sumsOf } from "./decimal";
import { type SaveState, useQuoteDraft } from "./draft";
import { Events } from "./Events";
import { LinesEditor } from "./LinesEditor";
import { LinkPicker } from "./LinkPicker";
import { useCurrencies, usualPlaces } from "./money";
import css from "./Quotes.module.css";
import { StatePill } from "./StatePill";
import { Totals } from "./Totals";
import { useRemove } from "./useRemove";

/* The languages that pages and PDFs speak, by their own names. */
const LANGUAGES = [
	["de", "Deutsch"],
	["en", "English"],
	["es", "Español"],
	["fi", "Suomi"],
	["fr", "Français"],
	["ja", "日本語"],
	["pl", "Polski"],
	["pt", "Português"],
	["zh-TW", "繁體中文"],
] as const;

const spoken = (language: string) =>
	LANGUAGES.find(([id]) => id === language)?.[0] ?? LANGUAGES.find(([id]) => language.startsWith(id))?.[0] ?? "en";

interface Props {
	quote: Quote;
	/* Of the desk. */
	timeZone: string | undefined;
	onGone: () => void;
}

export function QuoteEditor({ quote, timeZone, onGone }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const currencies = useCurrencies();
	const { draft, change, save, state, problem, errors, saved } = useQuoteDraft(quote, timeZone);
	const [fault, setFault] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const remove = useRemove("quotes", onGone);
	const places = draft.currency === saved.paper.currency ? saved.paper.places : usualPlaces(draft.currency);
	const sums = sumsOf(draft.lines, places);
	const isGone = problem instanceof ApiError && problem.status === 404;

	async function publish() {
		setBusy(true);
		setFault(undefined);
		try {
			if (await save()) {
				await publishQuote(quote.id);
				toast("good", t("quotes.published"));
			}
		} catch (e) {
			setFault(errorText(e));
		} finally {
			setBusy(false);
		}
	}
	async function preview() {
		if (await save()) window.open(quotePdf(quote.id), "_blank", "noopener");
	}
	async function reload() {
		const fresh = await loadQuote(quote.id);
		queryClient.setQueryData(["quotes", "one", quote.id], fresh);
		/* the editor begins anew with what the server has */
		await queryClient.resetQueries({ queryKey: ["quotes", "one", quote.id] });
	}

	return (
		<div className={css.editor}>
			<header className={css.top}>
				<div className={css.heading}>
					<h1 dir="auto">{draft.title || t("quotes.untitled")}</h1>
					<StatePill state="DRAFT" />
					<SaveNote state={state} />
				</div>
				<div className={css.actions}>
					<Button icon={<Trash2 size={15} aria-hidden />} onPress={() => void remove(quote.id, draft.title)}>
						{t("quotes.delete")}
					</Button>
					<Button icon={<Eye size={15} aria-hidden />} onPress={() => void preview()}>
						{t("quotes.preview")}
					</Button>
					<Button look="solid" icon={<Send size={15} aria-hidden />} isPending={isBusy} onPress={() => void publish()}>
						{t("quotes.publish")}
					</Button>
				</div>
			</header>
			{fault && (
				<Banner tone="bad" role="alert">
					{fault}
				</Banner>
			)}
			{state === "stale" && (
				<Banner
					tone="warn"
					role="alert"
					action={
						<Button size="s" onPress={() => void reload()}>
							{t("quotes.reload")}
						</Button>
					}
				>
					{t("quotes.stale")}
				</Banner>
			)}
			{state === "failed" && (
				<Banner
					tone="bad"
					role="alert"
					action={
						!isGone && (
							<Button size="s" onPress={() => void save()}>
								{t("common.retry")}
							</Button>
						)
					}
				>
					{isGone ? t("quotes.gone") : errorText(problem)}
				</Banner>
			)}
			<section className={css.card} aria-label={t("quotes.about")}>
				<TextField
					label={t("quotes.name")}
					value={draft.title}
					onChange={(title) => change({ title })}
					error={errors.title}
					maxLength={200}
				/>
				<div className={css.three}>
					<Select
						label={t("quotes.currency")}
						choices={currencies}
						value={draft.currency || undefined}
						onChange={(currency) => change({ currency })}
						error={errors.currency}
					/>
					<TextField
						label={t("quotes.expiresOn")}
						note={t("common.optional")}
						type="date"
						value={draft.expiresOn}
						onChange={(expiresOn) => change({ expiresOn })}
						error={errors.expiresAt}
					/>
					<Select
						label={t("quotes.language")}
						choices={LANGUAGES.map(([id, label]) => ({ id, label }))}
						value={spoken(draft.language)}
						onChange={(language) => change({ language })}
						error={errors.language}
					/>
				</div>
				<div className={css.two}>
					{QUOTE_LINKS.map((link) => (
						<LinkPicker
							key={link}
							link={link}
							value={draft.links[link]}
							onChange={(value) => change({ links: { ...draft.links, [link]: value } })}
							error={errors[link]}
						/>
					))}
				</div>
			</section>
			<div className={css.card}>
				<LinesEditor
					lines={draft.lines}
					nets={sums.nets}
					currency={draft.currency}
					errors={errors}
					onChange={(lines) => change({ lines })}
				/>
				<Totals currency={draft.currency} net={sums.net} taxes={sums.taxes} total={sums.total} />
			</div>
			<section className={css.card} aria-label={t("quotes.words")}>
				<TextArea
					label={t("quotes.comments")}
					note={t("common.optional")}
					value={draft.comments}
					onChange={(comments) => change({ comments })}
					error={errors.comments}
					maxLength={10000}
				/>
				<TextArea
					label={t("quotes.terms")}
					note={t("common.optional")}
					rows={5}
					value={draft.terms}
					onChange={(terms) => change({ terms })}
					error={errors.terms}
					maxLength={10000}
				/>
			</section>
			<Events versions={quote.versions} />
		</div>
	);
}

function SaveNote({ state }: { state: SaveState }) {
	const t = useText();
	if (state === "failed" || state === "stale") return null;
	return <span className={css.note}>{t(state === "saved" ? "quotes.saved" : "quotes.saving")}</span>;
}
