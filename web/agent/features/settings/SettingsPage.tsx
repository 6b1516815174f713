import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { EmptyState } from "#ui";
import { useUser } from "../../data/session";
import { mayOpen, SETTINGS_GROUPS, SETTINGS_PAGES } from "./pages";
import css from "./Settings.module.css";

export function SettingsPage() {
	const t = useText();
	const user = useUser();
	const { pathname } = useLocation();
	const allowed = SETTINGS_PAGES.filter((page) => mayOpen(page, user));
	const here = SETTINGS_PAGES.find((page) => pathname.startsWith(page.to));
	return (
		<div className={css.page}>
			<nav className={css.nav} aria-label={t("settings.region")} data-region="views">
				{SETTINGS_GROUPS.map((group) => {
					const pages = allowed.filter((page) => page.group === group);
					if (pages.length === 0) return null;
					return (
						<div key={group}>
							<h2>{t(`settings.group.${group}`)}</h2>
							<ul>
								{pages.map(({ to, label, Icon }) => (
									<li key={to}>
										<Link to={to} className={css.navLink}>
											<Icon size={16} aria-hidden />
											{t(label)}
										</Link>
									</li>
								))}
							</ul>
						</div>
					);
				})}
			</nav>
			<div className={css.main} data-region="main">
				{here && !mayOpen(here, user) ? (
					<EmptyState
						icon={<Lock size={22} />}
						title={t(here.group === "people" ? "settings.superOnly" : "settings.adminOnly")}
					/>
				) : (
					<Outlet />
				)}
			</div>
		</div>
	);
}
