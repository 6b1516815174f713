import { Link, Outlet } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import css from "./Library.module.css";
import { LIBRARY_PAGES } from "./pages";

/* The frame of all pages of the library. */
export function LibraryPage() {
	const t = useText();
	return (
		<div className={css.page}>
			<nav className={css.nav} aria-label={t("library.region")} data-region="views">
				<h2>{t("library.title")}</h2>
				<ul>
					{LIBRARY_PAGES.map(({ to, label, Icon }) => (
						<li key={to}>
							<Link to={to} className={css.navLink}>
								<Icon size={16} aria-hidden />
								{t(label)}
							</Link>
						</li>
					))}
				</ul>
			</nav>
			<div className={css.main} data-region="main">
				<Outlet />
			</div>
		</div>
	);
}
