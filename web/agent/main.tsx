/* Start of the workspace: policy, language, session, routes; in this order, because each needs the one before. */
import "#shared/css/tokens.css";
import "#shared/css/reset.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "react-intl";
import { installTrustedTypes } from "#shared/html/trustedTypes";
import { chooseLanguage, loadCatalogue } from "#shared/i18n/catalogue";
import { UiProvider } from "#ui";
import { showTheme, usePrefs } from "./data/prefs";
import { queryClient } from "./data/queryClient";
import { session } from "./data/session";
import { router } from "./routes";

installTrustedTypes();
showTheme(usePrefs.getState().theme);
usePrefs.subscribe((p) => showTheme(p.theme));

/* Asked for now, needed by the first route: the answer travels while the catalogue does. */
session.ensure().catch(() => {});

const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language;
/* Dates and numbers follow the reader's region when it speaks the chosen language. */
const locale = navigator.languages.find((l) => l.toLowerCase().startsWith(language.toLowerCase())) ?? language;

const root = document.getElementById("root");
if (!root) throw new Error("no #root");

const messages = await loadCatalogue(language);
createRoot(root).render(
	<StrictMode>
		<IntlProvider locale={locale} messages={messages} defaultLocale="en" onError={() => {}}>
			<QueryClientProvider client={queryClient}>
				<UiProvider locale={locale} navigate={(href) => void router.navigate({ href })}>
					<RouterProvider router={router} />
				</UiProvider>
			</QueryClientProvider>
		</IntlProvider>
	</StrictMode>,
);
