import { ArrowDownWideNarrow, Columns3, LayoutGrid, PanelLeft, Rows2, Table2 } from "lucide-react";
import type { ReactNode } from "react";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { DENSITIES, usePrefs } from "../../../data/prefs";
import { useCommands } from "../../../shell/commands";
import { openViews, useUi } from "../../../shell/uiState";
import { LAYOUTS, type Layout, useViewLayout } from "../layout";
import css from "../TicketList.module.css";

const SORTS = ["newest", "oldest", "priority", "created", "createdOldest"] as const;
const ICONS = { split: Rows2, table: Table2, board: Columns3 } as const;

interface Props {
	view: ViewId;
	title: string;
	/* How many tickets the list has; undefined until that is known. */
	total: number | undefined;
	isCapped: boolean;
	children?: ReactNode;
}

/* Name and count of the list; its order, layout and density at the right. */
export function ListHeader({ view, title, total, isCapped, children }: Props) {
	const t = useText();
	const isViewsOpen = useUi((s) => s.isViewsOpen);
	const { layout, sort, set } = useViewLayout(view);
	const { density, setDensity } = usePrefs();
	const Icon = ICONS[layout] ?? LayoutGrid;
	const layouts: MenuItem = {
		kind: "group",
		id: "layouts",
		label: t("list.layout"),
		items: LAYOUTS.map((id) => ({
			id,
			label: t(`list.layout.${id}`),
			isSelected: id === layout,
			run: () => set({ layout: id }),
		})),
	};
	const densities: MenuItem = {
		kind: "group",
		id: "densities",
		label: t("list.density"),
		items: DENSITIES.map((id) => ({
			id,
			label: t(`list.density.${id}`),
			isSelected: id === density,
			run: () => setDensity(id),
		})),
	};
	useCommands(
		LAYOUTS.map((id: Layout) => ({
			id: `list.layout.${id}`,
			label: t(`list.showAs.${id}`),
			section: "list" as const,
			icon: ICONS[id],
			isAvailable: () => id !== layout,
			run: () => set({ layout: id }),
		})),
	);
	return (
		<header className={css.head}>
			<IconButton
				label={t("view.show")}
				className={css.viewsButton}
				aria-expanded={isViewsOpen}
				onPress={() => openViews(!isViewsOpen)}
			>
				<PanelLeft size={17} aria-hidden />
			</IconButton>
			<h1 className={css.title} dir="auto">
				{title}
			</h1>
			<span className={css.count}>
				{total !== undefined && (isCapped ? t("list.countMore", { count: total }) : t("list.count", { count: total }))}
			</span>
			<div className={css.tools}>
				{children}
				<MenuButton
					button={
						<IconButton label={t("list.sort")}>
							<ArrowDownWideNarrow size={17} aria-hidden />
						</IconButton>
					}
					label={t("list.sort")}
					side="bottom end"
					items={SORTS.map((id) => ({
						id,
						label: t(`list.sort.${id}`),
						isSelected: id === sort,
						run: () => set({ sort: id }),
					}))}
				/>
				<MenuButton
					button={
						<IconButton label={t("list.layout")}>
							<Icon size={17} aria-hidden />
						</IconButton>
					}
					label={t("list.layout")}
					side="bottom end"
					items={layout === "board" ? [layouts] : [layouts, densities]}
				/>
			</div>
		</header>
	);
}
