import { useCallback } from "react";
import { useIntl } from "react-intl";

/* What a language is called in the reader's. */
export function useLanguageName(): (lang: string) => string {
	const { locale } = useIntl();
	return useCallback(
		(lang: string) => {
			try {
				return new Intl.DisplayNames([locale], { type: "language" }).of(lang) ?? lang;
			} catch {
				return lang;
			}
		},
		[locale],
	);
}
