import {
	AlarmClock,
	Bell,
	BellOff,
	CircleDot,
	Ellipsis,
	Flag,
	FolderInput,
	GitMerge,
	ListChecks,
	ShieldAlert,
	ShieldCheck,
	Trash2,
	UserRound,
	UserX,
	X,
} from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton, type MenuItem } from "#ui";
import css from "./BulkBar.module.css";
import { openManage } from "./manageUi";
import { selection, useSelection } from "./selection";
import type { Deeds } from "./useDeeds";

/* What can be done with the selected rows. It floats over the page's foot, so that no row moves when it comes. */
export function BulkBar({ deeds }: { deeds: Deeds }) {
	const t = useText();
	const s = useSelection();
	const ids = selection.chosen();
	if (ids.length === 0) return null;
	const hasMore = !s.isAll && s.order.length > 0 && (s.total === undefined || s.total > ids.length);
	const allLabel = s.total === undefined ? t("bulk.selectAllMany") : t("bulk.selectAll", { count: s.total });
	const more: MenuItem[] = [
		...(hasMore ? [{ id: "all", label: allLabel, icon: <ListChecks size={15} />, run: selection.selectAll }] : []),
		...(ids.length > 1 && !s.isAll
			? [{ id: "merge", label: t("manage.merge"), icon: <GitMerge size={15} />, run: () => openManage("merge", ids) }]
			: []),
		{ id: "move", label: t("manage.move"), icon: <FolderInput size={15} />, run: () => openManage("move", ids) },
		{ id: "follow", label: t("bulk.follow"), icon: <Bell size={15} />, run: () => void deeds.follow(ids) },
		{ id: "unfollow", label: t("bulk.unfollow"), icon: <BellOff size={15} />, run: () => void deeds.unfollow(ids) },
		{ kind: "line", id: "line" },
		s.view === "spam"
			? {
					id: "notSpam",
					label: t("manage.notSpam"),
					icon: <ShieldCheck size={15} />,
					run: () => void deeds.notSpam(ids),
				}
			: { id: "spam", label: t("manage.spam"), icon: <ShieldAlert size={15} />, run: () => void deeds.spam(ids) },
		{ id: "block", label: t("manage.block"), icon: <UserX size={15} />, run: () => void deeds.block(ids) },
		{ id: "delete", label: t("manage.delete"), icon: <Trash2 size={15} />, run: () => void deeds.remove(ids) },
	];
	return (
		<section className={css.bar} aria-label={t("bulk.region")} data-region="bulk">
			<p role="status" className={css.count}>
				{!s.isAll
					? t("bulk.count", { count: ids.length })
					: s.total === undefined
						? t("bulk.countAllMany")
						: t("bulk.countAll", { count: s.total })}
			</p>
			<IconButton label={t("manage.assign")} shortcut="A" onPress={() => openManage("assign", ids)}>
				<UserRound size={17} aria-hidden />
			</IconButton>
			<IconButton label={t("manage.status")} shortcut="S" onPress={() => openManage("status", ids)}>
				<CircleDot size={17} aria-hidden />
			</IconButton>
			<IconButton label={t("manage.priority")} shortcut="P" onPress={() => openManage("priority", ids)}>
				<Flag size={17} aria-hidden />
			</IconButton>
			<IconButton label={t("manage.snooze")} shortcut="H" onPress={() => openManage("snooze", ids)}>
				<AlarmClock size={17} aria-hidden />
			</IconButton>
			<MenuButton
				side="top end"
				label={t("manage.menu")}
				items={more}
				button={
					<IconButton label={t("manage.menu")}>
						<Ellipsis size={17} aria-hidden />
					</IconButton>
				}
			/>
			{hasMore && (
				<Button size="s" look="quiet" className={css.all} onPress={selection.selectAll}>
					{allLabel}
				</Button>
			)}
			<IconButton label={t("bulk.clear")} shortcut="Esc" onPress={() => selection.clear()}>
				<X size={17} aria-hidden />
			</IconButton>
		</section>
	);
}
