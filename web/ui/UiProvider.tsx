/* Language and in-app navigation for every widget, and the few words that a widget says by itself. */
import { createContext, type ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";

export interface UiTexts {
	/* A dialog in which something was typed and that is being left. */
	leaveQuestion: string;
	leave: string;
	stay: string;
}
export const UiTextsContext = createContext<UiTexts>({ leaveQuestion: "", leave: "", stay: "" });

interface Props {
	locale: string;
	texts: UiTexts;
	navigate: (href: string) => void;
	children: ReactNode;
}

export function UiProvider(p: Props) {
	return (
		<I18nProvider locale={p.locale}>
			<UiTextsContext.Provider value={p.texts}>
				<RouterProvider navigate={p.navigate}>{p.children}</RouterProvider>
			</UiTextsContext.Provider>
		</I18nProvider>
	);
}
