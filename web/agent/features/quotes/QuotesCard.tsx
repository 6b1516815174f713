import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, Skeleton, toast } from "#ui";
import { createQuote, stateOf, useQuotesOf } from "../../data/quotes";
import { type LinkedRecord, useLinks } from "../../data/records";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import cardCss from "../context/cards/Card.module.css";
import { useMoney, withPlaces } from "./money";
import css from "./Quotes.module.css";
import { StatePill } from "./StatePill";

interface Props {
	of: { objectType: "tickets" | "deals"; id: string };
	/* What a new one is called, unless it is empty. */
	title: string;
}

/* The quotes of a ticket or deal with their states and sums, and the way to a new one that knows whom it is for. */
export function QuotesOf({ of, title }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const [isBusy, setBusy] = useState(false);
	const money = useMoney();
	const isTicket = of.objectType === "tickets";
	const { data, isError, error, refetch } = useQuotesOf(isTicket ? "ticket" : "deal", of.id);
	const links = useLinks(of.objectType, of.id);
	const mayMake = may(useUser(), "edit");
	const sumOf = ({ hs_quote_amount: amount, hs_currency }: CrmObject["properties"]) =>
		money(withPlaces(amount, hs_currency ?? undefined), hs_currency ?? undefined);
	async function make() {
		const first = (type: string): LinkedRecord | undefined =>
			links.data?.find((l) => l.objectType === type)?.results[0];
		setBusy(true);
		try {
			const { id } = await createQuote({
				title: title.trim() || t("quotes.untitled"),
				ticketId: isTicket ? of.id : null,
				contactId: first("contacts")?.id ?? null,
				companyId: first("companies")?.id ?? null,
				dealId: isTicket ? (first("deals")?.id ?? null) : of.id,
			});
			await navigate({ to: "/library/quotes/$quoteId", params: { quoteId: id } });
		} catch (e) {
			toast("bad", errorText(e));
			setBusy(false);
		}
	}
	return (
		<>
			{isError && !data && (
				<p className={cardCss.none} role="alert">
					{errorText(error)}{" "}
					<Button look="quiet" size="s" onPress={() => void refetch()}>
						{t("common.retry")}
					</Button>
				</p>
			)}
			{!data && !isError && <Skeleton width="70%" height={18} />}
			{data?.length === 0 && <p className={cardCss.none}>{t("quotes.noneHere")}</p>}
			{data && data.length > 0 && (
				<ul className={css.cardList}>
					{data.map((o) => (
						<li key={o.id} className={css.inCard}>
							<Link to="/library/quotes/$quoteId" params={{ quoteId: o.id }} dir="auto">
								{o.properties.hs_title || `#${o.id}`}
							</Link>
							<span className={css.sum}>{sumOf(o.properties)}</span>
							<StatePill state={stateOf(o)} />
						</li>
					))}
				</ul>
			)}
			{mayMake && (
				<Button
					look="quiet"
					size="s"
					className={cardCss.more}
					icon={<Plus size={14} />}
					isPending={isBusy}
					isDisabled={!links.data}
					onPress={() => void make()}
				>
					{t("quotes.new")}
				</Button>
			)}
		</>
	);
}
