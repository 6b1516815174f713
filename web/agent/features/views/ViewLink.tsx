import { Link, useParams } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Copy, Ellipsis, EyeOff, House, Pencil, Trash2 } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { openViews } from "../../shell/uiState";
import { openBuilder, useViewActions } from "./useViewActions";
import type { ShownView, useViewOrder } from "./useViews";
import css from "./ViewsPanel.module.css";

interface Props {
	view: ShownView;
	order: ReturnType<typeof useViewOrder>;
}

/* One view of the panel: its name, how many tickets it has, and what can be done with it. */
export function ViewLink({ view, order }: Props) {
	const t = useText();
	const intl = useIntl();
	const { given } = view;
	const count = given && !given.isBroken ? intl.formatNumber(given.count) : undefined;
	return (
		<li className={css.item}>
			<Link
				to="/tickets/$view"
				params={{ view: view.id }}
				className={css.link}
				activeOptions={{ exact: false }}
				data-view={view.id}
				onClick={() => openViews(false)}
			>
				<view.icon size={16} aria-hidden />
				<span className={css.name} dir="auto">
					{view.name}
				</span>
				{count && (
					<span className={css.count} data-testid={`count-${view.id}`}>
						{given?.isCapped ? t("list.capped", { count }) : count}
					</span>
				)}
			</Link>
			<MenuButton
				button={
					<IconButton label={t("view.actions", { name: view.name })} size="s" className={css.menu} tipSide="right">
						<Ellipsis size={15} aria-hidden />
					</IconButton>
				}
				label={t("view.actions", { name: view.name })}
				side="bottom end"
				items={useItems(view, order)}
			/>
		</li>
	);
}

function useItems(view: ShownView, order: Props["order"]): MenuItem[] {
	const t = useText();
	const actions = useViewActions();
	const params = useParams({ strict: false });
	const { given } = view;
	const items: MenuItem[] = [];
	if (given?.mayEdit)
		items.push({
			id: "edit",
			label: t("view.edit"),
			icon: <Pencil size={15} aria-hidden />,
			run: () => openBuilder(view.id),
		});
	if (given?.name !== undefined)
		items.push({
			id: "copy",
			label: t("view.copy"),
			icon: <Copy size={15} aria-hidden />,
			run: () => void actions.duplicate(given),
		});
	if (items.length) items.push({ kind: "line", id: "line" });
	/* Only what everybody has can be where the day begins. */
	if (view.section === "built-in" || view.section === "everyone")
		items.push({
			id: "home",
			label: t("view.setHome"),
			icon: <House size={15} aria-hidden />,
			isSelected: order.home === view.id,
			run: () => order.setHome(view.id),
		});
	if (order.canMove(view, -1))
		items.push({
			id: "up",
			label: t("view.moveUp"),
			icon: <ArrowUp size={15} aria-hidden />,
			run: () => order.move(view, -1),
		});
	if (order.canMove(view, 1))
		items.push({
			id: "down",
			label: t("view.moveDown"),
			icon: <ArrowDown size={15} aria-hidden />,
			run: () => order.move(view, 1),
		});
	items.push({
		id: "hide",
		label: t("view.hide"),
		icon: <EyeOff size={15} aria-hidden />,
		run: () => order.hide(view.id),
	});
	if (given?.mayEdit)
		items.push({
			id: "remove",
			label: t("view.remove"),
			icon: <Trash2 size={15} aria-hidden />,
			run: () => void actions.remove(given, params.view === view.id),
		});
	return items;
}
