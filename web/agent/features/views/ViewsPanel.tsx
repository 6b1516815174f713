import { Link } from "@tanstack/react-router";
import { Archive, CircleUserRound, Inbox, Layers, Plus } from "lucide-react";
import { useIntl } from "react-intl";
import { VIEW_IDS, type ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { useViewCount } from "../../data/ticketStore";
import { openCreate, openViews } from "../../shell/uiState";
import css from "./ViewsPanel.module.css";

const ICONS: Record<ViewId, typeof Inbox> = { unassigned: Inbox, mine: CircleUserRound, open: Layers, closed: Archive };

export function ViewsPanel() {
	const t = useText();
	return (
		<nav className={css.panel} aria-label={t("view.region")} data-region="views">
			<h2 className={css.title}>{t("nav.desk")}</h2>
			<ul className={css.list}>
				{VIEW_IDS.map((view) => (
					<ViewLink key={view} view={view} />
				))}
			</ul>
			<div className={css.foot}>
				<Button
					icon={<Plus size={15} aria-hidden />}
					className={css.create}
					onPress={() => {
						openViews(false);
						openCreate(true);
					}}
				>
					{t("create.title")}
				</Button>
			</div>
		</nav>
	);
}

function ViewLink({ view }: { view: ViewId }) {
	const t = useText();
	const intl = useIntl();
	const count = useViewCount(view);
	const Icon = ICONS[view];
	const shown =
		count &&
		(count.isCapped ? t("list.capped", { count: intl.formatNumber(count.count) }) : intl.formatNumber(count.count));
	return (
		<li>
			<Link
				to="/tickets/$view"
				params={{ view }}
				className={css.link}
				activeOptions={{ exact: false }}
				data-view={view}
				onClick={() => openViews(false)}
			>
				<Icon size={16} aria-hidden />
				<span className={css.name}>{t(`view.${view}`)}</span>
				{count && (
					<span className={css.count} data-testid={`count-${view}`}>
						{shown}
					</span>
				)}
			</Link>
		</li>
	);
}
