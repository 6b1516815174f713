import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Skeleton, toast } from "#ui";
import { createQuote, stateOf, useQuotesOf } from "../../data/quotes";
import { type LinkedRecord, useLinks } from "../../data/records";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import cardCss from "../context/cards/Card.module.css";
import css from "./Quotes.module.css";
import { StatePill } from "./StatePill";

/* The quotes of a ticket, and the way to a new one that knows whom it is for. */
export function QuotesOfTicket({ ticketId, title }: { ticketId: string; title: string }) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const [isBusy, setBusy] = useState(false);
	const { data } = useQuotesOf("ticket", ticketId);
	const links = useLinks("tickets", ticketId);
	const mayMake = may(useUser(), "edit");
	async function make() {
		const first = (type: string): LinkedRecord | undefined =>
			links.data?.find((l) => l.objectType === type)?.results[0];
		setBusy(true);
		try {
			const { id } = await createQuote({
				title: title.trim() || t("quotes.untitled"),
				ticketId,
				contactId: first("contacts")?.id ?? null,
				companyId: first("companies")?.id ?? null,
				dealId: first("deals")?.id ?? null,
			});
			await navigate({ to: "/library/quotes/$quoteId", params: { quoteId: id } });
		} catch (e) {
			toast("bad", errorText(e));
			setBusy(false);
		}
	}
	return (
		<>
			{!data && <Skeleton width="70%" height={18} />}
			{data?.length === 0 && <p className={cardCss.none}>{t("quotes.noneHere")}</p>}
			{data && data.length > 0 && (
				<ul className={cardCss.others}>
					{data.map((o) => (
						<li key={o.id} className={css.inCard}>
							<Link to="/library/quotes/$quoteId" params={{ quoteId: o.id }} dir="auto">
								{o.properties.hs_title || `#${o.id}`}
							</Link>
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
