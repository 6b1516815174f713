/* What is open right now, for buttons and keys that stand far apart. Of a reload only the panel of a new ticket comes back: it has a
 * draft in it. */
import { create } from "zustand";

interface UiState {
	isCreateOpen: boolean;
	isHelpOpen: boolean;
	isViewsOpen: boolean;
	isPaletteOpen: boolean;
}

const CREATE_OPEN = "bellhop.createOpen";

export const useUi = create<UiState>(() => ({
	isCreateOpen: sessionStorage.getItem(CREATE_OPEN) !== null,
	isHelpOpen: false,
	isViewsOpen: false,
	isPaletteOpen: false,
}));
export function openCreate(isCreateOpen: boolean) {
	if (isCreateOpen) sessionStorage.setItem(CREATE_OPEN, "");
	else sessionStorage.removeItem(CREATE_OPEN);
	useUi.setState({ isCreateOpen });
}
export const openHelp = (isHelpOpen: boolean) => useUi.setState({ isHelpOpen });
export const openViews = (isViewsOpen: boolean) => useUi.setState({ isViewsOpen });
export const openPalette = (isPaletteOpen: boolean) => useUi.setState({ isPaletteOpen });
