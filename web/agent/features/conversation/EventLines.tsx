import { useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { useOwners, usePipelines } from "../../data/reference";
import { fullName } from "../../data/session";
import type { ThreadEvent } from "../../data/threadEvents";
import css from "./EventLines.module.css";

/* What happened between two messages: the newest of it in a line, the rest behind it. */
export function EventLines({ events }: { events: readonly ThreadEvent[] }) {
	const t = useText();
	const [isOpen, setOpen] = useState(false);
	const shown = isOpen ? events : events.slice(-1);
	return (
		<div className={css.events}>
			{events.length > 1 && (
				<button type="button" className={css.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
					{isOpen ? t("event.fewer") : t("event.more", { count: events.length - 1 })}
				</button>
			)}
			<ul>
				{shown.map((e) => (
					<EventLine key={`${e.at}.${e.kind}.${e.changes[0]?.property}`} event={e} />
				))}
			</ul>
		</div>
	);
}

function EventLine({ event }: { event: ThreadEvent }) {
	const { locale } = useIntl();
	const now = useNow();
	const lines = useLines(event);
	return (
		<li className={css.event} data-undone={event.isUndone || undefined}>
			{lines.map((line) => (
				<span key={line} dir="auto">
					{line}
				</span>
			))}
			<time dateTime={event.at} title={fullTime(event.at, locale)}>
				{messageTime(event.at, now, locale)}
			</time>
		</li>
	);
}

function useLines(e: ThreadEvent): string[] {
	const t = useText();
	const owners = useOwners();
	const pipelines = usePipelines();
	const actor = owners.find((o) => String(o.userId) === e.userId);
	const who = actor ? fullName(actor) : t("event.desk");
	const id = e.otherTicketId ?? "";
	if (e.kind === "merge") return [t(e.isOther ? "event.mergedFrom" : "event.mergedInto", { who, id })];
	if (e.kind === "split") return [t(e.isOther ? "event.splitOff" : "event.splitFrom", { who, id })];
	if (e.kind === "snooze" || e.kind === "wake" || e.kind === "spam" || e.kind === "notSpam")
		return [t(`event.${e.kind}`, { who })];
	return e.changes.flatMap(({ property, after }) => {
		if (property === "hs_pipeline_stage") {
			const stage = pipelines.flatMap((p) => p.stages).find((s) => s.id === after);
			return t("event.status", { who, value: stage?.label ?? after });
		}
		if (property === "hs_pipeline") {
			const pipeline = pipelines.find((p) => p.id === after);
			return t("event.pipeline", { who, value: pipeline?.label ?? after });
		}
		if (property !== "hubspot_owner_id") return [];
		const owner = owners.find((o) => o.id === after);
		return after ? t("event.owner", { who, value: owner ? fullName(owner) : after }) : t("event.noOwner", { who });
	});
}
