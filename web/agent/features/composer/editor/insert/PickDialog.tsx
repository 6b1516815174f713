import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Link2 } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { CommandDialog } from "#ui/more";
import { useErrorText } from "../../../../shell/useErrorText";
import type { CardData, CardKind } from "../nodes/cardKinds";
import { MAX_PICKS, PICK_SOURCES, type PickContext, type PickSource } from "./pickers";

interface Props {
	kind: CardKind;
	context: Omit<PickContext, "t" | "locale">;
	onInsert: (card: CardData) => void;
	/* Somebody else's page instead. */
	onAddress: () => void;
	onClose: () => void;
}

const EMPTY: readonly never[] = [];

/* One of the desk's own things, by a part of its name, as a card. */
export function PickDialog({ kind, context, onInsert, onAddress, onClose }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const [query, setQuery] = useState("");
	const asked = useDeferredValue(query.trim());
	const source = useQuery({
		queryKey: ["pick-source", kind],
		queryFn: () => PICK_SOURCES[kind]?.() as Promise<PickSource>,
		staleTime: Number.POSITIVE_INFINITY,
	});
	const picks = useQuery({
		queryKey: ["picks", kind, context, asked],
		enabled: !!source.data,
		queryFn: ({ signal }) => source.data?.find(asked, { ...context, t, locale }, signal) ?? EMPTY,
		placeholderData: (before) => before,
		staleTime: 0,
	});
	async function take(id: string) {
		try {
			const card = await source.data?.card(id, { ...context, t, locale });
			if (card) onInsert(card);
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	const rows = (picks.data ?? EMPTY).slice(0, MAX_PICKS).map((p) => ({
		id: p.id,
		label: p.label,
		note: p.note,
		run: () => (p.isBarred ? toast("bad", p.note ?? p.label) : void take(p.id)),
	}));
	const make = source.data?.make;
	const others = [
		...(make
			? [
					{
						id: "make",
						label: t(make.label),
						icon: make.icon,
						run: () => {
							if (!make.run((id) => void take(id))) toast("bad", t(make.blocked));
							onClose();
						},
					},
				]
			: []),
		{ id: "address", label: t("insert.otherAddress"), icon: <Link2 size={15} aria-hidden />, run: onAddress },
		{
			id: "library",
			label: t("insert.openLibrary"),
			icon: <ExternalLink size={15} aria-hidden />,
			run: () => void window.open(source.data?.libraryPath, "_blank", "noopener"),
		},
	];
	return (
		<CommandDialog
			label={t(`insert.card.${kind}`)}
			listLabel={t(`insert.card.${kind}`)}
			placeholder={t("insert.find")}
			query={query}
			onQuery={setQuery}
			groups={[
				{ id: "picks", label: t(`insert.card.${kind}`), rows },
				{ id: "others", label: t("insert.others"), rows: others },
			].filter((g) => g.rows.length > 0)}
			empty={t("insert.nothingFits")}
			isBusy={picks.isFetching}
			onClose={onClose}
			foot={
				picks.isError
					? errorText(picks.error)
					: picks.isSuccess && rows.length === 0
						? t("insert.nothingFits")
						: undefined
			}
		/>
	);
}
