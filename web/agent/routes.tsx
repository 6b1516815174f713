/* The map of the workspace: address to page. */
import {
	createRootRoute,
	createRoute,
	createRouter,
	lazyRouteComponent,
	Outlet,
	redirect,
} from "@tanstack/react-router";
import type { ViewId } from "#shared/api/types";
import { currentPreferences, loadPreferences } from "./data/preferences";
import { isAdmin, session } from "./data/session";
import { NoTicket } from "./features/conversation/NoTicket";
import { readSearch } from "./features/search/searchParams";
import { DeskPage } from "./features/tickets";
import { ErrorPage } from "./shell/ErrorPage";
import { whenIdle } from "./shell/later";
import { NotFoundPage } from "./shell/NotFoundPage";
import { Shell } from "./shell/Shell";

const recordPage = (
	name: "ContactsPage" | "ContactPage" | "CompaniesPage" | "CompanyPage" | "DealsPage" | "DealPage",
) => lazyRouteComponent(() => import("./features/records/pages"), name);
const ContactsPage = recordPage("ContactsPage");
const ContactPage = recordPage("ContactPage");
const CompaniesPage = recordPage("CompaniesPage");
const CompanyPage = recordPage("CompanyPage");
const DealsPage = recordPage("DealsPage");
const DealPage = recordPage("DealPage");

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const signInRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/sign-in",
	validateSearch: (s: Record<string, unknown>): { next?: string } =>
		/* Only our own paths: a foreign address here would be an open redirect. */
		typeof s.next === "string" && /^\/(?![/\\])/.test(s.next) ? { next: s.next } : {},
	beforeLoad: async () => {
		if (await session.ensure()) throw redirect({ to: "/" });
	},
	component: lazyRouteComponent(() => import("./features/auth"), "SignInPage"),
});

const shellRoute = createRoute({
	getParentRoute: () => rootRoute,
	id: "shell",
	beforeLoad: async ({ location }) => {
		const user = await session.ensure();
		if (!user) throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { next: location.pathname } });
	},
	component: Shell,
});

/* A reply in a window of its own: no rail, no list. */
const composeRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/compose/$ticketId",
	beforeLoad: async ({ location }) => {
		if (!(await session.ensure())) throw redirect({ to: "/sign-in", search: { next: location.pathname } });
	},
	component: lazyRouteComponent(() => import("./features/composer/ComposePage"), "ComposePage"),
});

/* Records videos in a window of its own: only this address may ask for camera, microphone and screen (src/page/page.c). */
const recordRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/record",
	validateSearch: (s: Record<string, unknown>): { for?: string } => (typeof s.for === "string" ? { for: s.for } : {}),
	beforeLoad: async ({ location }) => {
		if (!(await session.ensure())) throw redirect({ to: "/sign-in", search: { next: location.pathname } });
	},
	component: lazyRouteComponent(() => import("./features/videos/record/RecordPage"), "RecordPage"),
});

const homeRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/",
	beforeLoad: async () => {
		const { views } = await loadPreferences().catch(currentPreferences);
		const home = views?.home;
		throw redirect({
			to: "/tickets/$view",
			params: { view: home && /^[A-Za-z0-9]{1,40}$/.test(home) ? home : "unassigned" },
		});
	},
});

const deskRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/tickets/$view",
	params: {
		/* It becomes a part of an address of the server. */
		parse: (p): { view: ViewId } => ({ view: /^[A-Za-z0-9]{1,40}$/.test(p.view) ? p.view : "open" }),
		stringify: (p) => p,
	},
	component: DeskPage,
});
const deskIndexRoute = createRoute({ getParentRoute: () => deskRoute, path: "/", component: NoTicket });
/* The list is drawn first; the conversation's code is fetched while people look at it. */
const TicketPage = lazyRouteComponent(() => import("./features/conversation"), "TicketPage");
whenIdle(() => void TicketPage.preload?.());
const ticketRoute = createRoute({ getParentRoute: () => deskRoute, path: "/$ticketId", component: TicketPage });

const searchRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/search",
	validateSearch: readSearch,
	component: lazyRouteComponent(() => import("./features/search"), "SearchPage"),
});
const contactsRoute = createRoute({ getParentRoute: () => shellRoute, path: "/contacts", component: ContactsPage });
const contactRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/contacts/$recordId",
	component: ContactPage,
});
const companiesRoute = createRoute({ getParentRoute: () => shellRoute, path: "/companies", component: CompaniesPage });
const companyRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/companies/$recordId",
	component: CompanyPage,
});
const dealsRoute = createRoute({ getParentRoute: () => shellRoute, path: "/deals", component: DealsPage });
const dealRoute = createRoute({ getParentRoute: () => shellRoute, path: "/deals/$recordId", component: DealPage });

const libraryRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/library",
	component: lazyRouteComponent(() => import("./features/library/LibraryPage"), "LibraryPage"),
});
const libraryIndexRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/",
	beforeLoad: () => {
		throw redirect({ to: "/library/snippets" });
	},
});
/* Whose form is open. */
const itemSearch = (s: Record<string, unknown>): { item?: number } =>
	Number.isSafeInteger(s.item) ? { item: Number(s.item) } : {};
const meetingsRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/meetings",
	validateSearch: itemSearch,
	component: lazyRouteComponent(() => import("./features/meetings"), "MeetingsPage"),
});
const snippetsRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/snippets",
	validateSearch: itemSearch,
	component: lazyRouteComponent(() => import("./features/snippets"), "SnippetsPage"),
});
const templatesRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/templates",
	validateSearch: itemSearch,
	component: lazyRouteComponent(() => import("./features/templates"), "TemplatesPage"),
});
const articlesRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/articles",
	component: lazyRouteComponent(() => import("./features/articles"), "ArticlesPage"),
});
const articleRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/articles/$articleId/$lang",
	component: lazyRouteComponent(() => import("./features/articles"), "ArticlePage"),
});
const quotesRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/quotes",
	component: lazyRouteComponent(() => import("./features/quotes"), "QuotesPage"),
});
const quoteRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/quotes/$quoteId",
	component: lazyRouteComponent(() => import("./features/quotes"), "QuotePage"),
});
const productsRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/products",
	component: lazyRouteComponent(() => import("./features/products"), "ProductsPage"),
});

const documentsRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/documents",
	component: lazyRouteComponent(() => import("./features/documents"), "DocumentsPage"),
});
const documentRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/documents/$documentId",
	component: lazyRouteComponent(() => import("./features/documents"), "DocumentPage"),
});

const videosPage = (name: "VideosPage" | "NewVideoPage" | "VideoPage") =>
	lazyRouteComponent(() => import("./features/videos"), name);
const videosRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/videos",
	component: videosPage("VideosPage"),
});
const newVideoRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/videos/new",
	component: videosPage("NewVideoPage"),
});
const videoRoute = createRoute({
	getParentRoute: () => libraryRoute,
	path: "/videos/$videoId",
	component: videosPage("VideoPage"),
});

const settingsRoute = createRoute({
	getParentRoute: () => shellRoute,
	path: "/settings",
	component: lazyRouteComponent(() => import("./features/settings"), "SettingsPage"),
});
const settingsIndexRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/",
	beforeLoad: () => {
		const user = session.current();
		throw redirect({ to: user && isAdmin(user) ? "/settings/mail" : "/settings/preferences" });
	},
});
const preferencesRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/preferences",
	component: lazyRouteComponent(() => import("./features/settings"), "PreferencesSettings"),
});
const profileRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/profile",
	component: lazyRouteComponent(() => import("./features/settings"), "ProfileSettings"),
});
const usersRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/users",
	component: lazyRouteComponent(() => import("./features/settings"), "UsersSettings"),
});
const teamsRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/teams",
	component: lazyRouteComponent(() => import("./features/settings"), "TeamsSettings"),
});
const keyboardRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/keyboard",
	component: lazyRouteComponent(() => import("./features/settings"), "KeyboardSettings"),
});
const notificationsRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/notifications",
	component: lazyRouteComponent(() => import("./features/notifications/NotificationSettings"), "NotificationSettings"),
});
const mailRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/mail",
	component: lazyRouteComponent(() => import("./features/settings"), "MailSettings"),
});
const recycleBinRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/recycle-bin",
	component: lazyRouteComponent(() => import("./features/manage/RecycleBinPage"), "RecycleBinPage"),
});
const blockedSendersRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/blocked-senders",
	component: lazyRouteComponent(() => import("./features/manage/BlockedSendersPage"), "BlockedSendersPage"),
});
const pipelinesRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/pipelines",
	component: lazyRouteComponent(() => import("./features/settings"), "PipelinesSettings"),
});
const recordsSettingsRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/records",
	component: lazyRouteComponent(() => import("./features/settings"), "RecordsSettings"),
});
const quarantineRoute = createRoute({
	getParentRoute: () => settingsRoute,
	path: "/quarantine",
	component: lazyRouteComponent(() => import("./features/settings"), "QuarantineSettings"),
});

export const router = createRouter({
	routeTree: rootRoute.addChildren([
		signInRoute,
		composeRoute,
		recordRoute,
		shellRoute.addChildren([
			homeRoute,
			contactsRoute,
			contactRoute,
			companiesRoute,
			companyRoute,
			dealsRoute,
			dealRoute,
			deskRoute.addChildren([deskIndexRoute, ticketRoute]),
			searchRoute,
			libraryRoute.addChildren([
				libraryIndexRoute,
				snippetsRoute,
				templatesRoute,
				articlesRoute,
				articleRoute,
				documentsRoute,
				documentRoute,
				quotesRoute,
				quoteRoute,
				productsRoute,
				videosRoute,
				newVideoRoute,
				videoRoute,
				meetingsRoute,
			]),
			settingsRoute.addChildren([
				settingsIndexRoute,
				preferencesRoute,
				profileRoute,
				usersRoute,
				teamsRoute,
				keyboardRoute,
				notificationsRoute,
				mailRoute,
				recycleBinRoute,
				blockedSendersRoute,
				pipelinesRoute,
				recordsSettingsRoute,
				quarantineRoute,
			]),
		]),
	]),
	defaultPreload: false,
	/* A page that fails leaves the rail, the list and the other pages as they are. */
	defaultErrorComponent: ErrorPage,
	scrollRestoration: false,
});

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}
