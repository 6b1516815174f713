import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { useMoney } from "./money";
import css from "./Quotes.module.css";

interface Props {
	currency: string;
	net: string;
	taxes: readonly { rate: string; base: string; amount: string }[];
	total: string;
}

export function Totals({ currency, net, taxes, total }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const money = useMoney();
	const percent = new Intl.NumberFormat(locale, { style: "unit", unit: "percent", maximumFractionDigits: 6 });
	const rate = (text: string) => percent.format(text as Intl.StringNumericLiteral);
	return (
		<dl className={css.sums}>
			{taxes.length > 0 && (
				<div>
					<dt>{t("quotes.subtotal")}</dt>
					<dd>{money(net, currency)}</dd>
				</div>
			)}
			{taxes.map((x) => (
				<div key={x.rate}>
					<dt>{t("quotes.taxOf", { rate: rate(x.rate), base: money(x.base, currency) })}</dt>
					<dd>{money(x.amount, currency)}</dd>
				</div>
			))}
			<div className={css.total}>
				<dt>{t("quotes.total")}</dt>
				<dd>{money(total, currency)}</dd>
			</div>
		</dl>
	);
}
