import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { whenSignedOut } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Toasts } from "#ui";
import { syncLanguage } from "../data/language";
import { loadPreferences } from "../data/preferences";
import { prefetchReference } from "../data/reference";
import { session, useUser } from "../data/session";
import { ticketStore } from "../data/ticketStore";
import { showUnsentEdits } from "../data/tickets";
import { forgetKnown } from "../data/unsent";
import { useKeyboard } from "./actions";
import { ConnectionBanner } from "./ConnectionBanner";
import { LiveRegion } from "./LiveRegion";
import { later } from "./later";
import { Rail } from "./Rail";
import { RegionBoundary } from "./RegionBoundary";
import css from "./Shell.module.css";
import { openCreate, useUi } from "./uiState";
import { useLive } from "./useLive";
import { useNoStrayDrops } from "./useNoStrayDrops";
import { useRecentTickets } from "./useRecentTickets";
import { useShellCommands } from "./useShellCommands";

const ShortcutsDialog = later(async () => (await import("./ShortcutsDialog")).ShortcutsDialog);
const CreateTicketPanel = later(async () => (await import("../features/create-ticket")).CreateTicketPanel);
const Palette = later(async () => (await import("../features/palette")).Palette);

/* Nothing of it is needed before somebody does something. */
const ManageDialogs = lazy(() =>
	import("../features/manage/ManageDialogs").then((m) => ({ default: m.ManageDialogs })),
);

/* What every signed-in page stands in: rail, banner, notices, keyboard, live stream. */
export function Shell() {
	const user = useUser();
	const [isStarted, setStarted] = useState(false);
	useEffect(() => {
		ticketStore.start(user.ownerId);
		forgetKnown();
		showUnsentEdits();
		void ticketStore.loadCounts();
		prefetchReference();
		void loadPreferences().then(
			(p) => syncLanguage(p.language),
			() => {},
		);
		setStarted(true);
	}, [user.ownerId]);
	return isStarted ? <Inside /> : null;
}

function Inside() {
	const t = useText();
	const navigate = useNavigate();
	const isLost = useLive();
	const isCreateOpen = useUi((s) => s.isCreateOpen);
	const isHelpOpen = useUi((s) => s.isHelpOpen);
	const isPaletteOpen = useUi((s) => s.isPaletteOpen);
	useKeyboard();
	useShellCommands();
	useRecentTickets();
	useNoStrayDrops();

	useEffect(() => {
		whenSignedOut(() => {
			/* several requests hear of it; the first one knows where he was */
			if (!session.current()) return;
			session.forget();
			void navigate({ to: "/sign-in", search: { next: location.pathname + location.search } });
		});
	}, [navigate]);

	return (
		<div className={css.shell}>
			<a className={css.skip} href="#main">
				{t("nav.skip")}
			</a>
			<ConnectionBanner isLost={isLost} />
			<LiveRegion />
			<Rail />
			<main id="main" className={css.page} tabIndex={-1}>
				<Outlet />
			</main>
			{isCreateOpen && (
				<RegionBoundary>
					<CreateTicketPanel onClose={() => openCreate(false)} />
				</RegionBoundary>
			)}
			<Suspense>
				<ManageDialogs />
			</Suspense>
			{isHelpOpen && <ShortcutsDialog />}
			{isPaletteOpen && <Palette />}
			<Toasts label={t("toast.region")} closeLabel={t("common.dismiss")} />
		</div>
	);
}
