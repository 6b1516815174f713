import { Bell as BellIcon } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, PopoverButton } from "#ui";
import { useUnread } from "../../data/notifications";
import { useCommands } from "../../shell/commands";
import { NotificationList } from "./NotificationList";
import css from "./Notifications.module.css";
import { useNews } from "./useNews";
import { useTabMark } from "./useTabMark";

/* The bell in the rail: how much is unread, and the list behind it. */
export function Bell({ className }: { className?: string }) {
	const t = useText();
	const { count, isCapped } = useUnread();
	const [isOpen, setOpen] = useState(false);
	useNews();
	useTabMark(count, isCapped);
	useCommands([
		{
			id: "go.notifications",
			label: t("notifications.title"),
			section: "go",
			icon: BellIcon,
			shortcut: "goNotifications",
			run: () => setOpen(true),
		},
	]);
	const label = t("notifications.bell", { count });
	return (
		<PopoverButton
			label={t("notifications.title")}
			side="right bottom"
			className={css.popover}
			isOpen={isOpen}
			onOpenChange={setOpen}
			button={
				<Button look="quiet" className={className} aria-label={label}>
					<span className={css.bell}>
						<BellIcon size={19} aria-hidden />
						{count > 0 && (
							<span className={css.count} data-testid="unread" aria-hidden>
								{isCapped ? "99+" : count}
							</span>
						)}
					</span>
				</Button>
			}
		>
			{(close) => <NotificationList onClose={close} />}
		</PopoverButton>
	);
}
