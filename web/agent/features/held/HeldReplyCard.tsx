import { CircleAlert, CirclePause, Clock, Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { HeldReply } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Avatar, Button, toast } from "#ui";
import { sendAt, sendNow } from "../../data/held";
import { useOwners, useStageMap } from "../../data/reference";
import { fullName, useUser } from "../../data/session";
import { useTicketRow } from "../../data/ticketStore";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Held.module.css";
import { ScheduleDialog } from "./ScheduleDialog";
import { undoHeld } from "./undoHeld";

const ICONS = { HELD: Hourglass, SCHEDULED: Clock, PAUSED: CirclePause, FAILED: CircleAlert };

/* Whole seconds up to a time. */
function useSeconds(at: string, isWanted: boolean): number {
	const [now, setNow] = useState(Date.now());
	useEffect(() => {
		if (!isWanted) return;
		const timer = setInterval(() => setNow(Date.now()), 250);
		return () => clearInterval(timer);
	}, [isWanted]);
	return Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
}

/* A reply that is no message yet: how long it waits, why, and what can be done with it. */
export function HeldReplyCard({ held }: { held: HeldReply }) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const user = useUser();
	const owner = useOwners().find((o) => String(o.userId) === held.userId);
	const row = useTicketRow(held.ticketId);
	const stage = useStageMap().get(`${row?.pipelineId}/${held.stageId}`)?.label;
	const seconds = useSeconds(held.sendAt, held.state === "HELD");
	const [isBusy, setBusy] = useState(false);
	const [isTiming, setTiming] = useState(false);
	const name = held.userId === user.id ? fullName(user) : owner ? fullName(owner) : "?";
	const Icon = ICONS[held.state];
	const isLeaving = held.state === "HELD" && seconds === 0;

	async function attempt(run: Promise<unknown>) {
		setBusy(true);
		try {
			await run;
		} catch (e) {
			toast("bad", errorText(e));
		}
		setBusy(false);
	}

	const state = {
		HELD: isLeaving ? t("sending.now") : t("sending.in", { count: seconds }),
		SCHEDULED: t("sending.at", { time: fullTime(held.sendAt, locale) }),
		PAUSED: t("sending.paused"),
		FAILED: t("sending.failed", { reason: held.problem ?? "" }),
	}[held.state];
	return (
		<article className={css.held} data-held={held.id} data-state={held.state} aria-label={t("sending.of", { name })}>
			<Avatar name={name} size={34} />
			<div className={css.card}>
				<p className={css.state}>
					<Icon size={15} aria-hidden />
					<span>{state}</span>
					{stage && <span className={css.stage}>{t("sending.status", { stage })}</span>}
				</p>
				<p className={css.text} dir="auto">
					{held.text}
				</p>
				{held.mayChange && !isLeaving && (
					<div className={css.actions}>
						<Button size="s" isDisabled={isBusy} onPress={() => void attempt(undoHeld(user.id, held, t, errorText))}>
							{t(held.state === "HELD" ? "sending.undo" : held.state === "FAILED" ? "sending.edit" : "sending.cancel")}
						</Button>
						{held.state !== "HELD" && (
							<Button size="s" look="quiet" isDisabled={isBusy} onPress={() => setTiming(true)}>
								{t("sending.changeTime")}
							</Button>
						)}
						<Button size="s" look="quiet" isDisabled={isBusy} onPress={() => void attempt(sendNow(held))}>
							{t(held.state === "FAILED" ? "sending.retry" : "sending.sendNow")}
						</Button>
					</div>
				)}
			</div>
			{isTiming && (
				<ScheduleDialog
					onClose={() => setTiming(false)}
					onChoose={(time) => {
						setTiming(false);
						void attempt(sendAt(held, time));
					}}
				/>
			)}
		</article>
	);
}
