/* What is open right now, for buttons and keys that stand far apart. Not kept over a reload. */
import { create } from "zustand";

interface UiState {
	isCreateOpen: boolean;
	isHelpOpen: boolean;
	isViewsOpen: boolean;
	isPaletteOpen: boolean;
}

export const useUi = create<UiState>(() => ({
	isCreateOpen: false,
	isHelpOpen: false,
	isViewsOpen: false,
	isPaletteOpen: false,
}));
export const openCreate = (isCreateOpen: boolean) => useUi.setState({ isCreateOpen });
export const openHelp = (isHelpOpen: boolean) => useUi.setState({ isHelpOpen });
export const openViews = (isViewsOpen: boolean) => useUi.setState({ isViewsOpen });
export const openPalette = (isPaletteOpen: boolean) => useUi.setState({ isPaletteOpen });
