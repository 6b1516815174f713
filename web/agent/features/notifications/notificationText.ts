import type { MessageId } from "#shared/i18n/catalogue";
import type { Translate } from "#shared/i18n/useText";
import type { Notification } from "../../data/notifications";

const HAPPENINGS = {
	COMMENTED: "notifications.commented",
	RECEIVED: "notifications.received",
	SENT: "notifications.sent",
	ASSIGNED: "notifications.ownerChanged",
	MOVED: "notifications.moved",
	REMINDED: "notifications.reminded",
	OPENED: "notifications.opened",
	QUOTE_VIEWED: "notifications.quoteViewed",
	QUOTE_ACCEPTED: "notifications.quoteAccepted",
	QUOTE_DECLINED: "notifications.quoteDeclined",
	MEETING_BOOKED: "notifications.meetingBooked",
	MEETING_MOVED: "notifications.meetingMoved",
	MEETING_CANCELED: "notifications.meetingCanceled",
} as const satisfies Record<Notification["happening"], MessageId>;

/* "Ada Lovelace mentioned you". */
export function notificationText(t: Translate, n: Notification, stage: (id: string) => string | undefined): string {
	const actor = n.actorName || t("notifications.somebody");
	if (n.isGone) return t("notifications.gone");
	if (n.topic === "MENTION") return t("notifications.mentioned", { actor });
	if (n.topic === "ASSIGNED") return t("notifications.assigned", { actor });
	if (n.happening === "REMINDED" && n.excerpt) return t("notifications.remindedOf", { note: n.excerpt });
	const status = n.stageId && stage(n.stageId);
	if (n.happening === "MOVED" && status) return t("notifications.movedTo", { actor, status });
	return t(HAPPENINGS[n.happening], { actor });
}
