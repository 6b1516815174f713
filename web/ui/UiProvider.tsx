/* Language and in-app navigation for every widget. */
import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";

export function UiProvider(p: { locale: string; navigate: (href: string) => void; children: ReactNode }) {
	return (
		<I18nProvider locale={p.locale}>
			<RouterProvider navigate={p.navigate}>{p.children}</RouterProvider>
		</I18nProvider>
	);
}
