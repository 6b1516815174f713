import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import {
	Building2,
	Handshake,
	Inbox,
	Keyboard,
	Library,
	LogOut,
	Monitor,
	Moon,
	Plus,
	Search,
	Settings,
	Sun,
	Users,
} from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Avatar, Button, cx, IconButton, MenuButton, type MenuItem } from "#ui";
import { type Theme, usePrefs } from "../data/prefs";
import { fullName, session, useUser } from "../data/session";
import { Bell } from "../features/notifications";
import { BellMark } from "./BellMark";
import { useCommands } from "./commands";
import css from "./Shell.module.css";
import { openCreate, openHelp } from "./uiState";
import { PHONE, useMedia } from "./useMedia";

const THEMES: { id: Theme; Icon: typeof Sun }[] = [
	{ id: "system", Icon: Monitor },
	{ id: "light", Icon: Sun },
	{ id: "dark", Icon: Moon },
];

const RECORD_LINKS = [
	{ type: "contacts", Icon: Users, shortcut: "goContacts" },
	{ type: "companies", Icon: Building2, shortcut: "goCompanies" },
	{ type: "deals", Icon: Handshake, shortcut: "goDeals" },
] as const;

export function Rail() {
	const t = useText();
	const navigate = useNavigate();
	const toLibrary = () => navigate({ to: "/library" });
	useCommands([
		...RECORD_LINKS.map(({ type, shortcut, Icon }) => ({
			id: `go.${type}`,
			label: t(`keys.${shortcut}`),
			section: "go" as const,
			shortcut,
			icon: Icon,
			run: () => navigate({ to: `/${type}` }),
		})),
		{
			id: "go.library",
			label: t("keys.goLibrary"),
			section: "go",
			shortcut: "goLibrary",
			icon: Library,
			run: toLibrary,
		},
	]);
	const path = useRouterState({ select: (s) => s.location.pathname });
	const isDesk = path.startsWith("/tickets");
	const isSettings = path.startsWith("/settings");
	return (
		<nav className={css.rail} aria-label={t("nav.region")} data-region="rail">
			<span className={css.mark} aria-hidden>
				<BellMark size={26} />
			</span>
			<Link
				to="/"
				className={css.link}
				aria-label={t("nav.desk")}
				title={t("nav.desk")}
				aria-current={isDesk ? "page" : undefined}
			>
				<Inbox size={19} aria-hidden />
			</Link>
			{RECORD_LINKS.map(({ type, Icon }) => (
				<Link
					key={type}
					to={`/${type}`}
					className={cx(css.link, css.wide)}
					aria-label={t(`records.title.${type}`)}
					title={t(`records.title.${type}`)}
					aria-current={path.startsWith(`/${type}`) ? "page" : undefined}
				>
					<Icon size={19} aria-hidden />
				</Link>
			))}
			<Link
				to="/library"
				className={cx(css.link, css.wide)}
				aria-label={t("library.title")}
				title={t("library.title")}
				aria-current={path.startsWith("/library") ? "page" : undefined}
			>
				<Library size={19} aria-hidden />
			</Link>
			<Link
				to="/search"
				className={css.link}
				aria-label={t("nav.search")}
				title={t("nav.search")}
				aria-current={path.startsWith("/search") ? "page" : undefined}
			>
				<Search size={19} aria-hidden />
			</Link>
			<IconButton
				label={t("create.title")}
				tipSide="right"
				className={cx(css.link, css.phone)}
				onPress={() => openCreate(true)}
			>
				<Plus size={20} aria-hidden />
			</IconButton>
			<Link
				to="/settings"
				className={cx(css.link, css.wide)}
				aria-label={t("nav.settings")}
				title={t("nav.settings")}
				aria-current={isSettings ? "page" : undefined}
			>
				<Settings size={19} aria-hidden />
			</Link>
			<Bell className={css.bell} />
			<span className={css.gap} />
			<AccountMenu />
		</nav>
	);
}

function AccountMenu() {
	const t = useText();
	const user = useUser();
	const navigate = useNavigate();
	const { theme, setTheme } = usePrefs();
	const isPhone = useMedia(PHONE);
	const name = fullName(user);
	async function signOut() {
		await session.signOut().catch(() => session.forget());
		await navigate({ to: "/sign-in", search: {} });
	}
	/* What the bar of a phone has no room for. */
	const pages: MenuItem[] = [
		...RECORD_LINKS.map(({ type, Icon }) => ({
			id: type,
			label: t(`records.title.${type}`),
			icon: <Icon size={15} aria-hidden />,
			run: () => void navigate({ to: `/${type}` }),
		})),
		{
			id: "library",
			label: t("library.title"),
			icon: <Library size={15} aria-hidden />,
			run: () => void navigate({ to: "/library" }),
		},
		{
			id: "settings",
			label: t("nav.settings"),
			icon: <Settings size={15} aria-hidden />,
			run: () => void navigate({ to: "/settings" }),
		},
		{ kind: "line", id: "pages" },
	];
	return (
		<MenuButton
			label={t("user.menu", { name })}
			side="right bottom"
			button={
				<Button look="quiet" className={css.account} aria-label={t("user.menu", { name })}>
					<Avatar name={name} size={30} />
				</Button>
			}
			items={[
				...(isPhone ? pages : []),
				{
					kind: "group",
					id: "theme",
					label: t("theme.label"),
					items: THEMES.map(({ id, Icon }) => ({
						id,
						label: t(`theme.${id}`),
						icon: <Icon size={15} aria-hidden />,
						isSelected: theme === id,
						run: () => setTheme(id),
					})),
				},
				{ kind: "line", id: "line" },
				{ id: "keys", label: t("user.shortcuts"), icon: <Keyboard size={15} aria-hidden />, run: () => openHelp(true) },
				{ id: "out", label: t("user.signOut"), icon: <LogOut size={15} aria-hidden />, run: () => void signOut() },
			]}
		/>
	);
}
