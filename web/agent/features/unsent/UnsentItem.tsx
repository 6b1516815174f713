import { CircleAlert, CloudOff } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, toast } from "#ui";
import { editUnsent } from "../../data/draftStore";
import { useUser } from "../../data/session";
import { newestMessage } from "../../data/tickets";
import { giveUp, tryAgain, type Unsent, useIsOnItsWay } from "../../data/unsent";
import { perform } from "../../shell/actions";
import css from "../held/Held.module.css";

const PROBLEMS = { refused: "sending.failed", newer: "unsent.newer", unsure: "unsent.unsure" } as const;

/* A write that is kept on this device: why it waits, what it says, and what can be done with it. */
export function UnsentItem({ unsent: w }: { unsent: Unsent }) {
	const t = useText();
	const user = useUser();
	const isOnItsWay = useIsOnItsWay(w.id);
	const { problem } = w;
	/* It can be written again. */
	const hasText = w.kind === "reply" || w.kind === "comment";
	const Icon = problem ? CircleAlert : CloudOff;
	const state = isOnItsWay
		? t("sending.now")
		: problem
			? t(PROBLEMS[problem.kind], { reason: problem.reason ?? "" })
			: t("unsent.will");

	function takeBack() {
		if (!hasText) return giveUp(w);
		if (w.triedAt && !problem) toast("bad", t("unsent.unsure"));
		editUnsent(user.id, w);
		if (w.kind === "reply") setTimeout(() => perform("reply"), 0);
	}
	function again() {
		tryAgain(w, problem?.kind === "newer" ? { lastSeenMessageId: newestMessage(w.ticketId)?.id } : undefined);
	}
	return (
		<div className={css.card} data-unsent={w.kind} data-problem={problem?.kind}>
			<p className={css.state}>
				<Icon size={15} aria-hidden />
				{w.kind === "comment" && <strong>{t("conversation.comment")}</strong>}
				<span>{state}</span>
			</p>
			<p className={css.text} dir="auto">
				{w.text || t("unsent.edit")}
			</p>
			{!isOnItsWay && (
				<div className={css.actions}>
					<Button size="s" onPress={takeBack}>
						{t(problem && hasText ? "sending.edit" : "sending.cancel")}
					</Button>
					{problem && (
						<Button size="s" look="quiet" onPress={again}>
							{t(problem.kind === "newer" ? "composer.newer.send" : "sending.retry")}
						</Button>
					)}
				</div>
			)}
		</div>
	);
}
