/* Start of the workspace: policy, language, session, routes; in this order, because each needs the one before. */
import "#shared/css/tokens.css";
import "#shared/css/reset.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startLanguage } from "./data/language";
import { showTheme, usePrefs } from "./data/prefs";
import { session } from "./data/session";
import { Root } from "./Root";

showTheme(usePrefs.getState().theme);
usePrefs.subscribe((p) => showTheme(p.theme));

/* Asked for now, needed by the first route: the answer travels while the catalogue does. */
session.ensure().catch(() => {});

const root = document.getElementById("root");
if (!root) throw new Error("no #root");

/* The sanitiser behind the policy is large, and travels beside the catalogue; nothing is drawn before both are there. */
const [{ installTrustedTypes }] = await Promise.all([import("#shared/html/trustedTypes"), startLanguage()]);
installTrustedTypes();
createRoot(root).render(
	<StrictMode>
		<Root />
	</StrictMode>,
);
