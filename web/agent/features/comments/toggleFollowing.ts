import type { Id, TicketDetail } from "#shared/api/types";
import type { Translate } from "#shared/i18n/useText";
import { toast } from "#ui";
import { setFollowing } from "../../data/following";

/* To be told of what happens on a ticket, or no more. */
export function toggleFollowing(c: { ticketId: Id; detail: TicketDetail | undefined; t: Translate }) {
	const isFollowing = !c.detail?.isFollowing;
	void setFollowing(c.ticketId, isFollowing).then(
		() => toast("good", c.t(isFollowing ? "follow.started" : "follow.stopped")),
		() => toast("bad", c.t("error.generic")),
	);
}
