/* What one person likes on one device: kept in local storage, never sent. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Theme = "system" | "light" | "dark";

interface Prefs {
	theme: Theme;
	listWidth: number;
	/* Of the text of a reply; undefined: as much as it needs. */
	editorHeight: number | undefined;
	isContextOpen: boolean;
	setTheme(theme: Theme): void;
	setListWidth(px: number): void;
	setEditorHeight(px: number | undefined): void;
	setContextOpen(isOpen: boolean): void;
}

export const LIST_MIN = 280;
export const LIST_MAX = 480;
export const LIST_DEFAULT = 348;

export const EDITOR_MIN = 72;
export const EDITOR_MAX = 900;
export const EDITOR_DEFAULT = 120;

export const usePrefs = create<Prefs>()(
	persist(
		(set) => ({
			theme: "system",
			listWidth: LIST_DEFAULT,
			editorHeight: undefined,
			isContextOpen: true,
			setTheme: (theme) => set({ theme }),
			setListWidth: (px) => set({ listWidth: Math.min(LIST_MAX, Math.max(LIST_MIN, Math.round(px))) }),
			setEditorHeight: (px) => set({ editorHeight: px && Math.min(EDITOR_MAX, Math.max(EDITOR_MIN, Math.round(px))) }),
			setContextOpen: (isContextOpen) => set({ isContextOpen }),
		}),
		{ name: "bellhop.prefs" },
	),
);

export function showTheme(theme: Theme) {
	if (theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
}
