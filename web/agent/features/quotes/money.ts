import { useIntl } from "react-intl";

/* Amounts are decimal texts with the places that their currency has for the server: they are shown exactly so. */
export function useMoney() {
	const { locale } = useIntl();
	return (amount: string | undefined, currency: string | undefined) => {
		if (!amount) return "";
		const places = amount.split(".")[1]?.length ?? 0;
		const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
		const exact = amount as Intl.StringNumericLiteral;
		if (!currency || !/^[A-Z]{3}$/.test(currency)) return new Intl.NumberFormat(locale, digits).format(exact);
		return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }).format(exact);
	};
}

/* What an amount of the API ("23.8") is with the usual places of its currency. */
export function withPlaces(amount: string | null | undefined, currency: string | undefined): string {
	if (!amount) return "";
	const [whole = "0", part = ""] = amount.split(".");
	const places = Math.max(part.length, usualPlaces(currency));
	return places ? `${whole}.${part.padEnd(places, "0")}` : whole;
}

export function usualPlaces(currency: string | undefined): number {
	if (!currency || !/^[A-Z]{3}$/.test(currency)) return 2;
	return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/* By their codes, with their names. */
export function useCurrencies() {
	const { locale } = useIntl();
	const names = new Intl.DisplayNames(locale, { type: "currency" });
	return Intl.supportedValuesOf("currency").map((id) => ({ id, label: `${id} – ${names.of(id) ?? id}` }));
}
