import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import type { CommandGroup } from "#ui/more";
import { LIBRARY_PAGES } from "../library/pages";
import { findInLibrary, type LibraryFound } from "./findInLibrary";

const PAUSE_MS = 250;
const MIN_CHARS = 2;
const NOTHING: LibraryFound[] = [];

/* What the library has for what stands in the field, when it stands still. */
export function useLibraryGroup(query: string, closeAnd: (run: () => unknown) => void): CommandGroup {
	const t = useText();
	const navigate = useNavigate();
	const text = query.trim();
	const [asked, setAsked] = useState("");
	useEffect(() => {
		const timer = setTimeout(() => setAsked(text), PAUSE_MS);
		return () => clearTimeout(timer);
	}, [text]);
	const isAsked = asked === text && (asked.length >= MIN_CHARS || /[^\p{ASCII}]/u.test(asked));
	const { data } = useQuery({
		queryKey: ["library", "palette", asked],
		queryFn: ({ signal }) => findInLibrary(asked, signal),
		enabled: isAsked,
		placeholderData: keepPreviousData,
		gcTime: 0,
	});
	const found = text ? (data ?? NOTHING) : NOTHING;
	return {
		id: "library",
		label: t("library.title"),
		rows: found.flatMap((row) => {
			const page = LIBRARY_PAGES.find((p) => p.to === row.page);
			if (!page) return [];
			return [
				{
					id: `${row.page}/${row.id}`,
					label: row.label,
					note: [t(page.label), row.note].filter(Boolean).join(" · "),
					icon: <page.Icon size={16} />,
					run: () => closeAnd(() => navigate({ href: row.href })),
				},
			];
		}),
	};
}
