import { Link, useParams } from "@tanstack/react-router";
import { BellMinus, BellOff, BellRing, Circle, CircleCheck, CircleDot, Ellipsis, Volume2, VolumeX } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Avatar, IconButton, MenuButton, type MenuItem, toast } from "#ui";
import { setFollowing, setMuted } from "../../data/following";
import { itemPath, markRead, type Notification } from "../../data/notifications";
import { setPreference, usePreference } from "../../data/preferences";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Notifications.module.css";
import { switchTopic } from "./switchTopic";
import { useNotificationText } from "./useNotificationText";

const isOfTicket = (n: Notification) => !n.isGone && !n.itemId && n.topic !== "QUOTE" && n.topic !== "MEETING";

export function NotificationItem({ notification: n, onOpen }: { notification: Notification; onOpen: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const text = useNotificationText()(n);
	const errorText = useErrorText();
	const { view = "open" } = useParams({ strict: false });
	const hasSound = usePreference("notificationSound");
	const failed = (e: unknown) => toast("bad", errorText(e));
	const open = () => {
		if (!n.isRead) void markRead({ id: n.id }).catch(failed);
		onOpen();
	};
	const what = (
		<>
			{n.topic === "REMINDER" ? (
				<span className={css.reminder}>
					<BellRing size={17} aria-hidden />
				</span>
			) : (
				<Avatar name={n.actorName || "?"} size={30} />
			)}
			<span className={css.words}>
				<span className={css.what}>
					{!n.isRead && <span className="visually-hidden">{t("notifications.unread")} </span>}
					<span dir="auto">{text}</span>
				</span>
				<span className={css.subject} dir="auto">
					{n.subject}
				</span>
				{n.excerpt && n.happening !== "MOVED" && n.happening !== "REMINDED" && (
					<span className={css.excerpt} dir="auto">
						{n.excerpt}
					</span>
				)}
				<time className={css.time} dateTime={n.createdAt} title={fullTime(n.createdAt, locale)}>
					{messageTime(n.createdAt, now, locale)}
				</time>
			</span>
		</>
	);
	const items: MenuItem[] = [
		{
			id: "read",
			label: t(n.isRead ? "notifications.markUnread" : "notifications.markRead"),
			icon: n.isRead ? <CircleDot size={15} aria-hidden /> : <CircleCheck size={15} aria-hidden />,
			run: () => void markRead({ id: n.id, isUnread: n.isRead || undefined }).catch(failed),
		},
	];
	if (n.topic === "FOLLOWED" && !n.isGone)
		items.push({
			id: "unfollow",
			label: t("follow.stop"),
			icon: <Circle size={15} aria-hidden />,
			run: () => void setFollowing(n.ticketId, false).then(() => toast("good", t("follow.stopped")), failed),
		});
	if (isOfTicket(n))
		items.push({
			id: "mute",
			label: t("mute.on"),
			icon: <BellMinus size={15} aria-hidden />,
			run: () =>
				void setMuted(n.ticketId, true).then(
					() =>
						toast("good", t("mute.isOn"), {
							label: t("manage.undo"),
							run: () => void setMuted(n.ticketId, false).catch(failed),
						}),
					failed,
				),
		});
	items.push({
		id: "sound",
		label: t(hasSound ? "notifications.soundOff" : "notifications.soundOn"),
		icon: hasSound ? <VolumeX size={15} aria-hidden /> : <Volume2 size={15} aria-hidden />,
		run: () =>
			void setPreference("notificationSound", !hasSound).then(
				() => toast("good", t(hasSound ? "notifications.soundIsOff" : "notifications.soundIsOn")),
				failed,
			),
	});
	items.push({
		id: "off",
		label: t("notifications.switchOff"),
		icon: <BellOff size={15} aria-hidden />,
		run: () => void switchTopic(n.topic, false).then(() => toast("good", t("notifications.switchedOff")), failed),
	});
	return (
		<li className={css.item} data-unread={n.isRead ? undefined : ""}>
			{n.isGone ? (
				<button type="button" className={css.link} data-notification onClick={open}>
					{what}
				</button>
			) : n.itemId ? (
				<Link to={itemPath(n)} className={css.link} data-notification onClick={open}>
					{what}
				</Link>
			) : n.topic === "QUOTE" ? (
				<Link
					to="/library/quotes/$quoteId"
					params={{ quoteId: n.ticketId }}
					className={css.link}
					data-notification
					onClick={open}
				>
					{what}
				</Link>
			) : n.topic === "MEETING" ? (
				<Link to="/library/meetings" className={css.link} data-notification onClick={open}>
					{what}
				</Link>
			) : (
				<Link
					to="/tickets/$view/$ticketId"
					params={{ view, ticketId: n.ticketId }}
					hash={n.messageId && `message-${n.messageId}`}
					className={css.link}
					data-notification
					onClick={open}
				>
					{what}
				</Link>
			)}
			<MenuButton
				label={t("notifications.itemMenu")}
				side="bottom end"
				items={items}
				button={
					<IconButton label={t("notifications.itemMenu")} size="s" className={css.itemMenu}>
						<Ellipsis size={15} aria-hidden />
					</IconButton>
				}
			/>
		</li>
	);
}
