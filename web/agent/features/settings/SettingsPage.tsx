import { Link, Outlet } from "@tanstack/react-router";
import { Lock, Mail, ShieldAlert } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { EmptyState } from "#ui";
import { useUser } from "../../data/session";
import css from "./Settings.module.css";

const PAGES = [
	{ to: "/settings/mail", label: "settings.mail.title", Icon: Mail },
	{ to: "/settings/quarantine", label: "settings.quarantine.title", Icon: ShieldAlert },
] as const;

export function SettingsPage() {
	const t = useText();
	const user = useUser();
	return (
		<div className={css.page}>
			<nav className={css.nav} aria-label={t("settings.region")} data-region="views">
				<h2>{t("nav.settings")}</h2>
				<ul>
					{PAGES.map(({ to, label, Icon }) => (
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
				{user.role === "super_admin" ? (
					<Outlet />
				) : (
					<EmptyState icon={<Lock size={22} />} title={t("settings.adminOnly")} />
				)}
			</div>
		</div>
	);
}
