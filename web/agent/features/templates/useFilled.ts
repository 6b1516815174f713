import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { fetchValues, fillHtml, fillText, type TokenPlace, type Values } from "../../data/libraryTexts";

const NOTHING: Values = new Map();

/* A template as it reads where it is put: with the values of the ticket or record, and what was typed for its placeholders. */
export function useFilled(
	place: TokenPlace | undefined,
	subject: string,
	html: string,
	typed: Readonly<Record<string, string>>,
) {
	const query = useQuery({
		queryKey: ["token-values", place?.objectType, place?.id, subject, html],
		queryFn: () => (place ? fetchValues(place, subject, html) : NOTHING),
		enabled: place !== undefined,
		placeholderData: keepPreviousData,
		staleTime: 10_000,
	});
	const values = query.data;
	return useMemo(
		() => ({
			isReady: values !== undefined,
			error: query.error,
			subject: fillText(subject, values ?? NOTHING, typed),
			html: fillHtml(html, values ?? NOTHING, typed),
		}),
		[values, query.error, subject, html, typed],
	);
}
