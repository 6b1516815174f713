/* What stands around every route: the language, the data, the widgets. */
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { IntlProvider } from "react-intl";
import { UiProvider } from "#ui";
import { useLanguage } from "./data/language";
import { queryClient } from "./data/queryClient";
import { router } from "./routes";

export function Root() {
	const { locale, messages } = useLanguage();
	return (
		<IntlProvider locale={locale} messages={messages} defaultLocale="en" onError={() => {}}>
			<QueryClientProvider client={queryClient}>
				<UiProvider locale={locale} navigate={(href) => void router.navigate({ href })}>
					<RouterProvider router={router} />
				</UiProvider>
			</QueryClientProvider>
		</IntlProvider>
	);
}
