/* What one person likes on one device: kept in local storage, never sent. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export const DENSITIES = ["comfortable", "standard", "compact"] as const;
export type Density = (typeof DENSITIES)[number];
/* Of rows with two lines, and of rows of a table. */
export const ROW_HEIGHTS = { comfortable: 92, standard: 84, compact: 60 } as const;
export const TABLE_HEIGHTS = { comfortable: 44, standard: 36, compact: 28 } as const;

export type Theme = "system" | "light" | "dark";

interface Prefs {
	theme: Theme;
	listWidth: number;
	/* Of the text of a reply; undefined: as much as it needs. */
	editorHeight: number | undefined;
	viewsWidth: number;
	contextWidth: number;
	density: Density;
	isContextOpen: boolean;
	setTheme(theme: Theme): void;
	setListWidth(px: number): void;
	setEditorHeight(px: number | undefined): void;
	setViewsWidth(px: number): void;
	setContextWidth(px: number): void;
	setDensity(density: Density): void;
	setContextOpen(isOpen: boolean): void;
}

export const LIST_MIN = 280;
export const LIST_MAX = 480;
export const LIST_DEFAULT = 348;
export const VIEWS_MIN = 160;
export const VIEWS_MAX = 320;
export const VIEWS_DEFAULT = 208;
export const CONTEXT_MIN = 240;
export const CONTEXT_MAX = 420;
export const CONTEXT_DEFAULT = 272;

const within = (px: number, min: number, max: number) => Math.min(max, Math.max(min, Math.round(px)));

export const EDITOR_MIN = 72;
export const EDITOR_MAX = 900;
export const EDITOR_DEFAULT = 120;

export const usePrefs = create<Prefs>()(
	persist(
		(set) => ({
			theme: "system",
			listWidth: LIST_DEFAULT,
			editorHeight: undefined,
			viewsWidth: VIEWS_DEFAULT,
			contextWidth: CONTEXT_DEFAULT,
			density: "standard",
			isContextOpen: true,
			setTheme: (theme) => set({ theme }),
			setListWidth: (px) => set({ listWidth: Math.min(LIST_MAX, Math.max(LIST_MIN, Math.round(px))) }),
			setEditorHeight: (px) => set({ editorHeight: px && Math.min(EDITOR_MAX, Math.max(EDITOR_MIN, Math.round(px))) }),
			setViewsWidth: (px) => set({ viewsWidth: within(px, VIEWS_MIN, VIEWS_MAX) }),
			setContextWidth: (px) => set({ contextWidth: within(px, CONTEXT_MIN, CONTEXT_MAX) }),
			setDensity: (density) => set({ density }),
			setContextOpen: (isContextOpen) => set({ isContextOpen }),
		}),
		{ name: "bellhop.prefs" },
	),
);

export function showTheme(theme: Theme) {
	if (theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
}
