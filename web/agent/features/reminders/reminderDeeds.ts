import type { Id, TicketDetail } from "#shared/api/types";
import type { Translate } from "#shared/i18n/useText";
import { toast } from "#ui";
import { removeReminder, setMuted, setReminder } from "../../data/following";

interface Where {
	ticketId: Id;
	t: Translate;
}

const tell = (c: Where, done: Promise<void>, text: string, undo?: () => void) =>
	void done.then(
		() => toast("good", text, undo && { label: c.t("manage.undo"), run: undo }),
		() => toast("bad", c.t("error.generic")),
	);

/* time: as it is shown. */
export const remind = (c: Where, at: Date, time: string, note?: string) =>
	tell(c, setReminder(c.ticketId, at.toISOString(), note), c.t("remind.done", { time }), () => forgetReminder(c));

export const forgetReminder = (c: Where) => tell(c, removeReminder(c.ticketId), c.t("remind.forgotten"));

export function toggleMuted(c: Where & { detail: TicketDetail | undefined }) {
	const isMuted = !c.detail?.isMuted;
	tell(c, setMuted(c.ticketId, isMuted), c.t(isMuted ? "mute.isOn" : "mute.isOff"));
}
