import { Link, useNavigate } from "@tanstack/react-router";
import { FileText, Plus } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, EmptyState, Select, Skeleton, TextField, toast } from "#ui";
import { createQuote, QUOTE_STATES, type QuoteState, stateOf, useQuotes } from "../../data/quotes";
import { useOwners } from "../../data/reference";
import { fullName, may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import css from "../library/Library.module.css";
import { useMoney, withPlaces } from "./money";
import own from "./Quotes.module.css";
import { StatePill } from "./StatePill";

const SKELETONS = ["a", "b", "c"];
const ANY = "any";

/* All quotes, by state and by what is looked for in title and number. */
export function QuotesPage() {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const mayMake = may(useUser(), "edit");
	const [query, setQuery] = useState("");
	const [state, setState] = useState<string>(ANY);
	const [isMaking, setMaking] = useState(false);
	const list = useQuotes(useDeferredValue(query.trim()), state === ANY ? undefined : (state as QuoteState));
	const rows = list.data?.pages.flatMap((p) => p.results);
	useEffect(() => {
		document.title = `${t("quotes.title")} – ${t("app.name")}`;
	}, [t]);

	async function make() {
		setMaking(true);
		try {
			const { id } = await createQuote({ title: t("quotes.untitled") });
			await navigate({ to: "/library/quotes/$quoteId", params: { quoteId: id } });
		} catch (e) {
			toast("bad", errorText(e));
			setMaking(false);
		}
	}
	const add = mayMake && (
		<Button look="solid" icon={<Plus size={15} aria-hidden />} isPending={isMaking} onPress={() => void make()}>
			{t("quotes.new")}
		</Button>
	);
	return (
		<div className={css.content}>
			<header className={css.head}>
				<div>
					<h1 className={css.title}>{t("quotes.title")}</h1>
					<p className={css.lead}>{t("quotes.lead")}</p>
				</div>
				{add}
			</header>
			<section className={css.card} aria-label={t("quotes.title")}>
				<div className={css.filters}>
					<TextField
						className={css.search}
						label={t("quotes.search")}
						isLabelHidden
						type="search"
						placeholder={t("quotes.search")}
						value={query}
						onChange={setQuery}
					/>
					<Select
						isCompact
						label={t("quotes.state")}
						choices={[
							{ id: ANY, label: t("quotes.anyState") },
							...QUOTE_STATES.map((id) => ({ id, label: t(`quotes.state.${id}`) })),
						]}
						value={state}
						onChange={setState}
					/>
				</div>
				{list.isError && !rows && (
					<EmptyState
						role="alert"
						icon={<FileText size={22} />}
						title={t("quotes.loadError")}
						text={errorText(list.error)}
						action={<Button onPress={() => void list.refetch()}>{t("common.retry")}</Button>}
					/>
				)}
				{!rows && !list.isError && (
					<div className={css.pad}>
						{SKELETONS.map((k) => (
							<Skeleton key={k} width="70%" height={20} />
						))}
					</div>
				)}
				{rows?.length === 0 && (
					<EmptyState
						icon={<FileText size={22} />}
						title={query || state !== ANY ? t("quotes.noneFound") : t("quotes.none")}
						text={query || state !== ANY ? undefined : t("quotes.noneText")}
					/>
				)}
				{rows && rows.length > 0 && (
					<ul className={css.rows}>
						{rows.map((o) => (
							<QuoteRow key={o.id} object={o} />
						))}
					</ul>
				)}
				{list.hasNextPage && (
					<div className={css.more}>
						<Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
							{t("quotes.more")}
						</Button>
					</div>
				)}
			</section>
		</div>
	);
}

function QuoteRow({ object: o }: { object: CrmObject }) {
	const t = useText();
	const { locale } = useIntl();
	const money = useMoney();
	const owner = useOwners().find((x) => String(x.id) === o.properties.hubspot_owner_id);
	const p = o.properties;
	const currency = p.hs_currency ?? undefined;
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<span className={css.rowTitle}>
					<Link to="/library/quotes/$quoteId" params={{ quoteId: o.id }} className={css.rowName} dir="auto">
						{p.hs_title || `#${o.id}`}
					</Link>
					<StatePill state={stateOf(o)} />
				</span>
				<span className={css.rowNote}>
					{p.hs_quote_number && <span>{p.hs_quote_number}</span>}
					{p.hs_expiration_date && (
						<span>{t("quotes.validUntil", { day: dayTime(p.hs_expiration_date, locale) })}</span>
					)}
					{owner && <span dir="auto">{fullName(owner)}</span>}
				</span>
			</div>
			<span className={own.amount}>{money(withPlaces(p.hs_quote_amount, currency), currency)}</span>
		</li>
	);
}
