import { Link } from "@tanstack/react-router";
import { BellOff, CheckCheck, CircleAlert, Settings } from "lucide-react";
import { useEffect, useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, IconButton, Skeleton, toast } from "#ui";
import { markRead, useNotifications } from "../../data/notifications";
import { useErrorText } from "../../shell/useErrorText";
import { NotificationItem } from "./NotificationItem";
import css from "./Notifications.module.css";

/* Arrow keys go from one to the next, as in a menu; Tab reaches what belongs to each. */
function moveFocus(e: React.KeyboardEvent<HTMLElement>) {
	const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
	if (!by) return;
	const links = [...e.currentTarget.querySelectorAll<HTMLElement>("[data-notification]")];
	const at = links.indexOf(document.activeElement as HTMLElement);
	const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
	if (!next) return;
	e.preventDefault();
	next.focus();
}

export function NotificationList({ onClose }: { onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const q = useNotifications();
	const all = q.data?.pages.flatMap((page) => page.results) ?? [];
	const newest = all[0];
	const list = useRef<HTMLUListElement>(null);
	const isLoaded = !q.isPending;
	useEffect(() => {
		if (isLoaded) list.current?.querySelector<HTMLElement>("[data-notification]")?.focus();
	}, [isLoaded]);
	const readAll = () =>
		newest && void markRead({ upToId: newest.id }).catch((e: unknown) => toast("bad", errorText(e)));
	return (
		<div className={css.panel}>
			<header className={css.head}>
				<h2>{t("notifications.title")}</h2>
				<IconButton label={t("notifications.readAll")} size="s" onPress={readAll}>
					<CheckCheck size={16} aria-hidden />
				</IconButton>
				<Link
					to="/settings/notifications"
					className={css.settings}
					aria-label={t("notifications.settings.title")}
					title={t("notifications.settings.title")}
					onClick={onClose}
				>
					<Settings size={16} aria-hidden />
				</Link>
			</header>
			{q.isPending && (
				<div className={css.ghost} role="status" aria-label={t("app.loading")}>
					<Skeleton width="70%" />
					<Skeleton width="90%" />
					<Skeleton width="60%" />
				</div>
			)}
			{q.isError && all.length === 0 && (
				<EmptyState
					role="alert"
					icon={<CircleAlert size={22} />}
					title={t("notifications.loadError")}
					text={errorText(q.error)}
					action={<Button onPress={() => void q.refetch()}>{t("common.retry")}</Button>}
				/>
			)}
			{q.isSuccess && all.length === 0 && (
				<EmptyState icon={<BellOff size={22} />} title={t("notifications.empty")} text={t("notifications.emptyText")} />
			)}
			{all.length > 0 && (
				<ul ref={list} className={css.list} onKeyDown={moveFocus}>
					{all.map((n) => (
						<NotificationItem key={n.id} notification={n} onOpen={onClose} />
					))}
					{q.hasNextPage && (
						<li className={css.more}>
							<Button size="s" isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
								{t("notifications.more")}
							</Button>
						</li>
					)}
				</ul>
			)}
		</div>
	);
}
