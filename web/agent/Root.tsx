/* What stands around every route: the language, the data, the widgets. */
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo } from "react";
import { IntlProvider } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { UiProvider } from "#ui";
import { useLanguage } from "./data/language";
import { queryClient } from "./data/queryClient";
import { router } from "./routes";

export function Root() {
	const { locale, messages } = useLanguage();
	return (
		<IntlProvider locale={locale} messages={messages} defaultLocale="en" onError={() => {}}>
			<QueryClientProvider client={queryClient}>
				<Desk locale={locale} />
			</QueryClientProvider>
		</IntlProvider>
	);
}

function Desk({ locale }: { locale: string }) {
	const t = useText();
	const texts = useMemo(
		() => ({
			leaveQuestion: t("library.unsaved"),
			leave: t("library.throwAway"),
			stay: t("library.keepWriting"),
		}),
		[t],
	);
	return (
		<UiProvider locale={locale} texts={texts} navigate={(href) => void router.navigate({ href })}>
			<RouterProvider router={router} />
		</UiProvider>
	);
}
