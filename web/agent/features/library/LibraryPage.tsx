import { Outlet } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import { Area } from "../../shell/Area";
import { LIBRARY_PAGES } from "./pages";

/* The frame of all pages of the library. */
export function LibraryPage() {
	const t = useText();
	const pages = LIBRARY_PAGES.map((page) => ({ ...page, label: t(page.label) }));
	return (
		<Area label={t("library.region")} groups={[{ id: "library", title: t("library.title"), pages }]}>
			<Outlet />
		</Area>
	);
}
