import { Eye, Plus } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton } from "#ui";
import { useCommands } from "../../shell/commands";
import { openCreate, openViews } from "../../shell/uiState";
import { openBuilder } from "./useViewActions";
import { SECTIONS, useViewOrder, useViews } from "./useViews";
import { ViewLink } from "./ViewLink";
import css from "./ViewsPanel.module.css";

const TITLES = {
	"built-in": "nav.desk",
	mine: "view.section.mine",
	teams: "view.section.teams",
	everyone: "view.section.everyone",
} as const;

export function ViewsPanel() {
	const t = useText();
	const views = useViews();
	const order = useViewOrder(views);
	const hidden = views.filter((v) => v.isHidden);
	const newView = () => {
		openViews(false);
		openBuilder("new");
	};
	useCommands([{ id: "view.new", label: t("view.new"), section: "create", icon: Plus, run: newView }]);
	return (
		<nav className={css.panel} aria-label={t("view.region")} data-region="views">
			<div className={css.sections}>
				{SECTIONS.map((section) => {
					const shown = views.filter((v) => v.section === section && !v.isHidden);
					if (shown.length === 0 && section !== "built-in") return null;
					const isFirst = section === "built-in";
					const Title = isFirst ? "h2" : "h3";
					return (
						<section key={section} aria-label={t(TITLES[section])}>
							<div className={css.top}>
								<Title className={isFirst ? css.title : css.subtitle}>{t(TITLES[section])}</Title>
								{isFirst && (
									<IconButton label={t("view.new")} size="s" onPress={newView} tipSide="bottom">
										<Plus size={16} aria-hidden />
									</IconButton>
								)}
							</div>
							<ul className={css.list}>
								{shown.map((view) => (
									<ViewLink key={view.id} view={view} order={order} />
								))}
							</ul>
						</section>
					);
				})}
				{hidden.length > 0 && (
					<MenuButton
						button={
							<Button look="quiet" size="s" className={css.hidden} icon={<Eye size={14} aria-hidden />}>
								{t("view.hiddenCount", { count: hidden.length })}
							</Button>
						}
						label={t("view.showAgain")}
						items={hidden.map((v) => ({ id: v.id, label: v.name, run: () => order.show(v.id) }))}
					/>
				)}
			</div>
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
