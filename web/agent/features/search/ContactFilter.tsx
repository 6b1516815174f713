import { useQuery } from "@tanstack/react-query";
import { ChevronDown, X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, PopoverButton } from "#ui";
import { Finder } from "#ui/more";
import { findPicked, loadPicked } from "../../data/picked";
import css from "./Search.module.css";

interface Props {
	/* A contact's id. */
	value: string | undefined;
	onChange: (id: string | undefined) => void;
}

/* Only tickets of one contact. */
export function ContactFilter({ value, onChange }: Props) {
	const t = useText();
	const picked = useQuery({
		queryKey: ["picked", "contacts", value],
		queryFn: () => loadPicked("contacts", value ?? ""),
		enabled: value !== undefined,
	});
	const label = t("search.only.contact");
	if (value) {
		const name = picked.data?.name ?? `#${value}`;
		return (
			<span className={css.contact}>
				<span dir="auto">{t("search.ofContact", { name })}</span>
				<IconButton label={t("create.remove", { name })} size="s" onPress={() => onChange(undefined)}>
					<X size={14} aria-hidden />
				</IconButton>
			</span>
		);
	}
	return (
		<PopoverButton
			label={label}
			className={css.contactBox}
			button={
				<Button size="s">
					{t("search.ofContact", { name: t("search.any") })} <ChevronDown size={14} aria-hidden />
				</Button>
			}
		>
			{(close) => (
				<Contacts
					label={label}
					onChoose={(id) => {
						close();
						onChange(id);
					}}
				/>
			)}
		</PopoverButton>
	);
}

function Contacts({ label, onChoose }: { label: string; onChoose: (id: string) => void }) {
	const t = useText();
	const [query, setQuery] = useState("");
	const { data, isPending } = useQuery({
		queryKey: ["picked", "contacts", "found", query],
		queryFn: ({ signal }) => findPicked("contacts", query, signal),
		placeholderData: (old) => old,
		staleTime: 0,
	});
	return (
		<Finder
			autoFocus
			label={label}
			placeholder={t("create.find.contacts")}
			query={query}
			onQuery={setQuery}
			rows={(data ?? []).map((one) => ({ id: one.id, label: one.name, note: one.note }))}
			empty={isPending ? t("palette.searching") : t("create.noneFound")}
			chosen={[]}
			onChoose={(row) => onChoose(row.id)}
		/>
	);
}
