/* The day that a quote is valid until: a day on the desk's clocks, as the customer reads it, wherever the agent sits. */
import { useIntl } from "react-intl";
import { useAccount } from "../../data/account";

/* As a date field has it; empty: none. */
export function dayOf(iso: string | undefined, timeZone: string | undefined): string {
	if (!iso) return "";
	const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
	const of = Object.fromEntries(parts.formatToParts(new Date(iso)).map((p) => [p.type, p.value]));
	return `${of.year}-${of.month}-${of.day}`;
}

export function useShownDay() {
	const { locale } = useIntl();
	const timeZone = useAccount().data?.timeZone;
	return (iso: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(new Date(iso));
}
