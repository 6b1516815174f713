import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Checkbox, toast } from "#ui";
import { saveRecord, type TimelineEntry } from "../../data/records";
import { useUserName } from "../../data/reference";
import { useErrorText } from "../../shell/useErrorText";
import { SafeHtml } from "../composer/SafeHtml";
import { LongBody } from "../conversation/LongBody";
import { StagePill } from "../tickets/StagePill";
import { ACTIVITY_ICONS, bodyOf, htmlOf } from "./activityTypes";
import { RecordLink } from "./RecordLink";
import css from "./RecordPage.module.css";

type Kind = "notes" | "emails" | "calls" | "tasks" | "meetings" | "communications" | "tickets" | "messages";

/* One thing that happened. Tickets and messages lead to their ticket; a task is ticked off here. */
export function TimelineItem({ entry: e, canEdit }: { entry: TimelineEntry; canEdit: boolean }) {
	const t = useText();
	const errorText = useErrorText();
	const { locale } = useIntl();
	const now = useNow();
	const author = useUserName(e.createdByUserId);
	const Icon = ACTIVITY_ICONS[e.objectType];
	const kind = t(`activity.${e.objectType as Kind}`);
	const ticketId = e.objectType === "tickets" ? e.id : e.ticketId;
	const html = htmlOf(e);
	const text = html ? "" : bodyOf(e);
	const isDone = e.properties?.hs_task_status === "COMPLETED";
	const who = e.senderName ?? e.senderAddress ?? author;
	const title = e.label || kind;
	return (
		<article className={css.entry} aria-label={`${kind}: ${title}`}>
			<span className={css.entryIcon} aria-hidden>
				{Icon && <Icon size={15} />}
			</span>
			<div className={css.entryText}>
				<header>
					{ticketId ? (
						<RecordLink objectType="tickets" id={ticketId} className={css.entryTitle}>
							{title}
						</RecordLink>
					) : (
						<span className={css.entryTitle} dir="auto">
							{title}
						</span>
					)}
					<time dateTime={e.at} title={fullTime(e.at, locale)}>
						{messageTime(e.at, now, locale)}
					</time>
				</header>
				<p className={css.entryMeta}>
					{e.label && kind}
					{who && <span dir="auto">{who}</span>}
					{e.objectType === "tickets" && e.pipelineId && e.stageId && (
						<StagePill pipelineId={e.pipelineId} stageId={e.stageId} isClosed={!!e.isClosed} />
					)}
				</p>
				{html && (
					<div className={css.entryRich}>
						<LongBody>
							<SafeHtml html={html} label={title} />
						</LongBody>
					</div>
				)}
				{text && (
					<p className={css.entryBody} dir="auto">
						{text}
					</p>
				)}
				{e.objectType === "tasks" && canEdit && (
					<Checkbox
						isSelected={isDone}
						onChange={(on) =>
							void saveRecord("tasks", e.id, { hs_task_status: on ? "COMPLETED" : "NOT_STARTED" }).catch((error) =>
								toast("bad", errorText(error)),
							)
						}
					>
						{t("records.taskDone")}
					</Checkbox>
				)}
			</div>
		</article>
	);
}
