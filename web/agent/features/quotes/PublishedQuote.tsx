import { Copy, ExternalLink, FileDown, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, toast } from "#ui";
import { QUOTE_LINKS, type Quote, quotePdf, recallQuote } from "../../data/quotes";
import { useErrorText } from "../../shell/useErrorText";
import { useShownDay } from "./days";
import { Events } from "./Events";
import { useMoney, withPlaces } from "./money";
import css from "./Quotes.module.css";
import { StatePill } from "./StatePill";
import { Totals } from "./Totals";
import { useRemove } from "./useRemove";

/* What the customer has: it is looked at, handed on, or recalled. */
export function PublishedQuote({ quote, canEdit, onGone }: { quote: Quote; canEdit: boolean; onGone: () => void }) {
	const t = useText();
	const day = useShownDay();
	const errorText = useErrorText();
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();
	const remove = useRemove("quotes", onGone);
	const p = quote.paper;
	const mayRecall = canEdit && quote.state !== "ACCEPTED" && quote.state !== "DRAFT";

	async function recall() {
		setBusy(true);
		setProblem(undefined);
		try {
			await recallQuote(quote.id);
		} catch (e) {
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}
	async function copy() {
		try {
			await navigator.clipboard.writeText(quote.url ?? "");
			toast("good", t("quotes.copied"));
		} catch {
			toast("bad", t("quotes.notCopied"));
		}
	}
	return (
		<div className={css.editor}>
			<header className={css.top}>
				<div className={css.heading}>
					<h1 dir="auto">{p.title}</h1>
					<StatePill state={quote.state} />
				</div>
				<div className={css.actions}>
					{canEdit && (
						<Button icon={<Trash2 size={15} aria-hidden />} onPress={() => void remove(quote.id, p.title)}>
							{t("quotes.delete")}
						</Button>
					)}
					{mayRecall && (
						<Button icon={<Undo2 size={15} aria-hidden />} isPending={isBusy} onPress={() => void recall()}>
							{t("quotes.recall")}
						</Button>
					)}
					<a className={css.button} href={quotePdf(quote.id)} target="_blank" rel="noreferrer">
						<FileDown size={15} aria-hidden />
						{t("quotes.pdf")}
					</a>
					{quote.url && (
						<Button look="solid" icon={<Copy size={15} aria-hidden />} onPress={() => void copy()}>
							{t("quotes.copyLink")}
						</Button>
					)}
				</div>
			</header>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
			<section className={css.card} aria-label={t("quotes.about")}>
				<dl className={css.facts}>
					{p.number && <Fact label={t("quotes.number")}>{p.number}</Fact>}
					{quote.url && (
						<Fact label={t("quotes.link")}>
							<a href={quote.url} target="_blank" rel="noreferrer" className={css.url}>
								{quote.url}
								<ExternalLink size={13} aria-hidden />
							</a>
						</Fact>
					)}
					{p.expiresAt && <Fact label={t("quotes.expiresOn")}>{day(p.expiresAt)}</Fact>}
					{QUOTE_LINKS.map((link) => {
						const linked = quote.links[link];
						return (
							linked && (
								<Fact key={link} label={t(`quotes.link.${link}`)}>
									{linked.label || `#${linked.id}`}
								</Fact>
							)
						);
					})}
				</dl>
			</section>
			<div className={css.card}>
				{p.comments && (
					<p className={css.plain} dir="auto">
						{p.comments}
					</p>
				)}
				<LinesTable quote={quote} />
				<Totals currency={p.currency} net={p.net} taxes={p.taxes} total={p.total} />
				{p.terms && (
					<>
						<h2 className={css.subtitle}>{t("quotes.terms")}</h2>
						<p className={css.plain} dir="auto">
							{p.terms}
						</p>
					</>
				)}
			</div>
			<Events versions={quote.versions} />
		</div>
	);
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd dir="auto">{children}</dd>
		</div>
	);
}

function LinesTable({ quote: { paper: p } }: { quote: Quote }) {
	const t = useText();
	const money = useMoney();
	return (
		<section className={css.scroll} aria-label={t("quotes.lines")} tabIndex={0}>
			<table className={css.table}>
				<thead>
					<tr>
						<th scope="col">{t("quotes.item")}</th>
						<th scope="col">{t("quotes.quantity")}</th>
						<th scope="col">{t("quotes.price")}</th>
						<th scope="col">{t("quotes.discount")}</th>
						<th scope="col">{t("quotes.discountPercentage")}</th>
						<th scope="col">{t("quotes.taxRate")}</th>
						<th scope="col">{t("quotes.amount")}</th>
					</tr>
				</thead>
				<tbody>
					{p.lines.map((l) => (
						<tr key={l.id}>
							<th scope="row" dir="auto">
								{l.name}
								{l.description && <p className={css.plain}>{l.description}</p>}
							</th>
							<td>{l.quantity || "1"}</td>
							<td>{money(withPlaces(l.price, p.currency), p.currency)}</td>
							<td>{money(withPlaces(l.discount, p.currency), p.currency)}</td>
							<td>{l.discountPercentage}</td>
							<td>{l.taxRate}</td>
							<td>{money(l.net, p.currency)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
