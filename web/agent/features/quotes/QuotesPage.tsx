import { Link, useNavigate } from "@tanstack/react-router";
import { FileText, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, Select, toast } from "#ui";
import { createQuote, QUOTE_STATES, type QuoteState, stateOf, useQuotes } from "../../data/quotes";
import { useOwners } from "../../data/reference";
import { fullName, may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import css from "../library/Library.module.css";
import { ListFrame } from "../library/ListFrame";
import { useShownDay } from "./days";
import { useMoney, withPlaces } from "./money";
import own from "./Quotes.module.css";
import { StatePill } from "./StatePill";

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
	return (
		<ListFrame
			title={t("quotes.title")}
			lead={t("quotes.lead")}
			add={
				mayMake && (
					<Button look="solid" icon={<Plus size={15} aria-hidden />} isPending={isMaking} onPress={() => void make()}>
						{t("quotes.new")}
					</Button>
				)
			}
			searchLabel={t("quotes.search")}
			query={query}
			onQuery={setQuery}
			filters={
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
			}
			icon={<FileText size={22} />}
			list={list}
			isFiltered={query.trim() !== "" || state !== ANY}
			noneFit={t("quotes.noneFound")}
			empty={{ title: t("quotes.none"), text: t("quotes.noneText") }}
			row={(o) => <QuoteRow key={o.id} object={o} />}
		/>
	);
}

function QuoteRow({ object: o }: { object: CrmObject }) {
	const t = useText();
	const day = useShownDay();
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
					{p.hs_expiration_date && <span>{t("quotes.validUntil", { day: day(p.hs_expiration_date) })}</span>}
					{owner && <span dir="auto">{fullName(owner)}</span>}
				</span>
			</div>
			<span className={own.amount}>{money(withPlaces(p.hs_quote_amount, currency), currency)}</span>
		</li>
	);
}
