import { type ReactNode, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { CommandDialog } from "#ui/more";

export interface PickRow {
	id: string;
	label: string;
	note?: string;
	icon?: ReactNode;
	run: () => void;
}

interface Props {
	label: string;
	placeholder: string;
	groups: readonly { id: string; label: string; rows: readonly PickRow[] }[];
	onClose: () => void;
	/* For lists that the server looks through. */
	onQuery?: (text: string) => void;
	isBusy?: boolean;
}

const fits = (row: PickRow, query: string) =>
	query
		.toLocaleLowerCase()
		.split(/\s+/)
		.every((word) => `${row.label} ${row.note ?? ""}`.toLocaleLowerCase().includes(word));

/* One of some things, by typing a part of its name. Enter takes it, Escape takes none. */
export function Picker({ label, placeholder, groups, onClose, onQuery, isBusy = false }: Props) {
	const t = useText();
	const [query, setQuery] = useState("");
	const shown = onQuery
		? groups
		: groups.map((g) => ({ ...g, rows: g.rows.filter((r) => fits(r, query.trim())) })).filter((g) => g.rows.length);
	return (
		<CommandDialog
			label={label}
			listLabel={label}
			placeholder={placeholder}
			query={query}
			onQuery={(text) => {
				setQuery(text);
				onQuery?.(text);
			}}
			groups={shown.filter((g) => g.rows.length > 0)}
			empty={t("manage.nothingFits")}
			isBusy={isBusy}
			onClose={onClose}
		/>
	);
}
