import { X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import { ComboBox } from "#ui/more";
import type { QuoteLink } from "../../data/quotes";
import { useRecordSearch } from "../../data/records";
import css from "./Quotes.module.css";

const TYPES: Record<QuoteLink, string> = {
	contactId: "contacts",
	companyId: "companies",
	dealId: "deals",
	ticketId: "tickets",
};

interface Props {
	link: QuoteLink;
	value: { id: string; label: string } | undefined;
	onChange: (value: { id: string; label: string } | undefined) => void;
	error?: string;
}

/* One record that a quote belongs to, looked up while one types. */
export function LinkPicker({ link, value, onChange, error }: Props) {
	const t = useText();
	const [query, setQuery] = useState("");
	const found = useRecordSearch(TYPES[link], query.trim(), !value);
	const label = t(`quotes.link.${link}`);
	if (value)
		return (
			<div className={css.linked}>
				<span className={css.label}>{label}</span>
				<span className={css.chip}>
					<span dir="auto">{value.label || `#${value.id}`}</span>
					<IconButton
						label={t("quotes.unlink", { name: value.label || `#${value.id}` })}
						size="s"
						onPress={() => {
							setQuery("");
							onChange(undefined);
						}}
					>
						<X size={14} aria-hidden />
					</IconButton>
				</span>
			</div>
		);
	return (
		<ComboBox
			label={label}
			note={t("common.optional")}
			query={query}
			onQuery={setQuery}
			choices={found.data ?? []}
			onChoose={(id) => {
				const picked = found.data?.find((r) => r.id === id);
				if (picked) onChange({ id, label: picked.label });
			}}
			empty={t("quotes.noRecord")}
			openLabel={t("quotes.showChoices", { what: label })}
			error={error}
		/>
	);
}
