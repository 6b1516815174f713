import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { useViewCount, useViewCounts } from "../../data/ticketStore";
import { openCreate, openViews } from "../../shell/uiState";
import { BUILT_IN, type BuiltInView } from "./builtIn";
import css from "./ViewsPanel.module.css";

/* Whom the server lists views for has them; until it answered, those that everybody has. */
const OF_SOME = ["team"];

export function ViewsPanel() {
	const t = useText();
	const counts = useViewCounts();
	const isKnown = Object.keys(counts).length > 0;
	const shown = BUILT_IN.filter((v) => (isKnown ? v.id in counts : !OF_SOME.includes(v.id)));
	return (
		<nav className={css.panel} aria-label={t("view.region")} data-region="views">
			<h2 className={css.title}>{t("nav.desk")}</h2>
			<ul className={css.list}>
				{shown.map((view) => (
					<ViewLink key={view.id} view={view} />
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

function ViewLink({ view }: { view: BuiltInView }) {
	const t = useText();
	const intl = useIntl();
	const count = useViewCount(view.id);
	const shown =
		count &&
		(count.isCapped ? t("list.capped", { count: intl.formatNumber(count.count) }) : intl.formatNumber(count.count));
	return (
		<li>
			<Link
				to="/tickets/$view"
				params={{ view: view.id }}
				className={css.link}
				activeOptions={{ exact: false }}
				data-view={view.id}
				onClick={() => openViews(false)}
			>
				<view.icon size={16} aria-hidden />
				<span className={css.name}>{t(view.name)}</span>
				{count && (
					<span className={css.count} data-testid={`count-${view.id}`}>
						{shown}
					</span>
				)}
			</Link>
		</li>
	);
}
