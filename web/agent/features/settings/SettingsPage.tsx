import { Outlet, useLocation } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { EmptyState } from "#ui";
import { useUser } from "../../data/session";
import { Area } from "../../shell/Area";
import { mayOpen, SETTINGS_GROUPS, SETTINGS_PAGES } from "./pages";

export function SettingsPage() {
	const t = useText();
	const user = useUser();
	const { pathname } = useLocation();
	const allowed = SETTINGS_PAGES.filter((page) => mayOpen(page, user));
	const here = SETTINGS_PAGES.find((page) => pathname.startsWith(page.to));
	const groups = SETTINGS_GROUPS.map((id) => ({
		id,
		title: t(`settings.group.${id}`),
		pages: allowed.filter((page) => page.group === id).map((page) => ({ ...page, label: t(page.label) })),
	}));
	return (
		<Area label={t("settings.region")} groups={groups.filter((group) => group.pages.length > 0)}>
			{here && !mayOpen(here, user) ? (
				<EmptyState
					icon={<Lock size={22} />}
					title={t(here.group === "people" ? "settings.superOnly" : "settings.adminOnly")}
				/>
			) : (
				<Outlet />
			)}
		</Area>
	);
}
